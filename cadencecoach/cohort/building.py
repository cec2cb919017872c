"""The tables of everybody kept here, from the store to a folder."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cadencecoach.cohort.column import Table
from cadencecoach.cohort.dictionary import dictionary_text
from cadencecoach.cohort.entry_tables import ENTRY_TABLES
from cadencecoach.cohort.folder import DICTIONARY, tables_folder
from cadencecoach.cohort.people import LeftOut, Person, people_of
from cadencecoach.cohort.pool import Pool
from cadencecoach.cohort.series import Series, wanted_of
from cadencecoach.cohort.series_table import SERIES
from cadencecoach.cohort.session_table import PEOPLE, SESSIONS
from cadencecoach.cohort.subject import EntryFacts, PersonRow, SessionFacts, SessionFigures
from cadencecoach.cohort.writing import CSV, PARQUET, TableWriter, can_write_parquet
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Finding
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
        n_new: sessions that were folded; all others stood in parts that were there
    """

    path: Path
    n_rows: Mapping[str, int]
    n_practice: int
    problems: tuple[str, ...]
    has_parquet: bool
    n_new: int


def build_cohort(
    store: Store,
    folder: Path,
    pool: Pool,
    *,
    for_research: bool,
    parquet_alone: bool = False,
    tell: TellProgress = lambda _done, _all: None,
) -> Built:
    """Write the tables; where it is broken off, what was there stays, and the next call goes on.

    Args:
        store: where athletes are kept
        folder: a new one, or one with such tables, which are replaced
        pool: who folds the sessions
        for_research: nothing that names or tells anybody
        parquet_alone: no CSV
        tell: how many sessions of how many
    Raises:
        UsageError: the folder may not be written, or the disk does not take it
    """
    has_parquet = can_write_parquet()
    if parquet_alone and not has_parquet:
        raise UsageError("--parquet needs pyarrow; in the folder of the program: uv tool install '.[research]'")
    endings = frozenset({PARQUET} if parquet_alone else {CSV, PARQUET} if has_parquet else {CSV})
    place = tables_folder(store.machine, folder, frozenset(table.name for table in TABLES))
    left_out = LeftOut()
    with place.draft() as draft:
        series = Series(draft, place.path, for_research=for_research, endings=endings)
        people = list(people_of(store, series.drawn if for_research else None, left_out))
        series.fold(wanted_of(people), store.open_journal, pool, left_out, tell)
        n_rows = _write_tables(draft, people, series.figures(), for_research=for_research, endings=endings)
        n_rows[SERIES.name] = series.n_rows
        text = dictionary_text(ALL_TABLES, n_rows, left_out.count_lines(), for_research=for_research)
        write_private(draft / DICTIONARY, text)
        series.forget_names()
    return Built(
        path=place.path,
        n_rows=n_rows,
        n_practice=left_out.n_practice,
        problems=tuple(left_out.problems),
        has_parquet=has_parquet,
        n_new=series.n_new,
    )


@dataclass(slots=True)
class _Numbers:
    """Words as numbers, in the order they come."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, word: str) -> int | None:
        """The number of a word; None for none."""
        return self.known.setdefault(word, len(self.known) + 1) if word else None


def _write_tables(
    draft: Path,
    people: Sequence[Person],
    figures: Mapping[str, SessionFigures],
    *,
    for_research: bool,
    endings: frozenset[str],
) -> dict[str, int]:
    """All but the series; the answer is how many rows each has."""
    plans, measures = _Numbers(), _Numbers()
    with ExitStack() as files:
        writers: dict[str, TableWriter[Any]] = {}
        for table in TABLES:
            stem = draft / table.name
            for ending in (CSV, PARQUET):  # of a build that was broken off
                stem.with_suffix(f".{ending}").unlink(missing_ok=True)
            writers[table.name] = TableWriter(table, stem, for_research=for_research, endings=endings)
            files.callback(writers[table.name].drop)
        for one in people:
            before = {name: writer.n_rows for name, writer in writers.items()}
            writers[SESSIONS.name].add(_session_facts(one, figures, plans))
            for name in ENTRY_TABLES:
                writers[name].add(_entry_facts(one, name, measures))
            n_rows = {name: writer.n_rows - before[name] for name, writer in writers.items()}
            writers[PEOPLE.name].add([PersonRow(subject=one.subject, n_rows=n_rows)])
        for writer in writers.values():
            writer.close()
    return {name: writer.n_rows for name, writer in writers.items()}


def _session_facts(one: Person, figures: Mapping[str, SessionFigures], plans: _Numbers) -> Iterator[SessionFacts]:
    for row in one.rows:
        if row.id in figures:
            yield SessionFacts(
                subject=one.subject,
                row=row,
                figures=figures[row.id],
                run=one.runs.get(row.id),
                plan_number=plans.of(row.plan_sha256),
            )


def _entry_facts(one: Person, table: str, measures: _Numbers) -> Iterator[EntryFacts]:
    for entry in one.entries[table]:
        measure = entry.measure.casefold() if isinstance(entry, Finding) else ""
        yield EntryFacts(subject=one.subject, entry=entry, measure_number=measures.of(measure))
