"""Questions put to a person: by single keys where there is a terminal, line by line where there is a pipe."""

import sys
from collections import deque
from typing import Protocol, TextIO

import click

from cadencecoach.app.checkin.questions import FLAG_KEY, FLAGS, QUESTIONS, AnswerError, Question
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import open_keyboard
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn

LOOK_EVERY_S = 0.02
HINT = f"A key answers, Enter skips, {FLAG_KEY} for a red flag, x is 10."


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
    for question in QUESTIONS[said.moment]:
        if question.is_due(said) and not _is_said(said, question):
            answered = _one(said, question, asker)
            if answered is None or answered.flags:
                return answered or said
            said = answered
    return said


def terminal_is_there() -> bool:
    """Whether there is somebody who sees a question and can press a key."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr))


class KeyAsker:
    """Single keys of a terminal; the questions go to standard error."""

    def __init__(self) -> None:
        """Nothing is opened yet."""
        self._clock = HostClock()
        self._pressed: deque[str] = deque()

    def ask(self, question: Question) -> str | None:
        """One key, or a line of words."""
        click.echo(f"{question.text}: ", err=True, nl=False)
        answer = self._line() if question.is_line else self._key()
        if not question.is_line:
            click.echo("-" if answer == "" else answer, err=True)
        return answer

    def complain(self, problem: str) -> None:
        """Say what is allowed."""
        click.echo(problem, err=True)

    def _key(self) -> str:
        """The next key; those that came together with it wait for the next questions."""
        with open_keyboard() as keyboard:
            while not self._pressed:
                self._clock.wait(LOOK_EVERY_S)
                while (key := keyboard.poll()) is not None:
                    self._pressed += [] if key == "space" else [key]
        key = self._pressed.popleft()
        return "" if key == "enter" else key

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


def _one(said: CheckIn, question: Question, asker: Asker) -> CheckIn | None:
    """The check-in with the answer to one question; None when nobody answers any more."""
    while True:
        answer = asker.ask(question)
        if not answer:
            return None if answer is None else said
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
