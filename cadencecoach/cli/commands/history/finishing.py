"""`cadencecoach history finish`: an end for sessions that broke off."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_text

if TYPE_CHECKING:
    from cadencecoach.store.protocol import Store

EXIT_FAILED = 2


@click.command("finish")
@click.argument("session", metavar="[SESSION]", default="")
@click.option("--all", "every", flag_value="every", default="one", help="Finish every session that broke off.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def finish(*, session: str, every: str, as_json: bool) -> int:
    """Close a SESSION that broke off: what was recorded is kept, and it counts as interrupted."""
    from cadencecoach.store.user_store import user_store

    store = user_store()
    if bool(session) == (every == "every"):
        raise click.UsageError("name one session, or use --all")
    return _finish_all(store, as_json=as_json) if every == "every" else _finish_one(store, session, as_json=as_json)


def _finish_one(store: "Store", session: str, *, as_json: bool) -> int:
    from cadencecoach.cli.answers.recorded import show_recorded, words_for
    from cadencecoach.desk.history.finishing import finish as finished

    recorded = finished(store, store.find_session(session))
    show_recorded(recorded, words_for(store, recorded), as_json=as_json)
    return 0


def _finish_all(store: "Store", *, as_json: bool) -> int:
    from cadencecoach.cli.answers.broken_off import finish_all
    from cadencecoach.store.stored import reader_words

    with store.sessions() as sessions:
        sessions.refresh()
        broken_off = sessions.broken_off_ids()
        n_failed = finish_all(store, broken_off, reader_words(store).screen)
        sessions.refresh()
    if as_json:
        show_as_json({"broken_off": list(broken_off), "n_failed": n_failed})
    elif not broken_off:
        show_text("no session broke off")
    return EXIT_FAILED if n_failed else 0
