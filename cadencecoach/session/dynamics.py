"""When a session writes down how the runner moves beyond cadence: while running, at most once in five seconds.

Nothing is told of a walk, a stop, a gap, or of the seconds after one: oscillation and contact time are seen over some
seconds, and a speed told then may still be that of the walk before.
"""

from cadencecoach.gait.dynamics import BELT, SPEED, Dynamics, Measured, stride_m, with_error
from cadencecoach.gait.gaits import SPEED_LATE_S, is_of_run
from cadencecoach.gait.reading import Estimate, Reading
from cadencecoach.record.lines import DynamicsLine

EVERY_S = 5.0
EARLY_S = 0.1  # readings are that much early or late
SEEN_OVER_S = 5.0  # of running, before what is seen over some seconds is of running alone


class DynamicsTold:
    """What has been told, and since when the feet run."""

    def __init__(self) -> None:
        """Nothing has been told."""
        self._told_s = float("-inf")
        self._runs_since_s: float | None = None

    def note_feet(self, time_s: float, *, is_running: bool) -> None:
        """The feet run from now on, or do anything else."""
        if not is_running:
            self._runs_since_s = None
        elif self._runs_since_s is None:
            self._runs_since_s = time_s

    def line_of(
        self, reading: Reading, estimate: Estimate, speed_mps: float | None, sensor: str = ""
    ) -> DynamicsLine | None:
        """The line after a reading of the leader; None where nothing is due, or nothing is known.

        Args:
            reading: with steps in it
            estimate: our step rate then
            speed_mps: the speed that goes with it: its own, or that of a belt beside it
            sensor: name of the leader
        """
        time_s, since_s = reading.time_s, self._runs_since_s
        if not reading.cadence_spm or since_s is None or time_s - self._told_s < EVERY_S - EARLY_S:
            return None
        told = reading.dynamics if reading.dynamics is not None and time_s - since_s >= SEEN_OVER_S else Dynamics()
        is_of_now = speed_mps is not None and speed_mps > 0 and time_s - since_s >= SPEED_LATE_S
        if not is_of_now or not is_of_run(speed_mps or 0.0, estimate.cadence_spm):
            speed_mps = None
        stride, stride_by = told.stride_m, told.stride_by
        if stride is None and speed_mps is not None:
            stride_by = BELT if reading.speed_mps is None else SPEED
            stride = with_error("stride_m", stride_m(speed_mps, estimate.cadence_spm), stride_by)
        if told.oscillation_mm is told.contact_ms is stride is None:
            return None
        self._told_s = time_s
        has_told_by = told.oscillation_mm is not None or told.contact_ms is not None
        return DynamicsLine(
            time_s,
            *_pair(told.oscillation_mm),
            *_pair(told.contact_ms),
            *_pair(stride),
            speed_mps=speed_mps,
            placement=(told.placement or None) if has_told_by else None,
            told_by=(told.told_by or None) if has_told_by else None,
            stride_by=None if stride is None else stride_by,
            sensor=sensor or None,
        )


def dynamics_of(line: DynamicsLine) -> Dynamics:
    """What a line told, to be told again when its journal is played."""
    return Dynamics(
        oscillation_mm=_attach_error(line.oscillation_mm, line.oscillation_error_mm),
        contact_ms=_attach_error(line.contact_ms, line.contact_error_ms),
        stride_m=_attach_error(line.stride_m, line.stride_error_m),
        placement=line.placement or "",
        told_by=line.told_by or "",
        stride_by=line.stride_by or "",
    )


def _attach_error(value: float | None, error: float | None) -> Measured | None:
    return None if value is None or error is None else Measured(value, error)


def _pair(one: Measured | None) -> tuple[float | None, float | None]:
    return (None, None) if one is None else (one.value, one.error)
