"""`cadencecoach plan show` and `schema`: a plan as a table, a picture and in plain words; the language for editors."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_drawn, tell
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM

if TYPE_CHECKING:
    from cadencecoach.plan.model import Plan

MAX_PICTURE_COLUMNS = 160
BASELINE = click.FloatRange(LOW_SPM, HIGH_SPM)


@click.command("show")
@click.argument("file")
@options.SESSION
@click.option("--baseline", "baseline_spm", metavar="SPM", type=BASELINE, help="Own cadence, to show targets in spm.")
@click.option("--svg", metavar="FILE", callback=options.take_path, help="Write the picture to FILE (SVG) as well.")
@options.FORCE
@click.option("--json", "as_json", is_flag=True, help="Print the plan as one JSON object, repeats written out.")
def show(  # one argument for each option
    *, file: str, session: str | None, baseline_spm: float | None, svg: str | None, force: bool, as_json: bool
) -> None:
    """Show a plan: its stages as a table, its targets over time, and a description minute by minute."""
    from cadencecoach.cli.printing import plain
    from cadencecoach.desk.running.choosing import choose_plan
    from cadencecoach.store.user_store import user_machine

    plan = choose_plan(user_machine(), file, session, baseline_spm).plan
    if svg is not None:
        from cadencecoach.desk.authoring.writing import picture_file
        from cadencecoach.store.user_store import user_machine
        from cadencecoach.view.plan.svg import plan_svg

        target = picture_file(user_machine(), Path(svg), may_replace=force, sources=(Path(file),))
        target.write(plan_svg(plan, baseline_spm).encode())
    if as_json:
        show_as_json(plain(plan))  # ASCII, so that every terminal and every pipe takes it
    else:
        _draw(plan, baseline_spm)
    if svg is not None:
        tell(f"picture: {svg}")


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of a plan file, for editors."""
    from cadencecoach.plan.schema import plan_schema

    show_as_json(plan_schema())


def _draw(plan: "Plan", baseline_spm: float | None) -> None:
    from rich.console import Console
    from rich.text import Text

    from cadencecoach.view.plan.picture import MIN_WIDTH, PLAIN_GLYPHS, plan_picture
    from cadencecoach.view.plan.table import length_words, plan_stages
    from cadencecoach.view.plan.words import plan_in_words

    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(Text(plan.name, style="bold"))
        if plan.about:
            console.print(Text(plan.about))
        console.print(Text(f"Total: {length_words(plan)}"))
        console.print(plan_stages(plan, baseline_spm))
        if console.width >= MIN_WIDTH:
            console.print(plan_picture(plan, min(console.width, MAX_PICTURE_COLUMNS), baseline_spm))
        console.print(plan_in_words(plan, baseline_spm))
    show_drawn(capture.get(), PLAIN_GLYPHS)
