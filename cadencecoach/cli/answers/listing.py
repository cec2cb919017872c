"""A list on the terminal."""

from collections.abc import Sequence

from cadencecoach.cli.printing import show_drawn
from cadencecoach.view.bundled import Bundled, bundled_list


def show_list(those: Sequence[Bundled]) -> None:
    """Print it, as wide as the terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(bundled_list(those))
    show_drawn(capture.get())
