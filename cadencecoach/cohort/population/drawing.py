"""Draws a population of simulated runners; the same seed gives the same runners, and a larger one begins with them."""

import random
from collections.abc import Mapping

from cadencecoach.cohort.population.draws import drawn
from cadencecoach.cohort.population.traits import ANSWERS_OF_TEN, ASSUMPTIONS, Assumption, Traits


def population(n_runners: int, *, seed: int, scaled: Mapping[str, float] | None = None) -> tuple[Traits, ...]:
    """Runners to try a policy on; arguments as of `runner`."""
    return tuple(runner(number, seed=seed, scaled=scaled) for number in range(n_runners))


def runner(number: int, *, seed: int, scaled: Mapping[str, float] | None = None) -> Traits:
    """One runner of a population.

    Args:
        number: from 0
        seed: of the population
        scaled: names of assumptions and what each drawn value is multiplied by; the draws stay the same
    Raises:
        KeyError: no such assumption
    """
    factors = dict.fromkeys((one.name for one in ASSUMPTIONS), 1.0)
    for name, factor in (scaled or {}).items():
        factors[name] *= factor
    source = random.Random(f"{seed}/{number}")  # noqa: S311  # a simulation, not a secret
    values = {one.name: _scaled(one, drawn(one.draw, source), factors[one.name]) for one in ASSUMPTIONS}
    return Traits(answers=ANSWERS_OF_TEN[number % len(ANSWERS_OF_TEN)], **values)


def _scaled(one: Assumption, value: float, factor: float) -> float:
    return value * factor if one.most is None else min(value * factor, one.most)
