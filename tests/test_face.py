"""The public face: what others may build on, and that it costs nothing until it is touched."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import cadencecoach

NAMES = {
    *("CadencecoachError", "Engine", "Key", "Plan", "PlanError", "Reading", "Session", "SetBeat"),
    *("Timeline", "guided", "load_plan", "read_journal", "summarise"),
}
HEAVY = ("numpy", "click", "rich", "yaml", "pydantic", "sounddevice", "bleak", "asyncio", "cadencecoach.devices")
PAGE = Path(__file__).parents[1] / "docs" / "embedding.md"


def test_the_names_are_those_that_were_promised() -> None:
    """A dozen and one, each of them there."""
    assert set(cadencecoach.__all__) == NAMES
    assert all(getattr(cadencecoach, name) is not None for name in NAMES)


def test_another_name_is_none() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = cadencecoach.Nothing


def test_importing_the_package_loads_nothing_that_takes_time() -> None:
    """No device, no numpy, no library of screen, shell, texts or checks."""
    told = f"import sys, cadencecoach; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_page_about_embedding_says_what_happens() -> None:
    """Its examples run as they stand there."""
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert done.attempted > 8
    assert done.failed == 0
