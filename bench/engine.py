"""How fast an hour is rendered, what takes the time, and what a live block costs.

`python bench/engine.py [FOLDER]`; FOLDER takes the WAV and FLAC files (about 350 MB, removed again), by default the
folder for temporary files. Read the rows as sums: each adds one thing to the row above.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.devices.assets import asset
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import open_sound_file
from cadencecoach.sound.bank import load_bank
from cadencecoach.sound.commands import Bus, Command, Play, SetBeat
from cadencecoach.sound.engine import Engine

FS_HZ = 48_000
HOUR_S = 3600
CHUNK_FRAMES = 1 << 16  # as a rehearsal asks for them
LIVE_FRAMES = 256
N_LIVE_BLOCKS = 20_000


def speech_like() -> NDArray[np.float32]:
    """Three seconds with the level of a phrase and the peaks of one."""
    time_s = np.arange(3 * FS_HZ) / FS_HZ
    voice = sum(np.sin(2 * np.pi * 140.0 * k * time_s + k * k) / k for k in range(1, 20))
    return (0.45 * voice * np.abs(np.sin(2 * np.pi * 1.7 * time_s))).astype(np.float32)


def beat() -> Iterator[Command]:
    """180 spm for an hour."""
    yield SetBeat.steady(at_s=0.0, tempo_spm=180.0)


def session() -> Iterator[Command]:
    """The beat, and twice a minute a phrase with an earcon over its end: an eighth of the hour is ducked."""
    yield from beat()
    for k in range(0, HOUR_S, 30):
        yield Play(at_s=k + 3.1, clip="phrase", bus=Bus.VOICE)
        yield Play(at_s=k + 5.7, clip="stage", bus=Bus.EARCON)


def loud_session() -> Iterator[Command]:
    """The same with everything twice at once, so that the limiter has work."""
    yield from session()
    yield from (command for command in session() if isinstance(command, Play))


def engine_with(commands: Callable[[], Iterator[Command]]) -> Engine:
    """An engine that was told all of it."""
    engine = Engine(clips=load_bank(asset("sounds")) | {"phrase": speech_like()})
    for command in commands():
        engine.tell(command)
    return engine


def hour(render: Callable[[int], object]) -> float:
    """Seconds to render an hour."""
    began_s = time.perf_counter()
    for _ in range(HOUR_S * FS_HZ // CHUNK_FRAMES):
        render(CHUNK_FRAMES)
    return time.perf_counter() - began_s


def hour_to_file(path: Path) -> float:
    """Seconds to render and write an hour."""
    engine, file = engine_with(loud_session), open_sound_file(OutputFile(path=path, name=str(path)))
    began_s = time.perf_counter()
    for _ in range(HOUR_S * FS_HZ // CHUNK_FRAMES):
        file.write(engine.render_pcm16(CHUNK_FRAMES))
    file.close()
    took_s = time.perf_counter() - began_s
    path.unlink()
    return took_s


def hour_of_nothing_to_file(path: Path) -> float:
    """Seconds to write an hour of ready frames: the share of the disk."""
    file, frames = open_sound_file(OutputFile(path=path, name=str(path))), np.ones((CHUNK_FRAMES, 2), np.int16)
    took_s = hour(lambda _: file.write(frames))
    file.close()
    path.unlink()
    return took_s


def row(what: str, took_s: float) -> None:
    """One line of the table."""
    per_frame_ns = took_s / (HOUR_S * FS_HZ) * 1e9
    print(f"{what:<52} {took_s:7.2f} s {HOUR_S / took_s:8.0f} x real time {per_frame_ns:7.2f} ns/frame")


def live_row(what: str, commands: Callable[[], Iterator[Command]]) -> None:
    """What a callback's worth of frames costs."""
    engine = engine_with(commands)
    costs_us = np.empty(N_LIVE_BLOCKS)
    for block in range(N_LIVE_BLOCKS):
        began_s = time.perf_counter()
        engine.render(LIVE_FRAMES)
        costs_us[block] = (time.perf_counter() - began_s) * 1e6
    median, p99, p999 = np.percentile(costs_us, [50, 99, 99.9])
    budget_us = LIVE_FRAMES / FS_HZ * 1e6
    print(f"{what:<52} median {median:5.1f} us   p99 {p99:5.1f}   p99.9 {p999:6.1f}   of {budget_us:.0f} us")


def main(folder: Path) -> None:
    """All rows."""
    print("An hour at 48 kHz")
    row("silence, float", hour(engine_with(lambda: iter(())).render))
    row("click at 180 spm, float", hour(engine_with(beat).render))
    row("click, 16 bit", hour(engine_with(beat).render_pcm16))
    row("click, speech, earcons, ducking, 16 bit", hour(engine_with(session).render_pcm16))
    row("the same, twice as loud: limiter at work, 16 bit", hour(engine_with(loud_session).render_pcm16))
    row("the same, to WAV", hour_to_file(folder / "cadencecoach-bench.wav"))
    row("ready frames to WAV: the disk's share", hour_of_nothing_to_file(folder / "cadencecoach-bench.wav"))
    row("the same as above, to FLAC", hour_to_file(folder / "cadencecoach-bench.flac"))
    print(f"\nLive, blocks of {LIVE_FRAMES} frames")
    live_row("silence", lambda: iter(()))
    live_row("click at 180 spm", beat)
    live_row("click, speech, earcons, ducking, limiter at work", loud_session)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()))
