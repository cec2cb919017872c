"""The time of a session by the clocks of the place it was run at."""

from datetime import date

from each_row import each_row

from cadencecoach.record.local_time import LocalTime, local_time, offset_in

H = 3600


@each_row(
    ("label", "offset_s", "day", "clock"),
    [
        ("2026-03-29T00:59:59Z", 1 * H, date(2026, 3, 29), "01:59"),  # Berlin, a second before summer
        ("2026-03-29T01:00:00Z", 2 * H, date(2026, 3, 29), "03:00"),  # the hour from 2 to 3 was none
        ("2026-10-25T00:30:00Z", 2 * H, date(2026, 10, 25), "02:30"),  # the hour that comes twice: first
        ("2026-10-25T01:30:00Z", 1 * H, date(2026, 10, 25), "02:30"),  # and again
        ("2026-03-01T23:30:00Z", 1 * H, date(2026, 3, 2), "00:30"),
        ("2026-01-01T00:10:00Z", -5 * H, date(2025, 12, 31), "19:10"),
        ("2026-01-01T00:10:00Z", 5 * H + 1800 + 900, date(2026, 1, 1), "05:55"),  # Nepal
        ("2026-01-01T00:10:59Z", 0, date(2026, 1, 1), "00:10"),
        ("2028-02-28T23:00:00Z", 14 * H, date(2028, 2, 29), "13:00"),
    ],
)
def test_the_clocks_of_the_place_hold(label: str, offset_s: int, day: date, clock: str) -> None:
    """Summer begins and ends, midnights, leap days, quarter hours."""
    told = local_time(label, offset_s)
    assert told is not None
    assert (told.day, told.clock) == (day, clock)


@each_row("label", ["", "yesterday", "2026-02-31T08:00:00Z", "2026-03-01T24:00:00Z", "0001-01-01T00:00:00Z"])
def test_what_is_no_time_has_none(label: str) -> None:
    """A broken header, and one before the calendar."""
    assert local_time(label, -1) is None


@each_row(
    ("value", "offset_s"),
    [(0, 0), (-18 * H, -18 * H), (18 * H, 18 * H), (18 * H + 1, None), (3600.0, None), (True, None), ("3600", None)],
)
def test_an_offset_that_no_place_has_is_none(value: object, offset_s: int | None) -> None:
    """At the edge and above; a journal may say anything."""
    assert offset_in(value) == offset_s


def test_a_minute_is_told_with_two_digits() -> None:
    """From midnight to a minute before the next."""
    assert [LocalTime(date(2026, 1, 1), minute).clock for minute in (0, 65, 1439)] == ["00:00", "01:05", "23:59"]
