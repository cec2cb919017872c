"""A recorded session, shown to a person or to a program."""

import sys

from cadencecoach.cli.printing import show_as_json, tell
from cadencecoach.desk.history.reporting import session_sheet
from cadencecoach.devices.input_file import clean_name
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.rows import row_from
from cadencecoach.store.columns import json_of
from cadencecoach.store.loading import Recorded
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.view.report.terminal.session import session_in_terminal
from cadencecoach.view.summary_table import summary_json


def show_recorded(recorded: Recorded, words: Phrasebook, *, as_json: bool) -> None:
    """Print its numbers, for a person in the words of a language."""
    for note in recorded.journal.notes:
        tell(f"{clean_name(recorded.path)}: {note}")
    if as_json:
        row = row_from(recorded.journal.header, recorded.summary, id=recorded.id)
        told = {"journal": str(recorded.path), **summary_json(recorded.summary), "row": json_of(row)}
        show_as_json(told)
        return
    from rich.console import Console

    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(
        session_in_terminal(session_sheet(recorded, words=words))
    )


def words_for(store: Store, recorded: Recorded, language: str | None = None) -> Phrasebook:
    """The words of a session's reader: in the language asked for, else that of its athlete, else of the settings."""
    return reader_words(store, str(recorded.journal.header.get("athlete") or ""), language)
