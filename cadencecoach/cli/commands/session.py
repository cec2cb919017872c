"""`cadencecoach session`: the sessions in an athlete's log, and making one not count."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_text

if TYPE_CHECKING:
    from cadencecoach.record.entries import SessionRun
    from cadencecoach.store.log_file import Log


@click.command("session")
@options.together(
    click.option("--athlete", metavar="NAME", help="The athlete's pseudonym; optional if there is only one."),
    click.option(
        "--disregard",
        is_flag=False,
        flag_value="",
        metavar="ID",
        help="Exclude this session: an id, or `last`. Without a value, list them.",
    ),
    click.option("--because", metavar="TEXT", help="The reason; required by --disregard."),
    click.option("--json", "as_json", is_flag=True, help="Print the sessions as JSON."),
)
def session(*, athlete: str | None, disregard: str | None, because: str | None, as_json: bool) -> None:
    """List the sessions in an athlete's log, or exclude one.

    For a session somebody else ran, or with a faulty sensor: it no longer counts for the programme and for
    baselines. Its journal stays, and pain reported in it or around it still counts until it is corrected.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.disregarding import disregard as made_not_count
    from cadencecoach.desk.athletes.missed import mend_log
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.errors import UsageError
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    name = the_athlete(store, athlete)
    if disregard is None and because is not None:
        raise UsageError("--because gives the reason for excluding a session: add --disregard ID")
    TERMINAL.tell(*mend_log(store, name))
    if disregard is not None:
        TERMINAL.tell(*made_not_count(store, name, disregard, because, at=wall_time_utc(), day=today_here()))
    (_show_json if as_json else _show)(name, store.log_of(name))


def _show(name: str, log: "Log") -> None:
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.athletes.disregarding import run_words

    rows = [(run.session, run.day.isoformat(), run_words(run), reason) for run, reason in _runs(log)]
    if rows:
        shown_table([("session", "day", "what", "disregarded because"), *rows])
    else:
        show_text(f"{name} has no sessions in the log yet")


def _show_json(name: str, log: "Log") -> None:
    told = [
        {"session": run.session, "day": run.day.isoformat(), "item": run.item, "disregarded": reason or None}
        for run, reason in _runs(log)
    ]
    show_as_json({"athlete": name, "sessions": told})


def _runs(log: "Log") -> list[tuple["SessionRun", str]]:
    """Every session once, by day, and why it is disregarded; empty for one that counts."""
    from cadencecoach.record.counting import sessions_disregarded
    from cadencecoach.record.entries import SessionRun

    reasons = sessions_disregarded(log.every)
    runs = {run.session: run for run in log.every if isinstance(run, SessionRun)}
    return [(run, reasons.get(run.session, "")) for run in sorted(runs.values(), key=lambda run: run.day)]
