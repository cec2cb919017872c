"""A paragraph below its heading: indented, wrapped between words, a number never parted from its unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions
from rich.text import Text

NO_BREAK = "\u00a0"
BEFORE_A_UNIT = re.compile(r"(?<=[0-9]) (?=(?:%|(?:s|min|h|spm|steps)\b))")
BEFORE_A_MARK = re.compile(r" (?=[;:!?](?:\s|$))")  # as French writes them
LEAST_COLUMNS = 10  # of text, however narrow the terminal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text in lines without a blank at their end.

    Attributes:
        text: words with single spaces
        indent: columns before every line
    """

    text: str
    indent: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """As many lines as it takes."""
        for line in wrap(self.text, max(LEAST_COLUMNS, options.max_width - self.indent)):
            yield Text(" " * self.indent + line, no_wrap=True, overflow="ignore")


def wrap(text: str, columns: int) -> Iterator[str]:
    """Lines of at most so many columns; a word that is longer is cut."""
    line = ""
    for word in BEFORE_A_MARK.sub(NO_BREAK, BEFORE_A_UNIT.sub(NO_BREAK, text)).split(" "):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= columns:
            line = longer
            continue
        if line:
            yield line.replace(NO_BREAK, " ")
        *whole, line = chop_cells(word, columns) or [""]
        yield from whole
    yield line.replace(NO_BREAK, " ")
