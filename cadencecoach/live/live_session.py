"""A whole live session: from a request to its outcome, with every live thing opened and given back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from cadencecoach.coach.key_table import Mode
from cadencecoach.devices.clock import HostClock, boot_mark
from cadencecoach.devices.journal.file import JournalWriter
from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.reach.lane import given_lane
from cadencecoach.devices.reach.place import given_device
from cadencecoach.errors import DeviceError
from cadencecoach.live.opening.kept import Kept
from cadencecoach.live.opening.opened import LiveFeed, closed_if_refused
from cadencecoach.live.opening.outputs import check_outputs, check_sound, open_sound_file
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import Prepared, prepare, session_of
from cadencecoach.live.outcome import Outcome, outcome_of
from cadencecoach.live.reach.shared import SharedSession
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Plan
from cadencecoach.plan.resolved import json_of_plan
from cadencecoach.record.journal import MAX_LINE_BYTES, line_text
from cadencecoach.record.lines import PlanLine, VolumeLine
from cadencecoach.record.rows import LABEL
from cadencecoach.session.audio_output import AudioOutput, NoAudio
from cadencecoach.session.host import Display, Host, Keys, Stop
from cadencecoach.session.live import Edge, run_live
from cadencecoach.session.past import run_past
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.sensor_words import unit_words
from cadencecoach.session.session import Session
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import is_label

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio

LONGEST_MARK_BYTES = 1000  # of the computer's clock, which is added at the start
SOUNDS = {
    "default": "default",
    "device": "device:NAME",
    "sink": "sink:NAME",
    "file": "file:PATH (.wav, .flac, .mp3)",
    "none": "none",
}


def run_session(
    store: Store,
    request: Request,
    host: Host,
    *,
    journal: Path | None,
    audio: "LiveAudio | None" = None,
    extra: Mapping[str, object] | None = None,
) -> Outcome:
    """Run a session at the pace of the clock.

    Args:
        store: where athletes are kept
        request: which session
        host: what it runs in
        journal: where to write it down; None is nowhere
        audio: a process that is warm already, if there is to be sound
        extra: further keys of its header
    Raises:
        CadencecoachError: whatever is wrong with the request; once the session runs, nothing stops it but its end
    """
    check_outputs(store.machine, request, journal)
    check_sound(store.machine, request, allowed=SOUNDS)
    label = {LABEL: True} if is_label(store, request.athlete) else {}
    prepared = prepare(store, request, {**(extra or {}), **label}, host)
    return run_prepared(prepared, request, host, journal=journal, audio=audio)


def run_prepared(
    prepared: Prepared,
    request: Request,
    host: Host,
    *,
    journal: Path | None,
    audio: "LiveAudio | None" = None,
    kept: Kept | None = None,
    reason: str = "",
) -> Outcome:
    """Run what is prepared at the pace of the clock.

    Args:
        prepared: what the session begins or goes on with
        request: the words
        host: what it runs in
        journal: where to write it down; None is nowhere
        audio: a process that is warm already
        kept: the session that broke off and goes on with this; None begins one
        reason: why it broke off, where that is known better than from its journal
    """
    # The screen's library takes as long to load as half the audio process takes to start: both at once.
    wanted = ("numpy",) if request.sound_text.startswith("file:") else ()
    Thread(target=_load, args=(host, wanted), daemon=True).start()
    with ExitStack() as stack:
        ends = _open_ends(stack, prepared, request, host, journal=journal, audio=audio, kept=kept)
        clock, output, recorder, live = ends.clock, ends.output, ends.recorder, prepared.opened.live
        shared = _share(prepared, request, clock, None if ends.file is None else ends.file.path, output)
        stack.callback(shared.close)
        if ends.file is not None:
            stack.callback(ends.file.close)  # first: whoever finds no session finds its journal whole
        unit_text = unit_words(prepared.opened.unit, prepared.score.words.screen)
        message = partial(_message, output, ends.file, live)
        display = shared.display(host.display(message, unit_text), message, unit_text)
        past = Past(is_over=kept is None)
        session = _session(prepared, ends, display, past, kept)
        begin = (
            _make_ready(session, prepared, ends) if kept is None else _catch_up(session, prepared, ends, kept, reason)
        )
        keyboard = shared.keys(stack.enter_context(host.keys(clock.ring)))
        edge = _edge(prepared, ends, session, shared, keyboard, display)
        with display:
            clock.restart(0.0 if kept is None else kept.until_s)
            past.is_over = True
            begin()
            has_slept = run_live(session, edge)
        output.close(session.now_s)
    notes = () if live is None else live.remember(session)
    outcome = outcome_of(prepared, session, recorder, ends.file, output, notes=notes)
    return replace(outcome, has_slept=has_slept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What a session is opened with, in the order in which it must be.

    Attributes:
        stop: whether somebody asked the program to end
        clock: session time, which sensors have begun to use
        file: the journal; None where none is kept
        output: what sounds
        recorder: of all that is written down
    """

    stop: Stop
    clock: HostClock
    file: LiveJournalFile | None
    output: AudioOutput
    recorder: SessionRecorder


@dataclass(slots=True)
class Past:
    """Whether what a session does has happened before."""

    is_over: bool


def _open_ends(
    stack: ExitStack,
    prepared: Prepared,
    request: Request,
    host: Host,
    *,
    journal: Path | None,
    audio: "LiveAudio | None",
    kept: Kept | None,
) -> Ends:
    """Open them; `stack` closes what must be closed."""
    clock, live = HostClock(), prepared.opened.live
    with closed_if_refused(prepared.opened):
        host.tell(*prepared.opened.notes)
        stop = stack.enter_context(host.stop())
    if live is not None:
        stack.callback(live.close)
        live.begin(clock)
    file = None if journal is None else stack.enter_context(_open_journal(journal, prepared, kept))
    output = _open_audio(request, prepared, clock, audio)
    recorder = SessionRecorder(file, prepared.plan, prepared.baseline_spm, prepared.curve)
    return Ends(stop=stop, clock=clock, file=file, output=output, recorder=recorder)


def _session(prepared: Prepared, ends: Ends, display: Display, past: Past, kept: Kept | None) -> Session:
    """The session, which a display watches as soon as its past is over."""
    session = session_of(
        prepared,
        ends.output,
        ends.recorder,
        volume=ends.output.volume if kept is None else kept.volume(ends.output.volume),
        watch=lambda thing: display.watch(session, thing),
        is_past=lambda: not past.is_over,
    )
    return session


def _make_ready(session: Session, prepared: Prepared, ends: Ends) -> Callable[[], None]:
    """Write down how loud a new session begins; the answer writes down its plan, when its clock has begun."""
    volume, plan = ends.output.volume, prepared.plan
    if not volume.is_usual:
        ends.recorder.write(VolumeLine(0.0, beat_db=volume.beat_db, words_db=volume.words_db))
    if ends.file is None or session.state.metronome is not None:
        return lambda: None
    write, kept = ends.file.write, _plan_kept(plan)  # now: a first beat waits for nothing
    return lambda: None if kept is None else write(line_text(replace(kept, boot=boot_mark())))


def _plan_kept(plan: Plan) -> PlanLine | None:
    """The line that keeps a plan: as long as a journal's line may be, without the text, or not at all.

    A longer one would make the whole journal unreadable; without it the session can only be finished.
    """
    resolved = json_of_plan(plan)
    lines = (PlanLine(0.0, text, resolved, None) for text in (plan.text, ""))
    return next((line for line in lines if len(line_text(line).encode()) < MAX_LINE_BYTES - LONGEST_MARK_BYTES), None)


def _catch_up(session: Session, prepared: Prepared, ends: Ends, kept: Kept, reason: str) -> Callable[[], None]:
    """Bring a session to where it broke off; the answer lets it go on, when its clock has begun."""
    run_past(session, kept.lines, prepared.opened.feet, kept.went_on())
    ends.recorder.count(kept.lines)
    return lambda: session.go_on(kept.went_on(reason))


def _open_journal(path: Path, prepared: Prepared, kept: Kept | None) -> LiveJournalFile:
    if kept is not None:
        return LiveJournalFile(path, going_on=kept.whole)
    return LiveJournalFile(path, prepared.header.line)


def _edge(
    prepared: Prepared, ends: Ends, session: Session, shared: SharedSession, keyboard: Keys, display: Display
) -> Edge:
    """Everything live around the session, of what is opened."""
    return Edge(
        clock=ends.clock,
        feet=prepared.opened.feet,
        keyboard=keyboard,
        output=ends.output,
        display=display,
        write=ends.recorder.write,
        flush=(lambda: None) if ends.file is None else partial(_flush, ends.file, ends.recorder, session),
        should_stop=lambda: ends.stop.is_set or shared.is_forsaken,
    )


def _flush(file: LiveJournalFile, recorder: SessionRecorder, session: Session) -> None:
    if not session.is_over:
        recorder.tell_alive(session.now_s)
    file.flush()


def _share(
    prepared: Prepared, request: Request, clock: HostClock, journal: Path | None, output: AudioOutput
) -> SharedSession:
    """The session as others reach it."""
    header, lane = prepared.header, given_lane()
    about = {
        "kind": "session",
        "plan": prepared.plan.name,
        "started": header.started,
        "athlete": request.athlete or "",
        "device": given_device(),
        "feet": header.feet,
        "sound": header.sound,
        "journal": "" if journal is None else str(journal.absolute()),
        **({} if lane is None else lane.about),
    }
    mode = Mode.METRONOME if "metronome" in header.extra else Mode.GUIDED
    return SharedSession(
        prepared.plan,
        mode,
        about,
        takes_taps=prepared.opened.takes_taps,
        joining=prepared.opened.joining,
        now_s=lambda: clock.origin_s + clock.now_s(),
        ring=clock.ring,
        song=lambda: output.song,
    )


def _open_audio(request: Request, prepared: Prepared, clock: HostClock, audio: "LiveAudio | None") -> AudioOutput:
    """What `--sound` names; where there is no device the session goes on without sound and says so."""
    kind = request.sound_text.partition(":")[0]
    match kind:
        case "none":
            return NoAudio()
        case "file":
            output = open_sound_file(request, prepared)
            output.prepare(prepared.score.sentences)
            return output
        case _:
            return _card(prepared, clock, request.sound_text, audio)


def _card(prepared: Prepared, clock: HostClock, text: str, audio: "LiveAudio | None") -> AudioOutput:
    from cadencecoach.live.audio.choosing import open_card  # noqa: PLC0415
    from cadencecoach.live.audio.destination import destination_of  # noqa: PLC0415

    destination = destination_of(text, is_only=given_lane() is not None)

    try:
        return open_card(prepared.machine, destination, prepared.plan, prepared.settings, clock, prepared.score, audio)
    except DeviceError as error:
        return NoAudio(fill(prepared.score.words.screen.sound_none, reason=error))


def _load(host: Host, modules: Sequence[str]) -> None:
    host.load()
    for module in modules:
        import_module(module)


def _message(output: AudioOutput, file: JournalWriter | None, live: LiveFeed | None) -> str:
    """What needs attention most."""
    trouble = file.trouble or "" if file is not None else ""
    return (live.message if live is not None else "") or output.message or trouble
