"""Journals read into rows of the index, one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cadencecoach.app.history.columns import Value, values_of, values_of_broken
from cadencecoach.app.history.finding import ENDING
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError
from cadencecoach.record.fold.summary import row_of
from cadencecoach.record.journal import read_journal

Values = Mapping[str, Value]


def values_at(path: Path) -> Values:
    """A journal as the table takes it; one that cannot be read as what is wrong with it."""
    try:
        journal = read_journal(journal_lines(path))
    except JournalError as error:
        return values_of_broken(path.stem, str(error).removeprefix(f"{path} "))
    return values_of(row_of(journal.header, journal.lines, id=path.name.removesuffix(ENDING)))


def read_in_turn(paths: Sequence[Path]) -> Iterator[Values]:
    """Journals in their order, each read when it is asked for."""
    return map(values_at, paths)
