"""`cadencecoach history`: what happened. Each command stands in a module of its own, loaded when it is called."""

from contextlib import suppress

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
    from cadencecoach.store.user_store import user_store

    if context.invoked_subcommand in MENDING:
        return
    from cadencecoach.cli.answers.broken_off import offer_to_finish
    from cadencecoach.desk.history.finishing import newest_broken_off
    from cadencecoach.errors import NoHomeError
    from cadencecoach.store.stored import reader_words

    with suppress(NoHomeError):  # a journal that is named by its path needs none
        store = user_store()
        sessions = newest_broken_off(store)
        if sessions:
            offer_to_finish(store, sessions, reader_words(store).screen)
