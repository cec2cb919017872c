"""The five questions of `plan new`: what each asks, what it takes, and the answers as values.

The answers say who is coached, where the baseline comes from, how far to go, how long, and with how much help. What is
written is the same for the same answers, on every machine.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from cadencecoach.errors import UsageError
from cadencecoach.plan import rates
from cadencecoach.plan.model import MOST_OVER_OWN_RATIO, AthleteBaseline, FixedBaseline, MeasuredBaseline
from cadencecoach.plan.values import ValueFault, ratio_of
from cadencecoach.plan.words import nearest

T = TypeVar("T")
Own = MeasuredBaseline | AthleteBaseline | FixedBaseline

MAX_WHO_CHARS = 40  # it stands in titles of 80 characters and in the file's name
MOST_WEEKS = 12  # the longest of the studies (Wang 2020, peerj 9813)
LEAST_RATIO = 0.01  # below it is noise: runs differ by 2.3 %
_AIMS = "write +1 % to +10 %, such as +5 %"
_NAMES = f"write letters, digits, spaces, '-', '_' or '.', {MAX_WHO_CHARS} at most, a letter or digit first"


class WithHelp(Enum):
    """How much help there is, and when."""

    FADED = "faded"
    FULL = "full"
    RESCUE = "rescue"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered.

    Attributes:
        who: a pseudonym
        baseline: where the runner's own cadence comes from
        aim_ratio: how far above it to go
        weeks: 0 is one session
        helping: how much help
    """

    who: str
    baseline: Own
    aim_ratio: float
    weeks: int
    helping: WithHelp


def who(text: str) -> str:
    """A name that can stand in a title and in a file's name.

    Raises:
        ValueFault: it cannot
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    is_plain = all(unicodedata.category(character)[0] in "LMN" or character in " -_." for character in name)
    if not name:
        raise ValueFault("is not a name", _NAMES)
    if len(name) > MAX_WHO_CHARS or not is_plain or not name[0].isalnum():
        raise ValueFault("cannot be the name of a file", _NAMES)
    return name


def baseline(text: str) -> Own:
    """Measured, the athlete's, or a number.

    Raises:
        ValueFault: it is none of these
    """
    word = text.strip()
    match rates.baseline(f"{word} spm" if re.fullmatch(r"[0-9]+(\.[0-9]+)?", word) else word):
        case MeasuredBaseline() | AthleteBaseline() | FixedBaseline() as own:
            return own
        case _:
            raise ValueFault("is more than one number", rates.WAYS_BASELINE)


def aim(text: str) -> float:
    """A change in percent of the baseline, `+5 %` or `5`.

    Raises:
        ValueFault: it is none, or further than a plan should go
    """
    digits = re.fullmatch(r"\+?([0-9]{1,3}(?:\.[0-9]{1,2})?) *%?", text.strip())
    if digits is None:
        raise ValueFault("is not a change in percent", _AIMS)
    ratio = ratio_of(digits.group(1))
    if not LEAST_RATIO <= ratio <= MOST_OVER_OWN_RATIO:
        raise ValueFault("is less than noise, or more than any protocol asks for", _AIMS)
    return ratio


def weeks(text: str) -> int:
    """How many weeks; 0 is one session.

    Raises:
        ValueFault: it is no whole number of weeks from 0 to 12
    """
    if not re.fullmatch(r"[0-9]{1,2}", text.strip()) or int(text) > MOST_WEEKS:
        raise ValueFault("is not a number of weeks", f"write 0 (one session) to {MOST_WEEKS}")
    return int(text)


def helping(text: str) -> WithHelp:
    """One of four words.

    Raises:
        ValueFault: it is none of them
    """
    words = tuple(one.value for one in WithHelp)
    word = text.strip().lower()
    if word in words:
        return WithHelp(word)
    near = nearest(word, words)
    ways = f"write {', '.join(words[:-1])} or {words[-1]}"
    raise ValueFault("is not a way to help", f"did you mean {near}? {ways}" if near else ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the five.

    Attributes:
        option: of the command line
        asks: what a person is asked
        usual: what is taken when nothing is typed; empty where there is no usual answer
        example: for a command line that is complete
        read: from text to a value; raises ValueFault
    """

    option: str
    asks: str
    usual: str
    example: str
    read: Callable[[str], object]


QUESTIONS: Mapping[str, Question] = {
    "who": Question(option="--for", asks="Who is it for? A pseudonym will do", usual="", example="--for r7", read=who),
    "baseline": Question(
        option="--baseline",
        asks="Own cadence: a number of steps a minute, measured (in the session), or athlete (the stored one)",
        usual="measured",
        example="--baseline measured",
        read=baseline,
    ),
    "aim": Question(option="--aim", asks="How far above it, in percent", usual="+5 %", example="--aim +5%", read=aim),
    "weeks": Question(
        option="--weeks", asks="How many weeks? 0 is one session", usual="0", example="--weeks 0", read=weeks
    ),
    "helping": Question(
        option="--with-help",
        asks="How much help: faded (less and less), full, rescue (only when needed), none",
        usual="faded",
        example="--with-help faded",
        read=helping,
    ),
}


def answers_of(said: Mapping[str, str]) -> Answers:
    """The answers as values.

    Args:
        said: an answer to every question, by the question's name
    Raises:
        UsageError: one of them is wrong, or two do not go together; the message names the option
    """
    answers = Answers(
        who=_read("who", who, said),
        baseline=_read("baseline", baseline, said),
        aim_ratio=_read("aim", aim, said),
        weeks=_read("weeks", weeks, said),
        helping=_read("helping", helping, said),
    )
    own = answers.baseline
    if isinstance(own, FixedBaseline) and own.spm * (1 + answers.aim_ratio) > rates.HIGH_SPM:
        most = f"{rates.HIGH_SPM:g} spm are the most"
        raise UsageError(f"--aim {said['aim'].strip()} above {own.spm:g} spm is too quick to run; {most}")
    return answers


def _read(name: str, read: Callable[[str], T], said: Mapping[str, str]) -> T:
    try:
        return read(said[name])
    except ValueFault as fault:
        raise UsageError(f"{QUESTIONS[name].option} {fault_line(said[name], fault)}") from None


def fault_line(text: str, fault: ValueFault) -> str:
    """What is wrong with an answer, in a line that is safe to print."""
    plain = "".join(character if character.isprintable() else "?" for character in text)
    short = plain if len(plain) <= MAX_WHO_CHARS else f"{plain[: MAX_WHO_CHARS - 1]}…"
    return f"'{short}' {fault.problem}; {fault.allowed}"
