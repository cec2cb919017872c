"""The questions of a check-in, put one after the other by whoever can ask them."""

from enum import Enum
from typing import Protocol

from cadencecoach.desk.checkin.questions import FLAG_KEY, FLAGS, QUESTIONS, AnswerError, Question
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn
from cadencecoach.session.host import Host, Person

BACK = "backspace"


class _End(Enum):
    """How a question may end without an answer to it."""

    WENT_BACK = "the question before it is to be asked again"
    SAID_NO_MORE = "nobody answers any more"


class Asker(Protocol):
    """Who puts the questions.

    Attributes:
        hint: how they are answered; empty where nobody reads it
    """

    hint: str

    def ask(self, question: Question) -> str | None:
        """The answer as given, empty for none; None when nobody will answer any more."""

    def complain(self, problem: str) -> None:
        """The answer was none. Raises AnswerError where it cannot be given again."""


class Respondent(Person, Protocol):
    """A person who can be asked how the body is."""

    def asker(self, words: Phrasebook) -> Asker:
        """Who puts the questions to them, in their language.

        Raises:
            UsageError: there is no way to ask
        """


class RespondingHost(Respondent, Host, Protocol):
    """What a session runs in, with a person who can be asked how the body is."""


def ask_check_in(said: CheckIn, asker: Asker, words: Phrasebook = ENGLISH) -> CheckIn:
    """A check-in after its questions. What was said already is not asked; a red flag ends the questions.

    Args:
        said: with its moment, and what is known
        asker: puts the questions
        words: of the answers
    Raises:
        AnswerError: an answer is none, and nobody is there to give another
    """
    questions = QUESTIONS[said.moment]
    before: list[tuple[int, CheckIn]] = []
    at = 0
    while at < len(questions):
        question = questions[at]
        if question.is_due(said) and not _is_said(said, question):
            answered = _one(said, question, asker, words, may_go_back=bool(before))
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


class OfferedAsker:
    """Another asker's questions, all of them skipped when the first is."""

    def __init__(self, asker: Asker) -> None:
        """Nothing was asked yet."""
        self.hint = asker.hint
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


def _one(said: CheckIn, question: Question, asker: Asker, words: Phrasebook, *, may_go_back: bool) -> CheckIn | _End:
    """The check-in with the answer to one question, or how it ended without one."""
    while True:
        answer = asker.ask(question)
        if not answer:
            return _End.SAID_NO_MORE if answer is None else said
        if answer == BACK and not question.is_line:
            if may_go_back:
                return _End.WENT_BACK
            asker.complain(words.checkin.nothing_before)
            continue
        current = FLAGS if answer == FLAG_KEY else question
        if answer == FLAG_KEY:
            answer = asker.ask(FLAGS)
            if not answer:
                continue
        try:
            return current.fill_in(said, answer, words)
        except AnswerError as error:
            asker.complain(str(error))


def _is_said(said: CheckIn, question: Question) -> bool:
    return bool(said.flags) if question.field == "flags" else getattr(said, question.field) not in {None, ""}
