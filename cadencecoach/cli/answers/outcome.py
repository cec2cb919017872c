"""What a session leaves behind, shown: summary, where the journal is, what a person should know."""

import sys

from cadencecoach.cli.printing import show_as_json, show_text
from cadencecoach.cli.terminal import TERMINAL
from cadencecoach.devices.input_file import shown
from cadencecoach.live.outcome import Outcome


def show_outcome(outcome: Outcome, *, as_json: bool) -> int:
    """Print it, and answer with the exit status."""
    from cadencecoach.view.named import name_summary
    from cadencecoach.view.summary_table import summary_json, summary_table

    TERMINAL.tell(*outcome.notes)
    if as_json:
        journal = None if outcome.journal is None else str(outcome.journal)
        about = {"plan": outcome.plan.name, "unit": outcome.unit_text, "journal": journal}
        show_as_json({**about, **summary_json(outcome.summary)})
        return outcome.exit_status
    from rich.console import Console

    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(
        summary_table(name_summary(outcome.summary, outcome.words), outcome.words.screen)
    )
    if outcome.unit_text:
        show_text(outcome.unit_text)
    if outcome.journal is not None:
        show_text(f"journal: {shown(outcome.journal)}")
    return outcome.exit_status
