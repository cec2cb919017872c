"""The part of a run that tells the runner's own cadence: after the warm-up, and before any help was on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cadencecoach.record.figures import CORRECTIONS
from cadencecoach.units import STALE_AFTER_S

WARM_UP_S = 5 * 60.0  # of running; it is left out
LONGEST_GAP_S = STALE_AFTER_S
RUNNING = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady:
    """What the steady part came to.

    Attributes:
        cadence_spm: mean over it
        duration_s: how long it was
        length_s: how long the part of the session is that it was taken from, pauses left out, running or not
        speed_mps: mean over it; None where no sensor told the speed
    """

    cadence_spm: float
    duration_s: float
    length_s: float
    speed_mps: float | None = None


def steady_part(lines: Iterable[Mapping[str, Any]]) -> Steady | None:
    """The steady part of a session.

    Counted are seconds of running with a fresh estimate, the first five minutes of them left out, up to the first
    stage with a target that is helped, the first beat or the first correction, or to the end of a stage that measured a
    baseline: what follows it is no even pace any more. None where nothing is left.

    Args:
        lines: of a journal, in the order of the file
    """
    part = _Part()
    for line in lines:
        if _is_help(line) or (line["what"] == "baseline" and part.duration_s):
            break
        part.take(line)
    if not part.duration_s:
        return None
    return Steady(
        cadence_spm=part.cadence_sum / part.duration_s,
        duration_s=part.duration_s,
        length_s=part.length_s,
        speed_mps=part.speed_sum / part.n_speeds if part.n_speeds else None,
    )


class _Part:
    """Sums, while the lines go by."""

    def __init__(self) -> None:
        self.duration_s = self.length_s = self.cadence_sum = self.speed_sum = self.running_s = 0.0
        self.n_speeds = 0
        self._is_running = False
        self._is_paused = False
        self._since_s: float | None = None
        self._newest_s: float | None = None

    def take(self, line: Mapping[str, Any]) -> None:
        """The next line."""
        self._pass_time(float(line["t"]))
        match line["what"]:
            case "feet":
                self._is_running = line["state"] == RUNNING
            case "pause" | "resume":
                self._is_paused = line["what"] == "pause"
                self._since_s = None
            case "estimate" if line["cadence_spm"] is not None and line["age_s"] is not None:
                self._estimated(float(line["t"]), float(line["cadence_spm"]), float(line["age_s"]))
            case "reading" if self._counts and line.get("speed_mps") is not None and "came_s" not in line:
                self.speed_sum += float(line["speed_mps"])
                self.n_speeds += 1

    def _pass_time(self, time_s: float) -> None:
        """Time after the warm-up that is no pause."""
        if self._newest_s is not None and not self._is_paused and self.running_s >= WARM_UP_S:
            self.length_s += max(0.0, time_s - self._newest_s)
        self._newest_s = time_s if self._newest_s is None else max(time_s, self._newest_s)

    @property
    def _counts(self) -> bool:
        return self._is_running and not self._is_paused and self.running_s >= WARM_UP_S

    def _estimated(self, time_s: float, cadence_spm: float, age_s: float) -> None:
        passed_s = 0.0 if self._since_s is None else min(LONGEST_GAP_S, time_s - self._since_s)
        self._since_s = time_s
        if not self._is_running or self._is_paused or age_s > LONGEST_GAP_S:
            return
        if self.running_s >= WARM_UP_S:
            self.duration_s += passed_s
            self.cadence_sum += cadence_spm * passed_s
        self.running_s += passed_s


def _is_help(line: Mapping[str, Any]) -> bool:
    match line["what"]:
        case "stage":
            return line["target_spm"] is not None and not (line["beat"] == "off" and line["feedback"] == "none")
        case "tempo":
            return line["spm"] is not None
        case "cue":
            return line["reason"] in CORRECTIONS
        case _:
            return False
