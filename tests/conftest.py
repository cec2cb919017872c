"""What holds for every test."""

import gc
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# Tests neither find what a person keeps in cache, data and settings, nor leave anything there.
_own = Path(tempfile.gettempdir()) / f"cadencecoach-tests-{os.getpid()}"
for _kind in ("CACHE", "DATA", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(_own / _kind)
os.environ["XDG_RUNTIME_DIR"] = str(_own)

# Every process that tests start compiles the whole package anew where bytecode is not kept: a second each, hundreds of
# times. What is kept stands where pytest keeps its own, not beside the sources.
sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# Properties are tried on a few examples whenever the suite runs, on many by `--hypothesis-profile=many`.
settings.register_profile("few", max_examples=15, deadline=None)
settings.register_profile("many", max_examples=100, deadline=None)
settings.load_profile("few")

# Slow tests that race a clock, a radio or a sound card: one process goes through them, in order.
RACING = (
    "live/audio",
    "devices/ble",
    "devices/test_audio_port",
    "desk/doctor",
    "bench/test_busy",
    "whole/test_radio",
    "web/",
)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives each process whole files, since the tests of a file share what took long to make; all that race are one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "racing" if file.removeprefix("tests/").startswith(RACING) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """How the slow suite is shared; the fast one is as the options say."""
    return ByFile(config, log) if config.option.markexpr == "slow" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Processors share a suite, the fast one with a process more, since some tests wait; one file needs no other."""
    n_processors = os.cpu_count() or 1
    if any(".py" in arg for arg in config.args):
        return 0
    return n_processors if config.option.markexpr == "slow" else n_processors + 1


def pytest_collection_finish() -> None:
    """Thousands of tests live until the last has run: they are not gone through again whenever rubbish is collected."""
    gc.freeze()
