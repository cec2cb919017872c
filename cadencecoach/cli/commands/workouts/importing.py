"""`cadencecoach plan import`: a workout of another program as a plan."""

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_text, tell

STANDARD_OUTPUT = "-"


@click.command("import")
@click.argument("file")
@click.option(
    "-o", "--output", metavar="PLAN", callback=options.take_path, help="Output file. Default: print the plan."
)
@options.FORCE
def import_(*, file: str, output: str | None, force: bool) -> None:
    """Convert a workout of another program into a plan.

    FILE is a workout from Zwift (.zwo), intervals.icu (text), Garmin Connect or RunnerUp (JSON), or a FIT workout;
    the format is detected from its content. Anything a plan cannot hold is listed, step by step, and noted in the
    plan.
    """
    from pathlib import Path

    from cadencecoach.desk.workouts.exchange import import_workout
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.placing import output_file
    from cadencecoach.store.user_store import user_machine

    place = None if output in {None, STANDARD_OUTPUT} else Path(output or "")
    target = (
        None if place is None else output_file(user_machine(), place, "-o", may_replace=force, sources=(Path(file),))
    )
    if target is not None:
        target.check()
    made = import_workout(Path(file))
    if target is None:
        show_text(made.text, nl=False)
    else:
        target.write(made.text.encode())
    for note in made.notes:
        tell(note)
    steps = f"{made.n_steps} step{'s' if made.n_steps != 1 else ''}"
    there = "the plan above" if place is None else clean_name(place)
    tell(f"{there}: {steps}, {_notes_words(len(made.notes))}")
    if place is not None:
        tell(f"next: {command_line(f'plan check {quote(str(place))}')}")


def _notes_words(n_notes: int) -> str:
    return "nothing lost" if n_notes == 0 else f"{n_notes} note{'s' if n_notes != 1 else ''}"
