"""Whole hours at a terminal, on a computer whose clock is told: killed, slept, stopped for pain, a key too late.

In short each stage of the hour lasts a third of its time; with `--long` all of it. Each command is a copy of a process
that has loaded the package.
"""

import json
import os
import re
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from copied_commands import begin_copy
from sound_servers import wait_until
from virtual_child import be_typed_in_time

from cadencecoach.record.figures import Summary
from cadencecoach.store.loading import load_session
from cadencecoach.store.plan_files import packed_plans

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="pseudo-terminals, and a clock that counts sleep"),
]
PLAN = packed_plans()["plus-5-percent"]  # 60 min
MINUTES = re.compile(r"\b(duration|at|every): (\d+) min")
KILLED_S = 23 * 60 + 10.0  # of them
PATIENCE_S = 240.0  # an hour takes six seconds of a processor
SHORT = """plan: Short
baseline: 160 spm
stages:
  - {name: One, duration: 10 min, target: +5 %}
  - {name: Two, duration: 5 min, target: free}
"""


class Hour:
    """A command at a terminal, in time that goes on as far as it is told."""

    def __init__(self, process: BaseProcess, terminal: int, orders: int, news: int, out: Path) -> None:
        self.process, self._terminal, self._orders, self._news, self._out = process, terminal, orders, news, out
        self._told, self._asked, self._seen_chars = b"", b"", 0

    def go_on(self, until_s: float) -> None:
        """Let time pass up to a moment, and wait until it has come."""
        os.write(self._orders, f"until {until_s}\n".encode())
        wait_until(lambda: f"at {until_s:g}\n" in self._news_so_far(), within_s=PATIENCE_S)

    def sleep(self, seconds: float) -> None:
        """The computer sleeps."""
        os.write(self._orders, f"sleep {seconds}\n".encode())

    def end(self) -> int:
        """Let time pass to the end; the exit status."""
        os.write(self._orders, b"until 1e9\n")
        wait_until(lambda: self._drawn() is not None and self.process.exitcode is not None, within_s=PATIENCE_S)
        assert self.process.exitcode is not None
        return self.process.exitcode

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self._terminal, keys)

    def see(self, words: str) -> None:
        """Wait until words are asked or told, after those that were seen before."""
        wait_until(lambda: re.search(words, self._drawn()) is not None, within_s=PATIENCE_S)
        self._asked, self._seen_chars = b"", len(self._out.read_text(encoding="utf-8"))

    def _drawn(self) -> str:
        while select.select([self._terminal], [], [], 0)[0]:
            try:
                read = os.read(self._terminal, 65_536)
            except OSError:  # the other end is gone
                break
            self._asked += read
        return self._asked.decode("utf-8", "replace") + self._out.read_text(encoding="utf-8")[self._seen_chars :]

    def _news_so_far(self) -> str:
        if select.select([self._news], [], [], 0)[0]:
            self._told += os.read(self._news, 4096)
        return self._told.decode()


@contextmanager
def hour(tmp_path: Path, *words: str, up_s: float = 1000.0) -> Iterator[Hour]:
    """A command of ours, on a computer that has been running for so long."""
    if sys.platform == "win32":
        pytest.skip("POSIX terminals")
    own = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    env = {**os.environ, **own, "TERM": "xterm", "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    terminal, its_end = os.openpty()
    orders, sends = os.pipe()
    hears, news = os.pipe()
    out = tmp_path / "out.txt"
    with out.open("wb") as written:
        streams = (its_end, written.fileno(), its_end, orders, news)
        process = begin_copy(be_typed_in_time, words, str(tmp_path), env, up_s, streams=streams)
    try:
        yield Hour(process, terminal, sends, hears, out)
    finally:
        process.kill()
        process.join()
    for fd in (terminal, its_end, orders, sends, hears, news):
        os.close(fd)


def journal(tmp_path: Path) -> Path:
    """The only one of the user."""
    (path,) = (tmp_path / "data" / "cadencecoach" / "sessions").glob("*.jsonl")
    return path


def lines_of(path: Path, *kinds: str) -> list[dict[str, Any]]:
    """Lines of some kinds."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("what") in kinds]


@pytest.fixture(scope="module")
def part(pytestconfig: pytest.Config) -> int:
    """Into how many parts the hour is cut, of which one is run."""
    return 1 if pytestconfig.getoption("long") else 3


@pytest.fixture(scope="module")
def run_words(tmp_path_factory: pytest.TempPathFactory, part: int) -> Sequence[str]:
    """The command, for the plan with stages so long."""
    plan = tmp_path_factory.mktemp("plan") / "hour.yaml"
    text = PLAN.read_text(encoding="utf-8")
    plan.write_text(MINUTES.sub(lambda told: f"{told[1]}: {60 * int(told[2]) // part} s", text), encoding="utf-8")
    return ("run", str(plan), "--feet", "sim", "--sound", "none")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, run_words: Sequence[str]) -> Summary:
    """The hour as it is without a break."""
    folder = tmp_path_factory.mktemp("whole")
    with hour(folder, *run_words) as run:
        run.see("1 of 8: Warm-up")
        assert run.end() == 0
    return load_session(journal(folder)).summary


def check_alike(joined: Summary, whole: Summary, *, more_s: float = 0.0) -> None:
    """Every stage as long and as well run as without the break."""
    own = [*joined.stages]
    if more_s:
        (added,) = (part for before, part in pairwise(own) if part.name == "Warm-up" != before.name)
        assert added.duration_s == pytest.approx(more_s, abs=0.5)
        own.remove(added)
    assert [(part.name, part.target_spm) for part in own] == [(part.name, part.target_spm) for part in whole.stages]
    for part, other in zip(own, whole.stages, strict=True):
        assert part.duration_s == pytest.approx(other.duration_s, abs=0.5)
        assert part.running_s == pytest.approx(other.running_s, abs=15.0)
        assert part.mean_cadence_spm == pytest.approx(other.mean_cadence_spm, abs=1.0)
        assert part.steps == pytest.approx(other.steps, abs=45.0)
    assert joined.session.duration_s == pytest.approx(whole.session.duration_s + more_s, abs=0.5)
    assert joined.end_reason == whole.end_reason


def broke_off(part: int) -> str:
    """What is asked."""
    minutes, length = (23, "1:00:00") if part == 1 else (7, "20:00")
    return rf"broke off at 0?{minutes}:\d\d of {length}.*go on\?"


def test_killed_at_23_10_of_60_00_and_gone_on(
    tmp_path: Path, whole: Summary, part: int, run_words: Sequence[str]
) -> None:
    """Offered at the next start; Enter goes on in the stage and second where it was, and the hour comes to the same."""
    killed_s = float(round(KILLED_S / part))
    with hour(tmp_path, *run_words) as run:
        run.see("1 of 8: Warm-up")
        run.go_on(killed_s)
        path = journal(tmp_path)
        wait_until(lambda: lines_of(path, "alive", "reading")[-1]["t"] >= killed_s - 1.0)
        run.process.kill()
        run.process.join()
    with hour(tmp_path, *run_words, up_s=1000.0 + killed_s + 300.0) as run:
        run.see(broke_off(part))
        run.press(b"\n")
        run.see("Pain now")
        run.press(b"\n")
        assert run.end() == 0
    (gap,) = lines_of(path, "gap")
    assert gap["reason"] == "broke off"
    assert gap["t"] == pytest.approx(killed_s, abs=1.5)
    assert gap["gap_s"] == pytest.approx(300.0, abs=3.0)
    check_alike(load_session(path).summary, whole)


def test_slept_for_twenty_minutes_and_gone_on(
    tmp_path: Path, whole: Summary, part: int, run_words: Sequence[str]
) -> None:
    """The clock that counts sleep tells; Enter goes on after a minute's warm-up, and a minute is all that is added."""
    with hour(tmp_path, *run_words) as run:
        run.see("1 of 8: Warm-up")
        run.go_on(round(KILLED_S / part))
        run.sleep(1200.0)
        run.see(broke_off(part))
        run.press(b"\n")
        run.see("Pain now")
        run.press(b"\n")
        assert run.end() == 0
    path = journal(tmp_path)
    (gap,) = lines_of(path, "gap")
    assert gap["reason"] == "slept"
    assert gap["gap_s"] == pytest.approx(1200.0, abs=3.0)
    check_alike(load_session(path).summary, whole, more_s=60.0)


def test_a_stop_for_pain_is_over_for_good(tmp_path: Path) -> None:
    """Pain of 8 by key, and the end: it is neither offered again nor gone on with by name, whatever is answered."""
    plan = tmp_path / "short.yaml"
    plan.write_text(SHORT, encoding="utf-8")
    words = ("run", str(plan), "--feet", "sim", "--sound", "none")
    with hour(tmp_path, *words) as run:
        run.see("1 of 2: One")
        run.go_on(300.0)
        run.press(b"p")
        run.see("pain now")
        run.press(b"8")
        run.see("pain 8 of 10")
        run.press(b"q")
        assert run.end() == 0
    path = journal(tmp_path)
    before = path.read_bytes()
    with hour(tmp_path, "run", "--resume", up_s=1400.0) as run:
        assert run.end() != 0
        run.see(r"stopped for pain at 0[45]:\d\d \(pain 8 of 10\)")
    assert path.read_bytes() == before
    with hour(tmp_path, *words, up_s=1500.0) as run:
        run.see("1 of 2: One")  # nothing is asked before
        run.process.kill()


def test_a_stage_that_was_left_comes_back_within_five_seconds_and_not_after(tmp_path: Path) -> None:
    """q, and no: it goes on. n, and Backspace after 4.9 s: as if not pressed. After 5.1 s the stage stays left."""
    plan = tmp_path / "short.yaml"
    plan.write_text(SHORT, encoding="utf-8")
    with hour(tmp_path, "run", str(plan), "--feet", "sim", "--sound", "none") as run:
        run.see("1 of 2: One")
        run.go_on(60.0)
        run.press(b"q")
        run.see("q or Enter ends it")
        run.press(b"x")
        run.see("not ended")
        run.go_on(100.0)
        run.press(b"n")
        run.see("Backspace within 5 s")
        run.go_on(104.9)
        run.press(b"\x7f")
        run.see("back in the stage before")
        run.go_on(200.0)
        run.press(b"n")
        run.see("Backspace within 5 s")
        run.go_on(205.1)
        run.press(b"\x7f")
        assert run.end() == 0
    summary = load_session(journal(tmp_path)).summary
    told = [(part.name, round(part.duration_s)) for part in summary.stages]
    assert told == [("One", 195), ("Two", 305)]  # what was run before it was undone stays where it was run
    assert summary.end_reason.value == "stopped"  # a stage was skipped
