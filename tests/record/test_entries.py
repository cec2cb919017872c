"""Entries by their day."""

from datetime import date, timedelta

from each_row import each_row

from cadencecoach.record.entries import CheckIn, Moment, entries_by_day

DAY = date(2026, 11, 23)


def said(days: int, pain: int) -> CheckIn:
    """A check-in."""
    return CheckIn(at="", day=DAY + timedelta(days=days), moment=Moment.BEFORE, pain=pain)


@each_row(("today", "pains"), [(-1, [3]), (0, [3, 1, 2]), (1, [3, 1, 2, 4])])
def test_entries_go_by_their_day_and_later_ones_do_not_count_yet(today: int, pains: list[int]) -> None:
    """Two of one day stay in the order they were written."""
    entries = [said(1, 4), said(0, 1), said(0, 2), said(-1, 3)]
    by_day = entries_by_day(entries, DAY + timedelta(days=today))
    assert [one.pain for one in by_day if isinstance(one, CheckIn)] == pains
