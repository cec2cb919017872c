"""What is asked, as tables: the questions of each moment, and what may be answered to each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cadencecoach.coach.key_table import TEN
from cadencecoach.coach.pain import WORST
from cadencecoach.errors import UsageError
from cadencecoach.plan.checkin_texts import CheckInTexts
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
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
        asks: its words, of the texts of a language
        read: from an answer, given in some words, to its value; raises AnswerError
        is_due: whether it is to be asked, after what was said before
        is_line: the answer is a line of words, not a key
    """

    field: str
    asks: Callable[[CheckInTexts], str]
    read: Callable[[str, Phrasebook], Any]
    is_due: Callable[[CheckIn], bool] = lambda _: True
    is_line: bool = False

    @property
    def is_rating(self) -> bool:
        """The answer is a number from 0 to 10."""
        return self.read is rating

    def fill_in(self, said: CheckIn, answer: str, words: Phrasebook = ENGLISH) -> CheckIn:
        """The check-in with the answer in it.

        Raises:
            AnswerError: it is none; the message says what is allowed
        """
        return replace(said, **{self.field: self.read(answer, words)})


def rating(answer: str, words: Phrasebook) -> int:
    """A number from 0 to 10; `x` is ten."""
    number = MOST if answer.lower() == TEN else int(answer) if answer.isascii() and answer.isdigit() else MOST + 1
    if number > MOST:
        raise AnswerError(fill(words.checkin.no_rating, answer=ascii(answer), ten=TEN))
    return number


def site(answer: str, words: Phrasebook) -> Site:
    """A place, by its key or its name, which may be the English one."""
    word = answer.strip().lower()
    names = {words.of_log(one.value).lower(): one for one in Site}
    found = SITE_KEYS.get(word) or names.get(word) or next((one for one in Site if one.value == word), None)
    if found is None:
        raise AnswerError(fill(words.checkin.no_site, answer=ascii(answer), words=", ".join(names)))
    return found


def flags(answer: str, words: Phrasebook) -> frozenset[Flag]:
    """Signs that end a session, by key or name, which may be the English one; several are parted by commas."""
    names = {words.of_log(one.value).lower(): one for one in Flag}
    given = [word.strip().lower() for word in answer.split(",") if word.strip()]
    found = {FLAG_KEYS.get(word) or names.get(word) or FLAG_WORDS.get(word) for word in given}
    known = frozenset(flag for flag in found if flag is not None)
    if len(known) < len(found):
        keys = " ".join(FLAG_KEYS)
        raise AnswerError(fill(words.checkin.no_flag, answer=ascii(answer), words=", ".join(names), keys=keys))
    return known


def note(answer: str, _: Phrasebook) -> str:
    """Words, as they were given."""
    return answer.strip()


def _hurts(said: CheckIn) -> bool:
    return bool(said.pain)


def _hurts_much(said: CheckIn) -> bool:
    return (said.pain or 0) >= FLAGS_FROM_PAIN


_PAIN_NOW = Question(field="pain", asks=lambda texts: texts.pain_now, read=rating)
_PAIN_IN_RUN = Question(field="pain", asks=lambda texts: texts.pain_in_run, read=rating)
_SITE = Question(field="site", asks=lambda texts: texts.where, read=site, is_due=_hurts)
_SORENESS = Question(field="soreness", asks=lambda texts: texts.soreness_asked, read=rating)
_READINESS = Question(field="readiness", asks=lambda texts: texts.readiness_asked, read=rating)
_EFFORT = Question(field="effort", asks=lambda texts: texts.effort_asked, read=rating)
_NOTE = Question(field="note", asks=lambda texts: texts.note_asked, read=note, is_line=True)
FLAGS = Question(field="flags", asks=lambda texts: texts.flags_asked, read=flags)
FLAGS_IF_MUCH = replace(FLAGS, is_due=_hurts_much)

QUESTIONS: Mapping[Moment, tuple[Question, ...]] = {
    Moment.BEFORE: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH, _SORENESS, _READINESS),
    Moment.DURING: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH),
    Moment.AFTER: (_EFFORT, _PAIN_IN_RUN, _SITE, FLAGS_IF_MUCH, _SORENESS, _NOTE),
    Moment.MORNING: (_PAIN_NOW, _SITE, FLAGS_IF_MUCH, _SORENESS),
}
