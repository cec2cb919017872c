"""What a session leaves behind, shown: summary, where the journal is, what a person should know."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from cadencecoach.app.hearing.ear import Ear
from cadencecoach.app.notebook import Notebook
from cadencecoach.app.opening.setup import Prepared
from cadencecoach.app.session import Session
from cadencecoach.coach.actions import EndReason
from cadencecoach.devices.journal.file import JournalWriter
from cadencecoach.plan.model import Plan
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts, filled
from cadencecoach.record.figures import Summary

EXIT_NOT_WRITTEN, EXIT_INTERRUPTED = 2, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A session that is over.

    Attributes:
        plan: what was prescribed
        summary: what came of it
        unit_text: how the sensor's numbers were read; empty where that was no question
        journal: where it is written down; None when nowhere
        notes: one line each for a person to read
        is_whole: everything that was asked for was written; False when a disk was full
    """

    plan: Plan
    summary: Summary
    unit_text: str
    journal: Path | None
    notes: tuple[str, ...]
    is_whole: bool = True
    texts: ScreenTexts = ENGLISH_SCREEN

    @property
    def exit_status(self) -> int:
        """0 when it ended as planned or by the runner's key, 130 when interrupted, 2 when not all could be written."""
        if self.summary.end_reason is EndReason.INTERRUPTED:
            return EXIT_INTERRUPTED
        return 0 if self.is_whole else EXIT_NOT_WRITTEN


def tell(notes: tuple[str, ...]) -> None:
    """Lines a person should read, on standard error, apart from what a program may read on standard output."""
    for note in notes:
        click.echo(note, err=True)


def outcome_of(
    prepared: Prepared,
    session: Session,
    notebook: Notebook,
    journal: JournalWriter | None,
    ear: Ear,
    *,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """What a session that is over leaves behind, its journal closed; `notes` are what else a person should know."""
    texts = session.state.words.screen
    bad = filled(texts.messages_unread, number=session.n_bad_payloads) if session.n_bad_payloads else ""
    trouble = journal.trouble or "" if journal is not None else ""
    unit_text = session.unit.text if session.unit is not None else prepared.opened.unit_text
    return Outcome(
        plan=prepared.plan,
        summary=notebook.summary(),
        unit_text=unit_text,
        journal=journal.path if journal is not None and journal.path.exists() else None,
        notes=tuple(filter(None, (ear.message, *notes, bad, trouble))),
        is_whole=not trouble and ear.trouble is None,
        texts=texts,
    )


def show_outcome(outcome: Outcome, *, as_json: bool) -> int:
    """Print it, and answer with the exit status."""
    from cadencecoach.view.summary_table import summary_json, summary_table  # noqa: PLC0415

    tell(outcome.notes)
    if as_json:
        journal = None if outcome.journal is None else str(outcome.journal)
        about = {"plan": outcome.plan.name, "unit": outcome.unit_text, "journal": journal}
        click.echo(json.dumps({**about, **summary_json(outcome.summary)}, ensure_ascii=False, indent=2))
        return outcome.exit_status
    from rich.console import Console  # noqa: PLC0415

    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(
        summary_table(outcome.summary, outcome.texts)
    )
    if outcome.unit_text:
        click.echo(outcome.unit_text)
    if outcome.journal is not None:
        click.echo(f"journal: {outcome.journal}")
    return outcome.exit_status
