"""How a number differs from runner to runner. Every draw takes exactly one random value, so that draws stay paired."""

import math
from dataclasses import dataclass
from random import Random
from statistics import NormalDist
from typing import assert_never

TINY = 1e-12  # a uniform value of exactly 0 has no quantile


@dataclass(frozen=True, slots=True)
class Same:
    """Every runner has this value."""

    value: float


@dataclass(frozen=True, slots=True)
class Even:
    """Anywhere between two values, each as likely."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bell:
    """Normal, cut off at two values."""

    mean: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Times:
    """Log-normal: two thirds of the runners between `median / factor` and `median * factor`."""

    median: float
    factor: float


Draw = Same | Even | Bell | Times


def draw_value(draw: Draw, random: Random) -> float:
    """One value."""
    level = min(max(random.random(), TINY), 1 - TINY)
    match draw:
        case Same(value=value):
            return value
        case Even(low=low, high=high):
            return low + level * (high - low)
        case Bell(mean=mean, sd=sd, low=low, high=high):
            return min(max(NormalDist(mean, sd).inv_cdf(level), low), high)
        case Times(median=median, factor=factor):
            return median * math.exp(math.log(factor) * NormalDist().inv_cdf(level))
        case _:
            assert_never(draw)


def draw_words(draw: Draw) -> str:
    """A draw as the table of assumptions has it."""
    match draw:
        case Same(value=value):
            return f"{value:g}"
        case Even(low=low, high=high):
            return f"{low:g} to {high:g}"
        case Bell(mean=mean, sd=sd, low=low, high=high):
            return f"{mean:g} ± {sd:g}, within {low:g} to {high:g}"
        case Times(median=median, factor=factor):
            return f"{median:g}, times or by {factor:g}"
        case _:
            assert_never(draw)
