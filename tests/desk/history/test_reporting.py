"""Pages on disk, and recorded runs as sessions."""

import stat
import sys
from pathlib import Path

import pytest
from shared_runs import recorded_run

from cadencecoach.desk.history.reporting import load_any, origin_words, page_file, session_sheet
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.plan.report_texts import ENGLISH_REPORT
from cadencecoach.record.lines import DynamicsLine, EndLine, EstimateLine, FeetLine, ReadingLine, StageLine, UnitLine
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.view.report.page import MARK
from cadencecoach.view.report.session.page import session_page

THEIRS = ["01_steady_stryd.csv", "05_intervals_walkbreaks.csv"]
RUN = "t_s,cadence_spm,speed_mps,hr\n" + "".join(
    f"{s},{166 if s < 200 else 0},{2.9 if s < 200 else 0},\n" for s in range(300)
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A recorded run: 200 s of running, 100 s of standing."""
    path = tmp_path / "run.csv"
    path.write_text(RUN, encoding="utf-8")
    return path


def test_a_page_is_its_owners_only_and_may_be_made_again(tmp_path: Path) -> None:
    """Mode 0600, and a page of ours gives way to a newer one."""
    path = tmp_path / "report.html"
    for words in ("one", "two"):
        page_file(NO_MACHINE, path, may_replace=False).write(f"{MARK}{words}".encode())
    assert path.read_text(encoding="utf-8") == f"{MARK}two"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_other_file_is_written_over(run: Path) -> None:
    """A journal, or anything else, named by mistake is still there afterwards."""
    with pytest.raises(UsageError, match="already exists; choose another name, or add --force to replace it"):
        page_file(NO_MACHINE, run, may_replace=False).write(MARK.encode())
    assert run.read_text(encoding="utf-8") == RUN


@pytest.mark.parametrize("name", [".", "run.csv/report.html", "no/report.html", "a\0b"])
def test_what_cannot_be_written_is_said(run: Path, name: str) -> None:
    """A folder, a file as a folder, a misspelt folder, no name at all: one line, no traceback."""
    with pytest.raises(UsageError):
        page_file(NO_MACHINE, run.parent / name, may_replace=True).write(MARK.encode())


def test_a_recorded_run_is_a_session_without_a_plan(run: Path) -> None:
    """Its running and standing are told apart, nothing was asked of it, and no cue is claimed."""
    recorded = load_any(run)
    whole = recorded.summary.session
    assert whole.mean_cadence_spm == pytest.approx(166.0)
    assert 195 <= whole.running_s <= 205
    assert (whole.band_s, whole.n_cues) == (None, {})
    kinds = {type(line) for line in recorded.journal.lines}
    assert kinds <= {UnitLine, StageLine, ReadingLine, EstimateLine, DynamicsLine, FeetLine, EndLine}
    assert origin_words(recorded, ENGLISH_REPORT) == ENGLISH_REPORT.of_a_device
    assert "no target given" in session_page(session_sheet(recorded))


@pytest.mark.slow
@pytest.mark.parametrize("name", THEIRS)
def test_recorded_runs_have_a_page(name: str) -> None:
    """Runs of other people: a page each, small enough to send."""
    page = session_page(session_sheet(load_any(recorded_run(name))))
    assert len(page.encode()) < 300_000


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"t_s,cadence_spm\n", b"<xml/>"])
@pytest.mark.parametrize("ending", [".fit", ".tcx", ".csv", ".jsonl"])
def test_broken_files_are_said_in_one_line(tmp_path: Path, ending: str, content: bytes) -> None:
    """Whatever it is called and whatever is in it."""
    path = tmp_path / f"bad{ending}"
    path.write_bytes(content)
    with pytest.raises(CadencecoachError) as raised:
        load_any(path)
    assert "\n" not in str(raised.value)
    assert path.name in str(raised.value)
