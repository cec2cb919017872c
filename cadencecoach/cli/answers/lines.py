"""Lines on standard output that cannot command a terminal: notes are somebody's own words."""

import sys
from collections.abc import Iterable

import click

from cadencecoach.cli.printing import printable
from cadencecoach.plan.syntax.findings import visible


def show_lines(lines: Iterable[str]) -> None:
    """Print them."""
    click.echo(printable("\n".join(visible(line) for line in lines), sys.stdout))
