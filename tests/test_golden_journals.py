"""What sessions decided and wrote when this was last meant to change: they still decide and write the same."""

import sys
from pathlib import Path

import pytest
from golden import LONG, OF_RECORDINGS, RECORDED, SIMULATED, Rehearsed, kept_of

from cadencecoach.cli.main import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="another system's mathematics may round otherwise")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user is read."""
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))


def check(session: Rehearsed, tmp_path: Path) -> None:
    """Run it again, and compare it with what is kept."""
    journal = tmp_path / "again.jsonl"
    assert main([*session.words, "--journal", str(journal)]) == 0
    again = kept_of(session, journal.read_text(encoding="utf-8").splitlines())
    kept = session.path.read_text(encoding="utf-8").splitlines()
    for number, (now, before) in enumerate(zip(again, kept, strict=False), start=2):
        assert now == before, f"line {number}" if session.is_whole else f"lines from {(number - 2) * 100 + 2} on"
    assert len(again) == len(kept)


@pytest.mark.parametrize("session", SIMULATED, ids=lambda session: session.name)
def test_a_simulated_session_is_the_same_line_by_line(session: Rehearsed, tmp_path: Path) -> None:
    """Every estimate, cue, tempo and reason."""
    check(session, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("session", LONG, ids=lambda session: session.name)
def test_the_plans_that_come_with_the_program_give_the_same_sessions(session: Rehearsed, tmp_path: Path) -> None:
    """A hash of every 100 lines."""
    check(session, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recordings of others are not part of the project")
@pytest.mark.parametrize("session", OF_RECORDINGS, ids=lambda session: session.name)
def test_recorded_runs_give_the_same_sessions(session: Rehearsed, tmp_path: Path) -> None:
    """A hash of every 100 lines."""
    check(session, tmp_path)
