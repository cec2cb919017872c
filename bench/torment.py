"""A beat at 180 spm while the program is tormented: in a process of its own, and in the same one, side by side.

`python bench/torment.py [SECONDS]`; needs a PulseAudio server's programs (Debian: pulseaudio pulseaudio-utils
libasound2-plugins). A private null sink at real-time pace plays both; what comes out at its monitor is recorded and
compared with the offline render. The torment: the interpreter held 200 ms at a time, a JSON loop, garbage of a million
objects, and a rich screen drawn 20 times a second.
"""

import ctypes
import gc
import io
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.live import Live
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_player import Player
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import AudioState, CallbackRows
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.sound.bank import load_wav
from cadencecoach.sound.commands import Bus, SetBeat
from cadencecoach.sound.engine import DEFAULT_GAINS, Engine

FS_HZ = 48_000
TEMPO_SPM = 180.0
PERIOD_FRAMES = 16_000
BLOCK_FRAMES = 512
LATENCY_S = 0.1
HOLD_US = 200_000
CLIPS = {"click": load_wav(asset("sounds") / "click.wav")}
GAINS: dict[Bus, float] = dict(DEFAULT_GAINS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one player came to."""

    who: str
    n_intervals: int
    n_wrong_intervals: int
    worst_us: float
    n_wrong_blocks: int
    n_silent_blocks: int
    slip_frames: int
    n_flags: int


def torment(seconds: float) -> None:
    """Everything a careless program does to its own interpreter."""
    hold = ctypes.PyDLL(None).usleep  # PyDLL keeps the interpreter locked while it sleeps
    payload = {"rows": [{"cadence_spm": n / 7, "text": "x" * 20} for n in range(2_000)]}
    screen = Console(file=io.StringIO(), force_terminal=True, width=120)
    end_s = time.monotonic() + seconds
    with Live(console=screen, auto_refresh=False) as live:
        while time.monotonic() < end_s:
            hold(HOLD_US)
            for _ in range(20):
                json.loads(json.dumps(payload))
            heap = [[n] for n in range(1_000_000)]
            gc.collect()
            del heap
            for _ in range(10):
                live.update(_table(), refresh=True)
                time.sleep(0.05)


def _table() -> Table:
    table = Table(*[f"column {n}" for n in range(6)])
    for row in range(20):
        table.add_row(*[f"{row * n}" for n in range(6)])
    return table


def in_child(device: str, seconds: float) -> tuple[int, int]:
    """As the program plays: slips and flags."""
    audio = LiveAudio()
    audio.start(partial(make_engine, asset("sounds"), GAINS, 1), AudioSettings(device=device, latency_s=LATENCY_S))
    audio.tell(SetBeat.steady(at_s=audio.status().position_frames / FS_HZ + 1.0, tempo_spm=TEMPO_SPM))
    torment(seconds + 1.5)
    status = audio.status()
    audio.close()
    return status.slip_frames, status.n_flags


def in_process(device: str, seconds: float) -> tuple[int, int]:
    """The same engine, callback, block and buffer in the process that is tormented."""
    import sounddevice  # noqa: PLC0415  # only this half needs it here

    state = AudioState()
    engine = Engine(clips=CLIPS, gains=GAINS)
    player = Player(engine, inbox=deque(), report=Report(state, CallbackRows()))
    stream = sounddevice.RawOutputStream(
        samplerate=FS_HZ,
        blocksize=BLOCK_FRAMES,
        device=device,
        channels=2,
        dtype="float32",
        latency=LATENCY_S,
        callback=player,
    )
    engine.tell(SetBeat.steady(at_s=2.5, tempo_spm=TEMPO_SPM))
    with stream:
        torment(seconds + 3.0)
    return state.slip_frames, state.n_flags


def row(who: str, play: Callable[[str, float], tuple[int, int]], seconds: float) -> Row:
    """Play on a fresh server and compare what came out with what should have."""
    with PulseServer() as server:
        os.environ.update(server.environment)
        slip_frames, n_flags = play(server.device, seconds)
        heard = server.heard()
    return compared(who, heard, round(seconds * FS_HZ), slip_frames, n_flags)


def compared(who: str, heard: NDArray[np.float32], n_frames: int, slip_frames: int, n_flags: int) -> Row:
    """The recording from its first click on, against the render."""
    engine = Engine(clips=CLIPS, gains=GAINS)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=TEMPO_SPM))
    first = int(np.flatnonzero(np.abs(heard) > 0.2)[0])
    heard = heard[first : first + n_frames]
    want = engine.render(len(heard))[:, 0]
    whole = len(heard) // BLOCK_FRAMES * BLOCK_FRAMES
    blocks, wanted = heard[:whole].reshape(-1, BLOCK_FRAMES), want[:whole].reshape(-1, BLOCK_FRAMES)
    is_wrong = (blocks != wanted).any(axis=1)
    loud = np.flatnonzero(np.abs(heard) > 0.2)
    onsets = loud[np.diff(loud, prepend=-FS_HZ) > PERIOD_FRAMES // 8]
    errors = np.abs(np.diff(onsets) - PERIOD_FRAMES)
    return Row(
        who=who,
        n_intervals=len(errors),
        n_wrong_intervals=int((errors > 0).sum()),
        worst_us=float(errors.max() / FS_HZ * 1e6),
        n_wrong_blocks=int(is_wrong.sum()),
        n_silent_blocks=int((is_wrong & (blocks == 0).all(axis=1)).sum()),
        slip_frames=slip_frames,
        n_flags=n_flags,
    )


def main(seconds: float) -> None:
    """Both, side by side."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    rows = [row("child process", in_child, seconds), row("in-process callback", in_process, seconds)]
    print(f"{TEMPO_SPM:g} spm for {seconds:g} s, buffer {LATENCY_S * 1000:g} ms, the program tormented")
    print(
        f"{'':<22}{'intervals':>10}{'wrong':>8}{'worst us':>10}{'wrong blocks':>14}{'slipped frames':>16}{'flags':>7}"
    )
    for one in rows:
        print(
            f"{one.who:<22}{one.n_intervals:>10}{one.n_wrong_intervals:>8}{one.worst_us:>10.0f}"
            f"{one.n_wrong_blocks:>14}{one.slip_frames:>16}{one.n_flags:>7}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
