"""`cadencecoach history`: what happened. Each command stands in a module of its own, loaded when it is called."""

import click

from cadencecoach.cli.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {
    "list": ("history.listing", "list_"),
    "show": ("history.showing", "show"),
    "report": ("history.report", "report"),
    "export": ("history.export", "export"),
    "finish": ("history.finishing", "finish"),
    "rebuild": ("history.rebuilding", "rebuild"),
}
MENDING = {"list", "finish", "rebuild"}  # which look at every session themselves


class _History(LazyCommands):
    places = PLACES


@click.group(cls=_History)
@click.pass_context
def history(context: click.Context) -> None:
    """List, show, report, export and repair past sessions.

    SESSION is an id as listed, `last`, or a journal's path.
    """
    if context.invoked_subcommand in MENDING:
        return
    from cadencecoach.cli.answers.broken_off import offer_to_finish  # noqa: PLC0415
    from cadencecoach.desk.history.finishing import newest_broken_off  # noqa: PLC0415
    from cadencecoach.store.finding import sessions_folder  # noqa: PLC0415

    offer_to_finish(newest_broken_off(sessions_folder()))
