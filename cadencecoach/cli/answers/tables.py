"""A small table on standard output."""

from collections.abc import Sequence

from cadencecoach.cli.printing import show_drawn
from cadencecoach.plan.syntax.findings import visible


def shown_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of texts in columns; the first row is the heading. Texts cannot command the terminal."""
    from rich.console import Console  # slow to load
    from rich.table import Table
    from rich.text import Text

    heading, *others = rows
    table = Table(box=None, pad_edge=False, header_style="bold")
    for cell in heading:
        table.add_column(Text(visible(cell)))
    for row in others:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(table)
    show_drawn(capture.get())
