"""`cadencecoach history list`."""

import click


@click.command("list")
def list_() -> None:
    """Not there yet."""
