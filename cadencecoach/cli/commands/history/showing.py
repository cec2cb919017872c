"""`cadencecoach history show`: one session's numbers."""

import click

from cadencecoach.cli.commands import options


@click.command("show")
@click.argument("session", metavar="SESSION")
@options.LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def show(*, session: str, language: str | None, as_json: bool) -> None:
    """Show SESSION: an id, `last`, a journal's path, or a recorded run (.fit, .tcx, .csv, .gpx)."""
    from cadencecoach.cli.answers.recorded import show_recorded, words_for
    from cadencecoach.desk.history.reporting import load_found
    from cadencecoach.store.user_store import user_store

    store = user_store()
    recorded = load_found(store, store.find_session(session))
    show_recorded(recorded, words_for(store, recorded, language), as_json=as_json)
