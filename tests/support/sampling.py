"""A few of many cases for the suite that is run all the time; the others are for the slow one."""

from collections.abc import Iterable

import pytest


def slow_but(cases: Iterable[object], *fast: object) -> list[object]:
    """Cases for `parametrize`, all slow but the ones named, each of which must be among them."""
    every = list(cases)
    assert all(case in every for case in fast)
    return [case if case in fast else pytest.param(*_values(case), marks=pytest.mark.slow) for case in every]


def _values(case: object) -> tuple[object, ...]:
    return case if isinstance(case, tuple) else (case,)
