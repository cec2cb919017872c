"""`cadencecoach playbook`: what helped a runner, and what hurt."""

from pathlib import Path

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_text


@click.command("playbook")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--html", metavar="FILE", callback=options.take_path, help="Write a page to print.")
@click.option("--with-notes", is_flag=True, help="With the clinician's own notes, which the runner is not shown.")
@options.LANGUAGE
@options.FORCE
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def playbook(
    *, name: str | None, html: str | None, with_notes: bool, language: str | None, force: bool, as_json: bool
) -> None:
    """Show what helped a runner and what hurt: cues by the time back on target, exercises, shoes, pain, notes.

    A cue counts if the runner was back on target after it at least three times; the shortest median time comes first.
    """
    from cadencecoach.desk.athletes.playbook import playbook_sheet
    from cadencecoach.desk.history.reporting import page_file
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store
    from cadencecoach.view.report.playbook import playbook_json, playbook_lines, playbook_page

    store = user_store()
    athlete = the_athlete(store, name, option="")
    file = None if html is None else page_file(store.machine, Path(html), may_replace=force, option="--html")
    if file is not None:
        file.check()
    sheet = playbook_sheet(store, athlete, with_notes=with_notes, language=language)
    if file is not None:
        file.write(playbook_page(sheet).encode("utf-8", "replace"))
    if as_json:
        show_as_json(playbook_json(sheet))
    elif file is not None:
        show_text(f"{clean_name(file.path)}: open it in a browser, and print it")
    else:
        show_text("\n".join(playbook_lines(sheet)))
