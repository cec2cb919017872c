"""A session second by second, as values."""

from dataclasses import dataclass
from typing import NamedTuple

from cadencecoach.record.lines import DynamicsLine


class Cue(NamedTuple):
    """One cue: what was said or sounded, and why."""

    time_s: float
    kind: str
    reason: str
    text: str


class Second(NamedTuple):
    """One second of a session; missing is None, and zero is zero.

    Attributes:
        time_s: its beginning, session time
        stage: how many stages had begun; 0 before the first
        is_paused: the stages stood still
        feet: state of the feet; empty while nothing is known
        cadence_spm: what the sensor said, both feet
        estimate_spm: what was coached on
        speed_mps, hr_bpm: what the sensors said
        distance_m: from the start to its beginning, pauses left out; None while no speed has been told
        target_spm, low_spm, high_spm: what was asked for
        cues: given in it
        dynamics: what was told beyond cadence, while it holds
    """

    time_s: int
    stage: int
    is_paused: bool
    feet: str
    cadence_spm: float | None
    estimate_spm: float | None
    speed_mps: float | None
    hr_bpm: float | None
    distance_m: float | None
    target_spm: float | None
    low_spm: float | None
    high_spm: float | None
    cues: tuple[Cue, ...]
    dynamics: DynamicsLine | None = None

    def dynamics_value(self, name: str) -> float | None:
        """What was told beyond cadence under this name of a line's field; None where nothing was."""
        value: float | None = getattr(self.dynamics, name, None)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one moment to another.

    Attributes:
        name: of the stage; empty for a pause
        from_s, to_s: session time
    """

    name: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A session as seconds.

    Attributes:
        seconds: without a hole, from 0 on
        stretches: the time before the first stage, mostly none, and then the stages; they follow each other
        pauses: in order
        end_s: session time of its end
    """

    seconds: tuple[Second, ...]
    stretches: tuple[Stretch, ...]
    pauses: tuple[Stretch, ...]
    end_s: float
