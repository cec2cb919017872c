"""What holds for every test."""

import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Tests neither find what a person keeps in cache, data and settings, nor leave anything there.
for _kind in ("CACHE", "DATA", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(Path(tempfile.gettempdir()) / f"cadencecoach-tests-{os.getpid()}" / _kind)

# Every process that tests start compiles the whole package anew where bytecode is not kept: a second each, hundreds of
# times. What is kept stands where pytest keeps its own, not beside the sources.
sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# Properties are tried on a few examples whenever the suite runs, on many by `--hypothesis-profile=many`.
settings.register_profile("few", max_examples=15, deadline=None)
settings.register_profile("many", max_examples=100, deadline=None)
settings.load_profile("few")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """The fast suite is run by all processors; one file, and what races real processes, by this process alone."""
    is_fast = config.option.markexpr == "not slow"
    names_a_file = any(".py" in arg for arg in config.args)
    return None if is_fast and not names_a_file else 0  # None leaves it to xdist to count processors


def pytest_collection_finish() -> None:
    """Thousands of tests live until the last has run: they are not gone through again whenever rubbish is collected."""
    gc.freeze()
