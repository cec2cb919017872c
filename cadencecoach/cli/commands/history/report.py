"""`cadencecoach history report`: a page of HTML of a session, or of an athlete's progress."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.store.protocol import Store

STANDARD_OUTPUT = "-"


@click.command()
@click.argument("session", metavar="[SESSION]", required=False)
@click.option("--athlete", metavar="NAME", help="Report this athlete's progress over all sessions instead.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.take_path,
    help="Output file; - is standard output.  [default: report.html, progress.html]",
)
@options.LANGUAGE
@options.FORCE
def report(*, session: str | None, athlete: str | None, output: str | None, language: str | None, force: bool) -> None:
    """Write a report to read, print or send: one HTML file, complete in itself.

    SESSION is an id as listed, `last`, a journal's path, or a recorded run (.fit, .tcx, .csv, .gpx).
    """
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_store

    store = user_store()
    if (session is None) == (athlete is None):
        raise UsageError(
            "name one session (an id, `last` or a file), or --athlete NAME; "
            f"`{command_line('history list')}` shows the sessions"
        )
    from cadencecoach.desk.history.reporting import page_file

    source = None if session is None else store.find_session(session)
    path = Path(output or ("progress.html" if source is None else "report.html"))
    file = page_file(store.machine, path, may_replace=force, sources=(source,) if isinstance(source, Path) else ())
    if output != STANDARD_OUTPUT:
        file.check()
    said, page = _athlete(store, athlete or "", language) if source is None else _session(store, source, language)
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(page.encode("utf-8", "replace"))
        return
    file.write(page.encode("utf-8", "replace"))
    show_text(f"{said}\n{clean_name(path)}: {len(page.encode()) / 1000:.0f} kB; open it in a browser")


def _session(store: "Store", found: str | Path, language: str | None) -> tuple[str, str]:
    """Headline and page."""
    from cadencecoach.cli.answers.recorded import words_for
    from cadencecoach.desk.history.reporting import load_found, session_sheet
    from cadencecoach.store.athlete_log import entries_of
    from cadencecoach.view.report.session.page import session_page
    from cadencecoach.view.report.story import headline

    recorded = load_found(store, found)
    for note in recorded.journal.notes:
        tell(note)
    entries = entries_of(store, str(recorded.journal.header.get("athlete") or ""))
    words = words_for(store, recorded, language)
    return headline(recorded.summary, words), session_page(session_sheet(recorded, entries, words))


def _athlete(store: "Store", name: str, language: str | None) -> tuple[str, str]:
    """The same for an athlete, with what the log says and what comes next."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.missed import mend_log
    from cadencecoach.desk.history.progress import athlete_progress
    from cadencecoach.devices.clock import local_day
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.store.athlete_log import every_entry_of
    from cadencecoach.store.stored import reader_words
    from cadencecoach.view.report.progress.page import progress_page
    from cadencecoach.view.report.progress.story import headline

    found = store.rows_of(name)
    for note in found.notes:
        tell(note)
    if not found.rows and not every_entry_of(store, name):
        raise UsageError(
            f"--athlete {name!a}: no sessions or entries of an athlete with that name; "
            f"`{command_line('history list')}` shows all sessions"
        )
    words = reader_words(store, name, language)
    if every_entry_of(store, name):
        TERMINAL.tell(*mend_log(store, name, words.programme))
    sheet = athlete_progress(store, name, date.fromisoformat(local_day()), words)
    return headline(sheet), progress_page(sheet)
