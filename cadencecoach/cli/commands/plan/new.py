"""`cadencecoach plan new`: a plan or a programme out of five answers, and what to do with it next."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cadencecoach.desk.authoring.writing import Written
    from cadencecoach.programme.drafting.answers import Answers

SIMULATED_SPM = 164  # the simulated runner's own cadence, for a rehearsal that has no athlete
N_BASELINE_RUNS = 2  # come first where the baseline is measured
HIGH_SPM = 176  # runners above it were left out of the studies: they have no reason to go higher (NCT04747223)


@click.command("new")
@click.argument("file", required=False, callback=options.take_path)
@click.option("--for", "who", metavar="NAME", help="Who it is for; a pseudonym will do.")
@click.option(
    "--baseline", metavar="SPM", help="Their own cadence: a number, measured (in the session) or athlete (stored)."
)
@click.option("--aim", metavar="PERCENT", help="How far above the baseline: +1 % to +10 %.")
@click.option("--weeks", metavar="N", help="0 (one session) to 12.")
@click.option("--with-help", "helping", metavar="WORD", help="faded, full, rescue or none.")
@options.FORCE
def new(*, file: str | None, force: bool, **given: str | None) -> None:
    """Write a plan, or a programme of several weeks, with comments that say what to change.

    It asks for anything not given as an option. FILE is the output file; default: named after the athlete. The
    schema is written next to it, so that an editor with YAML schemas can complete and check it.
    """
    from cadencecoach.cli.authoring_questions import ask_missing
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.authoring.writing import write_draft
    from cadencecoach.programme.drafting.answers import answers_of
    from cadencecoach.store.user_store import user_machine

    answers = answers_of(ask_missing(given))
    written = write_draft(user_machine(), answers, None if file is None else Path(file), may_replace=force)
    TERMINAL.tell(*written.notes)
    for line in _closing_lines(answers, written):
        show_text(line)


def _closing_lines(answers: "Answers", written: "Written") -> "Iterator[str]":
    """What was written, and the next two commands."""
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.plan.model import AthleteBaseline, FixedBaseline, MeasuredBaseline

    what = "a plan for one session" if answers.weeks == 0 else "a programme"
    yield f"{clean_name(written.path)}: {what}; {written.schema.name} beside it is for your editor"
    own = answers.baseline
    if isinstance(own, FixedBaseline) and own.spm > HIGH_SPM:
        yield f"{own.spm:g} steps a minute is already high; studies took runners up to {HIGH_SPM}"
    is_asked_for = isinstance(own, AthleteBaseline) or (answers.weeks and isinstance(own, MeasuredBaseline))
    baseline = f" --baseline {SIMULATED_SPM}" if is_asked_for else ""
    number = 1 + (N_BASELINE_RUNS if isinstance(own, MeasuredBaseline) else 0)
    session = f" --session {number}" if answers.weeks else ""
    path, sound = quote(str(written.path)), quote(str(written.path.with_suffix(".flac")))
    yield "Next, see it and hear it:"
    yield "  " + command_line(f"{'programme' if answers.weeks else 'plan'} show {path}")
    yield "  " + command_line(f"rehearse {path}{session}{baseline} --sound file:{sound}")
