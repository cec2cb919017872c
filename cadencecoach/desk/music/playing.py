"""A song heard, with clicks on its beats or without: written to a file, or played by a card."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import Keyboard
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.song_file import SongSound
from cadencecoach.devices.sound_file import SoundForm, check_sound_file, open_sound_file
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.music.song import QUIETEST_LUFS, Song
from cadencecoach.sound.commands import Bus, Play
from cadencecoach.sound.engine import DEFAULT_GAINS
from cadencecoach.sound.pcm import from_pcm16, to_pcm16
from cadencecoach.sound.rate import FS_HZ
from cadencecoach.sound.wav import wav_bytes
from cadencecoach.store.machine import Machine
from cadencecoach.store.sound_book import open_sound_book
from cadencecoach.units import frame_at, gain_from_db

Samples = NDArray[np.float32]

SONG_LUFS = -20.0  # the song, under the clicks
CLICK_GAIN = 0.6
CLIP_S = 1.0  # of the song, given to the card at a time
AHEAD_S = 3.0
BEGIN_S = 0.5  # after the card has begun
WAIT_S = 0.005
N_CLIPS = 8  # names in turn: a clip that sounds keeps its samples


def song_blocks(song: Song, *, fs_hz: int, has_clicks: bool) -> Iterator[Samples]:
    """A song as mono at a rate, at an even loudness, block by block; with a click on each beat.

    Raises:
        UsageError: its file cannot be read
    """
    click = _click(fs_hz)
    gain = np.float32(gain_from_db(SONG_LUFS - max(song.loudness_lufs, QUIETEST_LUFS)))
    onsets = iter([frame_at(beat_s, fs_hz) for beat_s in song.beats_s] if has_clicks else [])
    onset, first = next(onsets, None), 0
    ringing = list[int]()
    for block in _resample(song.path, fs_hz):
        mix = block * gain
        while onset is not None and onset < first + len(mix):
            ringing.append(onset)
            onset = next(onsets, None)
        for begun in ringing:
            begin, end = max(begun, first), min(begun + len(click), first + len(mix))
            mix[begin - first : end - first] += click[begin - begun : end - begun]
        first += len(mix)
        ringing = [begun for begun in ringing if begun + len(click) > first]
        yield mix


def write_checked(song: Song, output: OutputFile) -> None:
    """Write a song with clicks on its beats.

    Raises:
        UsageError: the file may not be written, or the song cannot be read
    """
    check_sound_file(output)
    blocks = song_blocks(song, fs_hz=FS_HZ, has_clicks=True)
    first = next(blocks, np.zeros(0, np.float32))
    file = open_sound_file(output, SoundForm(fs_hz=FS_HZ))
    file.write(to_pcm16(np.clip(first, -1, 1)))
    for block in blocks:
        file.write(to_pcm16(np.clip(block, -1, 1)))
    file.close()


def play_song(
    song: Song,
    settings: AudioSettings,
    *,
    has_clicks: bool,
    look: Callable[[Callable[[float], float]], bool],
) -> str:
    """Play a song to its end; the name of the device that played it.

    Args:
        song: whose file is played
        settings: of the card
        has_clicks: on its beats
        look: asked many times a second, with a function from host time to the second of the song heard then; False ends
            it
    Raises:
        DeviceError: there is no sound here
        UsageError: the song cannot be read
    """
    audio, clock = LiveAudio(), HostClock()
    try:
        audio.start(partial(make_engine, asset("sounds"), {**DEFAULT_GAINS, Bus.VOICE: 1.0}, 1), settings)
        fs_hz = audio.fs_hz
        begin_frame = audio.status().position_frames + frame_at(BEGIN_S, fs_hz)
        clips = _clips(song_blocks(song, fs_hz=fs_hz, has_clicks=has_clicks), frame_at(CLIP_S, fs_hz))
        names = cycle(f"song {number}" for number in range(N_CLIPS))
        fed_frame, clip = begin_frame, next(clips, None)

        def song_s_at(host_s: float) -> float:
            return (audio.clock_map().frame(host_s) - begin_frame) / fs_hz

        while True:
            status = audio.status()
            if not status.is_running:
                raise DeviceError("the sound device is gone", Reason.VANISHED)
            while clip is not None and fed_frame < status.position_frames + AHEAD_S * fs_hz:
                name = next(names)
                audio.load(name, clip)
                audio.tell(Play(at_s=fed_frame / fs_hz, clip=name, bus=Bus.VOICE))
                fed_frame += len(clip)
                clip = next(clips, None)
            if not look(song_s_at) or (clip is None and status.position_frames > fed_frame):
                return audio.device
            clock.wait(WAIT_S)
    finally:
        audio.kill()


class TapTaker:
    """Takes the taps of somebody who listens to a song."""

    def __init__(self, keyboard: Keyboard, mark: Callable[[], None]) -> None:
        """Begin.

        Args:
            keyboard: on which space is a tap, Enter the end, and q gives up
            mark: called at each tap
        """
        self._keyboard, self._mark = keyboard, mark
        self._clock = HostClock()
        self._taps_s = list[float]()

    def look(self, song_s_at: Callable[[float], float]) -> bool:
        """Take what was pressed since the last look; False at the end."""
        while (key := self._keyboard.poll()) is not None:
            now_s = self._clock.origin_s + self._clock.now_s()
            if key == "q":
                self._taps_s.clear()
            if key in {"q", "enter"}:
                return False
            if key == "space" and (tap_s := song_s_at(now_s)) >= 0:
                self._taps_s.append(tap_s)
                self._mark()
        return True

    def taps_s(self, machine: Machine, device: str) -> list[float]:
        """The taps in seconds of the song, as it was heard on a device whose delay may be known; empty if given up."""
        try:
            delay_s = open_sound_book(machine.sounds_file).delays_s.get(device, 0.0)
        except UsageError:
            delay_s = 0.0
        return [tap_s - delay_s for tap_s in self._taps_s if tap_s > delay_s]


def _clips(blocks: Iterator[Samples], n_frames: int) -> Iterator[Samples]:
    """The same sound in pieces of one length; the last may be shorter."""
    rest = np.zeros(0, np.float32)
    for block in blocks:
        rest = np.concatenate((rest, block))
        while len(rest) >= n_frames:
            yield rest[:n_frames].copy()
            rest = rest[n_frames:]
    if len(rest):
        yield rest


def _resample(path: Path, fs_hz: int) -> Iterator[Samples]:
    with SongSound(path) as sound:
        resample: Any = soxr.ResampleStream(sound.fs_hz, fs_hz, 1, dtype="float32")
        for block in sound.blocks():
            yield resample.resample_chunk(np.ascontiguousarray(block.mean(axis=1)))
        yield resample.resample_chunk(np.zeros(0, np.float32), last=True)


def _click(fs_hz: int) -> Samples:
    """The click of the program, at a rate."""
    click = from_pcm16(np.frombuffer(wav_bytes(asset("sounds") / "click.wav"), "<i2"))
    resampled = click if fs_hz == FS_HZ else soxr.resample(click, FS_HZ, fs_hz)
    return np.asarray(resampled * CLICK_GAIN, np.float32)
