"""What was said of pain, out of the notes of a journal."""

from datetime import date
from typing import Any

from each_row import each_row
from hand_lines import records

from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.lines import NoteLine
from cadencecoach.record.pain import PainSaid, highest_pain, pains_of, sessions_answered

DAY = date(2026, 3, 2)
Line = dict[str, Any]


def note(time_s: float, **more: object) -> Line:
    """A note about pain."""
    return {"t": time_s, "what": "note", "about": "pain", "text": "", **more}


@each_row(
    ("notes", "said"),
    [
        ([note(1.0), note(3.0, level=4)], [PainSaid(time_s=3.0, level=4)]),
        ([note(1.0), note(11.0, level=4)], [PainSaid(time_s=11.0, level=4)]),
        ([note(1.0), note(11.1, level=4)], [PainSaid(time_s=1.0), PainSaid(time_s=11.1, level=4)]),
        ([note(1.0), note(3.0, level=1), note(4.0, level=10, answer="corrected")], [PainSaid(time_s=4.0, level=10)]),
        (
            [note(1.0), note(3.0, level=1), note(5.0, answer="taken back")],
            [PainSaid(time_s=3.0, level=1, is_taken_back=True)],
        ),
        ([note(1.0), note(2.0, answer="taken back")], [PainSaid(time_s=1.0, is_taken_back=True)]),
        ([note(1.0), note(2.0, answer="unwell")], [PainSaid(time_s=2.0, is_unwell=True)]),
        ([note(3.0, level=11), note(3.0, level=10**30), note(4.0, answer="taken back")], []),
        ([{**note(3.0, level=4), "about": "hold"}], []),
    ],
)
def test_notes_become_what_was_said(notes: list[Line], said: list[PainSaid]) -> None:
    """An answer takes the place of its question and of the 1 it makes a 10; what was taken back is marked."""
    assert list(pains_of(line for line in records(notes) if isinstance(line, NoteLine))) == said


@each_row(
    ("one", "is_stop"),
    [
        (PainSaid(time_s=0.0, level=5), False),
        (PainSaid(time_s=0.0, level=6), True),
        (PainSaid(time_s=0.0, is_unwell=True), True),
        (PainSaid(time_s=0.0, level=6, is_taken_back=True), False),
        (PainSaid(time_s=0.0), False),
    ],
)
def test_above_five_and_something_wrong_stop(one: PainSaid, *, is_stop: bool) -> None:
    """Nothing that was taken back does, and no question without an answer."""
    assert one.is_stop is is_stop


def test_the_highest_is_of_what_counts() -> None:
    """Taken back, 9 is nothing; none rated is not 0."""
    assert highest_pain([PainSaid(time_s=0.0, level=9, is_taken_back=True), PainSaid(time_s=1.0, level=2)]) == 2
    assert highest_pain([PainSaid(time_s=0.0, is_unwell=True)]) is None


def test_soreness_in_a_run_is_no_answer_about_its_pain() -> None:
    """What the journal holds of pain counts beside it; an answer about pain takes its place."""
    sore = CheckIn(at="", day=DAY, moment=Moment.DURING, session="a", soreness=1, note="stiff")
    assert sessions_answered([sore]) == set()
    assert sessions_answered([sore, CheckIn(at="", day=DAY, moment=Moment.DURING, session="a", pain=0)]) == {"a"}
