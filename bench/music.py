"""Music on the beat: how exactly a song follows, what it costs. `python -m bench.music [HOURS]` (3 by default).

Songs are made: a tone, and on each beat a click that is found again to the sample. Virtual time, the engine and the
maker of music as a sound file has them; through a card: `pytest -m slow tests/live/audio/test_music_card.py`.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import SetBeat

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from clicked_songs import TONE_HZ, ClickedSong, beat_errors_ms, click_frames, clicked_song, tone_cents
from music_stream import MusicStream

FS = 48_000
SPM = 170.0
HEARD_S = 60.0
BLOCK = 512
BOUND_MS = 5.0


def heard_at(made: ClickedSong, *orders: tuple[float, Timeline], until_s: float = HEARD_S) -> NDArray[np.float32]:
    """A session with these orders, asked for in a card's blocks."""
    stream = MusicStream(made)
    pieces, now_s = [], 0.0
    for at_s, timeline in orders:
        if at_s > now_s:
            pieces.append(stream.hear(at_s - 0.02, block=BLOCK))
            now_s = at_s
        stream.tell(SetBeat(at_s=at_s, timeline=timeline))
    return np.concatenate([*pieces, stream.hear(until_s, block=BLOCK)])


def row(name: str, made: ClickedSong, *orders: tuple[float, Timeline]) -> None:
    """One line of the table."""
    sound = heard_at(made, *orders)
    frames = click_frames(sound, made.click, fs_hz=FS)
    at_s, last = orders[-1]
    after = frames[frames > (at_s + 60 / last.to_spm - BOUND_MS / 1000) * FS]
    errors_ms = np.abs(beat_errors_ms(after, last, fs_hz=FS))
    cents = tone_cents(sound[-20 * FS :], TONE_HZ, fs_hz=FS)
    due = int(last.beat_at(HEARD_S - 0.02)) - int(np.ceil(last.beat_at(at_s + 60 / last.to_spm) - 1e-6)) + 1
    within = np.mean(errors_ms < BOUND_MS) * 100
    print(
        f"| {name} | {len(after)} of {due} | {within:.1f} % | {np.median(errors_ms):.2f} | {errors_ms.max():.2f} "
        f"| {cents:+.2f} |"
    )


def tell_beats() -> None:
    """How exactly beats are played."""
    made = clicked_song(SPM, fs_hz=FS, duration_s=75.0)
    print(
        "| song of 170 spm | beats | within 5 ms | median, ms | worst, ms | pitch, cents |\n|---|---|---|---|---|---|"
    )
    for percent in (-8, -4, 0, 4, 8):
        row(f"{percent:+d} %", made, (0.5, Timeline.steady(start_s=0.5, tempo_spm=SPM * (1 + percent / 100))))
    ramp = Timeline(start_s=0.5, start_beat=0.0, from_spm=160.0, to_spm=180.0, ramp_s=HEARD_S)
    row("160 to 180 in 60 s", made, (0.5, ramp))
    before = Timeline.steady(start_s=0.5, tempo_spm=172.0)
    row("key +1 at 20 s", made, (0.5, before), (20.0, before.retime(at_s=20.0, tempo_spm=173.0)))


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    began_s = time.process_time()
    work()
    return time.process_time() - began_s


def tell_cost() -> None:
    """What a callback costs with music, as a ratio to one with clicks, and what making the music costs."""
    timeline = Timeline.steady(start_s=0.1, tempo_spm=SPM * 1.05)
    n_blocks = 1000
    median_us = {}
    for name, songs in (("click", ()), ("music", (clicked_song(SPM, fs_hz=FS, duration_s=60.0),))):
        stream = MusicStream(*songs, n_channels=2)
        stream.tell(SetBeat(at_s=0.1, timeline=timeline))
        took_us = []
        for _ in range(n_blocks):
            while stream.maker.fill(stream.engine.position_frames + FS):
                pass
            began_ns = time.perf_counter_ns()
            if not stream.engine.skip_silence(BLOCK):
                stream.engine.render(BLOCK)
            took_us.append((time.perf_counter_ns() - began_ns) / 1000)
        median_us[name] = float(np.median(took_us))
        median, p99 = np.quantile(took_us, (0.5, 0.99))
        print(f"callback of {BLOCK} frames, {name}: median {median:.0f} us, p99 {p99:.0f} us")
    print(f"of the {BLOCK / FS * 1e6:.0f} us a block lasts, music takes {median_us['music'] / (BLOCK / FS * 1e6):.2%}")


def memory_kb() -> float:
    """The most this process has had; 0 on Windows, which does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415  # not there on Windows

    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def tell_memory(hours: float) -> None:
    """Processor time and memory of hours of music."""
    songs = [clicked_song(spm, fs_hz=8000, duration_s=60.0, name=f"{spm:g}") for spm in (166.0, 170.0, 174.0)]
    stream = MusicStream(*songs, fs_hz=8000)
    stream.tell(SetBeat(at_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=SPM)))
    stream.hear(300.0)
    before_kb = memory_kb()
    took_s = 0.0
    for minute in range(6, round(hours * 60) + 1):
        took_s += seconds_of(lambda until_s=minute * 60.0: stream.hear(until_s))  # type: ignore[misc]
    grown_mb = (memory_kb() - before_kb) / 1024
    print(f"{hours:g} h of music at 8 kHz: {grown_mb:.1f} MB more than after 5 min, {took_s:.0f} s of work")


if __name__ == "__main__":
    tell_beats()
    tell_cost()
    tell_memory(float(sys.argv[1]) if sys.argv[1:] else 3.0)
