"""`cadencecoach programme`: weeks as text. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "check": ("programme.checking", "check"),
    "list": ("programme.listing", "list_"),
    "show": ("programme.showing", "show"),
    "schema": ("programme.showing", "schema"),
    "rehearse": ("programme.rehearsing", "rehearse"),
    "start": ("programme.starting", "start"),
    "hold": ("programme.acting", "hold"),
    "step-back": ("programme.acting", "step_back"),
    "take-back": ("programme.acting", "take_back"),
    "end-stop": ("programme.acting", "end_stop"),
    "next": ("programme.asking", "next_"),
    "status": ("programme.asking", "status"),
    "log": ("programme.asking", "log"),
}


class _Programme(LazyCommands):
    places = PLACES


@click.group(cls=_Programme)
def programme() -> None:
    """Check, rehearse and start sessions over weeks; see what comes next, and why.

    FILE is a programme file, or the name of a programme that comes with the program.
    """
