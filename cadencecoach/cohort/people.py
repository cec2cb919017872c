"""Who is in research tables, with what, and under which names."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cadencecoach.cohort.entry_tables import KINDS
from cadencecoach.cohort.subject import Subject
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.counting import runs_that_count
from cadencecoach.record.entries import Entry, SessionRun, is_practice
from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.record.rows import PRACTICE
from cadencecoach.store.log_file import Log
from cadencecoach.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An athlete who is in the tables.

    Attributes:
        subject: their names there
        rows: sessions that count, by their days
        runs: what the log says of sessions, by their ids
        entries: of the log, by table
    """

    subject: Subject
    rows: Sequence[SessionRow]
    runs: Mapping[str, SessionRun]
    entries: Mapping[str, Sequence[Entry]]


@dataclass(slots=True, kw_only=True)
class LeftOut:
    """What is not in the tables.

    Attributes:
        problems: what could not be read, a line each
        n_practice, n_athletes, n_sessions: practice athletes; what could not be read
    """

    problems: list[str] = field(default_factory=list)
    n_practice: int = 0
    n_athletes: int = 0
    n_sessions: int = 0

    def add_session(self, session: str, problem: str) -> None:
        """A session that cannot be read."""
        self.n_sessions += 1
        self.problems.append(f"session {session}: {problem}")

    def count_lines(self) -> list[str]:
        """It in numbers: names stand in no dictionary."""
        told = (
            (self.n_practice, "practice athlete", "practice athletes"),
            (self.n_athletes, "athlete whose log cannot be read", "athletes whose logs cannot be read"),
            (self.n_sessions, "session that cannot be read", "sessions that cannot be read"),
        )
        return [f"{number} {one if number == 1 else several}" for number, one, several in told if number]


def people_of(store: Store, drawn: dict[str, str] | None, left_out: LeftOut) -> Iterator[Person]:
    """Everybody, practice athletes left out.

    Args:
        store: where they are kept
        drawn: for research: the names that are drawn by chance, by athlete; those of a build that goes on are in it.
            None is the pseudonyms kept here
        left_out: is told what cannot be read
    """
    with store.sessions() as sessions:
        sessions.refresh()
        unread = sessions.unreadable()
    for one in unread:
        left_out.add_session(one.id, one.problem)
    names = list(store.athlete_names())
    if drawn is not None:
        secrets.SystemRandom().shuffle(names)  # neither the number nor the place of anybody says who they are
        names.sort(key=lambda name: drawn.get(name, "Q"))  # after every P: a build that goes on has its order
    width = max(2, len(str(len(names))))
    for name in names:
        try:
            log = store.log_of(name)
        except CadencecoachError as error:
            left_out.n_athletes += 1
            left_out.problems.append(f"{name}: {first_line(error)}")
            continue
        if is_practice(log.every):
            left_out.n_practice += 1
            continue
        if drawn is not None:
            drawn.setdefault(name, "P" + str(len(drawn) + 1).zfill(width))
        yield _person(store, name, log, drawn)


def first_line(error: Exception) -> str:
    """What an error says, in one line."""
    return str(error).partition("\n")[0]


def _person(store: Store, name: str, log: Log, drawn: Mapping[str, str] | None) -> Person:
    rows = _rows_of(store, name, log)
    entries = {
        table: sorted((one for one in log.entries if isinstance(one, kinds)), key=lambda one: one.day)
        for table, kinds in KINDS.items()
    }
    told = (*(row.day for row in rows), *(one.day for some in entries.values() for one in some))
    days = [day for day in told if day != NO_DAY]
    width = max(3, len(str(len(rows))))
    subject = Subject(
        key=name if drawn is None else drawn[name],
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        sessions={
            row.id: row.id if drawn is None else "S" + str(n).zfill(width) for n, row in enumerate(rows, start=1)
        },
        keeps_ids=drawn is None,
    )
    runs = {one.session: one for one in log.entries if isinstance(one, SessionRun)}
    return Person(subject=subject, rows=rows, runs=runs, entries=entries)


def _rows_of(store: Store, name: str, log: Log) -> Sequence[SessionRow]:
    """The sessions that a person ran and that count, by their days."""
    with store.sessions() as sessions:
        rows = sessions.rows(athlete=name)
    counting = (row for row in runs_that_count(rows, log.every) if row.origin != PRACTICE)
    mine = [row for row in counting if not store.is_running(row.id)]
    return sorted(mine, key=lambda row: (row.day, row.started, row.id))
