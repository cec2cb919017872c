"""From the phase of a rhythm to steps: who follows a rhythm that somebody else has found.

A trunk's own rhythm is the step. A foot, and an arm that swings hard, have the rhythm of the stride: then the stride is
followed, in the direction in which it is strongest, and the other foot's step is put half way between two.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.phase import half_length, turning
from cadencecoach.gait.steps.resampled import GRID_HZ
from cadencecoach.gait.steps.rhythm import MIN_SPM
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

LENGTH: Floats = np.array([0.0, 0.0, 0.0, 1.0])  # of the columns x, y, z, length: the length
STRIDE_IF_STRONGER = 2.5  # than the step rhythm
SLOPE_S = 1.0  # over so long the phase says how fast it turns: two steps of a walk, nearly three of a run
SLOPE_N = int(SLOPE_S * GRID_HZ)
N_TURNS = 3 * SLOPE_N  # kept
PUSH_RATIO = 0.45  # of the usual amplitude; at the very first step it is half, as the wave lies half in silence
MOST_WEAK = 0.3  # of the second that says how fast the phase turns: more is a stop, or another gait
USUAL_PART = 0.2  # the usual amplitude follows the median of the last seconds by so much each time
CHANGE_RATIO = 0.25  # a change of rhythm, from a run to a walk, leaves at least so much of the amplitude
LIVELY_G = 0.06  # SD around a step; who stands sways less
N_SURE = 5  # fewer in a row are a gesture, or a hole in the road
SURE_S = (N_SURE - 1) * SECONDS_PER_MINUTE / MIN_SPM  # from the first to the last of them; a longer silence ends a row
EARLIEST_STEPS = 0.5  # after the last step; earlier is the same one, seen again after a change


@dataclass(frozen=True, slots=True)
class Footstep:
    """One step of either foot.

    Attributes:
        time_s: on the sensor's clock: when the push is greatest, about the middle of the time on the ground; of a
            stride that is followed as a whole, when it is strongest
        is_inferred: the moment was not seen but put in: the other foot's step, or one in a gap
    """

    time_s: float
    is_inferred: bool


@dataclass(slots=True)
class Burst:
    """Steps in a row, held back until some have come as quickly as the slowest steps there are.

    A hand at a desk, or a car on its springs, makes a few at a time, or one now and then.
    """

    _newest_s: list[float] = field(default_factory=list)  # up to `N_SURE`
    _held: list[Footstep] = field(default_factory=list)

    def tell(self, steps: list[Footstep]) -> list[Footstep]:
        """The steps to be told now, in order of time: of those held so far and the new ones."""
        told: list[Footstep] = []
        for step in steps:
            if self._newest_s and not 0 <= step.time_s - self._newest_s[-1] <= SURE_S:  # a silence, or another clock
                self._newest_s, self._held = [], []  # what is still held were no steps
            self._newest_s = [*self._newest_s, step.time_s][-N_SURE:]
            self._held.append(step)
            if len(self._newest_s) == N_SURE and self._newest_s[-1] - self._newest_s[0] <= SURE_S:
                told += self._held
                self._held = []
        return told


@dataclass(frozen=True, slots=True)
class Seen:
    """Values on the grid, and what is known of them.

    Attributes:
        first: number of the first value
        values: shape (n, 4)
        is_filled: shape (n,): which values were not seen but made up
    """

    first: int
    values: Floats
    is_filled: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Turn:
    """The phase at one value of the grid, in steps since the rhythm was found, and its amplitude in g."""

    at: int
    steps: float
    push_g: float


@dataclass(slots=True)
class Follower:
    """Follows one rhythm after the other; steps never go back.

    Attributes:
        newest_step_s: when the last step was
    """

    newest_step_s: float = -math.inf
    _turns: list[_Turn] = field(default_factory=list)
    _from: int = 0
    _direction: Floats = field(default_factory=lambda: LENGTH)
    _turns_per_step: float = 1.0
    _usual_g: float = 0.0
    _least_g: float = 0.0

    def begin(self, at: int) -> None:
        """A rhythm has been found: follow it from this place of the grid, or the first that can be seen."""
        self._turns, self._from, self._least_g = [], at, 0.0

    def change(self) -> None:
        """Another rhythm has been found: follow it from where this one has been followed to."""
        if self._turns:
            usual_g = self._usual_g
            self.begin(self._turns[-1].at + 1)
            self._least_g = CHANGE_RATIO * usual_g

    def follow(self, seen: Seen, cadence_spm: float) -> list[Footstep]:
        """Turn the phase on to the newest value that can be seen from both sides; the steps on the way."""
        half = half_length(cadence_spm)
        first = max(self._turns[-1].at + 1 if self._turns else self._from, seen.first + half)
        if first >= seen.first + len(seen.values) - half:
            return []
        values = seen.values[first - half - seen.first :]
        if not self._turns:
            self._choose(values, cadence_spm)
        z = turning(values @ self._direction, cadence_spm, self._turns_per_step)
        turned = [self._turn_to(first + index, value, cadence_spm) for index, value in enumerate(z)]
        self._turns = self._turns[-N_TURNS:]
        self._usual_g += USUAL_PART * (float(np.median([turn.push_g for turn in self._turns])) - self._usual_g)
        lively = [time_s for time_s in turned if time_s is not None and self._is_lively(time_s, seen, cadence_spm)]
        return [self._step(time_s, seen) for time_s in lively]

    def slope_spm(self, cadence_spm: float) -> float | None:
        """How fast the phase turns, by least squares; None while most of it is too weak for steps.

        A stop is like that until it is known for one, and a run that becomes a walk. Before the phase has turned for
        long, it is the cadence of the rhythm. A turn counts as far as it is strong: a weak one has no phase to go by.
        """
        newest = self._turns[-SLOPE_N:]
        if len(newest) < SLOPE_N // 2:
            return cadence_spm
        if sum(map(self._is_weak, newest)) > MOST_WEAK * len(newest):
            return None
        times_s = np.array([turn.at - newest[0].at for turn in newest]) / GRID_HZ
        steps, pushes_g = [turn.steps for turn in newest], [turn.push_g for turn in newest]
        return float(np.polyfit(times_s, steps, 1, w=pushes_g)[0]) * SECONDS_PER_MINUTE

    def _choose(self, values: Floats, cadence_spm: float) -> None:
        """Take the stronger of step and stride, and note how strong it usually is."""
        step_g = _usual(turning(values @ LENGTH, cadence_spm))
        axes = np.stack([turning(values[:, axis], cadence_spm, 0.5) for axis in range(3)], axis=1)
        newest = axes[-SLOPE_N:]
        _, directions = np.linalg.eigh((newest.conj().T @ newest).real)
        direction = np.append(directions[:, -1], 0.0)
        stride_g = _usual(turning(values @ direction, cadence_spm, 0.5))
        is_stride = stride_g > STRIDE_IF_STRONGER * step_g
        self._direction, self._turns_per_step = (direction, 0.5) if is_stride else (LENGTH, 1.0)
        self._usual_g = max(stride_g if is_stride else step_g, self._least_g)

    def _turn_to(self, at: int, z: complex, cadence_spm: float) -> float | None:
        """Turn the phase to the next value; the time of a step if it has come round."""
        before = self._turns[-1] if self._turns else None
        whole = 1 / self._turns_per_step
        phase = math.atan2(z.imag, z.real) / (2 * math.pi) * whole
        passed = 0.0 if before is None else (at - before.at) * cadence_spm / SECONDS_PER_MINUTE / GRID_HZ
        expected = phase if before is None else before.steps + passed
        turn = _Turn(at, phase + whole * round((expected - phase) / whole), abs(z))
        self._turns.append(turn)
        if before is None or math.floor(turn.steps) <= math.floor(before.steps) or self._is_weak(turn):
            return None
        part = (math.floor(turn.steps) - before.steps) / (turn.steps - before.steps)
        time_s = (before.at + part * (at - before.at)) / GRID_HZ
        if time_s - self.newest_step_s < EARLIEST_STEPS * SECONDS_PER_MINUTE / cadence_spm:
            return None
        self.newest_step_s = time_s
        return time_s

    def _is_weak(self, turn: _Turn) -> bool:
        return turn.push_g < PUSH_RATIO * self._usual_g

    def _is_lively(self, time_s: float, seen: Seen, cadence_spm: float) -> bool:
        """Whether the body moves within a step's time around a moment: the wave reaches farther, into silence."""
        reach = SECONDS_PER_MINUTE / cadence_spm * GRID_HZ / self._turns_per_step / 2
        middle = time_s * GRID_HZ - seen.first
        around = seen.values[max(math.floor(middle - reach), 0) : math.ceil(middle + reach) + 1, :3]
        return float(np.sqrt(around.var(axis=0).sum())) >= LIVELY_G

    def _step(self, time_s: float, seen: Seen) -> Footstep:
        """A step, and whether it was seen."""
        index = min(max(round(time_s * GRID_HZ) - seen.first, 0), len(seen.is_filled) - 1)
        return Footstep(time_s, bool(seen.is_filled[index]) or self._is_other_foot(time_s))

    def _is_other_foot(self, time_s: float) -> bool:
        """Whether a step is one of those put half way between two strides."""
        if self._turns_per_step == 1.0:
            return False
        at = time_s * GRID_HZ
        nearest = min(self._turns, key=lambda turn: abs(turn.at - at))
        return round(nearest.steps) % 2 == 1


def _usual(z: NDArray[np.complex128]) -> float:
    """The amplitude of the last second."""
    return float(np.median(np.abs(z[-SLOPE_N:])))
