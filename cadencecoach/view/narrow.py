"""What a narrow terminal gets instead of a table: nothing is left out, and no word is cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

MEASURED_COLUMNS = 1000  # wider than any table of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOrLines:
    """A table where it fits, else a line for each of its rows.

    Attributes:
        table: for terminals that are wide enough
        lines: the same, one a row; they are wrapped between words
        n_spare_columns: how much narrower the table may become by wrapping
    """

    table: Table
    lines: tuple[Text, ...]
    n_spare_columns: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Whichever fits."""
        whole = self.table.__rich_measure__(console, options.update(width=MEASURED_COLUMNS))
        if whole.maximum - self.n_spare_columns <= options.max_width:
            yield self.table
        else:
            yield from self.lines


def row_words(cells: Iterable[tuple[str, str]]) -> str:
    """The cells of a row that say something, each behind its heading."""
    return ", ".join(f"{heading} {cell}".strip() for heading, cell in cells if cell not in {"", "-"})
