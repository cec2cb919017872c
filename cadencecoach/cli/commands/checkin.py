"""`cadencecoach checkin`: how the body is, in three keys."""

from typing import Any

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json

RATING = click.IntRange(0, 10)
SITES = ("shin", "calf", "achilles", "knee", "hip", "foot", "other")
FLAG_NAMES = ("sharp", "limp", "swelling", "night-pain", "acute-calf", "unwell")


def rating_option(name: str, about: str) -> options.Decorator:
    """An option that takes a number from 0 to 10."""
    return click.option(f"--{name}", type=RATING, metavar="0-10", help=about)


@click.command("checkin")
@options.together(
    click.option("--athlete", metavar="NAME", help="The athlete's pseudonym; optional if there is only one."),
    click.option("--before", "moment", flag_value="before", help="Before a run."),
    click.option("--during", "moment", flag_value="during", help="During a run."),
    click.option("--after", "moment", flag_value="after", help="After a run."),
    click.option("--morning", "moment", flag_value="morning", help="The morning after. Default: chosen from the log."),
    rating_option("pain", "0 none to 10 worst imaginable."),
    click.option("--site", type=click.Choice(SITES, case_sensitive=False), help="Where it hurts."),
    rating_option("soreness", "0 none to 10 worst imaginable."),
    click.option(
        "--sore-hours",
        "soreness_h",
        type=click.FloatRange(0, 1000),
        metavar="H",
        help="How many hours the soreness lasted.",
    ),
    rating_option("readiness", "0 not at all to 10 fully."),
    rating_option("effort", "How hard the whole session was, 0 to 10."),
    rating_option("mood", "0 low to 10 high."),
    click.option("--flag", "flags", multiple=True, type=click.Choice(FLAG_NAMES), help="A red flag: a sign to stop."),
    click.option("--note", default="", help="In your own words."),
    click.option("--session", metavar="ID", help="The session it belongs to. Default: found by the day."),
    click.option("--done", multiple=True, metavar="EXERCISE", help="Tick off an exercise."),
    click.option(
        "--part",
        type=click.FloatRange(0, 100),
        default=100.0,
        metavar="PERCENT",
        help="How much of the exercise was done.  [100]",
    ),
    click.option("--day", "day_text", metavar="DAY", help="Use this day instead of today, such as 2026-03-01."),
    click.option(
        "--correct",
        is_flag=False,
        flag_value="",
        metavar="ID",
        help="Correct this check-in: an id, or `last`. Without a value, list them.",
    ),
    click.option(
        "--withdraw",
        is_flag=False,
        flag_value="",
        metavar="ID",
        help="Withdraw this check-in or exercise: an id, or `last`. Without a value, list them.",
    ),
    click.option("--because", metavar="TEXT", help="The reason; required by --correct and --withdraw."),
    options.LANGUAGE,
    click.option("--force", is_flag=True, help="Record it even if it looks wrong, such as a day a year ago."),
    click.option("--json", "as_json", is_flag=True, help="Print what was recorded, and what follows, as JSON."),
)
def checkin(  # one argument for each option that is not of Words
    *,
    athlete: str | None,
    correct: str | None,
    withdraw: str | None,
    because: str | None,
    as_json: bool,
    **words: Any,  # noqa: ANN401  # the fields of Words
) -> None:
    """Record pain and its place, soreness and readiness; after a run, also effort.

    Without options it asks; each answer is one key. Enter skips, ! marks a sign to stop. From a pipe it reads one
    answer a line. This is not a diagnosis; if it tells you to stop, stop and ask your clinician.

    To correct a slip: `--correct last --pain 1 --because "typed 9"` changes that answer and keeps the others;
    without a new answer it asks every question again. The log keeps the first answers, with the reason.
    """
    from cadencecoach.cli.answers.lines import show_lines
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.caseload.keeping import keep_line
    from cadencecoach.desk.checkin.correcting import Correction
    from cadencecoach.desk.checkin.correcting import correct as corrected
    from cadencecoach.desk.checkin.taking import Words, check_in, result_json, result_lines
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.user_store import user_store

    store = user_store()
    correction = Correction(correct=correct, withdraw=withdraw, because=because)
    if because is not None and not correction.is_wanted:
        raise click.UsageError("--because gives the reason for a correction: add --correct or --withdraw")
    said = Words(**words)
    taken = (
        corrected(store, athlete, said, correction, TERMINAL)
        if correction.is_wanted
        else check_in(store, athlete, said, TERMINAL)
    )
    if as_json:
        show_as_json(result_json(taken))
    else:
        show_lines(result_lines(taken))
    keep_line(store, taken.athlete, today_here())
