"""Entries named and taken back."""

from datetime import date

import pytest
from each_row import each_row

from cadencecoach.desk.athletes.withdrawing import make_new, pick_entry, reason_given, withdrawal_of
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.log_file import Log

AT = "2026-03-02T07:00:59Z"
DAY = date(2026, 3, 2)
NINE = CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=9)
ONE = CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=1)


def pick(name: str, *candidates: CheckIn) -> CheckIn:
    """A check-in by its name."""
    return pick_entry(name, candidates, what="check-ins", words=lambda one: f"pain {one.pain}")


def test_an_entry_is_named_by_its_id_or_as_the_last() -> None:
    """The last is the one written last."""
    assert pick("last", ONE, NINE) == NINE
    assert pick(entry_id(ONE), ONE, NINE) == ONE


@each_row(("name", "told"), [("", "^name one"), ("abc", "^'abc' is not one of the check-ins; name one")])
def test_where_none_is_named_they_are_listed(name: str, told: str) -> None:
    """With the ids that can be typed; nothing is guessed, even where there is one only."""
    with pytest.raises(UsageError, match=told) as error:
        pick(name, NINE)
    assert f"{entry_id(NINE)}  2026-03-02  pain 9" in str(error.value)


def test_nothing_to_take_back_is_said() -> None:
    """In one line."""
    with pytest.raises(UsageError, match="there are no check-ins in the log"):
        pick("last")


@each_row("because", [None, "", "  ", "x" * 501])
def test_a_reason_is_wanted(because: str | None) -> None:
    """Of a length that a log line bears."""
    with pytest.raises(UsageError, match="--because"):
        reason_given(because)


def test_a_reason_of_the_greatest_length_is_taken() -> None:
    """Without the blanks around it."""
    assert reason_given(f" {'x' * 500} ") == "x" * 500


def test_what_is_said_again_within_a_second_counts() -> None:
    """Equal in all, it would be the entry that was taken back: pain 9 must not get lost by being typed twice."""
    gone = withdrawal_of(NINE, "a slip", at=AT, day=DAY)
    log = Log(athlete="a", entries=(), every=(NINE, gone))
    again = make_new(NINE, log)
    assert again.at == "2026-03-02T07:01:00Z"
    assert entry_id(again) != entry_id(NINE)
    assert make_new(ONE, log) == ONE
    third = make_new(NINE, log, withdrawal_of(again, "again", at=AT, day=DAY))
    assert third.at == "2026-03-02T07:01:01Z"
