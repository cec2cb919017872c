"""`cadencecoach athlete practise`: weeks of a made-up athlete, lived by the simulated runner."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.desk.practice.keeping import Practised
    from cadencecoach.desk.practice.living import Practice

MOST_WEEKS = 26
PROGRAMME = "field6wk"
EXIT_INTERRUPTED = 130


@click.command("practise")
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--programme",
    "programme_name",
    metavar="FILE",
    help=f"The programme to go through. Default: the one a story is meant for, else {PROGRAMME}.",
)
@click.option("--weeks", type=click.IntRange(1, MOST_WEEKS), default=6, show_default=True, help="How long.")
@click.option("--story", "story_name", default="fine", show_default=True, metavar="STORY", help="A name, or a file.")
@click.option("--begins", metavar="DAY", help="The first day. Default: chosen so that the last day is today.")
@click.option("--seed", type=int, default=1, show_default=True, help="Random seed of the simulated runner.")
@click.option("--list", "is_list", is_flag=True, help="List the stories that come with the program.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def practise(  # one argument for each option
    *,
    name: str | None,
    programme_name: str | None,
    weeks: int,
    story_name: str,
    begins: str | None,
    seed: int,
    is_list: bool,
    as_json: bool,
) -> int:
    """Make a practice athlete called NAME, who goes through a programme in seconds.

    A simulated runner runs the sessions, with the check-ins, pain and silence of a story; the rules that decide from
    day to day are the real ones. The athlete is marked as practice everywhere, is counted in no caseload, and never
    becomes a real one. A practice athlete of the same name is replaced; a real one is never touched.

    STORY is one of --list, or a YAML file of days (docs/practice.md).
    """
    if is_list:
        _show_stories(as_json=as_json)
        return 0
    if name is None:
        raise click.UsageError("Missing argument 'NAME'; --list shows the stories")
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.practice.keeping import check_free, practise
    from cadencecoach.store.user_store import user_store

    store = user_store()
    check_free(store, name)
    practice = _practice(name, programme_name, story_name, begins, n_days=weeks * 7, seed=seed)
    done = practise(store, practice, TERMINAL, _tell_days)
    if done.life.is_interrupted:
        tell("interrupted; nothing was kept")
        return EXIT_INTERRUPTED
    if as_json:
        show_as_json(_json(practice, done))
    else:
        _show(practice, done)
    return 0


def _practice(
    name: str, programme_name: str | None, story_name: str, begins: str | None, *, n_days: int, seed: int
) -> "Practice":
    """What is to be lived, of the files and the day that were named."""
    from cadencecoach.desk.practice.living import Practice
    from cadencecoach.desk.practice.stories import open_story
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.programme_files import find_programme, open_programme
    from cadencecoach.store.user_store import user_machine

    story, today = open_story(story_name), today_here()
    raw, programme = open_programme(find_programme(programme_name or story.programme or PROGRAMME), user_machine())
    return Practice(
        athlete=name,
        raw=raw,
        programme=programme,
        story=story,
        n_days=n_days,
        begins=today - timedelta(days=n_days - 1) if begins is None else _day(begins, n_days, today),
        seed=seed,
    )


def _show_stories(*, as_json: bool) -> None:
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.practice.stories import open_story, packed_stories

    stories = {name: open_story(name) for name in packed_stories()}
    if as_json:
        told = [{"story": name, "title": story.name, "about": story.about} for name, story in stories.items()]
        show_as_json({"stories": told})
    else:
        shown_table([("story", "what happens"), *((name, story.about) for name, story in stories.items())])


def _day(text: str, n_days: int, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--begins {text}: not a date; write it as 2026-01-05") from error
    latest = today - timedelta(days=n_days - 1)
    if day > latest:
        raise UsageError(f"--begins {text}: the story would end after today; begin by {latest}")
    return day


def _tell_days(n_done: int, n_all: int) -> None:
    if n_done % 7 == 0 and sys.stderr is not None and sys.stderr.isatty():
        tell(f"week {n_done // 7 + 1} of {n_all // 7}")


def _json(practice: "Practice", done: "Practised") -> dict[str, object]:
    return {
        "athlete": practice.athlete,
        "practice": True,
        "story": practice.story.name,
        "first_day": practice.begins.isoformat(),
        "last_day": practice.last_day.isoformat(),
        "sessions": [row.id for row in done.life.rows],
        "entries": len(done.life.log),
        "verdict": done.decision.verdict.value,
        "reasons": [reason.text for reason in done.decision.reasons],
        "replaced": done.was_replaced,
    }


def _show(practice: "Practice", done: "Practised") -> None:
    from cadencecoach.devices.command_line import command_line

    if done.was_replaced:
        tell(f"the practice athlete {practice.athlete} that was here is replaced")
    days = f"{practice.begins} to {practice.last_day}"
    show_text(f"{practice.athlete}, a practice athlete: {practice.story.name}; {days}")
    reasons = "; ".join(reason.text for reason in done.decision.reasons[:1])
    show_text(
        f"{len(done.life.rows)} sessions, {len(done.life.log)} entries; today: {done.decision.verdict.value}: {reasons}"
    )
    log = command_line(f"programme log --athlete {practice.athlete}")
    show_text(f"see `{log}` and `{command_line('caseload --practice')}`")
