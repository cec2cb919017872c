"""Writers of journals, really killed at random moments: what is found of their work.

`python bench/kills.py [N] [SEED]`; POSIX. A line is acknowledged when the disk has said that it would outlive a power
cut. What is counted stands in tests/support/killed_writer.py.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

WRITER = Path(__file__).parents[1] / "tests" / "support" / "killed_writer.py"

if __name__ == "__main__":
    n_kills, seed = [*sys.argv[1:], "500", "1"][:2] if len(sys.argv) < 3 else sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, str(WRITER), f"{folder}/sessions", n_kills, seed]
        report = json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)
    for name, value in report.items():
        print(f"{name:16} {value:8}")
    sys.exit(0 if report["n_lost"] == report["n_unreadable"] == report["n_left_over"] == 0 else 1)
