"""How counted things, factors and speeds are written, and the few words of `feedback` that are neither."""

import re
from collections.abc import Callable

from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.values import NUM, PERCENT_PATTERN, ValueFault, measure_parser, ratio_of, slips_named, tidy
from cadencecoach.plan.words import nearest
from cadencecoach.units import M_PER_KM, M_PER_MILE, S_PER_H

LOW_MPS, HIGH_MPS = 1.0, 8.0  # a slow walk to a sprint

TIMES_PATTERN = rf"({NUM}) ?(?:times|x)"
SPEED_PATTERN = rf"({NUM}) ?(km/h|mph|m/s)"
LADDER_PATTERN = r"(?:tone|beat|words)(?: ?, ?(?:tone|beat|words))*"
HELP_PATTERN = rf"{PERCENT_PATTERN}(?: ?\.\. ?{PERCENT_PATTERN})?"
MILLISECONDS_PATTERN = r"([+-]?[0-9]{1,4}) ?ms"
WORD_PATTERN = r"\S.{0,39}"
MAX_WORD_CHARS = 40

WAYS_SPEED = "write '10 km/h' or '6.2 mph'"
WAYS_HELP = "write 0 % to 100 %, or '100 %..0 %' where it fades"
WAYS_LADDER = "write tone, beat, words in the order you want, each once, with commas"


def counted_pattern(noun: str) -> str:
    """How a number of things is written; one of them may stand in the singular."""
    return rf"([0-9]{{1,4}}) ?{noun}s?"


def count_parser(noun: str, low: int, high: int) -> Callable[[object], int]:
    """A parser for a number of things, which are named."""
    return measure_parser(
        low,
        high,
        pattern=counted_pattern(noun),
        read=lambda match: int(match.group(1)),
        problem=f"is not a number of {noun}s",
        allowed=f"write '{low} {noun if low == 1 else f'{noun}s'}' to '{high} {noun}s'",
        bare="does not say of what",
    )


def times_between(low: float, high: float) -> Callable[[object], float]:
    """A parser for a factor."""
    return measure_parser(
        low,
        high,
        pattern=TIMES_PATTERN,
        read=lambda match: float(match.group(1)),
        problem="is not a factor",
        allowed=f"write '{low:g} times' to '{high:g} times'",
    )


def milliseconds_between(low_ms: int, high_ms: int) -> Callable[[object], float]:
    """A parser for a short time that may be negative, in whole milliseconds; it answers in seconds."""
    return measure_parser(
        low_ms / 1000,
        high_ms / 1000,
        pattern=MILLISECONDS_PATTERN,
        read=lambda match: int(match.group(1)) / 1000,
        problem="is not a number of milliseconds",
        allowed=f"write '{low_ms} ms' to '{high_ms} ms'",
    )


def speed_between(low_mps: float, high_mps: float) -> Callable[[object], float]:
    """A parser for a speed within limits, in m/s."""
    return measure_parser(
        low_mps,
        high_mps,
        pattern=SPEED_PATTERN,
        read=_mps,
        problem="is not a speed",
        allowed=f"{WAYS_SPEED}; {kmh(low_mps):g} to {kmh(high_mps):g} km/h are allowed",
    )


def kmh(speed_mps: float) -> float:
    """A speed as it is told to people."""
    return round(speed_mps * S_PER_H / M_PER_KM, 2)


def _mps(match: re.Match[str]) -> float:
    scale = {"km/h": M_PER_KM / S_PER_H, "mph": M_PER_MILE / S_PER_H, "m/s": 1.0}[match.group(2)]
    return float(match.group(1)) * scale


@slips_named
def help_span(value: object) -> tuple[float, float]:
    """A parser for help: at the start and at the end, as ratios; alike where it does not fade."""
    match = re.fullmatch(HELP_PATTERN, tidy(value, WAYS_HELP, number="has no unit"))
    if match is None:
        raise ValueFault("is not a percentage", WAYS_HELP)
    first, last = (ratio_of(digits) for digits in (match.group(1), match.group(2) or match.group(1)))
    if max(first, last) > 1:
        raise ValueFault("is out of range", WAYS_HELP)
    return first, last


def ladder(value: object) -> tuple[Rung, ...]:
    """A parser for the ladder of corrections."""
    words = [word.strip() for word in tidy(value, WAYS_LADDER, number="is a number").split(",")]
    known = {rung.value: rung for rung in Rung}
    for word in words:
        if word not in known:
            meant = nearest(word, tuple(known))
            raise ValueFault("is not a ladder", f"did you mean {meant}? {WAYS_LADDER}" if meant else WAYS_LADDER)
    if len(set(words)) < len(words):
        raise ValueFault("names a rung twice", WAYS_LADDER)
    return tuple(known[word] for word in words)


def word(value: object) -> str:
    """A parser for a word that stands for itself."""
    allowed = f"write a word, or a few, of {MAX_WORD_CHARS} characters at most"
    text = tidy(value, allowed, number="is a number; put it in quotes")
    if len(text) > MAX_WORD_CHARS:
        raise ValueFault("is too long", allowed)
    return text
