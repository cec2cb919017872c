"""Where a session's lines go: into the journal, if one is kept, and into the summary at once."""

from collections.abc import Mapping
from typing import Protocol

from cadencecoach import __version__
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Plan
from cadencecoach.record.figures import Summary
from cadencecoach.record.journal import encode
from cadencecoach.record.summary import Summariser

APP = f"cadencecoach {__version__}"


class Writer(Protocol):
    """Takes lines of a journal as they are written."""

    def write(self, line: str) -> None:
        """Write one."""


class Notebook:
    """Takes every line of one session.

    Args:
        journal: with its header in it; None when no journal is kept
        plan: for the name over the summary
        baseline_spm, curve: what the session goes by at its start, for the summary
    """

    def __init__(
        self, journal: Writer | None, plan: Plan, baseline_spm: float | None, curve: SpeedCurve | None = None
    ) -> None:
        """Begin with nothing written."""
        self._journal = journal
        self._plan = plan
        self._summariser = Summariser(baseline_spm=baseline_spm, curve=curve)

    def write(self, line: Mapping[str, object]) -> None:
        """Write one line, and count it."""
        if self._journal is not None:
            self._journal.write(encode(line))
        self._summariser.add(line)

    def summary(self) -> Summary:
        """What the session came to so far."""
        return self._summariser.summary(name=self._plan.name)
