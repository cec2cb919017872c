"""A whole run of the metronome: live, or at once into a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.errors import UsageError
from cadencecoach.live.live_session import SOUNDS, journal_id, run_prepared
from cadencecoach.live.opening.metronome import MetronomeRequest, prepare_metronome
from cadencecoach.live.opening.outputs import check_outputs, check_sound
from cadencecoach.live.opening.setup import Request
from cadencecoach.live.outcome import Outcome
from cadencecoach.session.host import Host
from cadencecoach.session.rehearsal import OPEN_STAGE_S
from cadencecoach.store.machine import Machine

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio


def run_metronome(
    machine: Machine,
    asked: MetronomeRequest,
    request: Request,
    host: Host,
    *,
    journal: Path | Callable[[str], Path] | None,
    audio: "LiveAudio | None" = None,
) -> Outcome:
    """Run a metronome.

    Args:
        machine: whose settings and sensors
        asked: how it beats
        request: the words it shares with a guided session
        host: what it runs in
        journal: where it is written down, of what runs live also by its start; None is nowhere
        audio: a process that is warm already, if it plays live
    Raises:
        CadencecoachError: whatever is wrong with the words
    """
    named = None if callable(journal) else journal
    check_outputs(machine, request, named)
    check_sound(machine, request, allowed=SOUNDS)
    prepared = prepare_metronome(machine, asked, request, host)
    if not request.sound_text.startswith("file:"):
        where = journal(journal_id(prepared.header.started)) if callable(journal) else journal
        return run_prepared(prepared, request, host, journal=where, audio=audio)
    if prepared.plan.duration_s is None:
        raise UsageError("a file needs an end: add for example --for 40min")
    from cadencecoach.desk.running.rehearsing import rehearse_prepared  # noqa: PLC0415  # plans and programmes

    return rehearse_prepared(prepared, request, host, journal=named, open_stage_s=OPEN_STAGE_S)
