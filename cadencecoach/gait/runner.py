"""A simulation of a runner: legs that answer a beat and words, and a pod that counts their strides.

It is there to try plans and to show the program without a run. It is a simulation and says nothing about any real
runner: every parameter is in `runner_settings`, most of them assumed. The same seed, settings and calls give the same
bytes; each second takes the same number of random values whatever was heard, so that two plans meet the same wander.
"""

import math
import random
from dataclasses import dataclass
from typing import Protocol, assert_never

from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.units import SECONDS_PER_MINUTE, strides_from_spm

SECONDS_PER_HOUR = 3600.0
TEN_MINUTES_S = 600.0
MAX_STEP_S = 60.0  # a longer silence between calls moves the legs no further


class Beat(Protocol):
    """A beat that is heard."""

    def tempo_at(self, time_s: float) -> float:
        """Tempo at a session time, spm."""


@dataclass(frozen=True, slots=True)
class BeatHeard:
    """The beat goes on as this one; None: it stops."""

    beat: Beat | None


@dataclass(frozen=True, slots=True)
class Words:
    """A corrective cue: 1 quicker, -1 slower, 0 well done."""

    correction: int


@dataclass(frozen=True, slots=True)
class GaitOrder:
    """The plan asks for walking, or for running."""

    is_walking: bool


Heard = BeatHeard | Words | GaitOrder


class Runner:
    """A simulated runner with a simulated pod; changed by what it hears and by time going on.

    Times are session seconds and never go back. What is heard is answered after the delay of the settings.
    """

    def __init__(self, settings: RunnerSettings, *, seed: int = 0) -> None:
        self._settings = settings
        self._random = random.Random(seed)  # noqa: S311  # a simulation, not a secret
        self._pending: list[tuple[float, Heard]] = []
        self._beat: Beat | None = None
        self._words_spm = 0.0
        self._is_walking = False
        self._clock_s = 0.0
        self._legs_spm = settings.own_spm
        self._wander_spm = 0.0
        self._distance_m = 0.0
        self._lost_until_s = settings.start_delay_s

    def hear_beat(self, time_s: float, beat: Beat | None) -> None:
        """The beat goes on as this one; None: it stops."""
        self._pending.append((time_s + self._settings.beat_delay_s, BeatHeard(beat)))

    def hear_words(self, time_s: float, correction: int) -> None:
        """A corrective cue: 1 quicker, -1 slower, 0 well done (no change)."""
        self._pending.append((time_s + self._settings.cue_delay_s, Words(correction)))

    def walk_or_run(self, time_s: float, *, walk: bool) -> None:
        """From now on walk, or run."""
        self._pending.append((time_s + self._settings.cue_delay_s, GaitOrder(walk)))

    def payload_at(self, time_s: float) -> bytes | None:
        """What the pod sends at a time: an RSC Measurement in strides per minute; None while it is silent.

        Called about once a second, with rising time.
        """
        passed_s = min(max(time_s - self._clock_s, 0.0), MAX_STEP_S)
        self._clock_s = max(time_s, self._clock_s)
        self._answer(time_s)
        self._move(passed_s)
        noise_spm = self._random.gauss(0.0, 1.0) * self._settings.noise_spm
        if self._is_silent(time_s, passed_s):
            return None
        return self._payload(self._legs_spm + noise_spm)

    def _answer(self, time_s: float) -> None:
        """Take up what was heard long enough ago, in the order of the answers."""
        due = sorted((one for one in self._pending if one[0] <= time_s), key=lambda one: one[0])
        self._pending = [one for one in self._pending if one[0] > time_s]
        for _, heard in due:
            self._take_up(heard)

    def _take_up(self, heard: Heard) -> None:
        """Change of mind by one thing heard; a change of gait is a matter of one step, so the legs jump."""
        match heard:
            case BeatHeard(beat):
                self._beat = beat
            case Words(correction):
                self._words_spm += correction * self._settings.words_gain_spm
            case GaitOrder(is_walking):
                if is_walking != self._is_walking:
                    self._is_walking = is_walking
                    self._legs_spm = self._wish_spm() + self._wander_spm
            case _:
                assert_never(heard)

    def _move(self, passed_s: float) -> None:
        """Let legs and memory follow for some seconds: first-order lags, and a wander with a memory (AR(1))."""
        settings = self._settings
        self._words_spm *= math.exp(-passed_s / settings.words_last_s)
        kept = math.exp(-passed_s / settings.wander_s)
        kick_spm = settings.wander_spm * math.sqrt(1.0 - kept * kept)
        before_spm, self._wander_spm = (
            self._wander_spm,
            kept * self._wander_spm + kick_spm * self._random.gauss(0.0, 1.0),
        )
        lag = math.exp(-passed_s / settings.settle_s)
        steady_spm = self._legs_spm - before_spm
        self._legs_spm = lag * steady_spm + (1.0 - lag) * self._wish_spm() + self._wander_spm
        self._distance_m += passed_s * self._speed_mps()

    def _wish_spm(self) -> float:
        """The cadence the runner has in mind."""
        settings = self._settings
        if self._is_walking:
            return settings.walk_spm
        alone_spm = settings.own_spm + settings.drift_spm_per_10min * self._clock_s / TEN_MINUTES_S
        heard_s = self._clock_s - settings.beat_delay_s
        beat_spm = self._beat.tempo_at(heard_s) if self._beat else alone_spm
        change_spm = settings.beat_gain * (beat_spm - alone_spm) + self._words_spm
        most_spm = settings.max_change * settings.own_spm
        return alone_spm + min(max(change_spm, -most_spm), most_spm)

    def _speed_mps(self) -> float:
        """Speed over ground; the runner holds it whatever the cadence, as on a treadmill."""
        return self._settings.walk_mps if self._is_walking else self._settings.speed_mps

    def _is_silent(self, time_s: float, passed_s: float) -> bool:
        """Whether the pod is silent now; takes its chance of falling silent."""
        chance = self._settings.lost_per_hour * passed_s / SECONDS_PER_HOUR
        falls_silent = self._random.random() < chance
        if falls_silent and time_s >= self._lost_until_s:
            self._lost_until_s = time_s + self._settings.lost_s
        return time_s < self._lost_until_s

    def _payload(self, cadence_spm: float) -> bytes:
        """The bytes for a step rate."""
        speed_mps = self._speed_mps()
        measurement = RscMeasurement(
            speed_mps=speed_mps,
            raw_per_min=round(strides_from_spm(cadence_spm)),
            stride_length_m=SECONDS_PER_MINUTE * speed_mps / max(strides_from_spm(cadence_spm), 1.0),
            distance_m=self._distance_m,
            is_running=not self._is_walking,
        )
        return encode_rsc(measurement)
