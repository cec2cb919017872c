"""`cadencecoach programme rehearse`: weeks run through in seconds, by a simulated runner and the real rules."""

from datetime import date

import click

from cadencecoach.cli.printing import show_as_json, show_text
from cadencecoach.errors import UsageError

DEFAULT_BEGINS = "2026-01-05"  # a Monday; the same days each time, so that two rehearsals can be compared
EXIT_INTERRUPTED = 130


@click.command("rehearse")
@click.argument("file", metavar="FILE")
@click.option("--runner", default="", metavar="K=V,...", help="The simulated runner's settings, as for --feet sim:K=V.")
@click.option(
    "--learns",
    type=click.FloatRange(0, 100),
    default=90.0,
    show_default=True,
    metavar="PERCENT",
    help="Share of the change the runner keeps in the end (assumed).",
)
@click.option(
    "--pain",
    "pains",
    multiple=True,
    metavar="TEXT",
    help="A complaint, such as 'session 3: knee 4' or 'session 5: acute calf'.",
)
@click.option(
    "--miss", "misses", multiple=True, metavar="TEXT", help="A gap before a session, such as 'session 4: 9 days'."
)
@click.option("--begins", default=DEFAULT_BEGINS, show_default=True, metavar="DAY", help="The first day.")
@click.option("--seed", type=int, default=1, show_default=True, help="Random seed of the simulated runner.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def rehearse(
    *,
    file: str,
    runner: str,
    learns: float,
    pains: tuple[str, ...],
    misses: tuple[str, ...],
    begins: str,
    seed: int,
    as_json: bool,
) -> int:
    """Run FILE from its first session to its last, in seconds.

    A simulated runner runs the sessions and in the end keeps as much of the change as --learns says; the rules that
    decide from day to day are the real ones. --pain and --miss happen the first time a session comes up, and may be
    given several times; a complaint may end with before, during, after or morning. A simulation says nothing about
    a real runner.
    """
    from cadencecoach.cli.answers.course import course_json, tell_day, tell_end
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.programmes.rehearsing import Rehearsal, Weeks
    from cadencecoach.desk.programmes.script import complaint_in, miss_in
    from cadencecoach.store.programme_files import find_programme, open_programme
    from cadencecoach.store.user_store import user_store

    _, programme = open_programme(find_programme(file), user_store().machine)
    weeks = Weeks(
        programme=programme,
        runner=runner,
        learns=learns / 100,
        seed=seed,
        begins=_day(begins),
        complaints=tuple(map(complaint_in, pains)),
        misses=dict(map(miss_in, misses)),
    )
    rehearsal = Rehearsal(user_store(), weeks, TERMINAL)
    if as_json:
        course = rehearsal.course()
        show_as_json(course_json(course, programme))
    else:
        show_text(f"{programme.name}, run through by a simulated runner")
        course = rehearsal.course(lambda one: tell_day(one, weeks.begins))
        tell_end(course)
    return EXIT_INTERRUPTED if course.is_interrupted else 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--begins {text}: not a date; write it as {DEFAULT_BEGINS}") from error
