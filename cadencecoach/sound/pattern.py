"""Which click each beat gets: accents, feet, sides, and beats left out to train the inner rhythm.

A pattern is a function of the beat's number alone, so the same session gives the same clicks whoever asks and when.
"""

from dataclasses import dataclass

GRADES = 5
PLAIN_CLICK = "click"
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One click.

    Attributes:
        clip: its name
        pan: -1 is the left ear alone, 0 both, 1 the right one
    """

    clip: str
    pan: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no place."""
        if not -1 <= self.pan <= 1:
            raise ValueError(f"pan is -1 to 1, got {self.pan}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Clicks in turn.

    Attributes:
        strikes: beat 0 takes the first; None is a beat without a click
        silent_ratio: so many beats of those that would click are left out by chance, 0 to 1
        seed: of that chance
    """

    strikes: tuple[Strike | None, ...]
    silent_ratio: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        if not self.strikes or not 0 <= self.silent_ratio <= 1:
            raise ValueError(f"a pattern has a strike, and leaves out 0 to 1 of its beats, got {self}")

    def strike(self, beat: int) -> Strike | None:
        """The click of a beat; None is silence. Real-time safe: yes."""
        if self.silent_ratio and _chance(self.seed, beat) < self.silent_ratio:
            return None
        return self.strikes[beat % len(self.strikes)]


def accent_name(sound: str) -> str:
    """The clip that is the accent of a click sound."""
    return f"{sound}-accent"


def grade_name(grade: int) -> str:
    """The clip of a grade of -5 to 5: above zero asks for quicker steps, below for slower ones; 0 is plain."""
    if grade == 0:
        return PLAIN_CLICK
    return f"{'bright' if grade > 0 else 'dull'}-{min(abs(grade), GRADES)}"


def _chance(seed: int, beat: int) -> float:
    """A number in 0..1 that looks random and belongs to this beat: SplitMix64 (Steele, Lea, Flood 2014)."""
    word = (seed * 0x9E3779B97F4A7C15 + (beat + 1) * 0xD1B54A32D192ED03) & _MASK
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
    return (word ^ (word >> 31)) / float(1 << 64)
