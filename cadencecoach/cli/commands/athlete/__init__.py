"""`cadencecoach athlete`: who is kept here. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "list": ("athlete.listing", "list_"),
    "show": ("athlete.listing", "show"),
    "new": ("athlete.making", "new"),
    "export": ("athlete.travelling", "export"),
    "import": ("athlete.travelling", "import_"),
    "forget": ("athlete.forgetting", "forget"),
}


class _Athlete(LazyCommands):
    places = PLACES


@click.group(cls=_Athlete)
def athlete() -> None:
    """Athletes of this machine: made, shown, sent as one file, taken in, forgotten.

    NAME is a pseudonym. Nothing is asked for that tells whose it is.
    """
