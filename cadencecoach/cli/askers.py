"""Questions put to a person: by single keys where there is a terminal, line by line where there is a pipe."""

import math
import sys
from collections import deque
from typing import Protocol, TextIO

from cadencecoach.cli.printing import tell
from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.desk.checkin.asking import BACK
from cadencecoach.desk.checkin.questions import FLAG_KEY, AnswerError, Question
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import open_keyboard
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.screen_texts import filled

LOOK_EVERY_S = 0.02


class Clock(Protocol):
    """Seconds that pass."""

    def now_s(self) -> float:
        """Now, never going back."""

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""


class KeyAsker:
    """Single keys of a terminal; the questions go to standard error."""

    def __init__(self, words: Phrasebook = ENGLISH, clock: Clock | None = None) -> None:
        """Nothing is opened yet."""
        self._texts = words.checkin
        self.hint = filled(self._texts.hint, flag=FLAG_KEY, ten=TEN)
        self._clock: Clock = clock or HostClock()
        self._pressed: deque[str] = deque()

    def ask(self, question: Question) -> str | None:
        """One key, or a line of words."""
        tell(f"{question.asks(self._texts)}: ", nl=False)
        answer = self._line() if question.is_line else self._key()
        if question.is_rating and answer == "1":
            answer = self._one_or_ten()
        if not question.is_line:
            tell("-" if answer == "" else answer or "")
        return answer

    def complain(self, problem: str) -> None:
        """Say what is allowed."""
        tell(problem)

    def _key(self) -> str:
        """The next key; those that came together with it wait for the next questions."""
        key = self._next(math.inf) or ""
        return "" if key == "enter" else key

    def _one_or_ten(self) -> str:
        """A 1 waits a moment for its 0; any other key that is no confirmation belongs to the next question."""
        tell(f"{self._texts.one_or_ten} ", nl=False)
        key = self._next(SHOWN_S)
        if key == "0":
            return "10"
        if key == BACK:
            return self._key()
        if key is not None and key != "enter":
            self._pressed.appendleft(key)
        return "1"

    def _next(self, within_s: float) -> str | None:
        """The next key; None where none comes within so long."""
        begun_s = self._clock.now_s()
        with open_keyboard() as keyboard:
            while not self._pressed and self._clock.now_s() - begun_s <= within_s:
                self._clock.wait(LOOK_EVERY_S)
                while (key := keyboard.poll()) is not None:
                    self._pressed += [] if key == "space" else [key]
        return self._pressed.popleft() if self._pressed else None

    def _line(self) -> str | None:
        line = sys.stdin.readline()
        return line.strip() if line else None


class LineAsker:
    """A line of a pipe for each question."""

    hint = ""

    def __init__(self, source: TextIO) -> None:
        """Begin with the first line."""
        self._source = source
        self._number = 0

    def ask(self, question: Question) -> str | None:  # noqa: ARG002  # nobody reads it
        """The next line."""
        line = self._source.readline()
        self._number += 1
        return line.strip() if line else None

    def complain(self, problem: str) -> None:
        """The line stands there for good."""
        raise AnswerError(f"line {self._number}: {problem}")
