"""What is asked, in how many keys, and what ends it."""

import io
import os
import sys

import pytest
from athlete_home import AT, DAY
from each_row import each_row

from cadencecoach.cli.askers import KeyAsker, LineAsker
from cadencecoach.desk.checkin.asking import OfferedAsker, ask_check_in
from cadencecoach.desk.checkin.meaning import is_empty, stop_words
from cadencecoach.desk.checkin.questions import AnswerError, Question
from cadencecoach.record.entries import CheckIn, Flag, Moment, Site


class Fingers:
    """Keys pressed one after the other; what was asked and complained of is kept."""

    hint = ""

    def __init__(self, keys: str) -> None:
        self._keys = iter(keys)
        self.asked: list[str] = []
        self.problems: list[str] = []

    def ask(self, question: Question) -> str | None:
        """Press the next key."""
        self.asked.append(question.field)
        key = next(self._keys, None)
        return {".": "", "<": "backspace"}.get(key or "", key)

    def complain(self, problem: str) -> None:
        """Keep it."""
        self.problems.append(problem)


def said(moment: Moment, keys: str) -> tuple[CheckIn, Fingers]:
    """What comes of keys; a dot is Enter."""
    fingers = Fingers(keys)
    return ask_check_in(CheckIn(at=AT, day=DAY, moment=moment), fingers), fingers


@each_row("moment", [Moment.BEFORE, Moment.MORNING])
def test_three_keys_are_enough(moment: Moment) -> None:
    """Nothing hurts: pain, soreness, readiness. Something does: how much, where, soreness."""
    _, fingers = said(moment, "0124")
    assert len(fingers.asked) <= 3
    told, fingers = said(moment, "3k2.")
    assert (told.pain, told.site, told.soreness) == (3, Site.KNEE, 2)
    assert fingers.asked[:3] == ["pain", "site", "soreness"]


def test_after_a_run_effort_comes_first() -> None:
    """Then the body, and a note; the mood decides nothing and is not asked."""
    told, fingers = said(Moment.AFTER, "702")
    assert (told.effort, told.pain, told.soreness, told.mood) == (7, 0, 2, None)
    assert "mood" not in fingers.asked


@each_row(
    ("keys", "flag"),
    [
        ("!s", Flag.SHARP),
        ("0!l", Flag.LIMP),
        ("2k!w", Flag.SWELLING),
        ("5kn", Flag.NIGHT),
        ("9cc", Flag.ACUTE_CALF),
        ("!u", Flag.UNWELL),
    ],
)
def test_a_red_flag_ends_the_questions(keys: str, flag: Flag) -> None:
    """At any question by its key, and asked for by itself from pain 4 on; what was said before stays."""
    told, fingers = said(Moment.BEFORE, keys + "...")
    assert told.flags == {flag}
    assert fingers.asked[-1] == "flags"
    stop = stop_words(told)
    assert stop is not None
    assert "ask the clinician" in stop
    assert "not a diagnosis" in stop


def test_a_slip_of_the_finger_is_asked_again() -> None:
    """And what is allowed is said."""
    told, fingers = said(Moment.BEFORE, "z3qk2.")
    assert (told.pain, told.site) == (3, Site.KNEE)
    assert len(fingers.problems) == 2
    assert "0 to 10" in fingers.problems[0]


@each_row(("pain", "stops"), [(5, False), (6, True), (10, True)])
def test_pain_above_five_stops_without_a_flag(pain: int, *, stops: bool) -> None:
    """The gate that no place passes."""
    told = CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=pain)
    assert (stop_words(told) is not None) is stops


def test_lines_of_a_pipe_answer_as_keys_do() -> None:
    """Words for places, an empty line for no answer, an end for the rest."""
    lines = LineAsker(io.StringIO("3\nknee\n\n7\n"))
    told = ask_check_in(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), lines)
    assert (told.pain, told.site, told.soreness, told.readiness) == (3, Site.KNEE, None, 7)


def test_a_wrong_line_is_named() -> None:
    """Nobody can be asked again."""
    lines = LineAsker(io.StringIO("3\nelbow\n"))
    with pytest.raises(AnswerError, match=r"line 2: .*elbow.*shin"):
        ask_check_in(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), lines)


def test_enter_at_the_first_question_skips_an_offer() -> None:
    """One key, and the run begins."""
    fingers = Fingers(".345")
    told = ask_check_in(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), OfferedAsker(fingers))
    assert is_empty(told)
    assert fingers.asked == ["pain"]


def test_backspace_asks_the_question_before_it_again() -> None:
    """What was answered to it does not count, nor what was asked because of it."""
    told, fingers = said(Moment.BEFORE, "3<0.")
    assert (told.pain, told.site) == (0, None)
    assert fingers.asked[:4] == ["pain", "site", "pain", "soreness"]


def test_backspace_at_the_first_question_says_that_there_is_nothing_to_take_back() -> None:
    """And the question stands."""
    told, fingers = said(Moment.BEFORE, "<4")
    assert told.pain == 4
    assert fingers.problems == ["Backspace: there is no answer to take back"]


def test_a_pipe_says_ten() -> None:
    """As a number, or as its key."""
    for text in ("10\n", "x\n"):
        told = ask_check_in(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), LineAsker(io.StringIO(text)))
        assert told.pain == 10


def test_something_wrong_sends_for_help_and_asks_nobody_to_step_off() -> None:
    """The words of a stop slow a belt before they stop it."""
    stop = stop_words(CheckIn(at=AT, day=DAY, moment=Moment.DURING, flags=frozenset({Flag.UNWELL})))
    assert stop is not None
    assert "Get help at once" in stop
    assert "slow it to a walk, then stop it" in stop
    assert "step off" not in stop


class PressedClock:
    """A clock that moves when it is waited for, and presses keys at their times."""

    def __init__(self, typing: int, keys: list[tuple[float, bytes]]) -> None:
        """At 0; keys in order of time."""
        self._typing = typing
        self._keys = keys
        self._now_s = 0.0

    def now_s(self) -> float:
        """Now."""
        return self._now_s

    def wait(self, seconds: float) -> None:
        """Time passes, and what is due is pressed."""
        self._now_s += seconds
        while self._keys and self._keys[0][0] <= self._now_s:
            os.write(self._typing, self._keys.pop(0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(
    ("keys", "pain", "soreness"),
    [
        ([(1.0, b"1"), (3.9, b"0"), (8.0, b"k"), (9.0, b"\n"), (10.0, b"2")], 10, 2),
        ([(1.0, b"1"), (4.2, b"k"), (5.0, b"0")], 1, 0),
        ([(1.0, b"1"), (2.0, b"\n"), (3.0, b"k"), (4.0, b"4")], 1, 4),
        ([(1.0, b"1"), (2.0, b"k"), (3.0, b"4")], 1, 4),
        ([(1.0, b"1"), (2.0, b"\x7f"), (3.0, b"0"), (4.0, b"2")], 0, 2),
        ([(1.0, b"x"), (2.0, b"k"), (2.5, b"\n"), (3.0, b"1"), (4.0, b"0")], 10, 10),
    ],
)
def test_a_nought_within_three_seconds_makes_a_ten(
    monkeypatch: pytest.MonkeyPatch, keys: list[tuple[float, bytes]], pain: int, soreness: int
) -> None:
    """With real keys: a 1 waits for its 0, for Enter, for Backspace, or for the key of the next question."""
    typing = seen = -1
    if sys.platform != "win32":
        typing, seen = os.openpty()
    with os.fdopen(seen, "r") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        lasts = [(time_s + 60.0, b"\n") for time_s in (0.0, 10.0, 20.0, 30.0)]
        clock = PressedClock(typing, [*keys, *lasts])
        told = ask_check_in(CheckIn(at=AT, day=DAY, moment=Moment.MORNING), KeyAsker(clock=clock))
    os.close(typing)
    assert (told.pain, told.soreness) == (pain, soreness)
