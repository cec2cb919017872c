"""`cadencecoach history show`: one session's numbers."""

import json
import sys

import click

SESSION = click.argument("session", metavar="SESSION")
JSON = click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")


@click.command()
@SESSION
@JSON
def show(*, session: str, as_json: bool) -> None:
    """Show the numbers of SESSION: an id, `last`, or a journal's path."""
    from cadencecoach.app.history.finding import find_session  # noqa: PLC0415
    from cadencecoach.app.history.loading import load_session  # noqa: PLC0415
    from cadencecoach.view.summary_table import summary_json, summary_table  # noqa: PLC0415

    recorded = load_session(find_session(session))
    for note in recorded.journal.notes:
        click.echo(note, err=True)
    if as_json:
        click.echo(json.dumps(summary_json(recorded.summary), ensure_ascii=False, indent=2))
        return
    from rich.console import Console  # noqa: PLC0415

    Console(file=sys.stdout, highlight=False).print(summary_table(recorded.summary))
