"""What is told of a session beyond cadence, gathered along its lines; and the baseline's part against the rest."""

from cadencecoach.record.dynamics import Compared, DynamicsFigures, compare, figures_of
from cadencecoach.record.lines import DynamicsLine


class DynamicsGathered:
    """The lines of running so far, each with the part of the session it was told in."""

    def __init__(self) -> None:
        """Nothing has been told."""
        self._lines: list[tuple[int, bool, DynamicsLine]] = []
        self._baseline_part: int | None = None

    def take(self, line: DynamicsLine, *, part: int, has_target: bool) -> None:
        """A line of running that is not in a pause."""
        self._lines.append((part, has_target, line))

    def set_baseline(self, part: int) -> None:
        """The baseline was set by what was run in this part."""
        self._baseline_part = part

    def figures(self) -> DynamicsFigures:
        """Means over all of it."""
        return figures_of([line for _, _, line in self._lines])

    def compare(self) -> tuple[Compared, ...]:
        """The part in which the baseline was set against running for a target, at the speed of the first."""
        own = figures_of([line for part, _, line in self._lines if part == self._baseline_part])
        asked = [line for part, has_target, line in self._lines if has_target and part != self._baseline_part]
        return compare(own, figures_of(asked, at_mps=own.speed_mps)) if own.speed_mps else ()
