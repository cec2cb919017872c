"""What is asked, as tables: the questions of each moment, and what may be answered to each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain import WORST
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Flag, Moment, Site

MOST = WORST
FLAG_KEY = "!"
FLAGS_FROM_PAIN = 4  # from here on signs that stop are asked for by themselves (design)
SITE_KEYS: Mapping[str, Site] = {
    "s": Site.SHIN,
    "c": Site.CALF,
    "a": Site.ACHILLES,
    "k": Site.KNEE,
    "h": Site.HIP,
    "f": Site.FOOT,
    "o": Site.OTHER,
}
FLAG_KEYS: Mapping[str, Flag] = {
    "s": Flag.SHARP,
    "l": Flag.LIMP,
    "w": Flag.SWELLING,
    "n": Flag.NIGHT,
    "c": Flag.ACUTE_CALF,
    "u": Flag.UNWELL,
}
FLAG_WORDS: Mapping[str, Flag] = {
    **{flag.value: flag for flag in Flag},
    "night": Flag.NIGHT,
    "night-pain": Flag.NIGHT,
    "calf": Flag.ACUTE_CALF,
    "acute-calf": Flag.ACUTE_CALF,
}


class AnswerError(UsageError):
    """An answer that is none; it may be given again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        field: of the check-in, which takes the answer
        text: as it is asked
        read: from an answer to its value; raises AnswerError
        is_due: whether it is to be asked, after what was said before
        is_line: the answer is a line of words, not a key
    """

    field: str
    text: str
    read: Callable[[str], Any]
    is_due: Callable[[CheckIn], bool] = lambda _: True
    is_line: bool = False

    @property
    def is_rating(self) -> bool:
        """The answer is a number from 0 to 10."""
        return self.read is rating

    def fill_in(self, said: CheckIn, answer: str) -> CheckIn:
        """The check-in with the answer in it.

        Raises:
            AnswerError: it is none; the message says what is allowed
        """
        return replace(said, **{self.field: self.read(answer)})


def rating(answer: str) -> int:
    """A number from 0 to 10; `x` is ten."""
    number = MOST if answer.lower() == TEN else int(answer) if answer.isascii() and answer.isdigit() else MOST + 1
    if number > MOST:
        raise AnswerError(f"{answer!a} is not an answer: type a number from 0 to 10 ({TEN} is 10)")
    return number


def site(answer: str) -> Site:
    """A place, by its key or its name."""
    word = answer.strip().lower()
    found = SITE_KEYS.get(word) or next((one for one in Site if one.value == word), None)
    if found is None:
        raise AnswerError(
            f"{answer!a} is not an answer: type one of {', '.join(one.value for one in Site)}, or its first letter"
        )
    return found


def flags(answer: str) -> frozenset[Flag]:
    """Signs that end a session, by key or name; several are parted by commas."""
    words = [word.strip().lower() for word in answer.split(",") if word.strip()]
    found = {FLAG_KEYS.get(word) or FLAG_WORDS.get(word) for word in words}
    known = frozenset(flag for flag in found if flag is not None)
    if len(known) < len(found):
        raise AnswerError(
            f"{answer!a} is not an answer: type one of {', '.join(one.value for one in Flag)}, or {' '.join(FLAG_KEYS)}"
        )
    return known


def _hurts(said: CheckIn) -> bool:
    return bool(said.pain)


def _hurts_much(said: CheckIn) -> bool:
    return (said.pain or 0) >= FLAGS_FROM_PAIN


_WHERE = "Where? s shin, c calf, a Achilles, k knee, h hip, f foot, o other"
_PAIN_NOW = Question(field="pain", text="Pain now, 0 none to 10", read=rating)
_PAIN_IN_RUN = Question(field="pain", text="Worst pain during the run or since, 0 none to 10", read=rating)
_SITE = Question(field="site", text=_WHERE, read=site, is_due=_hurts)
_SORENESS = Question(field="soreness", text="Soreness, 0 none to 10", read=rating)
_READINESS = Question(field="readiness", text="Ready to run, 0 not at all to 10", read=rating)
_EFFORT = Question(field="effort", text="How hard was the whole session, 0 to 10", read=rating)
_NOTE = Question(field="note", text="A note", read=str.strip, is_line=True)
FLAGS = Question(
    field="flags",
    text="Any of these? s sharp, l limping, w swelling, n wakes me at night, c acute calf, "
    "u unwell (dizzy, chest pain, a fall); Enter: none",
    read=flags,
)
FLAGS_IF_MUCH = replace(FLAGS, is_due=_hurts_much)

QUESTIONS: Mapping[Moment, tuple[Question, ...]] = {
    Moment.BEFORE: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH, _SORENESS, _READINESS),
    Moment.DURING: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH),
    Moment.AFTER: (_EFFORT, _PAIN_IN_RUN, _SITE, FLAGS_IF_MUCH, _SORENESS, _NOTE),
    Moment.MORNING: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH, _SORENESS),
}
