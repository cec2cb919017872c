"""Music on the beat: how exactly a song follows, what it costs. `python -m bench.music [HOURS]` (3 by default).

Songs are made: a tone, and on each beat a click that is found again to the sample. Virtual time, the engine and the
maker of music as a sound file has them; through a card: `pytest -m slow tests/live/audio/test_music_card.py`.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from bench.first_beat import SILENT, processor_s_of
from cadencecoach.devices.audio_wire import AudioMemory
from cadencecoach.devices.child import CommonMemory
from cadencecoach.devices.song_file import mark_of
from cadencecoach.live.audio.music import Begin, Made, Music, MusicPort
from cadencecoach.live.audio.music_maker import SelectSongs
from cadencecoach.music.song import Song
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import SetBeat
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.music_ring import NO_RING, MusicRing
from cadencecoach.store.song_book import KeptSong, SongBook

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from clicked_songs import TONE_HZ, ClickedSong, beat_errors_ms, click_frames, clicked_song, tone_cents
from music_stream import CLICK, GAINS, MusicStream
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

FS = 48_000
SPM = 170.0
HEARD_S = 60.0
BLOCK = 512
BOUND_MS = 5.0
N_BLOCKS = 4000
STRIDE_S = 2.0  # heard at once; less than what is made ready ahead
N_STARTS = 6  # the first compiles, and is not counted
MANY_SONGS = 5000
AUDIBLE = 0.02
PLAN = "plan: Short\nstages:\n  - {name: A, duration: 20 s, target: 170 spm}\n"


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


def tell_cost() -> None:
    """What a callback costs with music and with clicks: processor time, which other programs change little."""
    timeline = Timeline.steady(start_s=0.1, tempo_spm=SPM * 1.05)
    block_us = BLOCK / FS * 1e6
    for name, songs in (("clicks", ()), ("music", (clicked_song(SPM, fs_hz=FS, duration_s=60.0),))):
        stream = MusicStream(*songs, n_channels=2)
        stream.tell(SetBeat(at_s=0.1, timeline=timeline))
        sounding_us, all_us = [], 0.0
        for _ in range(N_BLOCKS):
            while stream.maker.fill(stream.engine.position_frames + FS):
                pass
            began_ns = time.thread_time_ns()
            is_silent = stream.engine.skip_silence(BLOCK)
            if not is_silent:
                stream.engine.render(BLOCK)
            took_us = (time.thread_time_ns() - began_ns) / 1000
            all_us += took_us
            sounding_us += [] if is_silent else [took_us]
        best, median, p99 = np.quantile(sounding_us, (0.1, 0.5, 0.99))
        print(
            f"callback of {BLOCK} frames, {name}: {len(sounding_us) / N_BLOCKS:.0%} of blocks sound; of those p10 "
            f"{best:.0f} us, median {median:.0f} us, p99 {p99:.0f} us; mean of all {all_us / N_BLOCKS:.0f} us = "
            f"{all_us / N_BLOCKS / block_us:.2%} of a core"
        )


class Hearing:
    """A session's music as it is made live, and an engine that asks for it as fast as it comes.

    The process, its pipe, its files and the shared memory are those of a session. Only the card is missing, and so the
    time: the engine takes the next block as soon as it is ready.
    """

    def __init__(self, songs: tuple[Song, ...]) -> None:
        """Start the process."""
        memory = CommonMemory(ctypes.sizeof(AudioMemory))
        shared = AudioMemory.from_buffer(memory.buffer)
        self.rings = MusicRing(shared.music)
        self.engine = Engine(clips={"click": CLICK}, fs_hz=FS, gains=GAINS, n_channels=2)
        self.engine.use_music(shared.music)
        self.everything = tuple(range(len(songs)))
        self.port = MusicPort(memory, Music(songs=songs, by_stage=(self.everything,)))
        self.port.tell(Begin(FS))
        self.port.tell(SelectSongs(at_s=0.0, songs=self.everything))
        self.n_orders, self.n_songs, self.n_late = 0, 0, 0

    @property
    def now_s(self) -> float:
        """Of the stream."""
        return self.engine.position_frames / FS

    def order(self, timeline: Timeline | None) -> None:
        """Another beat from now on, for both."""
        self.n_orders += 1
        order = SetBeat(at_s=self.now_s + 0.05, timeline=timeline, number=self.n_orders)
        self.engine.tell(order)
        self.port.tell(order)

    def hear(self, until_s: float, *, has_beat: bool) -> None:
        """Go on to a time, never before there is music for it."""
        while self.now_s < until_s:
            if has_beat:
                wait_until(self._is_ready, within_s=20.0)
            for _ in range(int(STRIDE_S * FS) // BLOCK):
                if not self.engine.skip_silence(BLOCK):
                    self.engine.render(BLOCK)
            while (made := self.port.take()) is not None:
                assert isinstance(made, Made), "the process has ended"
                self.n_songs += sum(one.index is not None for one in made.playing)
                self.n_late = made.n_late

    def _is_ready(self) -> bool:
        self.port.tell(SelectSongs(at_s=0.0, songs=self.everything))  # as it is: only so that it looks up at once
        active, wanted = self.rings.active, self.engine.mixed_frames + int((STRIDE_S + 0.2) * FS)
        return (
            active != NO_RING
            and self.rings.number_of(active) == self.n_orders
            and self.rings.span_of(active)[1] > wanted
        )


def used_by(pid: int) -> tuple[float, float, int]:
    """Memory of a process in MB, its processor seconds, and how many files it has open, as Linux tells them."""
    if sys.platform != "linux":
        return 0.0, 0.0, 0
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    kb = int(status.split("VmRSS:")[1].split()[0])
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    seconds = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return kb / 1024, seconds, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def tell_memory(hours: float) -> None:
    """Memory, open files and processor time of hours of music: files of four kinds, keys, ramps and pauses."""
    if sys.platform != "linux":
        print("what a process uses is only told by Linux")
        return
    with tempfile.TemporaryDirectory() as folder:
        hearing = Hearing(filed_songs(Path(folder)))
        timeline = Timeline.steady(start_s=0.1, tempo_spm=SPM)
        hearing.order(timeline)
        print("after | process: MB, files, s of processor | this one with the engine: MB | songs begun, late")
        for minute in range(round(hours * 60)):
            begin_s = minute * 60.0
            tempo_spm = SPM + 6.0 * np.sin(minute)
            hearing.order(timeline := timeline.retime(at_s=hearing.now_s + 0.05, tempo_spm=tempo_spm, ramp_s=20.0))
            hearing.hear(begin_s + 50.0, has_beat=True)
            hearing.order(None)
            hearing.hear(begin_s + 52.0, has_beat=False)
            hearing.order(timeline := Timeline.steady(start_s=hearing.now_s + 0.05, tempo_spm=tempo_spm))
            hearing.hear(begin_s + 60.0, has_beat=True)
            if minute in {4, 29} or minute % 60 == 59:
                mb, seconds, n_files = used_by(hearing.port.pid)
                own_mb = used_by(os.getpid())[0]
                told = f"{hearing.n_songs} songs, {hearing.n_late} times"
                print(f"{minute + 1:4} min | {mb:.1f} MB, {n_files}, {seconds:.0f} s | {own_mb:.1f} MB | {told}")
        hearing.port.close()


def filed_songs(folder: Path) -> tuple[Song, ...]:
    """Made songs of two minutes as WAV, FLAC, OGG and MP3, two of them at a rate that is not the card's."""
    songs = []
    for spm, ending, fs_hz in ((166, "wav", 44_100), (170, "flac", FS), (174, "ogg", FS), (178, "mp3", 44_100)):
        made = clicked_song(float(spm), fs_hz=fs_hz, duration_s=120.0, name=f"{spm}")
        path = folder / f"{spm}.{ending}"
        write_in_pieces(path, made.sound, fs_hz)
        songs.append(replace(made.song, path=path))
    return tuple(songs)


def write_in_pieces(path: Path, sound: NDArray[np.float32], fs_hz: int) -> None:
    """Write a song; libsndfile's encoder of OGG overruns its stack with many frames at once."""
    with soundfile.SoundFile(path, "w", fs_hz, sound.shape[1]) as file:
        for first in range(0, len(sound), fs_hz):
            file.write(sound[first : first + fs_hz])


def tell_first_sound() -> None:
    """From the start of the whole command to the first sound, and to the first of a song, through a sound server."""
    if not HAS_PULSE:
        print(NO_PULSE)
        return
    for n_songs in (4, MANY_SONGS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            home = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CACHE", "DATA", "CONFIG")}
            home |= {"XDG_RUNTIME_DIR": name, "LC_ALL": "C.UTF-8", "PYTHONPYCACHEPREFIX": f"{name}/compiled"}
            (folder / "music").mkdir()
            songs = filed_songs(folder / "music")
            keep_songs(folder / "CACHE", songs, n_songs)
            (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
            (folder / "CONFIG" / "cadencecoach").mkdir(parents=True)
            (folder / "CONFIG" / "cadencecoach" / "settings.toml").write_text(SILENT, encoding="utf-8")
            starts = [first_sound_s(folder, home, what) for what in ("off", "on") for _ in range(N_STARTS)]
            for what, some in (("clicks", starts[1:N_STARTS]), ("music", starts[N_STARTS + 1 :])):
                sound, song, processor = (np.array(column) for column in zip(*some, strict=True))
                print(
                    f"run --music, {n_songs} songs kept, {what}: first sound best {sound.min():.2f} s median "
                    f"{np.median(sound):.2f} s; first of a song {song.min():.2f} s, {np.median(song):.2f} s; "
                    f"processor by then {np.median(processor):.2f} s"
                )


def keep_songs(cache: Path, songs: tuple[Song, ...], n_songs: int) -> None:
    """What `music add` would have kept of so many songs: hard copies of four, with beats of four minutes."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    place = subprocess.run(
        [sys.executable, "-c", "from cadencecoach.store.user_store import user_machine; print(user_machine().songs)"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    book = SongBook(Path(place))
    for n in range(n_songs):
        song = songs[n % len(songs)]
        path = song.path.with_stem(f"{song.path.stem}-{n}")
        path.hardlink_to(song.path)
        book.keep(KeptSong(replace(song, path=path.resolve()), mark_of(path)))


def first_sound_s(folder: Path, home: dict[str, str], music: str) -> tuple[float, float, float]:
    """One start: seconds to the first sound, to the first of a song, and of the processor by then."""
    with PulseServer() as server:
        words = ("run", "plan.yaml", "--feet", "none", "--music", music, "--sound", f"device:{server.device}")
        environment = os.environ | server.environment | home
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begun_s, n_before = time.monotonic(), server.n_heard()
        process = subprocess.Popen(
            [sys.executable, "-m", "cadencecoach", *words, "--journal", str(folder / "run.jsonl")],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(Path(__file__).parents[1])},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        sound_s = song_s = processor_s = float("inf")
        while process.poll() is None and time.monotonic() < begun_s + 30.0:
            heard = np.abs(server.heard()[n_before:])
            loud = np.flatnonzero(heard > AUDIBLE)
            if len(loud) and sound_s == float("inf"):
                # The recorder is late, but never early.
                sound_s = time.monotonic() - begun_s - (len(heard) - loud[0]) / FS
                processor_s = processor_s_of(process.pid)
            steps = (
                [heard[at : at + FS // 5] for at in range(loud[0], len(heard) - FS // 5, FS // 50)] if len(loud) else []
            )
            full = next((n for n, step in enumerate(steps) if np.mean(step > AUDIBLE / 10) > 0.8), None)
            if full is not None or (music == "off" and len(loud)):
                song_s = sound_s + (full or 0) / 50
                break
            time.sleep(0.02)
        process.terminate()
        process.wait()
        (folder / "run.jsonl").unlink(missing_ok=True)
    return sound_s, song_s, processor_s


if __name__ == "__main__":
    tell_beats()
    tell_cost()
    tell_first_sound()
    tell_memory(float(sys.argv[1]) if sys.argv[1:] else 3.0)
