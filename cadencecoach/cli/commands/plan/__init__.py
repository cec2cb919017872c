"""`cadencecoach plan`: plan files. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "new": ("plan.new", "new"),
    "check": ("plan.checking", "check"),
    "show": ("plan.showing", "show"),
    "list": ("plan.listing", "list_"),
    "schema": ("plan.showing", "schema"),
    "import": ("workouts.importing", "import_"),
    "export": ("workouts.exporting", "export"),
}


class _Plan(LazyCommands):
    places = PLACES


@click.group(cls=_Plan)
def plan() -> None:
    """Write, check and show plans; import and export workouts.

    FILE is a plan file, or the name of a plan that comes with the program.
    """
