"""`cadencecoach cohort build`: what is printed, and the exit status."""

import json
import sys
from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.record.entries import CheckIn, Moment, PracticeBegun
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A real athlete with a session, and a practice athlete; no pyarrow."""
    machine = Home(tmp_path).move_in(monkeypatch)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    store = user_files()
    for name in ("r7", "vera"):
        store.write_profile(Profile(athlete=name))
    store.add_entries("r7", CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=1))
    store.add_entries("vera", PracticeBegun(at=AT, day=DAY, story="x"))
    machine.journal("2026-03-02", "r7")
    return machine


def test_it_says_what_was_written_and_what_was_not(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """How many rows; that there is no Parquet, in one line; who is left out; that it is a health record."""
    assert main(["cohort", "build", str(home.root / "t")]) == 0
    out, err = capsys.readouterr()
    assert "1 athlete, 1 session, 1 check-in, 0 baseline runs, 0 decisions, 0 findings; CSV" in out
    assert "1 practice athlete left out" in out
    assert "health record" in out
    assert [line for line in err.splitlines() if "pyarrow" in line] == [
        "CSV only: Parquet needs pyarrow; in the folder of the program: uv tool install '.[research]'"
    ]


@pytest.mark.slow
def test_json_has_the_rows_of_each_table(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """And what is left out."""
    assert main(["cohort", "build", str(home.root / "t"), "--for", "research", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"]["sessions"], told["rows"]["people"], told["parquet"]) == (1, 1, False)
    assert (told["practice_left_out"], told["left_out"]) == (1, [])


@pytest.mark.slow
def test_something_that_cannot_be_read_is_told_and_is_the_exit_status(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """All else is written."""
    (home.sessions / "2026-03-05T080000Z.jsonl").write_text("no journal\n{}\n", encoding="utf-8")
    assert main(["cohort", "build", str(home.root / "t")]) == 1
    assert "left out: session 2026-03-05T080000Z" in capsys.readouterr().err
    assert (home.root / "t" / "dictionary.md").is_file()


def test_the_folder_of_the_athletes_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands there is theirs."""
    assert main(["cohort", "build", str(home.athlete("r7").parent / "tables")]) == 2
    assert "athletes' records only" in capsys.readouterr().err


def test_broken_off_it_says_that_it_can_go_on(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the exit status of an interrupted program."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cadencecoach.cli.commands.cohort.building.tell_sessions", stop)
    assert main(["cohort", "build", str(home.root / "t")]) == 130
    assert "interrupted; the same command goes on where it was" in capsys.readouterr().err
    assert not (home.root / "t").exists()
