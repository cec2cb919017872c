"""`cadencecoach finding`: what a clinician measured or saw."""

from pathlib import Path

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text, tell

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.group("finding", cls=Commands)
def finding() -> None:
    """Record what you measured or saw, compare before and after, and keep pictures and videos with it.

    Figures and words, never a diagnosis. NAME is the athlete's pseudonym.
    """


@finding.command("add")
@click.argument("name", metavar="NAME")
@click.option("--what", "measure", metavar="TEXT", required=True, help='What, such as "knee valgus".')
@click.option("--side", metavar="left|right|both", help="Side of the body; L, R or B will do.")
@click.option("--value", metavar="NUMBER", help="The value measured.")
@click.option("--unit", metavar="TEXT", default="", help="Unit of the value, such as deg.")
@click.option("--method", metavar="TEXT", default="", help='How, such as "2D video". Only the same is compared.')
@click.option("--note", metavar="TEXT", default="", help="What was seen, in words.")
@click.option("--day", "day_text", metavar="DAY", help="The day it was measured or seen.  [default: today]")
@click.option("--file", metavar="FILE", callback=options.take_path, help="A picture, video or table, which is copied.")
@click.option("--link", "is_link", is_flag=True, help="Do not copy FILE; remember where it is on this machine.")
@JSON
def add(  # one argument for each option
    *, name: str, side: str | None, value: str | None, file: str | None, as_json: bool, **words: object
) -> None:
    """Record a finding.

    The copy of FILE is named by its content and by TEXT: its own name may say who it shows. It goes into backups, is
    deleted with the athlete, and travels with `athlete export --with-files`. A link stays on this machine.
    """
    from cadencecoach.desk.athletes.findings import (
        FindingWords,
        add_finding,
        finding_json,
        side_named,
        unit_note,
        value_typed,
    )
    from cadencecoach.record.entry_lines import entry_id
    from cadencecoach.record.findings import finding_words
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    asked = FindingWords(
        side=side_named(side),
        value=value_typed(value),
        file=None if file is None else Path(file),
        **words,  # type: ignore[arg-type]  # of the options
    )
    found = add_finding(store, athlete, asked)
    if as_json:
        show_as_json({"athlete": athlete, **finding_json(store, athlete, found)})
    else:
        show_text(f"{found.day}  {entry_id(found)}  {finding_words(found)}")
    tell(*filter(None, [unit_note(store, athlete, found)]))


@finding.command("list")
@click.argument("name", metavar="[NAME]", required=False)
@JSON
def list_(*, name: str | None, as_json: bool) -> None:
    """List findings by day, and compare first and latest of what was measured more than once."""
    from cadencecoach.desk.athletes.findings import finding_lines, findings_json
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    if as_json:
        show_as_json(findings_json(store, athlete))
    else:
        show_text("\n".join(finding_lines(store, athlete)))


@finding.command("withdraw")
@click.argument("name", metavar="NAME")
@click.argument("entry", metavar="ID", default="", required=False)
@click.option("--because", metavar="TEXT", help="The reason; required.")
def withdraw(*, name: str, entry: str, because: str | None) -> None:
    """Take a finding back: ID, or `last`. Without one, the newest are listed. The log keeps it beside the reason."""
    from cadencecoach.desk.athletes.findings import withdraw_finding
    from cadencecoach.record.findings import finding_words
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    gone = withdraw_finding(store, the_athlete(store, name, option=""), entry, because)
    show_text(f"withdrawn: {gone.day}, {finding_words(gone)}")
