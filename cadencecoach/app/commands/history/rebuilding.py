"""`cadencecoach history rebuild`."""

import click


@click.command("rebuild")
def rebuild() -> None:
    """Not there yet."""
