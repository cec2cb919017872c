"""The tables of everybody kept here, an athlete and a session at a time."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cadencecoach.cohort.column import Table
from cadencecoach.cohort.dictionary import dictionary_text
from cadencecoach.cohort.entry_tables import ENTRY_TABLES, KINDS
from cadencecoach.cohort.folder import DICTIONARY, SERIES_FOLDER, tables_folder
from cadencecoach.cohort.series_table import SERIES
from cadencecoach.cohort.session_table import PEOPLE, SESSIONS
from cadencecoach.cohort.subject import EntryFacts, PersonRow, PieceFacts, SessionFacts, Subject
from cadencecoach.cohort.writing import SeriesWriter, TableWriter, can_write_parquet
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.counting import runs_that_count
from cadencecoach.record.entries import Entry, Finding, SessionRun, is_practice
from cadencecoach.record.fold.pieces import pieces_of
from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.record.rows import PRACTICE
from cadencecoach.store.log_file import Log
from cadencecoach.store.protocol import Store, TellProgress

TABLES: tuple[Table[Any], ...] = (PEOPLE, SESSIONS, *ENTRY_TABLES.values())
ALL_TABLES = (*TABLES, SERIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What came of it.

    Attributes:
        path: the folder
        n_rows: of each table, by its name
        n_practice: practice athletes, who are in no table
        problems: what could not be read and is left out, a line each
        has_parquet: pyarrow was there
    """

    path: Path
    n_rows: Mapping[str, int]
    n_practice: int
    problems: tuple[str, ...]
    has_parquet: bool


def build_cohort(
    store: Store, folder: Path, *, for_research: bool, tell: TellProgress = lambda _done, _all: None
) -> Built:
    """Write the tables; where it is broken off, nothing is written and what was there stays.

    Args:
        store: where athletes are kept
        folder: a new one, or one with such tables, which are replaced
        for_research: nothing that names or tells anybody
        tell: how many athletes of how many
    Raises:
        UsageError: the folder may not be written, or the disk does not take it
    """
    names = frozenset(table.name for table in TABLES)
    place = tables_folder(store.machine, folder, names)
    with place.draft() as draft:
        build = _Build(store, draft, for_research=for_research)
        build.run(tell)
        return Built(
            path=place.path,
            n_rows=build.n_rows,
            n_practice=build.n_practice,
            problems=tuple(build.problems),
            has_parquet=build.has_parquet,
        )


@dataclass(slots=True)
class _Numbers:
    """Words as numbers, in the order they come."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, word: str) -> int | None:
        """The number of a word; None for none."""
        return self.known.setdefault(word, len(self.known) + 1) if word else None


class _Build:
    """One folder being written."""

    def __init__(self, store: Store, draft: Path, *, for_research: bool) -> None:
        self.store, self.draft, self.for_research = store, draft, for_research
        self.has_parquet = can_write_parquet()
        self.n_practice = 0
        self.problems: list[str] = []
        self.n_rows: dict[str, int] = {}
        self._unread_sessions = self._unread_athletes = 0
        self._plans, self._measures = _Numbers(), _Numbers()

    def run(self, tell: TellProgress) -> None:
        """Everybody, then the dictionary."""
        with ExitStack() as files:
            self._writers: dict[str, TableWriter[Any]] = {}
            for table in TABLES:
                writer = TableWriter(
                    table, self.draft / table.name, for_research=self.for_research, parquet=self.has_parquet
                )
                files.callback(writer.drop)
                self._writers[table.name] = writer
            self._series: SeriesWriter[PieceFacts] = SeriesWriter(
                SERIES, self.draft / SERIES_FOLDER, for_research=self.for_research, parquet=self.has_parquet
            )
            files.callback(self._series.drop)
            self._add_everybody(tell)
            for writer in self._writers.values():
                writer.close()
            self._series.close()
        self.n_rows = {name: writer.n_rows for name, writer in self._writers.items()}
        self.n_rows[SERIES.name] = self._series.n_rows
        text = dictionary_text(ALL_TABLES, self.n_rows, self._left_out(), for_research=self.for_research)
        write_private(self.draft / DICTIONARY, text)

    def _add_everybody(self, tell: TellProgress) -> None:
        with self.store.sessions() as sessions:
            sessions.refresh()
            unread = sessions.unreadable()
        self._unread_sessions += len(unread)
        self.problems += [f"session {one.id}: {one.problem}" for one in unread]
        names = list(self.store.athlete_names())
        if self.for_research:
            secrets.SystemRandom().shuffle(names)  # neither the number nor the place of anybody says who they are
        number, width = 0, max(2, len(str(len(names))))
        for n_done, name in enumerate(names):
            tell(n_done, len(names))
            try:
                log = self.store.log_of(name)
            except CadencecoachError as error:
                self._unread_athletes += 1
                self.problems.append(f"{name}: {_first_line(error)}")
                continue
            if is_practice(log.every):
                self.n_practice += 1
                continue
            number += 1
            self._add_athlete(name, "P" + str(number).zfill(width) if self.for_research else name, log)

    def _add_athlete(self, name: str, key: str, log: Log) -> None:
        rows = self._rows_of(name, log)
        kept = [one for kinds in KINDS.values() for one in log.entries if isinstance(one, kinds)]
        days = [day for day in (*(row.day for row in rows), *(one.day for one in kept)) if day != NO_DAY]
        width = max(3, len(str(len(rows))))
        subject = Subject(
            key=key,
            first_day=min(days, default=None),
            sessions={
                row.id: "S" + str(n).zfill(width) if self.for_research else row.id
                for n, row in enumerate(rows, start=1)
            },
            keeps_ids=not self.for_research,
        )
        before = {table: writer.n_rows for table, writer in self._writers.items()}
        self._add_sessions(subject, rows, log)
        for table, kinds in KINDS.items():
            entries = sorted((one for one in log.entries if isinstance(one, kinds)), key=lambda one: one.day)
            self._writers[table].add(self._entry_facts(subject, entries))
        n_rows = {table: writer.n_rows - before[table] for table, writer in self._writers.items()}
        self._writers[PEOPLE.name].add([PersonRow(subject=subject, last_day=max(days, default=None), n_rows=n_rows)])

    def _rows_of(self, name: str, log: Log) -> Sequence[SessionRow]:
        """The sessions that a person ran and that count, by their days."""
        with self.store.sessions() as sessions:
            rows = sessions.rows(athlete=name)
        counting = (row for row in runs_that_count(rows, log.every) if row.origin != PRACTICE)
        mine = [row for row in counting if not self.store.is_running(row.id)]
        return sorted(mine, key=lambda row: (row.day, row.started, row.id))

    def _add_sessions(self, subject: Subject, rows: Sequence[SessionRow], log: Log) -> None:
        runs = {one.session: one for one in log.entries if isinstance(one, SessionRun)}
        for row in rows:
            try:
                recorded = self.store.load_session(row.id)
            except CadencecoachError as error:  # gone, or broken since it was listed
                self._unread_sessions += 1
                self.problems.append(f"session {row.id}: {_first_line(error)}")
                continue
            facts = SessionFacts(
                subject=subject,
                row=row,
                summary=recorded.summary,
                run=runs.get(row.id),
                plan_number=self._plans.of(row.plan_sha256),
            )
            self._writers[SESSIONS.name].add([facts])
            pieces = pieces_of(recorded.journal.header, recorded.journal.lines)
            session = subject.sessions[row.id]
            self._series.add(PieceFacts(subject=subject, session=session, piece=piece) for piece in pieces)

    def _entry_facts(self, subject: Subject, entries: Sequence[Entry]) -> Iterator[EntryFacts]:
        for entry in entries:
            measure = entry.measure.casefold() if isinstance(entry, Finding) else ""
            yield EntryFacts(subject=subject, entry=entry, measure_number=self._measures.of(measure))

    def _left_out(self) -> list[str]:
        """What is not in the tables, in numbers: names stand in no dictionary."""
        told = (
            (self.n_practice, "practice athlete", "practice athletes"),
            (self._unread_athletes, "athlete whose log cannot be read", "athletes whose logs cannot be read"),
            (self._unread_sessions, "session that cannot be read", "sessions that cannot be read"),
        )
        return [f"{number} {one if number == 1 else several}" for number, one, several in told if number]


def _first_line(error: CadencecoachError) -> str:
    return str(error).partition("\n")[0]
