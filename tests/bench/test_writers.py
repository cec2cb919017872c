"""The bench of many writers, in short."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

BENCH = Path(__file__).parents[2] / "bench" / "writers.py"


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="the user's folders follow no XDG there")
def test_what_many_processes_wrote_at_one_instant_is_kept() -> None:
    """Every row says that all that was acknowledged is there, nothing was refused, and every file can be read."""
    done = subprocess.run(
        [sys.executable, str(BENCH), "--short"], capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line for line in done.stdout.splitlines() if "kept" in line]
    assert len(rows) == 7
    assert all("refused 0, unreadable 0" in row for row in rows)
