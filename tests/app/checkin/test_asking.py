"""What is asked, in how many keys, and what ends it."""

import io

import pytest
from athlete_home import AT, DAY

from cadencecoach.app.checkin.asking import LineAsker, OfferedAsker, asked
from cadencecoach.app.checkin.meaning import is_empty, stop_words
from cadencecoach.app.checkin.questions import AnswerError, Question
from cadencecoach.record.entries import CheckIn, Flag, Moment, Site


class Fingers:
    """Keys pressed one after the other; what was asked and complained of is kept."""

    def __init__(self, keys: str) -> None:
        self._keys = iter(keys)
        self.asked: list[str] = []
        self.problems: list[str] = []

    def ask(self, question: Question) -> str | None:
        """Press the next key."""
        self.asked.append(question.field)
        key = next(self._keys, None)
        return "" if key == "." else key

    def complain(self, problem: str) -> None:
        """Keep it."""
        self.problems.append(problem)


def said(moment: Moment, keys: str) -> tuple[CheckIn, Fingers]:
    """What comes of keys; a dot is Enter."""
    fingers = Fingers(keys)
    return asked(CheckIn(at=AT, day=DAY, moment=moment), fingers), fingers


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.MORNING])
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


@pytest.mark.parametrize(
    ("keys", "flag"),
    [("!s", Flag.SHARP), ("0!l", Flag.LIMP), ("2k!w", Flag.SWELLING), ("5kn", Flag.NIGHT), ("9cc", Flag.ACUTE_CALF)],
)
def test_a_red_flag_ends_the_questions(keys: str, flag: Flag) -> None:
    """At any question by its key, and asked for by itself from pain 4 on; what was said before stays."""
    told, fingers = said(Moment.BEFORE, keys + "...")
    assert told.flags == {flag}
    assert fingers.asked[-1] == "flags"
    stop = stop_words(told)
    assert stop is not None
    assert "ask the clinician" in stop
    assert "no diagnosis" in stop


def test_a_slip_of_the_finger_is_asked_again() -> None:
    """And what is allowed is said."""
    told, fingers = said(Moment.BEFORE, "z3qk2.")
    assert (told.pain, told.site) == (3, Site.KNEE)
    assert len(fingers.problems) == 2
    assert "0 to 10" in fingers.problems[0]


@pytest.mark.parametrize(("pain", "stops"), [(5, False), (6, True), (10, True)])
def test_pain_above_five_stops_without_a_flag(pain: int, *, stops: bool) -> None:
    """The gate that no place passes."""
    told = CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=pain)
    assert (stop_words(told) is not None) is stops


def test_lines_of_a_pipe_answer_as_keys_do() -> None:
    """Words for places, an empty line for no answer, an end for the rest."""
    lines = LineAsker(io.StringIO("3\nknee\n\n7\n"))
    told = asked(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), lines)
    assert (told.pain, told.site, told.soreness, told.readiness) == (3, Site.KNEE, None, 7)


def test_a_wrong_line_is_named() -> None:
    """Nobody can be asked again."""
    lines = LineAsker(io.StringIO("3\nelbow\n"))
    with pytest.raises(AnswerError, match=r"line 2: .*elbow.*shin"):
        asked(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), lines)


def test_enter_at_the_first_question_skips_an_offer() -> None:
    """One key, and the run begins."""
    fingers = Fingers(".345")
    told = asked(CheckIn(at=AT, day=DAY, moment=Moment.BEFORE), OfferedAsker(fingers))
    assert is_empty(told)
    assert fingers.asked == ["pain"]
