"""A whole run of the metronome: live, or at once into a file."""

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
from cadencecoach.store.file_store import FileStore

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio

Journalled = Path | None


def run_metronome(
    store: FileStore,
    asked: MetronomeRequest,
    request: Request,
    host: Host,
    *,
    journal: Journalled,
    audio: "LiveAudio | None" = None,
) -> Outcome:
    """Run a metronome.

    Args:
        store: where journals are kept
        asked: how it beats
        request: the words it shares with a guided session
        host: what it runs in
        journal: where it is written down; None is the user's own folder when live, and nowhere for a file
        audio: a process that is warm already, if it plays live
    Raises:
        CadencecoachError: whatever is wrong with the words
    """
    check_outputs(request, journal)
    check_sound(request, allowed=SOUNDS)
    prepared = prepare_metronome(asked, request, host)
    if not request.sound_text.startswith("file:"):
        where = journal or store.journal_path(journal_id(prepared.header.started))
        return run_prepared(prepared, request, host, journal=where, audio=audio)
    if prepared.plan.duration_s is None:
        raise UsageError("a file needs an end: add for example --for 40min")
    from cadencecoach.desk.running.rehearsing import rehearse_prepared  # noqa: PLC0415  # plans and programmes

    return rehearse_prepared(prepared, request, host, journal=journal, open_stage_s=OPEN_STAGE_S)
