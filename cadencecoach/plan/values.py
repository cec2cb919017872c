"""How values are written: words, durations, percentages, counts. One parser a kind, and its pattern for editors.

A parser takes what YAML made of the text (`nodes.Value`, or a list or dict where the author wrote one) and gives the
value in our units, or raises `ValueFault`: what is wrong with it, and the ways to write it. Who calls it knows what
was written and where.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache, wraps
from typing import TypeVar

from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.syntax.nodes import NUMBER, Number

T = TypeVar("T")

LONGEST_S = 24 * 3600.0
MAX_VALUE_CHARS = 60
MAX_WORD_CHARS = 30  # no key or word of the language is half as long

NUM = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
HOURS, MINUTES, SECONDS = r"h(?:ours?|rs?)?", r"m(?:in(?:ute)?s?)?", r"s(?:ec(?:ond)?s?)?"
UNITS_PATTERN = rf"(?=[0-9])(?:({NUM}) ?{HOURS})? ?(?:({NUM}) ?{MINUTES})? ?(?:({NUM}) ?{SECONDS})?"
NEGATIVE = re.compile(r"[-\u2212\u2013] ?[0-9]")
WHOLE = re.compile(r"\+?[0-9]+")
CLOCK_PATTERN = r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-5][0-9])"
PERCENT_PATTERN = rf"({NUM}) ?%"

WAYS_DURATION = "write '10 min', '90 s', '1 h 5 min' or '1:30' (minutes:seconds)"
WAYS_TEXT = "write some words"

# Slips in how a number is written: what they look like, what they are called, what mends them.
SLIPS = (
    (re.compile(r",$"), "ends with a comma", ""),
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), "has a decimal comma", "."),
)
THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")


class ValueFault(ValueError):  # noqa: N818  # one word for it in the whole room
    """A value cannot be read.

    Attributes:
        problem: follows on what was written: "has no unit"
        allowed: the ways to write it
    """

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(f"{problem}; {allowed}")
        self.problem = problem
        self.allowed = allowed


def simplified(word: str) -> str:
    """A word as the language would spell it."""
    return word.strip().lower().replace("_", "-")


@lru_cache(maxsize=512)
def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word a misspelt one was meant to be, if one is near. None holds a number: that would be lost."""
    if len(word) > MAX_WORD_CHARS or any(c.isdigit() for c in word):
        return None
    simple = simplified(word)
    return simple if simple in known else next(iter(get_close_matches(simple, known, n=1, cutoff=0.6)), None)


def slips_named(parse: Callable[[object], T]) -> Callable[[object], T]:
    """A parser that names a slip of the pen and proposes what it would take itself."""

    @wraps(parse)
    def named(value: object) -> T:
        try:
            return parse(value)
        except ValueFault as fault:
            text = value.text if isinstance(value, Number) else value if isinstance(value, str) else ""
            raise (_slip(text.strip(), parse) or fault) from None

    return named


def _slip(text: str, parse: Callable[[object], object]) -> ValueFault | None:
    """The fault of a text that holds a slip: with its mended form, or with what is wrong with that too."""
    if len(text) > MAX_VALUE_CHARS or not text.isprintable():
        return None
    if THOUSANDS.search(text):
        return ValueFault("has a comma in a number", "write a point for decimals, and nothing between thousands")
    found = next((slip for slip in SLIPS if slip[0].search(text)), None)
    if found is None:
        return None
    pattern, problem, instead = found
    mended = pattern.sub(instead, text)
    try:
        parse(Number(mended) if NUMBER.fullmatch(mended) else mended)
    except ValueFault as fault:
        return ValueFault(f"{problem}, and '{mended}' {fault.problem}", fault.allowed)
    return ValueFault(problem, f"write '{mended}'")


def choice(*words: str) -> Callable[[object], str]:
    """A parser for one of a few words."""
    allowed = f"write {words[0]}" if len(words) == 1 else f"write {', '.join(words[:-1])} or {words[-1]}"

    def parse(value: object) -> str:
        if isinstance(value, bool):
            raise ValueFault("is not one of the words", allowed)
        text = tidy(value, allowed, number="is a number")
        if text in words:
            return text
        meant = nearest(text, words)
        raise ValueFault("is not known", f"did you mean {meant}? {allowed}" if meant else allowed)

    return parse


def choices(*words: str) -> Callable[[object], tuple[str, ...]]:
    """A parser for a list of some of a few words, in the order of the language."""
    allowed = f"write a list of {', '.join(words[:-1])} or {words[-1]}: '[{', '.join(words[:2])}]'"
    one = choice(*words)

    def parse(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise ValueFault("is not a list" if not isinstance(value, list) else "is empty", allowed)
        said = []
        for entry in value:
            try:
                said.append(one(entry))
            except ValueFault as fault:
                shown = entry.text if isinstance(entry, Number) else entry
                raise ValueFault(
                    f"holds {str(shown)[:MAX_WORD_CHARS]!a}, which {fault.problem}", fault.allowed
                ) from None
        return tuple(word for word in words if word in said)

    return parse


def words_up_to(limit: int) -> Callable[[object], str]:
    """A parser for text to be shown or spoken in one line."""

    def parse(value: object) -> str:
        if isinstance(value, Number | bool):
            raise ValueFault("is not text as it stands", "put it in quotes")
        text = _plain_text(value)
        if len(text) > limit:
            raise ValueFault(f"has {len(text)} characters", f"write {limit} at most")
        return text

    return parse


@slips_named
def duration_s(value: object) -> float:
    """Seconds of a duration above zero and up to 24 hours."""
    seconds = moment_s(value)
    if seconds <= 0:
        raise ValueFault("is no time at all", WAYS_DURATION)
    return seconds


@slips_named
def moment_s(value: object) -> float:
    """Seconds of a duration of zero up to 24 hours."""
    text = tidy(value, WAYS_DURATION, number="has no unit")
    clock, units = re.fullmatch(CLOCK_PATTERN, text), re.fullmatch(UNITS_PATTERN, text)
    match = clock or units
    if match is None:
        raise ValueFault("is negative" if NEGATIVE.match(text) else "is not a duration", WAYS_DURATION)
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    if clock and match.group(1) and minutes >= 60:  # noqa: PLR2004  # minutes in an hour
        raise ValueFault("has more than 59 minutes beside its hours", WAYS_DURATION)
    total_s = hours * 3600 + minutes * 60 + seconds
    if total_s > LONGEST_S:
        raise ValueFault("is longer than 24 hours", WAYS_DURATION)
    return total_s


def seconds_between(low_s: float, high_s: float) -> Callable[[object], float]:
    """A parser for a duration within limits."""
    allowed = f"write '{length_words(low_s)}' to '{length_words(high_s)}'"

    @slips_named
    def parse(value: object) -> float:
        try:
            seconds = moment_s(value)
        except ValueFault as fault:
            raise ValueFault(fault.problem, allowed) from None
        if not low_s <= seconds <= high_s:
            raise ValueFault("is out of range", allowed)
        return seconds

    return parse


def percent_between(low: float, high: float) -> Callable[[object], float]:
    """A parser for a percentage within limits, given and returned as ratios."""
    allowed = f"write {low * 100:g} % to {high * 100:g} %"

    @slips_named
    def parse(value: object) -> float:
        match = re.fullmatch(PERCENT_PATTERN, tidy(value, allowed, number="has no unit"))
        if match is None:
            raise ValueFault("is not a percentage", allowed)
        ratio = ratio_of(match.group(1))
        if not low <= ratio <= high:
            raise ValueFault("is out of range", allowed)
        return ratio

    return parse


def ratio_of(digits: str) -> float:
    """A number of percent as a ratio, rounded once: 0.7 % is 0.007 and not a hair below."""
    return float(f"{digits}e-2")


def whole_between(low: int, high: int) -> Callable[[object], int]:
    """A parser for a whole number within limits; the only bare number of the language."""
    allowed = f"write a whole number from {low} to {high}"

    def parse(value: object) -> int:
        if not isinstance(value, Number):
            text = tidy(value, allowed, number="")
            if WHOLE.fullmatch(text):
                raise ValueFault("is in quotes", f"{allowed}, without quotes")
            raise ValueFault("is not a whole number", allowed)
        if not WHOLE.fullmatch(value.text):
            raise ValueFault("is not a whole number", allowed)
        digits = value.text.lstrip("+0") or "0"
        if len(digits) > len(str(high)) or not low <= int(digits) <= high:
            raise ValueFault("is out of range", allowed)
        return int(digits)

    return parse


def tidy(value: object, allowed: str, *, number: str) -> str:
    """A short text with single spaces, or the fault of what is none."""
    match value:
        case str() if value.strip():
            pass
        case str() | None:
            raise ValueFault("is empty", allowed)
        case Number():
            raise ValueFault(number, allowed)
        case bool():
            raise ValueFault("is a truth value", allowed)
        case list():
            raise ValueFault("is a list", allowed)
        case _:
            raise ValueFault("is a set of keys", allowed)
    if len(value) > MAX_VALUE_CHARS:
        raise ValueFault("is too long", allowed)
    return " ".join(value.split())


def _plain_text(value: object) -> str:
    match value:
        case str() if value.strip():
            pass
        case str() | None:
            raise ValueFault("is empty", WAYS_TEXT)
        case list():
            raise ValueFault("is a list", WAYS_TEXT)
        case _:
            raise ValueFault("is a set of keys", "if it is a sentence with ': ' in it, put it in quotes")
    text = " ".join(value.split())
    harmful = next((c for c in text if is_harmful(c)), None)
    if harmful:
        raise ValueFault(f"holds the invisible character U+{ord(harmful):04X}", "delete it")
    return text


def is_harmful(character: str) -> bool:
    """Controls, halves of pairs, line ends; marks that turn the direction of what follows them."""
    turns = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
