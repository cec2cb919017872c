"""`cadencecoach programme show` and `schema`: the weeks in plain words, and the language for editors."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_drawn

if TYPE_CHECKING:
    from cadencecoach.programme.model import Programme


@click.command("show")
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print the programme as one JSON object, repeats written out.")
def show(file: str, *, as_json: bool) -> None:
    """Show a programme: its weeks, its limits, its rules."""
    from cadencecoach.cli.printing import plain
    from cadencecoach.store.programme_files import find_programme, open_programme
    from cadencecoach.store.user_store import user_machine

    _, programme = open_programme(find_programme(file), user_machine())
    if as_json:
        show_as_json(plain(programme))
    else:
        _draw(programme)


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of a programme file, for editors."""
    from cadencecoach.programme.text.schema import programme_schema

    show_as_json(programme_schema())


def _draw(programme: "Programme") -> None:
    from rich.console import Console
    from rich.text import Text

    from cadencecoach.view.programme.weeks import (
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
    show_drawn(capture.get())
