"""What the coach remembers of the pain key, and the numbers of the question."""

import math
from dataclasses import dataclass

STOPS_ABOVE = 5  # of 10; pain above it stops the beat at the key (pain-monitoring model: > 5 is unacceptable)
WORST = 10
QUESTION_S = 10.0  # a digit later than this after the pain key is not an answer to it
SHOWN_S = 3.0  # so long an answer is shown, and may be made a 10 or taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the runner answered last.

    Attributes:
        at_s: session time
        level: 0 to 10; None: something is wrong, which belongs to no scale
        was_stopped: whether the beat had been stopped before it
    """

    at_s: float
    level: int | None
    was_stopped: bool

    @property
    def is_stop(self) -> bool:
        """Whether it stops the beat."""
        return self.level is None or self.level > STOPS_ABOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """The question, the answer, and what it has stopped.

    Attributes:
        asked_s: session time at which the question was opened; minus infinity when none is open
        answer: the last one that was given and not taken back
        is_stopped: the beat is stopped and nothing is coached any more
        is_withheld: no order reaches the beat: it is stopped, or waits for the step on which it comes back
        returns_s: session time at which it comes back; infinite while it does not
    """

    asked_s: float = -math.inf
    answer: Answer | None = None
    is_stopped: bool = False
    is_withheld: bool = False
    returns_s: float = math.inf

    def is_open(self, now_s: float) -> bool:
        """Whether a question waits for its answer."""
        return 0 <= now_s - self.asked_s <= QUESTION_S

    def answer_on_screen(self, now_s: float) -> Answer | None:
        """The answer, while it is shown and may still be changed."""
        return self.answer if self.answer is not None and 0 <= now_s - self.answer.at_s <= SHOWN_S else None
