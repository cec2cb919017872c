"""Questions put to a person: by single keys where there is a terminal, line by line where there is a pipe."""

import math
import sys
from collections import deque
from typing import Protocol, TextIO

import click

from cadencecoach.cli.printing import tell
from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.desk.checkin.asking import BACK
from cadencecoach.desk.checkin.questions import FLAG_KEY, AnswerError, Question
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import open_keyboard
from cadencecoach.plan.forms import fill, heading
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.session.host import Keys

LOOK_EVERY_S = 0.02
TAP_LOOK_EVERY_S = 0.005  # a hand is some 20 ms off; looking adds little to it
FIRST_TAP_WITHIN_S = 300.0  # the belt has to start, and the runner to find an even stride
TAP_LEAVES = "q"
TAPS_RUN_ON_S = 1.5  # a hand in its rhythm goes on; what it still taps answers no question


class Clock(Protocol):
    """Seconds that pass."""

    def now_s(self) -> float:
        """Now, never going back."""

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""


def heard_taps(keyboard: Keys, clock: Clock, seconds: float, done: str) -> list[float]:
    """When keys are pressed, for so long from the first one; a mark for each. Empty where q is pressed, or nothing."""
    times_s: list[float] = []
    begun_s = clock.now_s()
    while clock.now_s() < (times_s[0] + seconds if times_s else begun_s + FIRST_TAP_WITHIN_S):
        clock.wait(TAP_LOOK_EVERY_S)
        while (key := keyboard.poll()) is not None:
            if key == TAP_LEAVES:
                tell("")
                return []
            times_s.append(clock.now_s())
            tell(".", nl=False)
    tell("", done)
    over_s = clock.now_s()
    while clock.now_s() < over_s + TAPS_RUN_ON_S:
        clock.wait(TAP_LOOK_EVERY_S)
        keyboard.poll()
    return times_s


def is_pressed(key: str, keyboard: Keys, clock: Clock) -> bool:
    """Wait for a key or Enter; which of the two it was.

    Raises:
        Abort: q
    """
    while True:
        while (pressed := keyboard.poll()) is not None:
            if pressed == TAP_LEAVES:
                tell("")
                raise click.Abort
            if pressed in {key, "enter"}:
                tell(key if pressed == key else "")
                return pressed == key
        clock.wait(LOOK_EVERY_S)


class KeyAsker:
    """Single keys of a terminal; the questions go to standard error."""

    def __init__(self, words: Phrasebook = ENGLISH, clock: Clock | None = None) -> None:
        """Nothing is opened yet."""
        self._texts = words.checkin
        self.hint = fill(self._texts.hint, flag=FLAG_KEY, ten=TEN)
        self._clock: Clock = clock or HostClock()
        self._pressed: deque[str] = deque()

    def ask(self, question: Question) -> str | None:
        """One key, or a line of words."""
        tell(f"{heading(question.asks(self._texts), self._texts.forms)} ", nl=False)
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
