"""`cadencecoach programme next`, `status`, `log`: what comes next and why, where the athlete stands, what happened."""

from datetime import date
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.store.athlete_programme import UnderWay
    from cadencecoach.store.protocol import Store

ATHLETE = click.option("--athlete", metavar="NAME", help="The athlete's pseudonym; optional if there is only one.")
DAY = click.option("--day", "day_text", metavar="DAY", help="Use this day instead of today, such as 2026-03-01.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")


@click.command("next")
@ATHLETE
@DAY
@options.LANGUAGE
@JSON
def next_(*, athlete: str | None, day_text: str | None, language: str | None, as_json: bool) -> None:
    """Show what comes next, and why: every rule that applied, with the values that decided."""
    from cadencecoach.cli.answers.programme import show_decision
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    store = user_store()
    now = _under_way(store, athlete)
    show_decision(now, _today(day_text), reader_words(store, now.athlete, language), as_json=as_json)


@click.command("status")
@ATHLETE
@DAY
@JSON
def status(*, athlete: str | None, day_text: str | None, as_json: bool) -> None:
    """Show where the athlete is: level, sessions done, adherence, baselines."""
    from cadencecoach.cli.answers.programme import show_status
    from cadencecoach.store.user_store import user_store

    store = user_store()
    show_status(_under_way(store, athlete), _today(day_text), as_json=as_json)


@click.command("log")
@ATHLETE
@JSON
def log(*, athlete: str | None, as_json: bool) -> None:
    """List what was set, run, reported and decided, newest last."""
    from cadencecoach.cli.answers.programme import show_log
    from cadencecoach.store.user_store import user_store

    store = user_store()
    show_log(_under_way(store, athlete), as_json=as_json)


def _under_way(store: "Store", named: str | None) -> "UnderWay":
    """The programme of an athlete, with the runs that a killed program left out of the log."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.missed import mend_log
    from cadencecoach.store.athlete_programme import under_way
    from cadencecoach.store.roster import the_athlete

    athlete = the_athlete(store, named)
    TERMINAL.tell(*mend_log(store, athlete))
    return under_way(store, athlete)


def _today(text: str | None) -> date:
    from cadencecoach.devices.clock import local_day

    try:
        return date.fromisoformat(text or local_day())
    except ValueError as error:
        raise UsageError(f"--day {text}: not a date; write it as 2026-03-01") from error
