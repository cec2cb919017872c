"""A session that broke off, as its journal keeps it: what it was given, and where it goes on."""

from dataclasses import dataclass, replace
from pathlib import Path

from cadencecoach.coach.events import WentOn
from cadencecoach.coach.volume import USUAL, Volume, level_of
from cadencecoach.devices.clock import boot_mark, label_s, wall_time_s
from cadencecoach.devices.journal.place import Whole
from cadencecoach.plan.model import Plan
from cadencecoach.plan.resolved import plan_of_json
from cadencecoach.record.breaks import break_s
from cadencecoach.record.lines import EndLine, Line, PlanLine, VolumeLine
from cadencecoach.store.loading import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A session that broke off.

    Attributes:
        path: of its journal
        recorded: all that stands in it
        whole: how much of the file is whole lines
        plan: what was prescribed, as it was resolved then
    """

    path: Path
    recorded: Recorded
    whole: Whole
    plan: Plan

    @property
    def lines(self) -> tuple[Line, ...]:
        """Of its journal."""
        return self.recorded.journal.lines

    @property
    def until_s(self) -> float:
        """Session time at which it broke off."""
        return max((line.t for line in self.lines), default=0.0)

    def volume(self, now: Volume) -> Volume:
        """The levels it began with, which its keys then moved; as far as `now` is allowed to go."""
        told = next((line for line in self.lines if isinstance(line, VolumeLine) and not line.t), None)
        if told is None:
            return replace(now, beat=USUAL, words=USUAL)
        return replace(now, beat=level_of(told.beat_db, now.beat_most), words=level_of(told.words_db, now.words_most))

    def went_on(self, reason: str = "") -> WentOn:
        """The break, if it ends now.

        Args:
            reason: why it broke off, where that is known better than from the journal
        """
        end = next((line for line in reversed(self.lines) if isinstance(line, EndLine)), None)
        why = reason or ("broke off" if end is None else end.reason)
        return WentOn(self.until_s, break_of(self.recorded), why, boot_mark())


def break_of(recorded: Recorded) -> float | None:
    """How long ago a session broke off; None where nobody knows."""
    header = recorded.journal.header
    started_s = label_s(str(header.get("started")))
    return break_s(recorded.journal.lines, started_s=started_s, now_s=wall_time_s(), boot=boot_mark())


def plan_kept(lines: tuple[Line, ...]) -> Plan | None:
    """The plan that a journal keeps; None where it keeps none.

    Raises:
        PlanError: this version cannot read it
    """
    line = next((line for line in lines if isinstance(line, PlanLine)), None)
    return None if line is None else replace(plan_of_json(line.resolved), text=line.text)
