import re
import sys
import time

import pytest
from each_row import each_row

from cadencecoach.devices.clock import HostClock, as_utc, local_offset_s, offset_here_s, wall_time_utc


def test_time_does_not_go_back() -> None:
    """A thousand looks: each at or after the one before, from 0 on, in whole microseconds."""
    clock = HostClock()
    seen = [clock.now_s() for _ in range(1000)]
    assert seen == sorted(seen)
    assert seen[0] >= 0.0
    assert all(now_s == round(now_s, 6) for now_s in seen)


def test_a_restart_is_a_new_zero() -> None:
    """The origin moves on, on the host's monotonic clock, and times count from there."""
    clock = HostClock()
    first_s = clock.origin_s
    clock.restart()
    assert first_s <= clock.origin_s <= time.monotonic()
    assert clock.now_s() <= time.monotonic() - clock.origin_s + 1e-6


def test_a_moment_of_the_host_is_one_of_the_session() -> None:
    """Whole microseconds; before the start is the start."""
    clock = HostClock()
    assert clock.session_s(clock.origin_s + 1.2345678) == 1.234568
    assert clock.session_s(clock.origin_s) == clock.session_s(clock.origin_s - 5.0) == 0.0
    clock.restart(60.0)
    assert clock.session_s(clock.begun_s) == 60.0


def test_waiting_takes_at_least_as_long() -> None:
    """A hundredth of a second; and a wait that is over already is none, not a mistake."""
    clock = HostClock()
    before_s = clock.now_s()
    clock.wait(0.01)
    clock.wait(-5.0)
    assert clock.now_s() - before_s >= 0.01 - 1e-6


@each_row(
    ("text", "label"),
    [
        ("2026-11-23T07:30:00Z", "2026-11-23T07:30:00Z"),
        ("2026-11-23T07:30:00+00:00", "2026-11-23T07:30:00Z"),
        ("2026-11-23T09:30:00+02:00", "2026-11-23T07:30:00Z"),
        ("2026-11-23T02:00:00-05:30", "2026-11-23T07:30:00Z"),
        ("2026-11-23T07:30:00.999Z", "2026-11-23T07:30:00Z"),
        ("20261123T073000Z", "2026-11-23T07:30:00Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
    ],
)
def test_a_time_given_by_a_person_becomes_a_label(text: str, label: str) -> None:
    """Every form of ISO 8601 with a zone, as UTC in whole seconds."""
    assert as_utc(text) == label


def test_a_label_stays_as_it_is() -> None:
    """What the wall clock says is of the form, and read again it is the same."""
    now = wall_time_utc()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now)
    assert as_utc(now) == now


@each_row("text", ["", "now", "2026-13-01", "07:30", "2026-11-23T07:30:00+99:00", "1e9"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """As a ValueError, which the command line turns into one line."""
    with pytest.raises(ValueError, match=r"."):
        as_utc(text)


@each_row("text", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_time_outside_the_calendar_is_refused(text: str) -> None:
    """It exists where it was written, and has no date in UTC."""
    with pytest.raises(ValueError, match="out of the calendar"):
        as_utc(text)


@each_row(
    ("text", "want"),
    [("2026-11-23T07:30:00Z", 0), ("2026-11-23T07:30:00+05:30", 19_800), ("2026-11-23T07:30:00-02:00", -7200)],
)
def test_the_offset_of_a_given_time_is_the_one_in_it(text: str, want: int) -> None:
    """Wherever the machine stands."""
    assert local_offset_s(text) == want


def test_the_offset_here_is_that_of_a_place_on_earth() -> None:
    """Between 12 hours behind and 14 ahead."""
    assert -12 * 3600 <= local_offset_s() <= 14 * 3600
    assert local_offset_s("2026-11-23T07:30:00") % 900 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the time zone of a process cannot be set there")
@pytest.mark.parametrize(
    ("label", "offset_s"),
    [
        ("2026-03-29T00:59:59Z", 3600),
        ("2026-03-29T01:00:00Z", 7200),
        ("2026-10-25T00:59:59Z", 7200),
        ("2026-10-25T01:00:00Z", 3600),
        ("yesterday", 0),
    ],
)
def test_the_offset_here_is_that_of_the_day_itself(label: str, offset_s: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of winter looks the same in summer; at the very second at which summer begins and ends."""
    if sys.platform == "win32":
        pytest.skip("not on this system")
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        assert offset_here_s(label) == offset_s
    finally:
        monkeypatch.undo()
        time.tzset()
