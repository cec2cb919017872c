"""A beat at 180 spm while the program is tormented: in a process of its own, and in the same one, side by side.

`python bench/torment.py [SECONDS]`, and with `--music` songs in the place of clicks, with a click on each of their
beats: one of 180 spm as it is, whose intervals must be exact to a frame, and one of 172 stretched, whose beats may be
up to 5 ms beside their place; a block without a sound is a hole.

It needs a PulseAudio server's programs (Debian: pulseaudio pulseaudio-utils libasound2-plugins). A private null sink at
real-time pace plays both; what comes out at its monitor is recorded and compared with the offline render. The torment:
the interpreter held 200 ms at a time, a JSON loop, garbage of a million objects, and a rich screen drawn 20 times a
second.
"""

import ctypes
import gc
import io
import json
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from rich.console import Console
from rich.live import Live
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from clicked_songs import ClickedSong, click_frames, clicked_song
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer

from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_player import Player
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import AudioState, CallbackRows
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.live.audio.music import Begin, Made, Music, MusicPort
from cadencecoach.live.audio.music_maker import SelectSongs
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.bank import load_wav
from cadencecoach.sound.commands import Bus, SetBeat
from cadencecoach.sound.engine import DEFAULT_GAINS, Engine

FS_HZ = 48_000
TEMPO_SPM = 180.0
PERIOD_FRAMES = 16_000
BLOCK_FRAMES = 512
LATENCY_S = 0.1
HOLD_US = 200_000
STRETCH_BOUND_FRAMES = round(0.010 * FS_HZ)  # of an interval: each of its two beats may be 5 ms off
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


def in_child_with_music(device: str, seconds: float, *, made: ClickedSong) -> tuple[int, int]:
    """As the program plays songs: slips, and how often the music came too late."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "song.flac"
        soundfile.write(path, made.sound, FS_HZ, subtype="PCM_24")
        audio = LiveAudio()
        port = MusicPort(audio.memory, Music(songs=(replace(made.song, path=path),), by_stage=((0,),)))
        audio.start(partial(make_engine, asset("sounds"), GAINS, 2), AudioSettings(device=device, latency_s=LATENCY_S))
        port.tell(Begin(audio.fs_hz))
        begin_s = audio.status().position_frames / audio.fs_hz + 1.0
        port.tell(SelectSongs(at_s=0.0, songs=(0,)))
        beat = SetBeat(at_s=begin_s, timeline=Timeline.steady(start_s=begin_s, tempo_spm=TEMPO_SPM), number=1)
        audio.tell(beat)
        port.tell(beat)
        torment(seconds + 1.5)
        n_late = 0
        while (said := port.take()) is not None:
            n_late = max(n_late, said.n_late) if isinstance(said, Made) else n_late
        status = audio.status()
        audio.close()
        port.close()
    return status.slip_frames, n_late


def music_row(who: str, song_spm: float, bound_frames: int, seconds: float) -> Row:
    """A song of a tempo at ours, on a fresh server: its beats against an even row, and holes in it."""
    made = clicked_song(song_spm, fs_hz=FS_HZ, duration_s=seconds + 20.0)
    with PulseServer() as server:
        os.environ.update(server.environment)
        slip_frames, n_late = in_child_with_music(server.device, seconds, made=made)
        heard = server.heard()
    frames = click_frames(heard, made.click, fs_hz=FS_HZ)
    frames = frames[(frames > frames[0] + FS_HZ) & (frames < frames[0] + round((seconds + 1) * FS_HZ))]
    errors = np.abs(np.diff(frames) - PERIOD_FRAMES)
    whole = heard[frames[0] : frames[-1]]
    blocks = whole[: len(whole) // BLOCK_FRAMES * BLOCK_FRAMES].reshape(-1, BLOCK_FRAMES)
    n_holes = int((blocks == 0).all(axis=1).sum())
    return Row(
        who=who,
        n_intervals=len(errors),
        n_wrong_intervals=int((errors > bound_frames).sum()),
        worst_us=float(errors.max() / FS_HZ * 1e6),
        n_wrong_blocks=n_holes,
        n_silent_blocks=n_holes,
        slip_frames=slip_frames,
        n_flags=n_late,
    )


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


def main(seconds: float, *, has_music: bool) -> None:
    """All, side by side."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    if has_music:
        rows = [
            music_row("song of 180, as it is", TEMPO_SPM, 1, seconds),
            music_row("song of 172, stretched", 172.0, STRETCH_BOUND_FRAMES, seconds),
        ]
    else:
        rows = [row("child process", in_child, seconds), row("in-process callback", in_process, seconds)]
    print(f"{TEMPO_SPM:g} spm for {seconds:g} s, buffer {LATENCY_S * 1000:g} ms, the program tormented")
    blocks, last = ("holes", "late") if has_music else ("wrong blocks", "flags")
    print(f"{'':<24}{'intervals':>10}{'wrong':>8}{'worst us':>10}{blocks:>14}{'slipped frames':>16}{last:>7}")
    for one in rows:
        print(
            f"{one.who:<24}{one.n_intervals:>10}{one.n_wrong_intervals:>8}{one.worst_us:>10.0f}"
            f"{one.n_wrong_blocks:>14}{one.slip_frames:>16}{one.n_flags:>7}"
        )


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--music"]
    main(float(words[0]) if words else 60.0, has_music="--music" in sys.argv)
