"""Faults in a room that runs: caused one after the other, and what came of them; what a lane takes of the computer."""

import itertools
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from room_rig import (
    KILL,
    PATIENCE_S,
    PERIOD_FRAMES,
    STOP,
    TOLERANCE_FRAMES,
    RoomRig,
    children_of,
    n_off,
    onsets_of,
)
from sound_servers import wait_until

TICKS_A_SECOND = 100  # of Linux
SETTLED_FRAMES = 5 * 48_000  # after a start nothing but clicks sounds any more


@dataclass
class Trial:
    """Faults in a room, and what came of them.

    Attributes:
        back_s: by kind of fault, how long until all was as before
        phase_ms: of the beat that came back after a process that plays was killed
        n_lost: bytes of journals that were acknowledged and are gone
        spared: by lane, the frames of its recording that lie in a fault of its own
        during: of each fault, the frames of the recordings of all lanes whose own it was not
    """

    rig: RoomRig
    back_s: dict[str, list[float]] = field(default_factory=dict)
    phase_ms: list[float] = field(default_factory=list)
    n_lost: int = 0
    spared: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    during: list[dict[int, tuple[int, int]]] = field(default_factory=list)

    def supervisor(self, _: int) -> None:
        """Kill it, and type the command again."""
        n_found = self._said("found again")
        self.rig.supervisor.kill()
        self.rig.supervisor.wait()
        self.rig.start()
        wait_until(lambda: self._said("found again") > n_found, within_s=PATIENCE_S)

    def radio(self, _: int) -> None:
        """Kill the process that owns the radio."""
        self._end_radio(KILL)

    def radio_hangs(self, _: int) -> None:
        """Let that process stand still."""
        self._end_radio(STOP)

    def _end_radio(self, how: int) -> None:
        before = self.rig.pid_of("radio")
        os.kill(before, how)
        n_sent = list(self.rig.pods.n_sent)
        wait_until(lambda: self.rig.places().get("radio", {}).get("pid", before) != before, within_s=PATIENCE_S)
        wait_until(lambda: all(now > was for now, was in zip(self.rig.pods.n_sent, n_sent, strict=True)))
        wait_until(lambda: self.rig.pods.n_listened == len(self.rig.servers), within_s=PATIENCE_S)

    def session(self, lane: int) -> None:
        """Kill a session."""
        self._end_session(lane, KILL)

    def session_hangs(self, lane: int) -> None:
        """Let a session stand still."""
        self._end_session(lane, STOP)

    def _end_session(self, lane: int, how: int) -> None:
        """What its journal had on the disk is still there, and it goes on in the same one."""
        before, journal = self.rig.pid_of(str(lane)), self.rig.journal(lane)
        written = journal.read_bytes()
        os.kill(before, how)
        wait_until(lambda: self.rig.places().get(str(lane), {}).get("pid", before) != before, within_s=PATIENCE_S)
        whole = written[: written.rfind(b"\n") + 1]
        self.n_lost += 0 if self.rig.journal(lane) == journal and journal.read_bytes().startswith(whole) else len(whole)
        self._wait_for_beat(lane)

    def audio(self, lane: int) -> None:
        """Kill the process that plays."""
        server = self.rig.servers[lane - 1]
        wait_until(lambda: len(onsets_of(server.heard())) > 0, within_s=PATIENCE_S)  # the phase is compared with it
        at = server.n_heard()
        os.kill(self.rig.audio_of(lane), KILL)
        self._wait_for_beat(lane)
        onsets = onsets_of(server.heard())
        before, after = onsets[onsets < at][-1], onsets[-1]
        whole = (after - before) / PERIOD_FRAMES
        self.phase_ms.append(abs(whole - round(whole)) * PERIOD_FRAMES / 48)

    def sink(self, lane: int) -> None:
        """Kill the sound server of a lane, and start it again."""
        server = self.rig.servers[lane - 1]
        server.stop(KILL)
        server.start()
        self._wait_for_beat(lane)

    def cause(self, kind: str, lane: int) -> None:
        """Cause a fault, and wait until all is as before; how long that took is a mark."""
        began_s, at = time.monotonic(), self.rig.servers[lane - 1].n_heard()
        is_own = kind in {"session", "session_hangs", "audio", "sink"}
        others = [one for one in self.rig.lanes if not is_own or one != lane]
        from_frames = {one: self.rig.servers[one - 1].n_heard() for one in others}
        getattr(self, kind)(lane)
        self.during.append({one: (first, self.rig.servers[one - 1].n_heard()) for one, first in from_frames.items()})
        self.back_s.setdefault(kind, []).append(time.monotonic() - began_s)
        if is_own:
            end = self.rig.servers[lane - 1].n_heard() + SETTLED_FRAMES
            self.spared.setdefault(lane, []).append((at - PERIOD_FRAMES, end))

    def n_off(self, lane: int) -> tuple[int, int]:
        """Intervals of a lane outside its own faults, and how many of them are off."""
        onsets = onsets_of(self.rig.servers[lane - 1].heard())
        onsets = onsets[onsets > onsets[0] + SETTLED_FRAMES]
        first, after = onsets[:-1], onsets[1:]
        is_free = np.ones(len(first), bool)
        for at, end in self.spared.get(lane, []):
            is_free &= (after < at) | (first > end)
        wrong = np.abs(after - first - PERIOD_FRAMES) > TOLERANCE_FRAMES
        return int(is_free.sum()), int((wrong & is_free).sum())

    def n_gaps(self, lane: int) -> int:
        """How often the session of a lane broke off and went on."""
        return self.rig.journal(lane).read_text().count('"what":"gap"')

    def n_slips(self, lane: int) -> int:
        """How often the card of a lane lost sound, by its own clock, as the session has written down."""
        lines = (json.loads(line) for line in self.rig.journal(lane).read_text().splitlines())
        slipped = [line["slip_frames"] for line in lines if line.get("what") == "sound"]
        return sum(after > before for before, after in itertools.pairwise(slipped))

    def n_off_by_faults(self, lane: int) -> int:
        """Of the intervals that are off, those that lie in a fault of another lane, of the radio or the supervisor."""
        onsets = onsets_of(self.rig.servers[lane - 1].heard())
        wrong = onsets[:-1][np.abs(np.diff(onsets) - PERIOD_FRAMES) > TOLERANCE_FRAMES]
        during = [spans[lane] for spans in self.during if lane in spans]
        return sum(any(at <= one <= end for at, end in during) for one in wrong)

    def _said(self, words: str) -> int:
        return self.rig.output.read_text().count(words)

    def _wait_for_beat(self, lane: int) -> None:
        """Until three seconds of clean clicks have come since now."""
        server = self.rig.servers[lane - 1]
        began = looked = server.n_heard()

        def is_back() -> bool:
            nonlocal looked
            end = server.n_heard()
            if end - began < 3 * 48_000 or end - looked < PERIOD_FRAMES:
                return False
            looked = end
            onsets = onsets_of(server.heard(max(began, end - 3 * 48_000)))
            return len(onsets) >= 7 and n_off(onsets) == 0  # of nine

        wait_until(is_back, within_s=PATIENCE_S)


FAULTS = ("supervisor", "radio", "session", "audio", "sink", "radio_hangs", "session_hangs")


def cpu_s(rig: RoomRig, what: str) -> float:
    """Processor seconds of a session, or of the radio, with all it has started."""
    pid = rig.pid_of(what)
    ticks = 0
    for one in (pid, *children_of(pid)):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_A_SECOND


def memory_mb(rig: RoomRig, what: str) -> float:
    """Memory of a session, or of the radio, with all it has started, in proportion to what is shared."""
    pid = rig.pid_of(what)
    total_kb = 0
    for one in (pid, *children_of(pid)):
        with suppress(OSError):
            rows = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total_kb += next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return total_kb / 1024
