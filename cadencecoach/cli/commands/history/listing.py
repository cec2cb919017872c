"""`cadencecoach history list`: every session, a line each."""

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.store.protocol import SessionTable, Store

SLOW = 100  # so many journals take long enough to say so


@click.command("list")
@click.option("--athlete", metavar="NAME", help="Only this athlete's sessions.")
@click.option("--since", metavar="DAY", help="Only sessions from this day on, such as 2026-03-01.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the N newest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def list_(*, athlete: str | None, since: str | None, limit: int | None, as_json: bool) -> None:
    """List the sessions, newest last."""
    from cadencecoach.store.user_store import user_store

    from_day = _day(since)
    store = user_store()
    with store.sessions() as sessions:
        sessions.refresh(_tell_slow)
        for note in sessions.notes:
            tell(note)
        if as_json:
            _show_json(sessions, athlete=athlete, since=from_day, limit=limit or -1)
        else:
            _show(store, sessions, athlete=athlete, since=from_day, limit=limit or -1)


def _show(store: "Store", sessions: "SessionTable", *, athlete: str | None, since: date | None, limit: int) -> None:
    from cadencecoach.devices.clock import offset_here_s
    from cadencecoach.store.finding import ENDING
    from cadencecoach.view.glyphs import glyphs_for
    from cadencecoach.view.session_list import SHOWN, session_lines

    rows = sessions.values(SHOWN, athlete=athlete, since=since, limit=limit)
    open_ended = (str(row[0]) for row in rows if not row[SHOWN.index("is_ended")])
    running = frozenset(filter(store.is_running, open_ended))
    if rows:
        glyphs = glyphs_for(sys.stdout.encoding or "ascii")
        show_text("\n".join(session_lines(rows, glyphs, running=running, offset_here_s=offset_here_s)))
    else:
        tell(_nothing(sessions, is_chosen=athlete is not None or since is not None))
    for broken in sessions.unreadable():
        tell(f"cannot be read: {ascii(broken.id)[1:-1]}{ENDING}: {broken.problem}")
    _offer(store, sessions)


def _show_json(sessions: "SessionTable", *, athlete: str | None, since: date | None, limit: int) -> None:
    from cadencecoach.store.columns import json_of

    rows = [json_of(row) for row in sessions.rows(athlete=athlete, since=since, limit=limit)]
    unreadable = [{"id": one.id, "problem": one.problem} for one in sessions.unreadable()]
    broken_off = list(sessions.broken_off_ids())
    told = {"sessions": rows, "unreadable": unreadable, "broken_off": broken_off}
    show_as_json(told)


def _offer(store: "Store", sessions: "SessionTable") -> None:
    broken_off = sessions.broken_off_ids()
    if not broken_off:
        return
    from cadencecoach.cli.answers.broken_off import offer_to_finish
    from cadencecoach.store.stored import reader_words

    offer_to_finish(store, broken_off, reader_words(store).screen)


def _nothing(sessions: "SessionTable", *, is_chosen: bool) -> str:
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.store.finding import no_sessions

    if is_chosen and sessions.values(("id",), limit=1):
        return f"no matching session; `{command_line('history list')}` shows all of them"
    return no_sessions()


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--since {text}: not a date; write it as 2026-03-01") from error


def _tell_slow(n_done: int, n_all: int) -> None:
    if n_all >= SLOW and n_done == 0:
        tell(f"reading {n_all} journals, only this once")
