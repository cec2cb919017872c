"""What a baseline may be taken from."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from athlete_home import AT, Home
from made_sessions import activity, end, running, stage

from cadencecoach.desk.athletes.baselines import Words, take_baseline
from cadencecoach.desk.athletes.recorded import add_run
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.record.exports.activity import Activity
from cadencecoach.record.exports.csv_table import csv_bytes
from cadencecoach.record.exports.fit_file import fit_bytes
from cadencecoach.record.exports.tcx import tcx_bytes
from cadencecoach.record.profile import Profile
from cadencecoach.session.host import NOBODY
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

DAY = date(2026, 3, 2)
RUN = activity([stage(0.0, 0, "Run"), *running(0, 20, 165), end(20.0)])


@pytest.mark.parametrize(("ending", "bytes_of"), [(".csv", csv_bytes), (".tcx", tcx_bytes), (".fit", fit_bytes)])
def test_no_baseline_is_taken_from_a_file_that_was_exported_from_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, bytes_of: Callable[[Activity], bytes]
) -> None:
    """It does not say what its steps came from: taps, or nobody's feet."""
    Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    path = tmp_path / f"run{ending}"
    path.write_bytes(bytes_of(RUN))
    with pytest.raises(UsageError, match=rf"run\{ending} was exported from a session: take the baseline from that"):
        take_baseline(user_files(), "r7", of_session(str(path)), NOBODY, at=AT, day=DAY)
    assert user_files().log_of("r7").entries == ()


def test_nor_from_such_a_file_that_was_added_as_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run counts as load, and its journal remembers; another program's is taken."""
    Home(tmp_path).move_in(monkeypatch)
    store = user_files()
    make_athlete(store, Profile(athlete="r7", created=DAY))
    path = tmp_path / "run.csv"
    path.write_bytes(csv_bytes(activity([stage(0.0, 0, "Run"), *running(0, 600, 165), end(600.0)])))
    ours = add_run(store, "r7", path, day_text="2026-03-01").row.id
    with pytest.raises(UsageError, match=r"was exported from a session: take the baseline from that"):
        take_baseline(store, "r7", of_session(ours), NOBODY, at=AT, day=DAY)
    path.write_text(
        "t_s,cadence_spm,speed_mps\n" + "".join(f"{second},166,2.8\n" for second in range(600)), encoding="utf-8"
    )
    theirs = add_run(store, "r7", path, day_text="2026-02-20").row.id
    take_baseline(store, "r7", of_session(theirs), NOBODY, at=AT, day=DAY)
    assert [one.session for one in store.log_of("r7").entries if isinstance(one, BaselineTaken)] == [theirs]


def test_a_run_that_another_program_recorded_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known of its source, and nothing is marked."""
    Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    path = tmp_path / "other.csv"
    rows = "".join(f"{second},165,2.8\n" for second in range(500))
    path.write_text(f"t_s,cadence_spm,speed_mps\n{rows}", encoding="utf-8")
    take_baseline(user_files(), "r7", of_session(str(path)), NOBODY, at=AT, day=DAY)
    (entry,) = user_files().log_of("r7").entries
    assert isinstance(entry, BaselineTaken)
    assert (entry.cadence_spm, entry.is_marked) == (165.0, False)


def of_session(named: str) -> Words:
    """What is asked for."""
    return Words(session=named, spm=None, speed=None, minutes=None, surface="", seen=(), force=True)
