"""Questions put to a person: by single keys where there is a terminal, line by line where there is a pipe."""

import math
import sys
from collections import deque
from enum import Enum
from typing import Protocol, TextIO

import click

from cadencecoach.app.checkin.questions import FLAG_KEY, FLAGS, QUESTIONS, AnswerError, Question
from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain.memory import SHOWN_S
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import open_keyboard
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn

LOOK_EVERY_S = 0.02
HINT = f"A key answers, Enter skips, Backspace goes back, {FLAG_KEY} for a red flag, {TEN} is 10."
BACK = "backspace"


class _End(Enum):
    """How a question may end without an answer to it."""

    WENT_BACK = "the question before it is to be asked again"
    SAID_NO_MORE = "nobody answers any more"


class Clock(Protocol):
    """Seconds that pass."""

    def now_s(self) -> float:
        """Now, never going back."""

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""


class Asker(Protocol):
    """Who puts the questions."""

    def ask(self, question: Question) -> str | None:
        """The answer as given, empty for none; None when nobody will answer any more."""

    def complain(self, problem: str) -> None:
        """The answer was none. Raises AnswerError where it cannot be given again."""


def asked(said: CheckIn, asker: Asker) -> CheckIn:
    """A check-in after its questions. What was said already is not asked; a red flag ends the questions.

    Args:
        said: with its moment, and what is known
        asker: puts the questions
    Raises:
        AnswerError: an answer is none, and nobody is there to give another
    """
    questions = QUESTIONS[said.moment]
    before: list[tuple[int, CheckIn]] = []
    at = 0
    while at < len(questions):
        question = questions[at]
        if question.is_due(said) and not _is_said(said, question):
            answered = _one(said, question, asker, may_go_back=bool(before))
            if answered is _End.WENT_BACK:
                at, said = before.pop()
                continue
            if answered is _End.SAID_NO_MORE:
                return said
            before.append((at, said))
            said = answered
            if said.flags:
                return said
        at += 1
    return said


def terminal_is_there() -> bool:
    """Whether there is somebody who sees a question and can press a key."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


class KeyAsker:
    """Single keys of a terminal; the questions go to standard error."""

    def __init__(self, clock: Clock | None = None) -> None:
        """Nothing is opened yet."""
        self._clock: Clock = clock or HostClock()
        self._pressed: deque[str] = deque()

    def ask(self, question: Question) -> str | None:
        """One key, or a line of words."""
        click.echo(f"{question.text}: ", err=True, nl=False)
        answer = self._line() if question.is_line else self._key()
        if question.is_rating and answer == "1":
            answer = self._one_or_ten()
        if not question.is_line:
            click.echo("-" if answer == "" else answer, err=True)
        return answer

    def complain(self, problem: str) -> None:
        """Say what is allowed."""
        click.echo(problem, err=True)

    def _key(self) -> str:
        """The next key; those that came together with it wait for the next questions."""
        key = self._next(math.inf) or ""
        return "" if key == "enter" else key

    def _one_or_ten(self) -> str:
        """A 1 waits a moment for its 0; any other key that is no confirmation belongs to the next question."""
        click.echo("1 (0 makes it 10) ", err=True, nl=False)
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


class OfferedAsker:
    """Another asker's questions, all of them skipped when the first is."""

    def __init__(self, asker: Asker) -> None:
        """Nothing was asked yet."""
        self._asker = asker
        self._n_asked = 0

    def ask(self, question: Question) -> str | None:
        """Ask; nothing to the first question is nothing to all."""
        self._n_asked += 1
        answer = self._asker.ask(question)
        return None if self._n_asked == 1 and not answer else answer

    def complain(self, problem: str) -> None:
        """As the other does."""
        self._asker.complain(problem)


def asker_for_input() -> Asker:
    """Keys where there is a terminal, else lines.

    Raises:
        UsageError: there is no input at all
    """
    if terminal_is_there():
        click.echo(HINT, err=True)
        return KeyAsker()
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("nobody can be asked here; say it with options, such as --pain 3 --site knee")
    return LineAsker(sys.stdin)


def _one(said: CheckIn, question: Question, asker: Asker, *, may_go_back: bool) -> CheckIn | _End:
    """The check-in with the answer to one question, or how it ended without one."""
    while True:
        answer = asker.ask(question)
        if not answer:
            return _End.SAID_NO_MORE if answer is None else said
        if answer == BACK and not question.is_line:
            if may_go_back:
                return _End.WENT_BACK
            asker.complain("Backspace: there is no answer to take back")
            continue
        current = FLAGS if answer == FLAG_KEY else question
        if answer == FLAG_KEY:
            answer = asker.ask(FLAGS)
            if not answer:
                continue
        try:
            return current.answered(said, answer)
        except AnswerError as error:
            asker.complain(str(error))


def _is_said(said: CheckIn, question: Question) -> bool:
    return bool(said.flags) if question.field == "flags" else getattr(said, question.field) not in {None, ""}
