"""A whole live session: from a request to its outcome, with every live thing opened and given back."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from cadencecoach.app.hearing.ear import DeafEar, Ear
from cadencecoach.app.live import Edge, run_live
from cadencecoach.app.notebook import Notebook
from cadencecoach.app.opening.outputs import check_outputs, check_sound, sound_output
from cadencecoach.app.opening.setup import Prepared, Request, prepare, session_of
from cadencecoach.app.outcome import Outcome, outcome_of, tell
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.journal.file import JournalWriter
from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.keyboard import open_keyboard
from cadencecoach.devices.signals import StopRequests
from cadencecoach.devices.sound_file import SoundForm
from cadencecoach.errors import DeviceError
from cadencecoach.plan.screen_texts import filled

if TYPE_CHECKING:
    from cadencecoach.app.radio_feet import RadioFeet
    from cadencecoach.devices.audio_port import LiveAudio

SOUNDS = {"default": "default", "device": "device:NAME", "file": "file:PATH (.wav, .flac, .mp3)", "none": "none"}


def run_session(
    request: Request,
    *,
    journal: Path | None,
    audio: "LiveAudio | None" = None,
    extra: Mapping[str, object] | None = None,
) -> Outcome:
    """Run a session at the pace of the clock.

    Args:
        request: which session
        journal: where to write it down; None is nowhere
        audio: a process that is warm already, if there is to be sound
        extra: further keys of its header
    Raises:
        CadencecoachError: whatever is wrong with the request; once the session runs, nothing stops it but its end
    """
    check_outputs(request, journal)
    check_sound(request, allowed=SOUNDS)
    prepared = prepare(request, extra or {})
    return run_prepared(prepared, request, journal=journal, audio=audio)


def run_prepared(
    prepared: Prepared, request: Request, *, journal: Path | None, audio: "LiveAudio | None" = None
) -> Outcome:
    """Run what is prepared at the pace of the clock; the arguments are those of `run_session`."""
    # The screen's library takes as long to load as half the audio process takes to start: both at once.
    wanted = ("cadencecoach.app.display",) if request.sound_text == "none" else ("cadencecoach.app.display", "numpy")
    Thread(target=_load, args=(wanted,), daemon=True).start()
    live = prepared.opened.live
    tell(prepared.opened.notes)
    with ExitStack() as stack:
        stop = stack.enter_context(StopRequests())
        clock = HostClock()
        if live is not None:
            stack.callback(live.close)
            live.begin(clock)
        file = None if journal is None else stack.enter_context(LiveJournalFile(journal, prepared.header.line))
        ear = _open_ear(request, prepared, clock, audio)
        notebook = Notebook(file, prepared.plan, prepared.baseline_spm, prepared.curve)
        from cadencecoach.app.display import open_display  # noqa: PLC0415  # see above

        display = open_display(lambda: _message(ear, file, live), prepared.opened.unit_text)
        session = session_of(prepared, ear, notebook, watch=lambda thing: display.watch(session, thing))
        keyboard = stack.enter_context(open_keyboard(clock.ring))
        edge = Edge(
            clock=clock,
            feet=prepared.opened.feet,
            keyboard=keyboard,
            ear=ear,
            display=display,
            write=notebook.write,
            flush=(lambda: None) if file is None else file.flush,
            should_stop=lambda: stop.is_set,
        )
        with display:
            clock.restart()
            run_live(session, edge)
        ear.close(session.now_s)
    notes = () if live is None else live.remember(session)
    return outcome_of(prepared, session, notebook, file, ear, notes=notes)


def journal_path(started: str) -> Path:
    """Where a session is written down when nobody says where: the user's data folder, named by its start."""
    return user_data_path("cadencecoach") / "sessions" / f"{started.replace(':', '')}.jsonl"


def _open_ear(request: Request, prepared: Prepared, clock: HostClock, audio: "LiveAudio | None") -> Ear:
    """What `--sound` names; where there is no device the session goes on without sound and says so."""
    kind, _, rest = request.sound_text.partition(":")
    match kind:
        case "none":
            return DeafEar()
        case "file":
            from cadencecoach.app.hearing.file_ear import FileEar  # noqa: PLC0415  # numpy only where there is sound

            form = SoundForm(n_channels=prepared.score.n_channels, title=prepared.plan.name)
            output = sound_output(Path(rest), may_replace=request.force)
            ear = FileEar(output, prepared.settings, book=prepared.score.words, form=form)
            ear.prepare(prepared.score.sentences)
            return ear
        case _:
            return _card(prepared, clock, rest or None, audio)


def _card(prepared: Prepared, clock: HostClock, name: str | None, audio: "LiveAudio | None") -> Ear:
    from cadencecoach.app.hearing.choosing import open_named_card, open_usual_card  # noqa: PLC0415

    try:
        if name is None:
            return open_usual_card(prepared.plan, prepared.settings, clock, prepared.score, audio)
        return open_named_card(name, prepared.plan, prepared.settings, clock, prepared.score, audio)
    except DeviceError as error:
        return DeafEar(filled(prepared.score.words.screen.sound_none, reason=error))


def _load(modules: Sequence[str]) -> None:
    for module in modules:
        import_module(module)


def _message(ear: Ear, file: JournalWriter | None, live: "RadioFeet | None") -> str:
    """What needs attention most."""
    trouble = file.trouble or "" if file is not None else ""
    return (live.message if live is not None else "") or ear.message or trouble
