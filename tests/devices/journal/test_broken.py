from pathlib import Path

import pytest

from cadencecoach.devices.journal.broken import end_broken
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.errors import JournalError


@pytest.mark.parametrize(
    ("found", "n_whole_bytes"), [("header\none\n", 11), ("header\none", 10), ("header\none\ntw", 11), ("header", 6)]
)
def test_a_journal_that_broke_off_gets_its_end(found: str, n_whole_bytes: int, tmp_path: Path) -> None:
    """Whole lines stay to the byte, what is torn goes, the end comes last."""
    path = tmp_path / "run.jsonl"
    path.write_bytes(found.encode())
    end_broken(path, n_whole_bytes=n_whole_bytes, line="end")
    assert path.read_text() == found[:n_whole_bytes].rstrip("\n") + "\nend\n"


def test_a_journal_that_is_being_written_is_not_ended(tmp_path: Path) -> None:
    """Its writer holds it."""
    writer = JournalFile(tmp_path / "run.jsonl", "header")
    with writer, pytest.raises(JournalError, match="cannot be finished: it is being written"):
        end_broken(writer.path, n_whole_bytes=7, line="end")
    assert writer.path.read_text() == "header\n"
