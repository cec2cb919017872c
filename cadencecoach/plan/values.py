"""How durations, percentages and counts are written. One parser a kind, and its pattern for editors.

A parser takes what YAML made of the text (`nodes.Value`, or a list or dict where the author wrote one) and gives the
value in our units, or raises `ValueFault`: what is wrong with it, and the ways to write it. Who calls it knows what
was written and where.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.syntax.nodes import NUMBER, Number

T = TypeVar("T")
Measure = TypeVar("Measure", int, float)

LONGEST_S = 24 * 3600.0
MAX_VALUE_CHARS = 60

NUM = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
HOURS, MINUTES, SECONDS = r"h(?:ours?|rs?)?", r"m(?:in(?:ute)?s?)?", r"s(?:ec(?:ond)?s?)?"
UNITS_PATTERN = rf"(?=[0-9])(?:({NUM}) ?{HOURS})? ?(?:({NUM}) ?{MINUTES})? ?(?:({NUM}) ?{SECONDS})?"
NEGATIVE = re.compile(r"[-\u2212\u2013] ?[0-9]")
WHOLE = re.compile(r"\+?[0-9]+")
CLOCK_PATTERN = r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-5][0-9])"
PERCENT_PATTERN = rf"({NUM}) ?%"

NO_UNIT = "has no unit"
WAYS_DURATION = "write '10 min', '90 s', '1 h 5 min' or '1:30' (minutes:seconds)"

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


def slips_named(parse: Callable[[object], T]) -> Callable[[object], T]:
    """A parser that names a slip of the pen and proposes what it would take itself."""

    @wraps(parse)
    def parse_name(value: object) -> T:
        try:
            return parse(value)
        except ValueFault as fault:
            text = value.text if isinstance(value, Number) else value if isinstance(value, str) else ""
            raise (_slip(text.strip(), parse) or fault) from None

    return parse_name


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


@slips_named
def duration_s(value: object) -> float:
    """Seconds of a duration above zero and up to 24 hours."""
    seconds = moment_s(value)
    if seconds <= 0:
        raise ValueFault("is zero", WAYS_DURATION)
    return seconds


@slips_named
def moment_s(value: object) -> float:
    """Seconds of a duration of zero up to 24 hours."""
    text = tidy(value, WAYS_DURATION, number=NO_UNIT)
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


def measure_parser(
    low: Measure,
    high: Measure,
    *,
    pattern: str,
    read: Callable[[re.Match[str]], Measure],
    problem: str,
    allowed: str,
    bare: str = NO_UNIT,
) -> Callable[[object], Measure]:
    """A parser for a number with its unit, within limits.

    Args:
        low: the least that is allowed, in our units
        high: the most
        pattern: how it is written
        read: what it comes to, in our units
        problem: what is wrong with another text
        allowed: the ways to write it
        bare: what is wrong with a number alone
    """

    @slips_named
    def parse(value: object) -> Measure:
        match = re.fullmatch(pattern, tidy(value, allowed, number=bare))
        if match is None:
            raise ValueFault(problem, allowed)
        number = read(match)
        if not low <= number <= high:
            raise ValueFault("is out of range", allowed)
        return number

    return parse


def percent_between(low: float, high: float) -> Callable[[object], float]:
    """A parser for a percentage within limits, given and returned as ratios."""
    return measure_parser(
        low,
        high,
        pattern=PERCENT_PATTERN,
        read=lambda match: ratio_of(match.group(1)),
        problem="is not a percentage",
        allowed=f"write {low * 100:g} % to {high * 100:g} %",
    )


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
