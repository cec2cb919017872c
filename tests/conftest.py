"""What holds for every test."""

import gc
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from postgres_server import PostgresServer

# Whoever runs the tests may speak any language; they are in English where they do not say otherwise.
os.environ["LC_ALL"] = "C.UTF-8"

# What tests write stands in memory where the system keeps a folder there, from which programs may be run: a disk that
# waits for every folder that goes and every journal that is made safe took a tenth of the fast suite.
ENOUGH_BYTES = 1 << 30
_memory = Path("/dev/shm")  # noqa: S108  # pytest makes a folder in it that is its user's own
if sys.platform == "linux" and _memory.is_dir():
    _is_large = shutil.disk_usage(_memory).free > ENOUGH_BYTES
    if _is_large and not os.statvfs(_memory).f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_memory))

# Tests neither find what a person keeps in cache, data and settings, nor leave anything there.
_own = Path(tempfile.mkdtemp(prefix="cadencecoach-tests-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
for _kind in ("CACHE", "DATA", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(_own / _kind)
os.environ["XDG_RUNTIME_DIR"] = str(_own)

# Every process that tests start compiles the whole package anew where bytecode is not kept: a second each, hundreds of
# times. What is kept stands where pytest keeps its own, not beside the sources.
sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

# Slow tests that race a clock: one process goes through those of a lane, in order, beside the others.
LANES = {
    "sound": (
        *("live/audio/test_card_output", "live/audio/test_odd_cards", "live/audio/test_open_card_output"),
        *("devices/test_audio_port", "desk/doctor", "bench/test_busy"),
    ),
    "page": (
        *("web/test_beat.py", "web/server/test_serving", "web/test_sensing", "web/test_jobs"),
        "web/test_live_page",
    ),
    "music": ("live/audio/test_music_card", "web/test_microphone_page", "whole/test_microphone"),
    "radio": (
        "whole/test_radio_scripts",
        "test_story_of_weeks",
        "whole/test_weeks_offline",
        "devices/ble",
        "live/opening/test_radio",
    ),
}
# Files that take longest in one piece: begun first, so that none is left at the end.
LONG = (
    *("whole/test_room", "whole/test_database_gone"),
    *("whole/test_hints_run", "web/test_looks", "web/", "whole/test_templates"),
    *("bench/test_writers", "cli/commands/test_sensors", "desk/history", "bench/test_population"),
    *("whole/test_output_tour", "bench", "gait/steps/test_detector", "whole"),
)
# Files whose tests share nothing that takes long: each test goes to whoever has time.
APART = ("whole/test_templates", "whole/test_output_tour", "whole/test_disks", "bench/test_fit")
N_WAITING = 5  # processes more than processors: so many wait at any time
MADE_BEFORE_A_SEARCH = 50_000  # things, before rubbish is looked for: with 700 it takes a tenth of the fast suite
STANDS_BACK = 10  # what computes leaves the processors to what races

# A file that says so before its first test is slow as a whole.
SLOW_FILE = re.compile(rb"^pytestmark = (?:\[[^\]]*)?pytest\.mark\.slow\b", re.MULTILINE)


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives each process a lane, or whole files where their tests share what took long to make.

    The first processes get the lanes, the next ones what takes long, and whoever has done gets what is left.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        alone = nodeid if _within(file).startswith(APART) else file
        return next((lane for lane, starts in LANES.items() if _within(file).startswith(starts)), alone)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """How the slow suite is shared; the fast one is as the options say."""
    if config.option.markexpr != "slow":
        return None
    config.option.loadscopereorder = False  # it would begin with the files of most tests
    return ByFile(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A suite reads no file that has no test for it: to import its modules costs every process a tenth of the time."""
    if config.option.markexpr not in {"slow", "not slow"} or collection_path.suffix != ".py" or _names_a_file(config):
        return None
    text = collection_path.read_bytes()
    has_none = b"slow" not in text if config.option.markexpr == "slow" else SLOW_FILE.search(text) is not None
    return True if has_none else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow suite begins with what races, then with what takes long."""
    if config.option.markexpr == "slow":
        starts = [start for lane in LANES.values() for start in lane] + [*LONG]
        items.sort(
            key=lambda item: next(
                (turn for turn, start in enumerate(starts) if _within(item.nodeid).startswith(start)), len(starts)
            )
        )


def _names_a_file(config: pytest.Config) -> bool:
    return any(".py" in arg for arg in config.args)


def _within(nodeid: str) -> str:
    return nodeid.removeprefix("tests/")


def pytest_addoption(parser: pytest.Parser) -> None:
    """For the scripts in bench/ whose claims stand in a test that has a short form."""
    parser.addoption("--long", action="store_true", help="in full what the suite does in short (see bench/)")


class NoPandas(MetaPathFinder):
    """The fast suite runs as for somebody with the extra `[research]` alone: pyarrow would load it for a second."""

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        """Nothing, or that it is not there."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


@pytest.hookimpl(tryfirst=True)  # before Hypothesis looks for the profile that its option names
def pytest_configure(config: pytest.Config) -> None:
    """Collect tests without looking for rubbish; let what races a clock have the processor when it wants it."""
    gc.disable()
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    if config.option.markexpr == "slow" and number >= len(LANES) and hasattr(os, "nice"):
        os.nice(STANDS_BACK)
    if config.option.dist == "no" or config.getoption("hypothesis_profile", None):
        choose_examples()
    if config.option.markexpr == "not slow":
        sys.meta_path.insert(0, NoPandas())


def choose_examples() -> None:
    """Try properties on a few examples, on many by `--hypothesis-profile=many`.

    A process that only hands out tests runs none: there Hypothesis need not be loaded, a second and more.
    """
    from hypothesis import settings  # noqa: PLC0415  # as above

    settings.register_profile("few", max_examples=10, deadline=None)
    settings.register_profile("many", max_examples=100, deadline=None)
    settings.load_profile("few")


def pytest_unconfigure() -> None:
    """Leave nothing of this process; of a test that failed pytest keeps the folder."""
    shutil.rmtree(_own, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many as processors, and some more, since tests wait: of fast ones a little; one file needs no other.

    To read all tests takes a process more than six seconds, so one more is enough: on two processors a tenth less of
    the time than with two, and no less with four.
    """
    if _names_a_file(config):
        return 0
    return (os.cpu_count() or 1) + (N_WAITING if config.option.markexpr == "slow" else 1)


def pytest_collection_finish() -> None:
    """Thousands of tests live until the last has run: they are not gone through again whenever rubbish is collected."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(MADE_BEFORE_A_SEARCH)


@pytest.fixture(scope="session")
def postgresql() -> Iterator["PostgresServer"]:
    """A server of ours, started once for all tests of a process."""
    from postgres_server import running_server, why_not  # noqa: PLC0415  # few tests need it, and its driver may be absent

    if reason := why_not():
        pytest.skip(reason)
    with running_server() as server:
        yield server
