"""Sessions of the programme that were run and never written into the log: the program was killed, or the disk was full.

Their journals are there and say what they were of, so the log is mended before anything is decided.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from cadencecoach.app.athletes.folder import lock_athletes
from cadencecoach.app.athletes.journals import header_in, journals_of
from cadencecoach.app.athletes.log import add_entries, log_of
from cadencecoach.app.history.loading import Recorded, load_session
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.journal.place import is_held
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import Entry, ProgrammeSet, SessionRun
from cadencecoach.record.rows import SIMULATED_FEET, day_of

LEAST_S = 60.0  # of a session that was begun; one that was given up at once was not run


def mend_log(athlete: str) -> tuple[str, ...]:
    """Write what was missed into the log; a line for each.

    Raises:
        JournalError: the log cannot be read or written
    """
    log = log_of(athlete)
    entries = log.entries
    since = next((entry.day for entry in reversed(entries) if isinstance(entry, ProgrammeSet)), None)
    if since is None:
        return ()
    missed = tuple(_missed(athlete, _known(log.every), since))  # of every entry: a disregarded one does not come back
    if missed:
        with lock_athletes():
            known = _known(log_of(athlete).every)  # another program may have mended it meanwhile
            missed = tuple(one for one in missed if one.session not in known)
            add_entries(athlete, *missed)
    return tuple(f"session {one.session} was run and not in the log; it is now" for one in missed)


def _known(entries: Iterable[Entry]) -> set[str]:
    """The sessions that stand in the log."""
    return {entry.session for entry in entries if isinstance(entry, SessionRun)}


def _missed(athlete: str, known: set[str], since: date) -> Iterator[SessionRun]:
    for path in journals_of(athlete):
        if path.stem not in known and "programme" in header_in(path) and not is_held(path):
            entry = _entry(path, since)
            if entry is not None:
                yield entry


def _entry(path: Path, since: date) -> SessionRun | None:
    """A journal as a session of the programme; None where it is none."""
    try:
        recorded = load_session(path)
    except CadencecoachError:
        return None
    header, item = recorded.journal.header, _item(recorded)
    is_simulated = str(header.get("feet", "")).partition(":")[0] in SIMULATED_FEET or header.get("rehearsal") is True
    day = day_of(header, id=recorded.id)
    if item is None or is_simulated or day < since or recorded.summary.session.duration_s < LEAST_S:
        return None
    return SessionRun(
        at=_word(header.get("started")) or wall_time_utc(),  # so that two machines write the same entry
        day=day,
        session=recorded.id,
        item=item,
        shoes=_word(header.get("shoes")),
        surface=_word(header.get("surface")),
    )


def _item(recorded: Recorded) -> int | None:
    """Which session of the programme it was; None for a refresher too, which the rules know by its plan."""
    told = recorded.journal.header.get("programme")
    item = told.get("item") if isinstance(told, dict) else None
    return item if type(item) is int and item >= 0 else None


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""
