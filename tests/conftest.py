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


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Processors share the slow suite file by file; what races a clock or a sound card is one group, in order."""
    if config.option.markexpr == "slow":
        config.option.dist = "loadgroup"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file whose tests name no group is one: many of them share what took long to make."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """All processors share a suite; one file is run by this process alone."""
    names_a_file = any(".py" in arg for arg in config.args)
    return 0 if names_a_file else None  # None leaves it to xdist to count processors


def pytest_collection_finish() -> None:
    """Thousands of tests live until the last has run: they are not gone through again whenever rubbish is collected."""
    gc.freeze()
