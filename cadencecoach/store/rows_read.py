"""Journals read into rows of the index: one after the other, or by several processors at once."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError
from cadencecoach.record.fold.spark import spark_of
from cadencecoach.record.fold.summary import row_of
from cadencecoach.record.journal import read_journal
from cadencecoach.record.rows import kind_of
from cadencecoach.store.columns import Value, values_of, values_of_broken
from cadencecoach.store.finding import ENDING

Values = Mapping[str, Value]


def values_at(path: Path) -> Values:
    """A journal as the table takes it; one that cannot be read as what is wrong with it."""
    try:
        return values_in(journal_lines(path), id=path.name.removesuffix(ENDING))
    except JournalError as error:
        return values_of_broken(path.stem, str(error).removeprefix(f"{clean_name(path)} "))


def values_in(raw_lines: Iterable[bytes], *, id: str) -> Values:  # noqa: A002  # the row's own word
    """The lines of a journal as the table takes them.

    Raises:
        JournalError: they are none, or broken
    """
    journal = read_journal(raw_lines)
    row = row_of(journal.header, journal.lines, id=id)
    return values_of(row, kind=kind_of(journal.header).value, spark=spark_of(journal.lines))


def read_in_turn(paths: Sequence[Path]) -> Iterator[Values]:
    """Journals in their order, each read when it is asked for."""
    return map(values_at, paths)


def read_side_by_side(paths: Sequence[Path], *, n_processes: int | None = None) -> Generator[Values]:
    """The same by several processes; those that others do not deliver are read by this one.

    Args:
        paths: of the journals
        n_processes: None is one for each processor, up to a few
    """
    from cadencecoach.devices.processors import map_side_by_side  # noqa: PLC0415  # it takes time to load

    return map_side_by_side(values_at, paths, n_processes=n_processes)
