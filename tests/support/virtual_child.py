"""Our program in a process whose clocks are told what time it is: an hour at a terminal in some seconds.

A copied process puts the system's clocks and the bell of `devices/clock.py` aside, for those of a made-up computer,
and is our command line otherwise. Time runs as fast as the program can as far as it may, and stands still there, while
keys still work. Whoever started it says so in lines on one pipe (`until 1390`, `sleep 1200`), and hears on another that
it has come so far (`at 1390`).
"""

import os
import select
import sys
import time as real_time
from collections.abc import Mapping, Sequence
from typing import Any

from copied_child import begin
from copies import Handed

from cadencecoach.cli.main import main as command
from cadencecoach.devices import clock

HOLD_S = 0.002  # between two looks, while time stands still
BEGUN_S = 0.5  # may pass without being told: a session needs a moment to begin
LEAST_S = 0.0005  # by which time goes on at a wait for nothing


class Computer:
    """The clocks of a computer that may sleep.

    Attributes:
        CLOCK_MONOTONIC, CLOCK_BOOTTIME: as the system calls them
    """

    CLOCK_MONOTONIC = 1
    CLOCK_BOOTTIME = 7

    def __init__(self, orders: int, news: int, *, up_s: float) -> None:
        """Time stands still, but for a moment.

        Args:
            orders: pipe on which it is told what time may pass
            news: pipe on which it tells how far it has come
            up_s: how long it has been running
        """
        self._orders, self._news = orders, news
        self._up_s = up_s
        self._wall_s = real_time.time()
        self._now_s = self._slept_s = 0.0
        self._may_s = BEGUN_S
        self._told_s = -1.0
        self._begun = b""

    def monotonic(self) -> float:
        """Without sleep."""
        return self._up_s + self._now_s

    def clock_gettime(self, which: int) -> float:
        """With sleep or without."""
        return self.monotonic() + (self._slept_s if which == self.CLOCK_BOOTTIME else 0.0)

    def time(self) -> float:
        """By the wall."""
        return self._wall_s + self._now_s + self._slept_s

    def go_on(self, seconds: float) -> None:
        """Let time pass; at the end of what may pass, hear what is next."""
        wanted_s = self._now_s + max(seconds, LEAST_S)
        if wanted_s <= self._may_s:
            self._now_s = wanted_s
            return
        self._now_s = self._may_s
        if self._told_s != self._may_s:
            self._told_s = self._may_s
            os.write(self._news, f"at {self._may_s:g}\n".encode())
        if select.select([self._orders], [], [], HOLD_S)[0]:
            *lines, self._begun = (self._begun + os.read(self._orders, 4096)).split(b"\n")
            for line in lines:
                what, _, number = line.decode().partition(" ")
                if what == "sleep":
                    self._slept_s += float(number)
                else:
                    self._may_s = float(number)


class Bells:
    """What stands for the module `threading` in `devices/clock.py`."""

    def __init__(self, computer: Computer) -> None:
        self._computer = computer

    def Event(self) -> "Bell":  # noqa: N802  # as there
        """A bell."""
        return Bell(self._computer)


class Bell:
    """An event whose waits take the computer's time."""

    def __init__(self, computer: Computer) -> None:
        self._computer, self._is_rung = computer, False

    def set(self) -> None:
        """Ring."""
        self._is_rung = True

    def clear(self) -> None:
        """Nobody rings."""
        self._is_rung = False

    def wait(self, timeout: float) -> bool:
        """Until it rings, or so long."""
        if not self._is_rung:
            self._computer.go_on(timeout)
        return self._is_rung


def be_typed_in_time(
    words: Sequence[str], folder: str, environment: Mapping[str, str], up_s: float, handed: Sequence[Handed]
) -> None:
    """Be our command line, on such a computer, that has been running for so long; heard by pipes after its streams."""
    if sys.platform != "win32":
        os.setsid()
    orders, news = (one.number for one in handed[3:])
    begin(words, folder, environment, handed[:3])
    computer = Computer(orders, news, up_s=up_s)
    told: Any = clock
    told.time, told.threading = computer, Bells(computer)
    os.fsync = lambda _: None  # type: ignore[assignment]  # a disk that keeps up with such an hour
    sys.exit(command(words))
