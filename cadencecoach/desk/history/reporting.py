"""From what a person named to a page of HTML: a session or a recorded run; where a page goes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.recordings import is_recording
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn, Entry
from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.rows import PRACTICE, REHEARSAL, REPLAY, SIMULATION, origin_of
from cadencecoach.store.loading import Recorded, load_session
from cadencecoach.store.machine import Machine
from cadencecoach.store.placing import output_file, starts_with
from cadencecoach.store.protocol import Store
from cadencecoach.view.named import name_summary, name_trace
from cadencecoach.view.report.page import MARK
from cadencecoach.view.report.session.sheet import SessionSheet

if TYPE_CHECKING:
    from cadencecoach.plan.report_texts import ReportTexts


def load_any(path: Path) -> Recorded:
    """A session's journal, or a recorded run (.fit, .tcx, .csv, .gpx, each packed or not) as a session without a plan.

    Raises:
        UsageError: there is no such file
        JournalError, RecordingError: it is not what its name says, or broken
    """
    if not is_recording(path):
        return load_session(path)
    from cadencecoach.desk.history.recorded_run import load_recording  # noqa: PLC0415  # brings half the program along

    return load_recording(path)


def load_found(store: Store, found: str | Path) -> Recorded:
    """What `find_session` of a store found: a session of it, or a file as in `load_any`."""
    return store.load_session(found) if isinstance(found, str) else load_any(found)


def session_sheet(recorded: Recorded, entries: Sequence[Entry] = (), words: Phrasebook = ENGLISH) -> SessionSheet:
    """A session as its page wants it; `entries` are the athlete's, of which the check-ins of this session are shown."""
    header = recorded.journal.header
    of_it = (entry for entry in entries if isinstance(entry, CheckIn) and entry.session == recorded.id)
    return SessionSheet(
        id=recorded.path.name,
        started=recorded.began,
        athlete=_word(header.get("athlete")),
        feet=_word(header.get("feet")),
        origin=origin_words(recorded, words.report),
        summary=name_summary(recorded.summary, words),
        trace=name_trace(trace_of(recorded.journal.lines), words),
        check_ins=tuple(of_it),
        remarks=recorded.journal.notes,
        is_session=not is_recording(recorded.path),
        words=words,
    )


def origin_words(recorded: Recorded, texts: "ReportTexts") -> str:
    """What must be said first of a session that no person was coached in; empty for one that is just that."""
    if is_recording(recorded.path):
        return texts.of_a_device
    told = {
        SIMULATION: texts.simulation,
        REPLAY: texts.replay,
        REHEARSAL: texts.rehearsal,
        PRACTICE: texts.practice,
    }
    return told.get(origin_of(recorded.journal.header), "")


def page_file(
    machine: Machine, path: Path, *, may_replace: bool, option: str = "-o", sources: tuple[Path, ...] = ()
) -> OutputFile:
    """Where a page goes; an older page of ours is replaced by it. The arguments are those of `output_file`."""
    is_ours = starts_with(MARK.encode())
    return output_file(machine, path, option, may_replace=may_replace, is_ours=is_ours, sources=sources)


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
