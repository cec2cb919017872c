"""`cadencecoach programme show` and `schema`: the weeks in plain words, and the language for editors."""

import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cadencecoach.programme.model import Programme


@click.command("show")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print the programme as one JSON object, repeats written out.")
def show(file: str, *, as_json: bool) -> None:
    """Show a programme: its weeks, its limits, its rules."""
    from cadencecoach.cli.printing import plain  # noqa: PLC0415
    from cadencecoach.store.programme_files import find_programme, open_programme  # noqa: PLC0415

    _, programme = open_programme(find_programme(file))
    if as_json:
        click.echo(json.dumps(plain(programme), indent=2))
    else:
        _draw(programme)


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of a programme file, for editors."""
    from cadencecoach.programme.text.schema import programme_schema  # noqa: PLC0415

    click.echo(json.dumps(programme_schema(), indent=2))


def _draw(programme: "Programme") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from cadencecoach.cli.printing import printable  # noqa: PLC0415
    from cadencecoach.view.programme.weeks import (  # noqa: PLC0415
        programme_foot,
        programme_head,
        programme_weeks,
    )

    console = Console(highlight=False, markup=False, emoji=False)
    title, *head = programme_head(programme)
    with console.capture() as capture:
        console.print(Text(title, style="bold"))
        console.print(Text("\n".join(head)))
        console.print(programme_weeks(programme))
        console.print(Text("\n".join(programme_foot(programme))))
    click.echo(printable(capture.get(), sys.stdout), nl=False)
