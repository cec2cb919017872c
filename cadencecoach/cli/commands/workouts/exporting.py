"""`cadencecoach plan export`: a plan as a workout for another program."""

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_text, tell
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM

FORMATS = ("fit", "intervals")
UNITS = ("strides", "steps")
ENDINGS = {"fit": (".fit",), "intervals": (".txt",)}
STANDARD_OUTPUT = "-"
BASELINE = click.FloatRange(LOW_SPM, HIGH_SPM)


@click.command()
@click.argument("plan")
@click.option(
    "--format", "form", type=click.Choice(FORMATS, case_sensitive=False), help="Default: by the ending of -o."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.take_path,
    required=True,
    help="Output file; - is standard output (text only).",
)
@click.option(
    "--baseline",
    "baseline_spm",
    metavar="SPM",
    type=click.FloatRange(LOW_SPM, HIGH_SPM),
    help="Own cadence, for targets in percent.",
)
@click.option(
    "--counts",
    type=click.Choice(UNITS),
    default="strides",
    show_default=True,
    help="What the other program counts as cadence.",
)
@options.FORCE
def export(*, plan: str, form: str | None, output: str, baseline_spm: float | None, counts: str, force: bool) -> None:
    """Export a plan as a workout for another program: a FIT workout for a watch, or text for intervals.icu.

    PLAN is a file, or the name of a plan that comes with the program. Anything the format cannot hold is listed.
    """
    from pathlib import Path

    from cadencecoach.desk.workouts.exchange import export_plan
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.placing import output_file
    from cadencecoach.store.plan_files import find_plan
    from cadencecoach.store.user_store import user_machine

    kind = _format_of(form, output)
    place = Path(output)
    target = output_file(user_machine(), place, "-o", may_replace=force, sources=(find_plan(user_machine(), plan),))
    if output != STANDARD_OUTPUT:
        target.check()
    made = export_plan(user_machine(), plan, kind, baseline_spm=baseline_spm, units=counts)
    if output == STANDARD_OUTPUT:
        show_text(made.data.decode(), nl=False)
    else:
        target.write(made.data)
    for note in made.notes:
        tell(note)
    tell(f"{clean_name(place)}: written, {len(made.notes)} notes")


def _format_of(form: str | None, output: str) -> str:
    """The format asked for, or told by the name.

    Raises:
        UsageError: neither says which, they do not fit, or FIT would go to a terminal
    """
    from pathlib import Path

    from cadencecoach.errors import UsageError

    ending = Path(output).suffix.lower()
    told = next((name for name, endings in ENDINGS.items() if ending in endings), None)
    if form is None and told is None:
        raise UsageError("no format given; use --format fit or --format intervals, or an -o that ends in .fit or .txt")
    if form is not None and told is not None and told != form:
        raise UsageError(f"--format {form} -o {ascii(output)[1:-1]}: the name says {told}; change one of them")
    kind = form or told or ""
    if kind == "fit" and output == STANDARD_OUTPUT:
        raise UsageError("-o -: a FIT file is not text; name a file")
    return kind
