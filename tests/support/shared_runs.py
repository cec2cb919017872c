"""The recorded runs that are kept beside the project, where they are."""

from pathlib import Path

import pytest

ACCEL = Path(__file__).resolve().parents[2].parent / "shared" / "accel"
RUNS = Path(__file__).resolve().parents[2].parent / "shared" / "runs"


def recorded_run(name: str) -> Path:
    """A recorded run; the test is skipped where it is not."""
    path = RUNS / name
    if not path.is_file():
        pytest.skip(f"the recorded run {name} is not on this machine")
    return path


def recorded_acceleration(name: str) -> Path:
    """A recording of acceleration; the test is skipped where it is not."""
    path = ACCEL / name
    if not path.is_file():
        pytest.skip(f"the recording {name} is not on this machine")
    return path
