"""Pain rated by key in a run becomes entries of the log."""

from pathlib import Path
from typing import Any

import pytest
from athlete_home import DAY
from quiet_host import QuietHost
from sessions_folder import END, keep_journal

from cadencecoach.desk.athletes.missed import pains_in
from cadencecoach.desk.today.around import offer_check_in, sensors_in
from cadencecoach.live.outcome import Outcome
from cadencecoach.record.entries import Moment
from cadencecoach.store.loading import load_session
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.store.user_store import user_files

Line = dict[str, Any]
PRESSED: Line = {"t": 20.0, "what": "note", "about": "pain", "text": "pain key pressed"}
RATED: Line = {"t": 22.0, "what": "note", "about": "pain", "text": "pain 4 of 10", "level": 4}
LATER: Line = {"t": 50.0, "what": "note", "about": "pain", "text": "pain key pressed"}


def outcome(folder: Path, *lines: Line) -> Outcome:
    """A session with these lines."""
    path = keep_journal(folder, "2026-03-02", *lines, END)
    summary = load_session(path).summary
    return Outcome(plan=open_plan(find_plan(NO_MACHINE, "demo")), summary=summary, unit_text="", journal=path, notes=())


@pytest.mark.parametrize(
    ("lines", "pains"),
    [
        ([PRESSED, RATED], [(4, "00:22 into the run")]),
        ([PRESSED], [(None, "pain, not rated, 00:20 into the run")]),
        ([PRESSED, RATED, LATER], [(4, "00:22 into the run"), (None, "pain, not rated, 00:50 into the run")]),
        ([], []),
    ],
)
def test_each_rating_is_an_entry(tmp_path: Path, lines: list[Line], pains: list[tuple[int | None, str]]) -> None:
    """With its time; a key that nobody followed up is pain without a number."""
    found = pains_in(outcome(tmp_path, *lines).summary, "a", DAY, at="")
    assert [(one.pain, one.note) for one in found] == pains
    assert all(one.moment is Moment.DURING and one.session == "a" for one in found)


def test_sensors_that_were_heard_are_known_by_name(tmp_path: Path) -> None:
    """Each once."""
    links = [{"t": float(t), "what": "link", "state": "connected", "source": "rsc", "name": "Pod A"} for t in (1, 9)]
    assert sensors_in(outcome(tmp_path, *links)) == ("Pod A",)


def test_nobody_is_asked_where_there_is_no_terminal() -> None:
    """A run from a script never waits."""
    assert offer_check_in(user_files(), QuietHost(), "r7", Moment.BEFORE, "a", DAY) is None
