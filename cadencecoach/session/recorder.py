"""Where a session's lines go: into the journal, if one is kept, and into the summary at once."""

from collections.abc import Iterable
from typing import Protocol

from cadencecoach import __version__
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.plan.model import Plan
from cadencecoach.record.figures import Summary
from cadencecoach.record.fold.beats import BeatCount, Beats
from cadencecoach.record.fold.course import Fold
from cadencecoach.record.fold.summary import Summariser
from cadencecoach.record.journal import line_text
from cadencecoach.record.lines import AliveLine, Line, MessageLine

APP = f"cadencecoach {__version__}"


class Writer(Protocol):
    """Takes lines of a journal as they are written."""

    def write(self, line: str) -> None:
        """Write one."""


class SessionRecorder:
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
        self._beats = BeatCount()
        self._fold = Fold(self._summariser, self._beats)
        self._is_told = False
        self.messages_heard: set[str] = set()  # ids

    def write(self, line: Line) -> None:
        """Write one line, and count it."""
        if self._journal is not None:
            self._journal.write(line_text(line))
        self._fold.add(line)
        self._is_told = True
        if isinstance(line, MessageLine) and line.actual_s is not None:
            self.messages_heard.add(line.id)

    def count(self, lines: Iterable[Line]) -> None:
        """Count lines that were written before: the session broke off, and goes on."""
        for line in lines:
            self._fold.add(line)

    def tell_alive(self, time_s: float) -> None:
        """Write down that the session runs, where nothing has said so since this was last asked."""
        if not self._is_told and self._journal is not None:
            self.write(AliveLine(time_s))
        self._is_told = False

    def beats(self) -> Beats | None:
        """The beats so far; None where nothing beat."""
        return self._beats.beats()

    def summary(self) -> Summary:
        """What the session came to so far."""
        return self._summariser.summary(self._fold.course, name=self._plan.name)
