"""What holds for every test."""

import gc
import os
import tempfile
from pathlib import Path

import pytest

# Tests neither find what a person keeps in cache, data and settings, nor leave anything there.
for _kind in ("CACHE", "DATA", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(Path(tempfile.gettempdir()) / f"cadencecoach-tests-{os.getpid()}" / _kind)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The fast suite is run by all processors; one file, and what races real processes, by this process alone."""
    is_fast = config.option.markexpr == "not slow"
    names_a_file = any(".py" in arg for arg in config.args)
    return None if is_fast and not names_a_file else 0  # None leaves it to xdist to count processors


def pytest_collection_finish() -> None:
    """Thousands of tests live until the last has run: they are not gone through again whenever rubbish is collected."""
    gc.freeze()
