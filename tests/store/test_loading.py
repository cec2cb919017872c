"""A session read from disk."""

from datetime import date
from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.devices.clock import offset_here_s
from cadencecoach.record.local_time import LocalTime, local_time
from cadencecoach.store.loading import load_session

DAY = "2026-03-02"
STARTED = f"{DAY}T08:00:00Z"


@pytest.mark.parametrize(
    ("offset_s", "began"),
    [
        (0, LocalTime(date(2026, 3, 2), 480)),
        (3600, LocalTime(date(2026, 3, 2), 540)),
        (-36_000, LocalTime(date(2026, 3, 1), 1320)),
        (None, local_time(STARTED, offset_here_s(STARTED))),
        (1e300, local_time(STARTED, offset_here_s(STARTED))),
        ("east", local_time(STARTED, offset_here_s(STARTED))),
    ],
)
def test_a_session_began_by_the_clocks_of_its_place(offset_s: object, began: LocalTime, tmp_path: Path) -> None:
    """By those of this computer where the journal names no offset that a place can have."""
    assert load_session(keep_journal(tmp_path, DAY, utc_offset_s=offset_s)).began == began
