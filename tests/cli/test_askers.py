"""Taps on a keyboard: when they come, how long they are waited for, and how they are left."""

from collections import deque

import pytest

from cadencecoach.cli.askers import FIRST_TAP_WITHIN_S, TAPS_RUN_ON_S, heard_taps


class Hand:
    """A clock and a keyboard in one: keys at their times."""

    look_every_s = 0.01

    def __init__(self, *pressed: tuple[float, str]) -> None:
        """Nothing is pressed before its time."""
        self._pressed = deque(pressed)
        self._now_s = 0.0

    def now_s(self) -> float:
        """Now."""
        return self._now_s

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self._now_s += seconds

    @property
    def left(self) -> list[str]:
        """Keys nobody has taken."""
        return [key for _, key in self._pressed]

    def poll(self) -> str | None:
        """The key whose time has come."""
        return self._pressed.popleft()[1] if self._pressed and self._pressed[0][0] <= self._now_s else None


def test_taps_are_heard_for_so_long_from_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Any key; each within a few milliseconds. What the hand still taps after the end answers no question."""
    hand = Hand((30.0, "space"), (30.4, "t"), (49.9, "space"), (50.2, "space"), (51.2, "enter"), (51.9, "y"))
    assert heard_taps(hand, hand, 20.0, "Done.") == pytest.approx([30.0, 30.4, 49.9], abs=0.011)
    assert hand.now_s() == pytest.approx(50.0 + TAPS_RUN_ON_S, abs=0.02)
    assert hand.left == ["y"]
    assert capsys.readouterr().err == "...\nDone.\n"


def test_q_leaves_at_once() -> None:
    """Whatever was tapped before."""
    hand = Hand((1.0, "space"), (1.4, "space"), (1.8, "q"))
    assert heard_taps(hand, hand, 20.0, "Done.") == []
    assert hand.now_s() < 2.0


def test_who_never_taps_is_not_waited_for_for_ever() -> None:
    """Five minutes."""
    hand = Hand()
    assert heard_taps(hand, hand, 20.0, "Done.") == []
    assert hand.now_s() == pytest.approx(FIRST_TAP_WITHIN_S + TAPS_RUN_ON_S, abs=0.02)
