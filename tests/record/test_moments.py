from datetime import UTC, datetime, timedelta

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import JournalError
from cadencecoach.record.moments import start_of


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(0, 200_000))  # noqa: DTZ001  # in UTC below
def test_moments_are_those_of_the_calendar(moment: datetime, later_s: int) -> None:
    """Across midnights, leap days and ends of years; FIT counts from the last day of 1989."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    start = start_of(moment.isoformat().replace("+00:00", "Z"))
    later = moment + timedelta(seconds=later_s)
    assert start.iso(later_s) == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert start.fit_s(later_s) == later.timestamp() - 631_065_600


@each_row("label", [None, 5, "", "yesterday", "2026-03-01", "2026-02-31T08:00:00Z", "2026-03-01T25:00:00Z"])
def test_a_label_that_tells_no_time_is_refused(label: object) -> None:
    """A file that must say when cannot be made then."""
    with pytest.raises(JournalError, match="does not say when the session was started"):
        start_of(label)
