"""Writers of journals, each really killed at a random moment."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WRITER = Path(__file__).parents[2] / "support" / "killed_writer.py"
N_KILLS, N_KILLS_LONG = 150, 500  # the second with `--long`, as `python bench/kills.py` does

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there"),
]


def test_no_acknowledged_line_is_ever_lost(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every journal opens, holds every line the disk had acknowledged, and can be finished; no draft stays behind."""
    n_kills = N_KILLS_LONG if request.config.getoption("--long") else N_KILLS
    line = [sys.executable, str(WRITER), str(tmp_path / "sessions"), str(n_kills), "1"]
    report = json.loads(subprocess.run(line, check=True, capture_output=True, text=True, timeout=300).stdout)
    assert report["n_killed"] == n_kills
    assert (report["n_lost"], report["n_unreadable"], report["n_left_over"]) == (0, 0, 0)
    assert n_kills / 4 < report["n_files"] < n_kills  # some were killed before they had a journal
    assert report["n_lines"] >= report["n_acknowledged"] > n_kills
