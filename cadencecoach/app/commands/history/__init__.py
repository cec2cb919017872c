"""`cadencecoach history`: what happened. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.app.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "list": ("history.listing", "list_"),
    "show": ("history.showing", "show"),
    "report": ("history.report", "report"),
    "finish": ("history.finishing", "finish"),
    "rebuild": ("history.rebuilding", "rebuild"),
}


class _History(LazyCommands):
    places = PLACES


@click.group(cls=_History)
def history() -> None:
    """What happened: sessions listed, shown and mended.

    SESSION is an id as listed, `last`, or a journal's path.
    """
