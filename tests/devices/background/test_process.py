"""Work in a process of its own never outlives the one that asked for it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from work_samples import own_nice, tell_pid

from cadencecoach.devices.background.process import NICE, WorkProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
PATIENCE_S = 60.0
ASKING = """
import sys, time
from pathlib import Path
sys.path.insert(0, {support!r})
from work_samples import tell_pid
from cadencecoach.devices.background.folder import WorkFolder
from cadencecoach.devices.background.process import WorkProcess
if __name__ == "__main__":
    folder = WorkFolder(Path({home!r}))
    (folder.path / "result").write_text("of somebody")
    work = WorkProcess(tell_pid, Path({said!r}))
    print(folder.path, flush=True)
    sys.stdin.read()
"""


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look until something is so."""
    tick = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if is_so():
            return
        tick.wait(0.02)
    raise AssertionError("it never came about")


def lives(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", ""])
def test_work_and_results_are_gone_with_the_process_that_asked(tmp_path: Path, name: str) -> None:
    """However that ends: killed, told to end, its terminal closed, or in order."""
    said, script = tmp_path / "said", tmp_path / "ask.py"
    support, home = Path(__file__).parents[2] / "support", tmp_path / "work"
    script.write_text(ASKING.format(said=str(said), support=str(support), home=str(home)))
    asking = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert asking.stdout is not None
    assert asking.stdin is not None
    folder = Path(asking.stdout.readline().strip())
    wait_until(said.exists)
    told = json.loads(said.read_text())
    assert told["nice"] == min(own_nice() + NICE, 19)
    assert (folder / "result").exists()
    assert folder.stat().st_mode & 0o077 == 0
    if name:
        asking.send_signal(getattr(signal, name))
    asking.stdin.close()
    asking.wait(PATIENCE_S)
    asking.stdout.close()
    wait_until(lambda: not lives(told["pid"]))
    wait_until(lambda: not folder.exists())


def test_work_is_ended_at_once_and_its_end_from_outside_is_noticed(tmp_path: Path) -> None:
    """Whoever looks is told that it will not be done."""
    said = tmp_path / "said"
    work = WorkProcess(tell_pid, said)
    wait_until(said.exists)
    os.kill(json.loads(said.read_text())["pid"], signal.SIGTERM)

    def is_over() -> bool:
        work.look()
        return work.is_over

    wait_until(is_over)
    assert work.wrong
    work.end()
