"""`cadencecoach cohort`: many athletes at once. Each command is a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "build": ("cohort.building", "build"),
    "query": ("cohort.asking", "query"),
    "refold": ("cohort.refolding", "refold"),
    "simulate": ("cohort.simulating", "simulate"),
}


class _Cohort(LazyCommands):
    places = PLACES


@click.group(cls=_Cohort)
def cohort() -> None:
    """Write tables of all athletes, query them, decide sessions again, and simulate runners."""
