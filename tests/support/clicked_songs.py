"""Songs made for tests: a tone, and on each beat a click that can be found again to the sample."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.music.song import Song
from cadencecoach.plan.timeline import Timeline

BURST_S = 0.010
FIRST_BEAT_S = 0.5
TONE_HZ = 440.0
TONE_LEVEL, CLICK_LEVEL = 0.05, 0.5


class Held:
    """Sound that is held in memory, as `music.stretching.Samples`."""

    def __init__(self, sound: NDArray[np.float32]) -> None:
        """Take it, shape (frames, 2)."""
        self.sound = sound

    def window(self, first: int, end: int) -> NDArray[np.float32]:
        """Frames first..end-1; silence where there are none."""
        out = np.zeros((max(0, end - first), 2), np.float32)
        begin, stop = max(first, 0), min(end, len(self.sound))
        if begin < stop:
            out[begin - first : stop - first] = self.sound[begin:stop]
        return out


@dataclass(frozen=True, slots=True)
class ClickedSong:
    """A song, its sound, and the click on each of its beats."""

    song: Song
    sound: NDArray[np.float32]
    click: NDArray[np.float64]

    @property
    def held(self) -> Held:
        """Its sound, for whoever stretches it."""
        return Held(self.sound)


def click_of(fs_hz: int) -> NDArray[np.float64]:
    """The click: noise that dies away, unlike anything else in a song."""
    n_frames = round(BURST_S * fs_hz)
    burst = np.random.default_rng(1).standard_normal(n_frames) * np.exp(-np.arange(n_frames) * 6 / n_frames)
    click: NDArray[np.float64] = burst / np.abs(burst).max()
    return click


def clicked_song(
    spm: float = 170.0,
    *,
    duration_s: float = 16.0,
    fs_hz: int = 16_000,
    tone_hz: float = TONE_HZ,
    name: str = "song",
    loudness_lufs: float = -20.0,
) -> ClickedSong:
    """A tone with a click on each beat, the first after half a second."""
    n_frames = round(duration_s * fs_hz)
    mono = np.sin(2 * np.pi * tone_hz * np.arange(n_frames) / fs_hz) * TONE_LEVEL
    beats_s = np.arange(FIRST_BEAT_S, duration_s - BURST_S, 60 / spm)
    click = click_of(fs_hz)
    for beat_s in beats_s:
        at = round(beat_s * fs_hz)
        piece = mono[at : at + len(click)]
        piece += click[: len(piece)] * CLICK_LEVEL
    sound = np.stack([mono, mono], axis=1).astype(np.float32)
    song = Song(Path(f"/{name}.wav"), spm, tuple(beats_s.tolist()), 0.0, loudness_lufs, 12.0, duration_s)
    return ClickedSong(song, sound, click)


def likenesses(heard: NDArray[np.floating], click: NDArray[np.float64]) -> NDArray[np.float64]:
    """How alike a click is to what was heard from each place on: a sum of products, by way of the spectra.

    That takes a tenth of the time `np.correlate` takes for a minute.
    """
    size = 1 << (len(heard) + len(click)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.fft.rfft(click, size).conj()
    found: NDArray[np.float64] = np.fft.irfft(spectrum, size)[: max(len(heard) - len(click) + 1, 0)]
    return found


def click_frames(heard: NDArray[np.floating], click: NDArray[np.float64], *, fs_hz: int) -> NDArray[np.int64]:
    """Where the clicks of a song begin in what was heard of it (one channel)."""
    likeness = np.abs(likenesses(heard, click))
    loud = np.flatnonzero(likeness > likeness.max() / 2)
    groups = np.split(loud, np.flatnonzero(np.diff(loud) > fs_hz // 20) + 1)
    return np.array([group[np.argmax(likeness[group])] for group in groups])


def beat_errors_ms(frames: NDArray[np.int64], timeline: Timeline, *, fs_hz: int) -> NDArray[np.float64]:
    """How far each click is from the nearest beat of a Timeline."""
    times_s = frames / fs_hz
    beats = np.round([timeline.beat_at(time_s) for time_s in times_s.tolist()])
    errors_ms: NDArray[np.float64] = (times_s - np.array([timeline.time_of(beat) for beat in beats.tolist()])) * 1000
    return errors_ms


def tone_cents(heard: NDArray[np.floating], tone_hz: float, *, fs_hz: int) -> float:
    """How far the pitch of the strongest tone near one is from it, in cents."""
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)), 8 * len(heard)))
    pitches_hz = np.fft.rfftfreq(8 * len(heard), 1 / fs_hz)
    near = np.flatnonzero(np.abs(pitches_hz / tone_hz - 1) < 0.1)
    return float(1200 * np.log2(pitches_hz[near[np.argmax(spectrum[near])]] / tone_hz))
