"""`cadencecoach history finish`."""

import click


@click.command("finish")
def finish() -> None:
    """Not there yet."""
