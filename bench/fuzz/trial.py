"""One input, tried: what a reader made of it, how long it took, how much memory."""

import gzip
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz.deliveries import delivery
from bench.fuzz.mutations import mutated
from bench.fuzz.reader import Reader
from cadencecoach.errors import CadencecoachError, PlanError

MOST_S, MOST_MB = 5.0, 500.0
MOST_WAIT_S = 20.0  # by the clock, on a machine that does other things too
STATUS = Path("/proc/self/status")


class TooSlowError(BaseException):
    """The time is up; no `except Exception` on the way catches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of an input.

    Attributes:
        index: which; with the seed it makes the same input again
        reader: its name
        delivery: how the input came
        is_refused: the reader said in one line what is wrong
        seconds: it took
        fault: what is wrong with the reader; empty for nothing
    """

    index: int
    reader: str
    delivery: str
    is_refused: bool
    seconds: float
    fault: str


def input_of(readers: tuple[Reader, ...], seed: int, index: int) -> tuple[Reader, bytes, random.Random]:
    """The input of an index: the same for the same seed, whatever was tried before it."""
    rng = random.Random(f"{seed}:{index}")  # noqa: S311  # chance that can be had again
    reader = readers[index % len(readers)]
    data = mutated(rng, reader.seeds)
    return reader, gzip.compress(data, 6, mtime=0) if reader.ending.endswith(".gz") else data, rng


def tried(readers: tuple[Reader, ...], seed: int, index: int, folder: Path) -> Trial:
    """Let a reader read an input.

    Args:
        readers: all of them
        seed: of the whole
        index: of the input
        folder: for its file, which is gone afterwards
    """
    reader, data, rng = input_of(readers, seed, index)
    deliver = delivery(rng)
    place = folder / "input"
    place.mkdir()
    began_s, fault, is_refused = time.monotonic(), "", False
    try:
        with deliver(place / f"input{reader.ending}", data) as path, _within(MOST_S):
            began_s = time.monotonic()
            reader.read(path)
    except CadencecoachError as error:
        is_refused, fault = True, _fault_in(error)
    except TooSlowError:
        fault = f"more than {MOST_S:g} s of a processor, or {MOST_WAIT_S:g} s"
    except Exception as error:  # noqa: BLE001  # what is looked for
        fault = f"{type(error).__name__}: {error}"[:300]
    seconds = time.monotonic() - began_s
    shutil.rmtree(place)
    if not fault and _peak_mb() > MOST_MB:
        fault = f"{_peak_mb():.0f} MB"
    name = deliver.__name__.replace("_", " ")
    return Trial(index=index, reader=reader.name, delivery=name, is_refused=is_refused, seconds=seconds, fault=fault)


def _fault_in(error: CadencecoachError) -> str:
    """A message is one clear line that commands no terminal; a plan's mistakes are several, each such a line."""
    text = str(error)
    lines = text.split("\n") if isinstance(error, PlanError) else [text]
    if not text.strip() or not all(line.isprintable() for line in lines):
        return f"the message is not one clear line: {text!a}"[:300]
    return "" if len(text) < 100_000 else f"the message has {len(text)} characters"


def _peak_mb() -> float:
    """The most memory this process ever had.

    On Linux not from `getrusage`: what it tells of a program that was begun by a large one starts at the size of that.
    """
    if sys.platform == "win32":
        raise AssertionError("not on this system")
    if sys.platform == "linux":
        kib = next(line.split()[1] for line in STATUS.read_text(encoding="ascii").splitlines() if "VmHWM" in line)
        return int(kib) / 1000.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000.0


@contextmanager
def _within(limit_s: float) -> Iterator[None]:
    """End what takes more of a processor than that, or waits without end."""
    if sys.platform == "win32":
        raise AssertionError("not on this system")

    def ring(*_about: object) -> None:
        raise TooSlowError

    timers = {signal.ITIMER_PROF: signal.SIGPROF, signal.ITIMER_REAL: signal.SIGALRM}
    before = {number: signal.signal(number, ring) for number in timers.values()}
    signal.setitimer(signal.ITIMER_PROF, limit_s)
    signal.setitimer(signal.ITIMER_REAL, MOST_WAIT_S)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
