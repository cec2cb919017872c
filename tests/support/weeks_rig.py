"""Weeks of an athlete, lived by the real commands, each a process on a day of its own.

There are two ways to begin a command. `copy` copies a process that has loaded the package and sets the day on the
product's one clock of the calendar: in a twentieth of a second. `fresh` starts Python anew, and faketime tells it the
day: nothing of it is ours, and each takes a second.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from copied_child import be_typed_on
from copied_commands import begin_copy
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, private_bus
from radio_rig.driving import EVERY_S
from radio_rig.pace import ticks
from radio_rig.pods import RSC_MEASUREMENT, foot_pod, rsc

NAME = "r7"
FIRST_DAY = date(2026, 3, 2)  # a Monday
WITHIN_S = 60.0
ENDS_WITHIN_S = 10.0  # after its last word
End = Callable[[], int]
Environment = Mapping[str, str]
SPEED_MPS = 2.8
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)


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
        return json.JSONDecoder().raw_decode(self.text, self.text.index("{"))[0]


@dataclass(slots=True)
class Pod:
    """The pod on the runner's foot.

    Attributes:
        strides: what it counts a minute; None while it is quiet
        n_sent: messages so far
    """

    strides: int | None = None
    n_sent: int = 0


@dataclass
class Weeks:
    """An athlete's weeks.

    Attributes:
        folder: everything of the user
        address: of the bus
        is_fresh: whether each command starts Python anew
        bluez: where the pod is heard
        day: today, counted from 0
        n_commands: so far
        pod: which all computers hear
        rows: of the table: each time it was asked what comes next, and what had been done before
        store: what names a database, where the weeks are not kept in files
    """

    folder: Path
    address: str
    bluez: FakeBluez
    is_fresh: bool
    day: int = 0
    n_commands: int = 0
    pod: Pod = field(default_factory=Pod)
    rows: list[dict[str, Any]] = field(default_factory=list)
    store: Environment = field(default_factory=dict)

    async def command(self, *words: str, keys: dict[str, str] | None = None) -> Told:
        """Call the program.

        Args:
            words: the command line
            keys: pressed at a terminal, one after the other, when a line has come that holds such words
        """
        self.n_commands += 1
        now = datetime.fromisoformat(f"{self.date_of(self.day)}T08:00:00+00:00") + timedelta(minutes=self.n_commands)
        environment = {
            ADDRESS: self.address,
            "TZ": "Etc/UTC",
            **self.store,
            **{f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")},
        }
        ends: list[int] = []  # of a terminal: ours and the program's
        if keys and sys.platform != "win32":
            ends.extend(os.openpty())
        output, theirs = os.pipe()
        begin = _fresh if self.is_fresh else _copy
        stdin = ends[1] if ends else None
        end = await asyncio.to_thread(begin, words, environment, now, stdin=stdin, output=theirs)
        os.close(theirs)
        try:
            async with asyncio.timeout(WITHIN_S):
                text = await _read(output, ends[0] if ends else None, dict(keys or {}))
        finally:
            status = await asyncio.to_thread(end)
            for one in ends:
                os.close(one)
        assert "Traceback" not in text, text
        return Told(status, text)

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
        self.pod.strides = spm // 2
        try:
            return await self.command("run", *options, "--athlete", NAME, "--feet", "ble", "--sound", "none", keys=keys)
        finally:
            self.pod.strides = None

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

    def beside(self, folder: Path) -> "Weeks":
        """Another computer, in reach of the same pod."""
        return replace(self, folder=folder, rows=[])

    async def _counts(self) -> None:
        """The pod counts for as long as it is let."""
        async for _ in ticks(EVERY_S):
            if self.pod.strides is not None:
                self.pod.n_sent += 1
                payload = rsc(self.pod.strides, SPEED_MPS, distance=self.pod.n_sent)
                self.bluez.notify(self.bluez.pods[0], RSC_MEASUREMENT, payload)


@asynccontextmanager
async def weeks_in(folder: Path, *, is_fresh: bool) -> AsyncIterator[Weeks]:
    """Weeks that begin in an empty folder, with a pod in reach; each command starts Python anew, or not."""
    with private_bus() as address:
        async with FakeBluez(address, foot_pod()) as bluez:
            weeks = Weeks(folder, address, bluez, is_fresh)
            pod = asyncio.ensure_future(weeks._counts())
            try:
                yield weeks
            finally:
                pod.cancel()


async def _read(output: int, terminal: int | None, keys: dict[str, str]) -> str:
    """All that a process prints; keys are pressed when their words have come."""
    text = ""
    reader = asyncio.StreamReader()
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(output, "rb")
    )
    async for line in reader:
        text += line.decode()
        for words in [words for words in keys if words in text]:
            assert terminal is not None
            os.write(terminal, keys.pop(words).encode())
    pipe.close()
    assert not keys, f"{list(keys)} never came in:\n{text}"
    return text


def _fresh(
    words: Sequence[str], environment: Mapping[str, str], now: datetime, *, stdin: int | None, output: int
) -> End:
    """Start Python anew on a faked day; what waits for its end, and kills it where it does not come."""
    assert FAKETIME is not None, "faketime is missing (Debian: apt install faketime)"
    faked = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": f"@{now:%Y-%m-%d %H:%M:%S}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    process = subprocess.Popen(
        (sys.executable, "-m", "cadencecoach", *words),
        env=os.environ | environment | faked,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=output,
        stderr=subprocess.STDOUT,
    )

    def end() -> int:
        try:
            return process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise

    return end


def _copy(
    words: Sequence[str], environment: Mapping[str, str], now: datetime, *, stdin: int | None, output: int
) -> End:
    """The same by a copy of a process that has loaded the package."""
    nobody = os.open(os.devnull, os.O_RDONLY)
    streams = (nobody if stdin is None else stdin, output, output)
    folder = str(Path(__file__).parent)  # nothing is found or left there
    process = begin_copy(be_typed_on, words, folder, {**os.environ, **environment}, now, streams=streams)
    os.close(nobody)

    def end() -> int:
        process.join(ENDS_WITHIN_S)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(*words)
        return process.exitcode

    return end
