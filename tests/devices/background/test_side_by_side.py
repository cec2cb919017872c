"""Questions are answered by a few processes at once; one that hangs or dies costs its own question only."""

import os
from collections.abc import Iterator
from contextlib import closing

import pytest
from waiting_work import wait_for

from cadencecoach.devices.background.side_by_side import answers_side_by_side
from cadencecoach.errors import UsageError
from cadencecoach.units import gain_from_db

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_every_item_has_its_answer_or_its_error() -> None:
    """In the order in which they are done."""
    items = [0.0, 20.0, 1e9, -20.0]
    answers = dict(answers_side_by_side(gain_from_db, items, within_s=100.0, n_processes=2))
    assert {item: answers[item] for item in (0.0, 20.0, -20.0)} == {0.0: 1.0, 20.0: 10.0, -20.0: pytest.approx(0.1)}
    assert isinstance(answers[1e9], UsageError)


def test_a_process_that_dies_or_hangs_costs_one_question() -> None:
    """The next is answered by another."""
    died = list(answers_side_by_side(os._exit, [3], within_s=100.0, n_processes=1))
    assert "sudden end" in str(died[0][1])
    slept = dict(answers_side_by_side(wait_for, [600.0, 0.0], within_s=8.0, n_processes=1))
    assert "too long" in str(slept[600.0])
    assert slept[0.0] is False


def test_items_are_asked_for_as_they_are_needed_and_closing_ends_all() -> None:
    """A folder of thousands does not wait in a queue."""
    taken = list[float]()

    def items() -> Iterator[float]:
        for level_db in range(100):
            taken.append(level_db)
            yield float(level_db)

    with closing(answers_side_by_side(gain_from_db, items(), within_s=100.0, n_processes=1)) as answers:
        next(answers)
    assert len(taken) <= 3
