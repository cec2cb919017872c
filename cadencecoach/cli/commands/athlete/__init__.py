"""`cadencecoach athlete`: who is kept here. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "list": ("athlete.listing", "list_"),
    "show": ("athlete.listing", "show"),
    "new": ("athlete.making", "new"),
    "edit": ("athlete.editing", "edit"),
    "add-run": ("athlete.recorded", "add_run"),
    "export": ("athlete.travelling", "export"),
    "import": ("athlete.travelling", "import_"),
    "practise": ("athlete.practising", "practise"),
    "forget": ("athlete.forgetting", "forget"),
}


class _Athlete(LazyCommands):
    places = PLACES


@click.group(cls=_Athlete)
def athlete() -> None:
    """Add, edit, show, export, import and forget athletes, add recorded runs, or practise with a made-up athlete.

    NAME is a pseudonym. No personal details are asked for.
    """
