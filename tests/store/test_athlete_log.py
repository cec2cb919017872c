"""The day of what is written down."""

from datetime import date

import pytest

from cadencecoach.errors import UsageError
from cadencecoach.store.athlete_log import check_day, day_asked

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the second of March."""
    monkeypatch.setattr("cadencecoach.store.athlete_log.local_day", TODAY.isoformat)


@pytest.mark.parametrize("text", ["1999-01-01", "2026-03-01", "2026-03-02", "2026-03-03"])
def test_a_day_up_to_tomorrow_is_taken(text: str) -> None:
    """Elsewhere it is tomorrow already."""
    assert day_asked(text) == date.fromisoformat(text)


def test_no_day_is_today() -> None:
    """Nobody has to name it."""
    assert day_asked(None) == TODAY


@pytest.mark.parametrize("text", ["2026-03-04", "2036-03-02"])
def test_a_day_after_tomorrow_is_refused(text: str) -> None:
    """One line says which, and what is allowed."""
    with pytest.raises(UsageError, match=f"--day {text} is in the future; allowed up to 2026-03-03"):
        day_asked(text)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30"])
def test_what_is_not_a_day_is_refused(text: str) -> None:
    """With an example."""
    with pytest.raises(UsageError, match="not a date"):
        day_asked(text)


def test_the_day_of_a_recording_is_held_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device with a wrong clock is named."""
    monkeypatch.setattr("cadencecoach.store.athlete_log.local_day", TODAY.isoformat)
    check_day(date(2026, 3, 3), "session x")
    with pytest.raises(UsageError, match="session x is in the future"):
        check_day(date(2026, 3, 4), "session x")
