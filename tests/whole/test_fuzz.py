"""Every reader, fed with files made wrong by chance; `python -m bench.fuzz` does it for longer."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
N_INPUTS, SEED = 200, 14  # in one process


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_no_input_ends_in_a_traceback_or_takes_too_long() -> None:
    """Read, or refused in one clear line; in 5 s of a processor and 500 MB; pipes, devices and growing files too."""
    command = [sys.executable, "-m", "bench.fuzz", str(N_INPUTS), "--seed", str(SEED)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.returncode == 0, told.stdout + told.stderr
    assert f"{N_INPUTS} inputs, 0 failed" in told.stdout
