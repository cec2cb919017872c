"""How soon a change of tempo is heard: from the key to the first beat at the new tempo, in a live session.

`python bench/tempo_change.py [CHANGES]`; needs a PulseAudio server's programs. A session runs as `cadencecoach run`
runs it, on a private null sink at real-time pace, recorded at its monitor; keys come at random moments. A tone at a
known frame before the session joins recording and stream, the card's clock map joins stream and host.
"""

import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Self

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.gait.vote import Vote
from cadencecoach.live.audio.card import Card
from cadencecoach.live.audio.card_output import CardOutput
from cadencecoach.live.audio.performer import Performer
from cadencecoach.record.lines import Line, TempoLine
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.live import Edge, run_live
from cadencecoach.session.session import Session
from cadencecoach.sound.bank import FS_HZ
from cadencecoach.sound.commands import Bus, Play
from cadencecoach.sound.engine import DEFAULT_GAINS
from cadencecoach.store.plan_files import open_plan
from cadencecoach.units import frame_at

PLAN = "plan: Bench\nstages:\n  - {name: Beat, until: key, target: 170 spm, feedback: none}\n"
SAME_S = 0.0003  # an interval of the new tempo; 1 step a minute makes 2 ms
FIRST_KEY_S = 3.0
MARKER_AFTER_S = 1.0


@dataclass
class Keys:
    """Keys at random moments, up and down in turn, then stop."""

    clock: HostClock
    n_changes: int
    look_every_s = 0.001

    def __post_init__(self) -> None:
        """Draw the moments."""
        rng = random.Random(3)  # noqa: S311  # moments, not secrets
        self.at_s = [FIRST_KEY_S + 1.6 * k + rng.random() for k in range(self.n_changes)]
        self._waiting = [(at_s, ("up", "down")[k % 2]) for k, at_s in enumerate(self.at_s)]
        self._waiting.append((self.at_s[-1] + 2.0, "q"))

    def poll(self) -> str | None:
        """The key that has been pressed by now."""
        if self._waiting and self._waiting[0][0] <= self.clock.now_s():
            return self._waiting.pop(0)[1]
        return None

    def close(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to give back."""


class NoDisplay:
    """Shows nothing."""

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """There is no screen."""

    def show(self, session: Session, time_s: float) -> None:
        """Nothing."""


def run(device: str, n_changes: int) -> tuple[list[float], list[Line], int, Card, HostClock]:
    """The session: when keys came, the journal, the marker's frame, and the clocks."""
    clock = HostClock()
    card = Card(clock, AudioSettings(device=device), asset("sounds"), DEFAULT_GAINS)
    card.take(card.open())
    marker_s = card.stream_s(clock.now_s()) + MARKER_AFTER_S
    card.tell(Play(at_s=marker_s, clip="count", bus=Bus.EARCON))
    while card.stream_s(clock.now_s()) < marker_s + MARKER_AFTER_S:
        clock.wait(0.02)
    performer = Performer(send=card.tell, length_s=lambda _: None, gains=DEFAULT_GAINS, clock=card)
    output = CardOutput(card, performer, message="")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.yaml"
        path.write_text(PLAN)
        plan = open_plan(path)
    session = Session(plan, baseline_spm=165.0, vote=Vote(), perform=output.perform, write=lines.append)
    clock.restart()
    keys = Keys(clock, n_changes)
    run_live(
        session,
        Edge(
            clock=clock,
            feet=NoFeet(),
            keyboard=keys,
            output=output,
            display=NoDisplay(),
            write=lines.append,
            flush=lambda: None,
            should_stop=lambda: False,
        ),
    )
    output.close(0.0)
    return keys.at_s, lines, frame_at(marker_s, FS_HZ), card, clock


def main(n_changes: int) -> None:
    """Play, then find each change in the recording."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    with PulseServer() as server:
        os.environ.update(server.environment)
        keys_s, lines, first, card, clock = run(server.device, n_changes)
        heard = server.heard()
    loud = np.flatnonzero(np.abs(heard) > 0.2)
    onsets = loud[np.diff(loud, prepend=-FS_HZ) > FS_HZ // 10]
    heard_s = np.array([card.map.host_s(int(onset - onsets[0]) + first) - clock.origin_s for onset in onsets])
    output_s = card.audio.status().latency_s
    waits = []
    for k, key_s in enumerate(keys_s):
        tempo_spm = 171.0 if k % 2 == 0 else 170.0
        new_s = 60.0 / tempo_spm
        after = next(
            n
            for n in range(1, len(heard_s))
            if heard_s[n] > key_s and abs(heard_s[n] - heard_s[n - 1] - new_s) < SAME_S
        )
        waits.append((heard_s[after] - key_s, new_s))
    beats = [(wait_s - output_s) / new_s for wait_s, new_s in waits]
    n_tempo = sum(isinstance(line, TempoLine) for line in lines)
    print(
        f"{len(waits)} changes by key at about 170 spm, {n_tempo} tempo lines, card's latency {output_s * 1000:.0f} ms"
    )
    print(f"from key to the first beat at the new tempo: median {1000 * median(wait_s for wait_s, _ in waits):.0f} ms")
    print(f"without the card's latency: median {median(beats):.2f} beats, worst {max(beats):.2f}")
    lates = np.diff(heard_s[1:])
    print(
        f"intervals: shortest {1000 * lates.min():.2f} ms, longest {1000 * lates.max():.2f} ms (353 and 351 are right)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
