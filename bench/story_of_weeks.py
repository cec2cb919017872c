"""Weeks of one runner in full, and what the suite claims of them: `python -m bench.story_of_weeks`.

Runs of six seconds, and every command a Python started anew on the day that faketime tells it: what the suite does in
short, with runs of three seconds and copies of one process. Prints the table of the weeks; needs faketime.
"""

import sys
from pathlib import Path

import pytest

STORY = Path(__file__).parents[1] / "tests" / "test_story_of_weeks.py"


def main() -> int:
    """Live the weeks; the status is 0 where every claim holds."""
    return int(pytest.main([str(STORY), "--long", "-m", "slow", "-n", "0", "-s", "-v"]))


if __name__ == "__main__":
    sys.exit(main())
