"""A list on the terminal."""

import sys
from collections.abc import Sequence

import click

from cadencecoach.cli.printing import printable
from cadencecoach.view.bundled import Bundled, bundled_list


def show_list(those: Sequence[Bundled]) -> None:
    """Print it, as wide as the terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(bundled_list(those))
    click.echo(printable(capture.get(), sys.stdout), nl=False)
