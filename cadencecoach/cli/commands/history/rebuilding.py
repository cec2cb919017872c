"""`cadencecoach history rebuild`: the index made again from the journals."""

import json

import click


@click.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def rebuild(*, as_json: bool) -> None:
    """Rebuild the index of sessions from the journals. Nothing is lost: the journals are the record."""
    from cadencecoach.store.indexing import Sessions  # noqa: PLC0415

    with Sessions() as sessions:
        n_read = sessions.rebuild(_tell)
        unreadable = sessions.unreadable()
        notes = sessions.notes
    for note in notes:
        click.echo(note, err=True)
    if as_json:
        click.echo(json.dumps({"journals": n_read, "unreadable": [one.id for one in unreadable]}, indent=2))
    else:
        click.echo(f"{n_read} journals read, {len(unreadable)} of them unreadable")


def _tell(n_done: int, n_all: int) -> None:
    if n_done and n_done % 1000 == 0:
        click.echo(f"{n_done} of {n_all}", err=True)
