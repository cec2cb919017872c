"""Questions are answered in a process of its own, which is ended when it takes too long and comes back when asked."""

import os
import sys
from collections.abc import Iterator

import pytest
from waiting_work import wait_for

from cadencecoach.desk.authoring.looking import look_at
from cadencecoach.devices.background.answering import TOO_LONG, Answerer
from cadencecoach.errors import UsageError
from cadencecoach.units import gain_from_db

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture
def answerer() -> Iterator[Answerer]:
    """One that is patient, as the machine may be busy."""
    one = Answerer(within_s=50.0)
    yield one
    one.close()


def test_it_is_another_process_and_stays_the_same_one(answerer: Answerer) -> None:
    """A value comes back; the next question finds the process that is there, behind all others."""
    first = answerer.ask(os.getpid)
    assert first not in {os.getpid(), 0}
    assert answerer.ask(os.getpid) == first
    assert answerer.ask(gain_from_db, 0.0) == 1.0
    if sys.platform != "win32":
        assert answerer.ask(os.nice, 0) >= 10


def test_an_error_comes_back_as_itself(answerer: Answerer) -> None:
    """What nobody expected is one line."""
    with pytest.raises(UsageError, match=r"unexpected error \(OverflowError"):
        answerer.ask(gain_from_db, 1e9)
    assert answerer.ask(look_at, b"plan: A", "a.yaml").seen is None


def test_what_takes_too_long_is_given_up_and_the_next_is_answered(answerer: Answerer) -> None:
    """The process is ended, and another one begins."""
    before = answerer.ask(os.getpid)
    answerer.within_s = 1.0
    with pytest.raises(UsageError, match=TOO_LONG.split(";", maxsplit=1)[0]):
        answerer.ask(wait_for, 60.0)
    answerer.within_s = 50.0
    assert answerer.ask(os.getpid) != before


def test_one_that_was_killed_or_went_idle_is_replaced(answerer: Answerer) -> None:
    """Whoever asks next does not notice."""
    first = answerer.ask(os.getpid)
    os.kill(first, 9)
    assert answerer.ask(os.getpid) != first
