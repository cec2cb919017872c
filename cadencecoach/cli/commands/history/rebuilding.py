"""`cadencecoach history rebuild`: the index made again from the journals."""

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell


@click.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def rebuild(*, as_json: bool) -> None:
    """Rebuild the index of sessions from the journals. Nothing is lost: the journals are the record."""
    from cadencecoach.store.user_store import user_store

    with user_store().sessions() as sessions:
        n_read = sessions.rebuild(_tell)
        unreadable = sessions.unreadable()
        notes = sessions.notes
    for note in notes:
        tell(note)
    if as_json:
        show_as_json({"journals": n_read, "unreadable": [one.id for one in unreadable]})
    else:
        show_text(f"{n_read} journals read, {len(unreadable)} of them unreadable")


def _tell(n_done: int, n_all: int) -> None:
    if n_done and n_done % 1000 == 0:
        tell(f"{n_done} of {n_all}")
