"""What comes with the program, as a list: a name to call it by, its title, how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from cadencecoach.view.narrow import TableOrLines

TITLE_COLUMNS = 16  # longer titles are wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """One of them.

    Attributes:
        name: to call it by
        title: as it says of itself
        length: in words
    """

    name: str
    title: str
    length: str


def bundled_list(those: Sequence[Bundled]) -> TableOrLines:
    """A row each, or a line each where that is too wide."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Name", no_wrap=True)
    table.add_column("Title", overflow="fold")
    table.add_column("Length", no_wrap=True)
    for one in those:
        table.add_row(one.name, Text(one.title), one.length)
    lines = tuple(Text(f"{one.name}: {one.title}, {one.length}") for one in those)
    spare = max((len(one.title) for one in those), default=0) - TITLE_COLUMNS
    return TableOrLines(table=table, lines=lines, n_spare_columns=max(0, spare))
