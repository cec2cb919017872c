import sys
from pathlib import Path

import pytest

from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.errors import JournalError


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a file's size are POSIX")
def test_a_place_that_cannot_be_written_yet_is_waited_for(tmp_path: Path) -> None:
    """The disk is full when a live session begins, and has room later: everything is there, in order."""
    resource = pytest.importorskip("resource")
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, whole[1]))
        writer = LiveJournalFile(tmp_path / "run.jsonl", "header")
    except JournalError:
        pytest.skip("this system says so in another way")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    for n in range(3):
        writer.write(f"{n}")
    writer.flush()
    writer.write("3")
    writer.close()
    assert writer.trouble is not None
    assert writer.trouble.startswith("the journal is not being written: ")
    assert (tmp_path / "run.jsonl").read_text().split() == ["header", "0", "1", "2", "3"]
    assert writer.n_acknowledged == 4
