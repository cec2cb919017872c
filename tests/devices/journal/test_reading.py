from pathlib import Path

import pytest

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError


def test_a_file_without_line_breaks_cannot_fill_the_memory(tmp_path: Path) -> None:
    """Lines are cut at the limit."""
    (tmp_path / "long").write_bytes(b"x" * 25)
    assert list(journal_lines(tmp_path / "long", limit_bytes=10)) == [b"x" * 10, b"x" * 10, b"x" * 5]


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    """No traceback for a misspelt name."""
    with pytest.raises(JournalError, match="does not exist; check the name of the journal"):
        list(journal_lines(tmp_path / "nothing.jsonl"))


def test_a_journal_larger_than_any_session_is_refused(tmp_path: Path) -> None:
    """One line says what is allowed; no more of it is read."""
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(JournalError, match="larger than 64 MB, which is two days of a session"):
        next(journal_lines(path))
