"""What the engine can be told. Times are stream time in seconds; frame 0 of the stream is 0 s.

A command whose time has passed when it reaches the engine takes effect at the first frame not yet mixed. A beat keeps
the phase it was told all the same: it is as if the command had come in time, but for what has been mixed already.
"""

from dataclasses import dataclass, field
from enum import Enum

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.pattern import Pattern


class Bus(Enum):
    """Sounds of one kind share a gain."""

    CLICK = "click"
    VOICE = "voice"
    EARCON = "earcon"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBeat:
    """The beat goes on as this Timeline from `at_s` on; out of silence with the first beat at or after `at_s`.

    Attributes:
        timeline: in stream seconds, in phase with the beat before it; None: no beat begins at `at_s` or later, and one
            that sounds dies away
        number: of the order; music that was made ready for an older one is not the beat's any more
    """

    at_s: float
    timeline: Timeline | None
    number: int = field(default=0, compare=False)

    @classmethod
    def steady(cls, *, at_s: float, tempo_spm: float) -> "SetBeat":
        """Beat 0 at `at_s`, one tempo from there on."""
        return cls(at_s=at_s, timeline=Timeline.steady(start_s=at_s, tempo_spm=tempo_spm))


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A clip begins at `at_s`. Speech and earcons duck the click while they sound (see `sound.ducking`)."""

    at_s: float
    clip: str
    bus: Bus


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGain:
    """A bus takes a gain from `at_s` on, over a short fade. 0 is silence."""

    at_s: float
    bus: Bus
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HushCues:
    """Speech and earcons that sound, or wait, are faded out at `at_s`: the voice is muted."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """All that sounds or waits is faded out at `at_s`, clicks and beat too; a card plays nothing of what it holds."""

    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPattern:
    """The clicks follow a pattern from the first beat at or after `at_s`; those that sound go on."""

    at_s: float
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeNoise:
    """Pink noise is heard from `at_s` on, as loud as its level says, 0 to 5; 0 is none."""

    at_s: float
    level: int


Command = SetBeat | Play | SetGain | HushCues | Cut | SetPattern | MakeNoise
