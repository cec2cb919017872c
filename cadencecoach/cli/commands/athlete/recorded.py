"""`cadencecoach athlete add-run`: a run that a watch recorded joins an athlete."""

from pathlib import Path

import click

from cadencecoach.cli.printing import show_as_json, show_text


@click.command("add-run")
@click.argument("name", metavar="NAME")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--day", "day_text", metavar="DAY", help="The day it was run, such as 2026-11-20.  [default: as FILE says]"
)
@click.option("--shoes", metavar="TEXT", default="", help="The shoes, as you call them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def add_run(*, name: str, file: Path, day_text: str | None, shoes: str, as_json: bool) -> None:
    """Add a run that another device recorded (.fit, .tcx, .gpx or .csv, gzip too) to NAME.

    It counts as the session of the programme if the programme asked for one on that day and length and cadence fit;
    otherwise as a run of its own: for rest, for the sessions of a week, and for the weekly distance. A file can be
    added once.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes import recorded
    from cadencecoach.desk.caseload.keeping import keep_line
    from cadencecoach.devices.input_file import user_path
    from cadencecoach.store.athlete_log import today_here
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    joined = recorded.add_run(
        store, the_athlete(store, name, option=""), user_path(file), day_text=day_text, shoes=shoes
    )
    keep_line(store, name, today_here())
    TERMINAL.tell(*joined.notes)
    if as_json:
        show_as_json(recorded.joined_json(joined))
    else:
        show_text("\n".join(recorded.joined_lines(joined)))
