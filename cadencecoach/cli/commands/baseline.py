"""`cadencecoach baseline`: the runner's own cadence, and what was seen beside it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cadencecoach.desk.athletes.baselines import Words
    from cadencecoach.record.baselines import Assessment
    from cadencecoach.store.protocol import Store


@click.command("baseline")
@options.together(
    click.option("--athlete", metavar="NAME", help="The athlete's pseudonym; optional if there is only one."),
    click.option("--session", metavar="ID", help="Take the steady part of this session: an id, `last`, or a journal."),
    click.option("--spm", type=float, metavar="CADENCE", help="Type in the cadence, steps a minute, both feet."),
    click.option("--speed", metavar="SPEED", help="Speed of a typed-in run: '10 km/h', '6.2 mph', '5:30 /km'."),
    click.option("--minutes", type=click.FloatRange(0, 600), metavar="MIN", help="Length of a typed-in run."),
    click.option("--surface", default="", metavar="WORD", help="treadmill, road, ...; each has its own baselines."),
    click.option(
        "--seen", multiple=True, metavar="NAME=WHAT", help="An observation: 'pelvic drop=7 deg', 'video=a.mp4'."
    ),
    click.option(
        "--day", "day_text", metavar="DAY", help="Day of a run that has no date, such as 2026-03-01.  [today]"
    ),
    click.option(
        "--withdraw",
        is_flag=False,
        flag_value="",
        metavar="ID",
        help="Withdraw this baseline run: an id, or `last`. Without a value, list them.",
    ),
    click.option(
        "--accept",
        is_flag=False,
        flag_value="",
        metavar="ID",
        help="Let programmes count from a run of taps or microphone: an id, or `last`. Without a value, list them.",
    ),
    click.option("--because", metavar="TEXT", help="The reason; required by --withdraw and --accept."),
    click.option("--force", is_flag=True, help="Record it even if it looks wrong, such as far from the others."),
    click.option("--json", "as_json", is_flag=True, help="Print the baselines as JSON."),
)
def baseline(  # noqa: PLR0913  # one argument for each option
    *,
    athlete: str | None,
    session: str | None,
    spm: float | None,
    speed: str | None,
    minutes: float | None,
    surface: str,
    seen: tuple[str, ...],
    day_text: str | None,
    withdraw: str | None,
    accept: str | None,
    because: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Record a baseline run, or show the baselines.

    Two runs of 12 minutes or more make a baseline; one alone is provisional. Observations (overstride, knee
    alignment, pelvic drop, an angle, a video's file name, free words) are kept with it, and a reassessment is shown
    next to the first.

    You are asked to confirm a cadence far from the others. `--withdraw last --because "typed 105 for 165"`
    withdraws a run: it no longer counts, and stays in the log with the reason.

    A run from taps or a microphone can be 3 steps a minute off, and no programme starts from it before the clinician
    says so: `--accept last --because "no pod here; counted by eye, too"`.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.baselines import Words, accept_baseline, take_baseline, withdraw_baseline
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.record.baselines import assessments_of
    from cadencecoach.store.athlete_log import day_asked, today_here
    from cadencecoach.store.phrases import clinician_words
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store, at = user_store(), wall_time_utc()
    name, measures = the_athlete(store, athlete), clinician_words(store.machine).measures
    typed = Words(session=session, spm=spm, speed=speed, minutes=minutes, surface=surface, seen=seen)
    words = replace(typed, force=force, measures=measures)
    _check_together(words, withdraw, accept, because)
    if accept is not None:
        TERMINAL.tell(*accept_baseline(store, name, accept, because, at=at))
    elif withdraw is not None:
        TERMINAL.tell(*withdraw_baseline(store, name, withdraw, because, at=at, day=today_here(), measures=measures))
    elif not words.is_question:
        TERMINAL.tell(*take_baseline(store, name, words, TERMINAL, at=at, day=day_asked(day_text)))
    every = assessments_of(store.log_of(name).entries)
    (_show_json if as_json else _show)(store, name, every, today_here())


def _check_together(words: "Words", withdraw: str | None, accept: str | None, because: str | None) -> None:
    """Refuse options of which one lacks the other, or that exclude each other."""
    if withdraw is not None and accept is not None:
        raise click.UsageError("--withdraw and --accept exclude each other")
    named = withdraw if accept is None else accept
    if (named is None) != (because is None) and named != "":
        option = "--withdraw" if accept is None else "--accept"
        raise click.UsageError(f"{option} ID and --because REASON go together")
    if named is not None and not words.is_question:
        option, then = ("--withdraw", "; record the right run afterwards") if accept is None else ("--accept", "")
        raise click.UsageError(f"{option} takes no other values{then}")
    is_typed_in_part = words.speed is not None or words.minutes is not None
    if named is None and words.is_question and is_typed_in_part:
        raise click.UsageError("--speed and --minutes describe a typed-in cadence: add --spm")


def _show(store: "Store", name: str, every: "Sequence[Assessment]", today: "date") -> None:
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.athletes.baselines import counting_lines, measuring_commands
    from cadencecoach.desk.checkin.meaning import is_on_programme
    from cadencecoach.desk.history.progress import own_noise_of
    from cadencecoach.store.phrases import clinician_words
    from cadencecoach.store.stored import stored_baseline
    from cadencecoach.view.athlete.baselines import baseline_rows, change_lines, standing_words

    in_force = stored_baseline(store, name, today=today)
    if in_force is None and not every:
        run, take = measuring_commands(name)
        show_text(f"{name} has no baseline yet: `{run}`, then `{take}`")
        return
    words = clinician_words(store.machine)
    shown_table(baseline_rows(every, words.measures))
    standing = "none yet" if in_force is None else standing_words(in_force, today, words)
    entries = store.log_of(name).entries
    counting = counting_lines(name, entries, today, words) if is_on_programme(entries) else ()
    which = "Measured last" if counting else "In force"  # a programme counts from its own
    show_text(
        "\n".join(
            [
                *change_lines(every, words.measures, own_noise_of(store, name, today)),
                f"{which}: {standing}.",
                *counting,
            ]
        )
    )


def _show_json(store: "Store", name: str, every: "Sequence[Assessment]", today: "date") -> None:
    from cadencecoach.desk.history.progress import own_noise_of
    from cadencecoach.store.stored import stored_baseline
    from cadencecoach.view.athlete.baselines import assessment_json, change_json

    in_force = stored_baseline(store, name, today=today)
    told = {
        "athlete": name,
        "in_force": None if in_force is None else assessment_json(in_force, today),
        "baselines": [assessment_json(one, today) for one in every],
        "change": change_json(every, own_noise_of(store, name, today)),
    }
    show_as_json(told)
