"""A live session's journal: a disk that does not answer, and a writer that is really killed."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from ended_child import ended

from cadencecoach.devices.journal.live import LiveJournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import JournalError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are POSIX")


@POSIX
def test_a_disk_that_does_not_answer_never_holds_up_the_session(tmp_path: Path) -> None:
    """A pipe that nobody empties stands for the disk: every line is taken, and only closing says what is missing."""
    if sys.platform == "win32":
        return  # skipped above; this is for the type checker
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(JournalError, match="cannot be written"):
        LiveJournalFile(pipe)  # nobody reads at all
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = LiveJournalFile(pipe, close_within_s=0.3)
    for _ in range(100_000):
        writer.write("a line for a pipe that holds less than all of them")
    writer.flush()
    writer.close()
    assert writer.trouble == f"the journal's last lines may be missing: the disk does not answer ({pipe})"
    given_up_s = time.monotonic()
    writer.close()
    assert time.monotonic() - given_up_s < 0.2  # once, and not for each who closes
    os.close(reader)  # the writer's thread ends with a broken pipe


def test_what_is_flushed_is_synced(tmp_path: Path) -> None:
    """Each flush ends in a sync of the disk, by the writer's thread; only then its lines count as acknowledged."""
    writer = LiveJournalFile(tmp_path / "run.jsonl", "header")
    writer.write("0")
    writer.write("1")
    writer.flush()
    patience = iter(range(500))
    while writer.n_acknowledged < 2:
        assert next(patience) < 499, "never synced"
        threading.Event().wait(0.01)
    writer.write("2")  # taken, and not flushed
    assert writer.n_acknowledged == 2
    writer.close()
    assert writer.n_acknowledged == 3


KILLED = """
import sys, threading
from pathlib import Path
from cadencecoach.devices.journal import file, live
synced, sync = threading.Event(), file.sync
def sync_and_say(fd):
    sync(fd)
    synced.set()
file.sync = sync_and_say
writer = live.LiveJournalFile(Path(sys.argv[1]))
for n in range(10**9):
    writer.write('{"n":%d}' % n)
    if n % 100 == 99:
        synced.clear()
        writer.flush()
        if not synced.wait(10.0):
            sys.exit("flushed, and never synced")
        print(n, flush=True)
"""


@POSIX
@pytest.mark.parametrize("n_acknowledged", [1, 7, 40])
def test_a_killed_writer_leaves_every_flushed_line(tmp_path: Path, n_acknowledged: int) -> None:
    """Killed without warning, the process leaves all it had flushed, each line whole but perhaps the last."""
    path = tmp_path / "run.jsonl"
    line = [sys.executable, "-c", KILLED, str(path)]
    with ended(subprocess.Popen(line, stdout=subprocess.PIPE, text=True)) as child:
        assert child.stdout is not None
        acknowledged = [int(child.stdout.readline()) for _ in range(n_acknowledged)][-1]
        child.kill()
    lines = list(journal_lines(path))
    whole = [line for line in lines if line.endswith(b"\n")]
    assert whole == [b'{"n":%d}\n' % n for n in range(len(whole))]
    assert len(whole) > acknowledged
    assert len(lines) - len(whole) <= 1
