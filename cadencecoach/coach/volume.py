"""How loud beat and words are, as levels that a runner moves by key; the usual level is that of the settings.

Tones belong to the words. That nothing is louder than the limiter allows is the limiter's own doing; the levels end
where the settings end too.
"""

import math
from dataclasses import dataclass

STEP_DB = 3.0  # plainly heard, and few presses from one end to the other
LEAST, USUAL, MOST = 1, 8, 10  # the least is quiet, and still heard: silence has its own key


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Levels of beat and words.

    Attributes:
        beat, words: as they are
        beat_most, words_most: as loud as they may become
    """

    beat: int = USUAL
    words: int = USUAL
    beat_most: int = MOST
    words_most: int = MOST

    @property
    def beat_db(self) -> float:
        """The beat, over the settings."""
        return STEP_DB * (self.beat - USUAL)

    @property
    def words_db(self) -> float:
        """Words and tones, over the settings."""
        return STEP_DB * (self.words - USUAL)

    @property
    def is_usual(self) -> bool:
        """Whether both are as in the settings."""
        return self.beat == self.words == USUAL


def level_of(over_settings_db: float, most: int) -> int:
    """The level nearest to a loudness that was remembered, within what is allowed now."""
    return max(LEAST, min(most, USUAL + round(over_settings_db / STEP_DB)))


def most_within(room_db: float) -> int:
    """The highest level whose loudness is at most so much over the settings, and theirs in any case."""
    return max(USUAL, min(MOST, USUAL + math.floor(room_db / STEP_DB)))
