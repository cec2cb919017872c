"""`cadencecoach programme start`: a programme begins for an athlete, or takes the place of another."""

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cadencecoach.store.protocol import Store


@click.command("start")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--athlete", required=True, metavar="NAME", help="The athlete's pseudonym.")
@click.option("--from", "number", type=click.IntRange(min=1), metavar="N", help="Begin at its Nth session.")
@click.option("--because", metavar="TEXT", help="Why it replaces the programme under way.")
@click.option(
    "--count-from-new",
    is_flag=True,
    help="Count targets and limits from the newest complete baseline.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what comes next as JSON.")
def start(
    *,
    file: str | None,
    athlete: str,
    number: int | None,
    because: str | None,
    count_from_new: bool,
    as_json: bool,
) -> None:
    """Start FILE for an athlete, and show what comes first.

    Without FILE the programme stays as it is: --from N goes on from another session, --count-from-new counts anew.

    Its text, with every plan it names, is kept with the athlete; its hash goes into every record. A programme under
    way is put aside, not deleted; replacing it, or continuing after a stop, needs a reason.

    Targets and limits count from the baseline in force when the first programme was set, even after a reassessment.
    --count-from-new counts from the newest one and shows the change from the first: at most 10 %, unless the
    programme says why: 'allow: {sum: the reason}'.
    """
    from cadencecoach.cli.answers.programme import show_decision
    from cadencecoach.devices.clock import local_day
    from cadencecoach.store.athlete_programme import under_way
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    if file is None and number is None and not count_from_new:
        raise click.UsageError("name a programme FILE; only --from and --count-from-new work without one")
    if count_from_new and because is None:
        raise click.UsageError("--count-from-new needs the reason: --because REASON")
    store, today = user_store(), date.fromisoformat(local_day())
    if file is None:
        _go_on(store, athlete, number, because or "", today, count_from_new=count_from_new)
    else:
        _begin(store, athlete, file, number, because, today, count_from_new=count_from_new)
    show_decision(under_way(store, athlete), today, reader_words(store, athlete), as_json=as_json)


def _go_on(
    store: "Store", athlete: str, number: int | None, because: str, today: date, *, count_from_new: bool
) -> None:
    """Count anew, and go on from another session, by the text there is: one or both."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.programmes.acting import Act, ActAsked, act_on_programme
    from cadencecoach.devices.clock import wall_time_utc

    at = wall_time_utc()
    asked: dict[Act, int | None] = {Act.COUNT_FROM_NEW: None} if count_from_new else {}
    if number is not None:
        asked[Act.FROM] = number
    for act, of in asked.items():
        one = ActAsked(athlete=athlete, act=act, because=because, at=at, day=today, number=of)
        TERMINAL.tell(*act_on_programme(store, one))


def _begin(
    store: "Store",
    athlete: str,
    file: str,
    number: int | None,
    because: str | None,
    today: date,
    *,
    count_from_new: bool,
) -> None:
    """Begin a programme from its file."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.missed import mend_log
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.plan.syntax.findings import Severity
    from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
    from cadencecoach.store.programme_files import check_programme_file, find_programme, whole_programme

    TERMINAL.tell(*mend_log(store, athlete))
    text, checked = check_programme_file(find_programme(file), store.machine)
    raw, programme = whole_programme(text, checked)
    TERMINAL.tell(*checked.lines(Severity.WARNING))
    order = ProgrammeOrder(
        athlete=athlete,
        raw=raw,
        programme=programme,
        level=None if number is None else number - 1,
        because=because,
        at=wall_time_utc(),
        day=today,
        counts_from_new=count_from_new,
    )
    TERMINAL.tell(*begin(store, order))
