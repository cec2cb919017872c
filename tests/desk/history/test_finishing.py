"""Sessions that broke off, wherever that was, get their end; nothing that was written is lost."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_store import MemoryStore
from sessions_folder import END, journal_text, keep_journal

from cadencecoach.coach.actions import EndReason
from cadencecoach.desk.history.finishing import finish, newest_broken_off_in
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import EndLine

WHOLE = journal_text(started="2026-03-01T08:00:00Z").encode()
HEADER_BYTES = WHOLE.index(b"\n") + 1
END_BYTES = len(WHOLE.splitlines()[-1]) + 1
FEET = {"t": 1.0, "what": "feet", "state": "live"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    n_bytes=st.integers(HEADER_BYTES, len(WHOLE) - END_BYTES),
    after=st.sampled_from([b"", b"\0" * 4096, b"\xff\xfe{"]),
)
def test_a_journal_cut_at_any_byte_is_finished(n_bytes: int, after: bytes, tmp_path: Path) -> None:
    """Killed at any byte, also with nonsense after it as a power cut leaves it: every whole line is there."""
    path = tmp_path / "a.jsonl"
    torn = after if WHOLE[:n_bytes].endswith(b"\n") else after.lstrip(b"\0")
    path.write_bytes(WHOLE[:n_bytes] + torn)
    before = read_journal(journal_lines(path))
    n_whole = WHOLE[:n_bytes].count(b"\n") - 1
    assert n_whole <= len(before.lines) <= n_whole + 1
    recorded = finish(MemoryStore(), path)
    assert recorded.journal.lines[:-1] == before.lines
    assert recorded.journal.notes == ()
    assert (recorded.summary.is_ended, recorded.summary.end_reason) == (True, EndReason.INTERRUPTED)
    end = recorded.journal.lines[-1]
    assert end == EndLine(before.lines[-1].t if before.lines else 0.0, "interrupted", is_added=True)


def test_a_journal_with_an_end_is_left_alone(tmp_path: Path) -> None:
    """Nothing to finish, and not a byte is changed."""
    path = keep_journal(tmp_path, "2026-03-01")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="nothing to finish; its journal has an end"):
        finish(MemoryStore(), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "Dear runner,\n", '{"journal": 1}\n{broken\n{"t": 1, "what": "end"}\n'])
def test_what_is_no_journal_is_left_alone(text: str, tmp_path: Path) -> None:
    """One line with the name of the file, and not a byte is changed."""
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    with pytest.raises(JournalError, match=r"a\.jsonl"):
        finish(MemoryStore(), path)
    assert path.read_text() == text


def test_a_session_that_runs_is_left_alone(tmp_path: Path) -> None:
    """It is being written."""
    with JournalFile(tmp_path / "a.jsonl", WHOLE.splitlines()[0].decode()) as journal:
        with pytest.raises(JournalError, match="is being written"):
            finish(MemoryStore(), journal.path)
        assert newest_broken_off_in(tmp_path) == ()
    assert newest_broken_off_in(tmp_path) == (journal.path,)


def test_the_newest_are_looked_at_before_a_session(tmp_path: Path) -> None:
    """Those without an end among the three written last; rehearsals, recordings and other files are none."""
    old = keep_journal(tmp_path, "2026-03-01", FEET)
    os.utime(old, (1, 1))
    broken = keep_journal(tmp_path, "2026-03-02", FEET)
    keep_journal(tmp_path, "2026-03-03", FEET, END)
    assert set(newest_broken_off_in(tmp_path)) == {old, broken}
    keep_journal(tmp_path, "2026-03-04", FEET, rehearsal=True)
    assert newest_broken_off_in(tmp_path) == (broken,)
    for n, text in enumerate(("[]\n", "", '{"no": "journal"}\n')):
        (tmp_path / f"{n}.jsonl").write_text(text)
    assert newest_broken_off_in(tmp_path) == ()
    assert newest_broken_off_in(tmp_path / "nowhere") == ()
