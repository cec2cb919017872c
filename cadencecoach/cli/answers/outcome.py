"""What a session leaves behind, shown: summary, where the journal is, what a person should know."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from cadencecoach.cli.printing import show_as_json, show_text
from cadencecoach.cli.terminal import TERMINAL
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import clean_name
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.forms import fill

if TYPE_CHECKING:
    from cadencecoach.store.protocol import UserStore


def show_outcome(outcome: Outcome, *, as_json: bool, store: "UserStore | None" = None) -> int:
    """Print it, and answer with the exit status.

    Args:
        outcome: what a session left behind
        as_json: print the summary as JSON
        store: that its journal goes into, where a journal that is finished may be a file no more
    """
    from cadencecoach.view.named import name_summary
    from cadencecoach.view.summary_table import summary_json, summary_table

    TERMINAL.tell(*outcome.notes)
    if as_json:
        kept = _kept_session(outcome, store)
        journal = None if outcome.journal is None or kept else str(outcome.journal)
        about: dict[str, str | None] = {"plan": outcome.plan.name, "unit": outcome.unit_text, "journal": journal}
        about |= {"session_id": kept} if kept else {}
        beats = None if outcome.beats is None else asdict(outcome.beats)
        show_as_json({**about, **summary_json(outcome.summary), "beats": beats, "sound": outcome.destination or None})
        return outcome.exit_status
    from rich.console import Console

    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(
        summary_table(name_summary(outcome.summary, outcome.words), outcome.words.screen, outcome.words.measures)
    )
    if outcome.unit_text:
        show_text(outcome.unit_text)
    _show_journal(outcome, store)
    return outcome.exit_status


def show_metronome(outcome: Outcome, *, as_json: bool, store: "UserStore | None" = None) -> int:
    """Print what a metronome came to, and answer with the exit status: where, how long, how many beats, which tempo.

    The table of a session follows only where there is something in it: a sensor was heard, or pain was reported.
    """
    from cadencecoach.view.metronome_screen import metronome_end

    summary = outcome.summary
    if as_json or summary.session.covered_s or summary.pains:
        status = show_outcome(outcome, as_json=as_json, store=store)
    else:
        TERMINAL.tell(*outcome.notes)
        status = outcome.exit_status
    if not as_json:
        time_s = summary.session.duration_s
        where, texts = outcome.destination, outcome.words.screen
        show_text(metronome_end(outcome.beats, time_s, texts, where=where, is_whole=outcome.is_whole))
        if not (summary.session.covered_s or summary.pains):
            _show_journal(outcome, store)
    return status


def _kept_session(outcome: Outcome, store: "UserStore | None") -> str:
    """The id of a session whose journal leaves this computer for a database; empty where it stays a file."""
    if store is None or outcome.journal is None or store.tables() is None:
        return ""
    return outcome.journal.stem if store.is_among_sessions(outcome.journal) else ""


def _show_journal(outcome: Outcome, store: "UserStore | None") -> None:
    kept, texts = _kept_session(outcome, store), outcome.words.screen
    if kept:
        show_text(fill(texts.kept_session, session=kept, command=command_line(f"history report {kept}")))
    elif outcome.journal is not None:
        show_text(fill(outcome.words.screen.journal, file=clean_name(outcome.journal)))
