"""A whole run of the metronome: live, or at once into a file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.coach.metronome import NO_LIMITS, BeatLimits
from cadencecoach.errors import UsageError
from cadencecoach.live.live_session import SOUNDS, run_prepared
from cadencecoach.live.opening.metronome import MetronomeRequest, highest_spm, length_s, prepare_metronome
from cadencecoach.live.opening.outputs import check_outputs, check_sound
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import session_words
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.session.host import Host
from cadencecoach.session.rehearsal import OPEN_STAGE_S
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import is_label

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio


def run_metronome(
    store: Store,
    asked: MetronomeRequest,
    request: Request,
    host: Host,
    *,
    journal: Path | Callable[[str], Path] | None,
    audio: "LiveAudio | None" = None,
) -> Outcome:
    """Run a metronome, under the limits of the athlete's programme.

    It beats for no athlete who may not run today; a file for a phone is for another day.

    Args:
        store: where athletes, settings and sensors are kept
        asked: how it beats
        request: the words it shares with a guided session
        host: what it runs in
        journal: where it is written down, of what runs live also by its start; None is nowhere
        audio: a process that is warm already, if it plays live
    Raises:
        NotTodayError: the athlete's programme has stopped, or what was said today keeps from running
        CadencecoachError: whatever is wrong with the words
    """
    named = None if callable(journal) else journal
    machine, is_live = store.machine, not request.sound_text.startswith("file:")
    check_outputs(machine, request, named)
    check_sound(machine, request, allowed=SOUNDS)
    limits = NO_LIMITS
    if request.athlete is not None and not is_label(store, request.athlete):
        words = session_words(store, request)
        if is_live:
            _check_athlete(store, request.athlete, words, host)
        limits = _limits(store, request.athlete, asked, words, host)
    prepared = prepare_metronome(machine, asked, request, host, limits)
    if is_live:
        where = journal(prepared.header.started) if callable(journal) else journal
        return run_prepared(prepared, request, host, journal=where, audio=audio)
    if prepared.plan.duration_s is None:
        raise UsageError("a file needs an end: add for example --for 40min")
    from cadencecoach.desk.running.rehearsing import rehearse_prepared  # noqa: PLC0415  # plans and programmes

    return rehearse_prepared(prepared, request, host, journal=named, open_stage_s=OPEN_STAGE_S)


def _check_athlete(store: Store, athlete: str, words: Phrasebook, host: Host) -> None:
    """Refuse to beat for an athlete who may not run today, after all that was said in sessions that were cut off."""
    from cadencecoach.desk.athletes.missed import mend_log  # noqa: PLC0415  # programmes: a beat for nobody waits for none
    from cadencecoach.desk.today.choosing import check_asked, check_may_run  # noqa: PLC0415  # as above

    host.tell(*mend_log(store, athlete, words.programme))
    check_may_run(store, athlete, today_here(), words)
    host.tell(*check_asked(store, athlete, today_here(), words))


def _limits(store: Store, athlete: str, asked: MetronomeRequest, words: Phrasebook, host: Host) -> BeatLimits:
    """What the clinician allows, after what it changes in what was asked for has been told."""
    from cadencecoach.desk.today.limiting import beat_limit_lines, beat_limits  # noqa: PLC0415  # as above

    limits = beat_limits(store, athlete, today_here())
    host.tell(*beat_limit_lines(limits, highest_spm(asked), length_s(asked), words))
    return limits
