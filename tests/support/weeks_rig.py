"""Weeks of an athlete, lived by the real commands: each a process, on the day that faketime tells it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.driving import EVERY_S
from radio_rig.pace import ticks
from radio_rig.pods import RSC_MEASUREMENT, foot_pod, rsc

NAME = "r7"
FIRST_DAY = date(2026, 3, 2)  # a Monday
WITHIN_S = 60.0
SPEED_MPS = 2.8
_FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
FAKETIME = next(iter([_FAKETIME, *Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]))
needs_faketime = pytest.mark.skipif(not FAKETIME.is_file(), reason="faketime is missing (Debian: apt install faketime)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said.

    Attributes:
        status: of its exit
        text: all it printed, also what it complained about
    """

    status: int
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # whatever the command prints
        """The JSON among what it printed."""
        return json.loads(self.text[self.text.index("{") :])


@dataclass
class Weeks:
    """An athlete's weeks.

    Attributes:
        folder: everything of the user
        address: of the bus
        bluez: where the pod is heard
        day: today, counted from 0
        strides: what the pod counts a minute; None while it is quiet
        n_sent, n_commands: messages of the pod, commands so far
        rows: of the table: each time it was asked what comes next, and what had been done before
    """

    folder: Path
    address: str
    bluez: FakeBluez
    day: int = 0
    strides: int | None = None
    n_sent: int = 0
    n_commands: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    async def command(self, *words: str, keys: dict[str, str] | None = None) -> Told:
        """Call the program.

        Args:
            words: the command line
            keys: pressed at a terminal, one after the other, when a line has come that holds such words
        """
        self.n_commands += 1
        now = datetime.fromisoformat(f"{self.date_of(self.day)}T08:00:00") + timedelta(minutes=self.n_commands)
        environment = {
            **os.environ,
            ADDRESS: self.address,
            "TZ": "Etc/UTC",
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME": f"@{now:%Y-%m-%d %H:%M:%S}",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            **{f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")},
        }
        ends: list[int] = []  # of a terminal: ours and the program's
        if keys and sys.platform != "win32":
            ends.extend(os.openpty())
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cadencecoach", *words),
            env=environment,
            stdin=ends[1] if ends else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            async with asyncio.timeout(WITHIN_S):
                text = await _read(process, ends[0] if ends else None, dict(keys or {}))
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
            for end in ends:
                os.close(end)
        assert "Traceback" not in text, text
        return Told(process.returncode or 0, text)

    async def says(self, *words: str) -> Told:
        """Call a command that must succeed, for the one athlete."""
        told = await self.command(*words)
        assert told.status == 0, told.text
        return told

    async def comes(self, day: int, done: str) -> dict[str, Any]:
        """Ask on a day what comes next; a row of the table.

        Args:
            day: today, from now on
            done: what was done since the last row, in words
        """
        self.day = day
        told = await self.says("programme", "next", "--athlete", NAME, "--json")
        answer: dict[str, Any] = told.json
        self.rows.append({"day": day, "done": done, **answer})
        return answer

    def table(self) -> str:
        """Day by day what was done, what was asked for, and why, in Markdown."""
        lines = ["| day | done since | asked | verdict | why |", "|---|---|---|---|---|"]
        for row in self.rows:
            session = row["session"]
            what = "nothing"
            if session is not None:
                target = "" if row["target_spm"] is None else f", {row['target_spm']:.1f} spm"
                what = f"{session['name']}{target}, {session['duration_s'] / 60:.1f} min"
            why = "; ".join(f"{one['rule']}: {one['text']}" for one in row["reasons"])
            verdict = row["verdict"] if row["verdict"] == row["move"] else f"{row['verdict']}, then {row['move']}"
            lines.append(f"| {row['today']} | {row['done']} | {what} | {verdict} | {why} |")
        return "\n".join(lines)

    async def run(self, spm: int, *options: str, keys: dict[str, str] | None = None) -> Told:
        """Run today's session, or a plan, with a pod that tells so many steps a minute."""
        self.strides = spm // 2
        try:
            return await self.command("run", *options, "--athlete", NAME, "--feet", "ble", "--sound", "none", keys=keys)
        finally:
            self.strides = None

    def date_of(self, day: int) -> date:
        """A day of the story by the calendar."""
        return FIRST_DAY + timedelta(days=day)

    def log(self) -> list[dict[str, Any]]:
        """The athlete's log, line by line."""
        path = self.folder / "data" / "cadencecoach" / "athletes" / NAME / "log.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def header(self) -> dict[str, Any]:
        """The first line of the newest journal."""
        newest = max((self.folder / "data" / "cadencecoach" / "sessions").glob("*.jsonl"))
        header: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8").partition("\n")[0])
        return header

    async def _counts(self) -> None:
        """The pod counts for as long as it is let."""
        async for _ in ticks(EVERY_S, n=1_000_000):
            if self.strides is not None:
                self.n_sent += 1
                payload = rsc(self.strides, SPEED_MPS, distance=self.n_sent)
                self.bluez.notify(self.bluez.pods[0], RSC_MEASUREMENT, payload)


@asynccontextmanager
async def weeks_in(folder: Path) -> AsyncIterator[Weeks]:
    """Weeks that begin in an empty folder, with a pod in reach."""
    with private_bus() as address:
        async with FakeBluez(address, foot_pod()) as bluez:
            weeks = Weeks(folder, address, bluez)
            pod = asyncio.ensure_future(weeks._counts())
            try:
                yield weeks
            finally:
                pod.cancel()


async def _read(process: asyncio.subprocess.Process, terminal: int | None, keys: dict[str, str]) -> str:
    """All that a process prints; keys are pressed when their words have come."""
    assert process.stdout is not None
    text = ""
    async for line in process.stdout:
        text += line.decode()
        for words in [words for words in keys if words in text]:
            assert terminal is not None
            os.write(terminal, keys.pop(words).encode())
    assert not keys, f"{list(keys)} never came in:\n{text}"
    return text
