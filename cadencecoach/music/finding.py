"""From a song's sound to its beats, its steadiness and its loudness; and why a song cannot be run to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from cadencecoach.music.loudness import ABSOLUTE_LUFS, LoudnessMeter
from cadencecoach.music.onsets import FINE_HZ, FS_HZ, RATE_HZ, OnsetMeter, Onsets
from cadencecoach.music.song import HIGHEST_SPM, MOST_CREST_DB, QUIETEST_LUFS, Song, folded_spm
from cadencecoach.music.tapping import beat_of_taps, folded_interval_s, tapped_beats
from cadencecoach.music.tempo import even_rises, periods_of
from cadencecoach.music.tracking import NARROW, TINY, WIDE, Placer, smooth, track
from cadencecoach.units import MS_PER_S, SECONDS_PER_MINUTE

MOST_UNSTEADY_MS = 15.0  # 4 % of an interval: one tone that is 2.5 % off is just heard (Friberg and Sundberg 1995)
LEAST_BEATS = 16
SHORTEST_S = LEAST_BEATS * SECONDS_PER_MINUTE / HIGHEST_SPM
LEAST_STEPS = 2  # between the first clear beat and the last: halved, they are still a step
LEAST_CLEAR = 0.05  # of the comb: noise, speech and chords without a beat are at 0.01 to 0.03
LEAST_HEARD = 0.15  # of the beats, or of every second one: where something begins at so few, it is another tempo
QUIET = 0.003  # of the loudest level, -50 dB: there no beat is told


NO_TAPS = np.zeros(0)


@dataclass(frozen=True, slots=True)
class Found:
    """What the beats of a song come to.

    Attributes:
        times_s: of the beats
        spm: their tempo
        unsteady_ms: SD about it
        heard: part of the beats, or of every second one, at which something begins
        clear: of the comb, 0 to 1
    """

    times_s: NDArray[np.float64]
    spm: float
    unsteady_ms: float
    heard: float
    clear: float


class SongFinder:
    """Takes a song's sound block by block, and says at the end where its beats are."""

    def __init__(self, fs_hz: int, n_channels: int) -> None:
        """Begin before the first frame."""
        self._fs_hz, self._n_frames = fs_hz, 0
        self._loudness = LoudnessMeter(fs_hz, n_channels)
        self._onsets = OnsetMeter()
        self._resample = soxr.ResampleStream(fs_hz, FS_HZ, 1, dtype="float32", quality="MQ")

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next frames, shape (frames, channels)."""
        self._n_frames += len(block)
        self._loudness.add(block)
        self._onsets.add(self._resample.resample_chunk(np.ascontiguousarray(block.mean(axis=1))))

    def song(self, path: Path, taps_s: Sequence[float] = ()) -> Song:
        """The song, refused where it cannot be run to; all of it was taken.

        Args:
            path: of its file
            taps_s: when a person tapped its beat, in seconds of the song
        Raises:
            UsageError: the taps are too few, or not even
        """
        self._onsets.add(self._resample.resample_chunk(np.zeros(0, np.float32), last=True))
        duration_s = self._n_frames / self._fs_hz
        lufs, crest_db = round(self._loudness.lufs(), 1), round(self._loudness.crest_db(), 1)
        song = Song(path, 0.0, (), 0.0, lufs, crest_db, duration_s)
        too_short = replace(song, refused=f"It is too short: {duration_s:.1f} s, and {LEAST_BEATS} beats are needed.")
        if duration_s < SHORTEST_S:
            return too_short
        if not song.loudness_lufs > ABSOLUTE_LUFS:
            return replace(song, refused="It is silent.")
        found = find_beats(self._onsets.onsets(), np.array(taps_s))
        if found is None:
            return too_short
        beats_s = tuple(round(time_s, 4) for time_s in found.times_s.tolist() if 0 <= time_s <= duration_s)
        return replace(
            song,
            spm=round(found.spm, 1),
            beats_s=beats_s,
            unsteady_ms=round(found.unsteady_ms, 1),
            refused=refusal_of(found, len(beats_s)) or _refused_level(song),
        )


def refusal_of(found: Found, n_beats: int) -> str:
    """Why beats cannot be run to; empty if they can. What is refused is never told as the bound itself."""
    if found.clear < LEAST_CLEAR:
        clear = np.floor(found.clear * 100) / 100
        return f"No beat was found: how clearly it repeats is {clear:.2f}, and {LEAST_CLEAR:.2f} is needed."
    if found.unsteady_ms > MOST_UNSTEADY_MS:
        unsteady_ms = np.ceil(found.unsteady_ms)
        return f"Its beat is not steady: {unsteady_ms:.0f} ms, and at most {MOST_UNSTEADY_MS:g} ms can be run to."
    if found.heard < LEAST_HEARD:
        heard = np.floor(found.heard * 100) / 100
        return f"No beat was found: it is heard in {heard:.0%} of its places, and {LEAST_HEARD:.0%} are needed."
    if n_beats < LEAST_BEATS:
        return f"It is too short: {n_beats} beats, and {LEAST_BEATS} are needed."
    return ""


def _refused_level(song: Song) -> str:
    """Why a song cannot be brought to the loudness of all others; empty if it can."""
    if song.loudness_lufs < QUIETEST_LUFS:
        return f"It is too quiet: {song.loudness_lufs:.1f} LUFS, and {QUIETEST_LUFS:g} LUFS are needed."
    if song.crest_db > MOST_CREST_DB:
        stand = f"its peaks stand {song.crest_db:.1f} dB above its loudness"
        return f"It cannot be made as loud as other songs: {stand}, and at most {MOST_CREST_DB:g} dB can be played."
    return ""


def find_beats(onsets: Onsets, taps_s: NDArray[np.float64] = NO_TAPS) -> Found | None:
    """The beats of a song; None for one too short to have any.

    Raises:
        UsageError: the taps are too few, or not even
    """
    rises = even_rises(onsets.rises)
    if len(rises) < 2 * RATE_HZ:
        return None
    placer = Placer(onsets.levels)
    if len(taps_s):
        interval_s = folded_interval_s(beat_of_taps(taps_s)[0])
        periods, clear = periods_of(rises, SECONDS_PER_MINUTE / interval_s)
        rough_s = tapped_beats(taps_s, placer, periods, len(rises) / RATE_HZ)
    else:
        periods, clear = periods_of(rises)
        rough_s = track(rises, periods) / RATE_HZ
    return None if len(rough_s) < LEAST_BEATS else _place(rough_s, placer, onsets, clear)


def _place(rough_s: NDArray[np.float64], placer: Placer, onsets: Onsets, clear: float) -> Found:
    """Beats put where something begins, smoothed, and told how steady they are."""
    times_s = rough_s
    for _ in range(2):
        interval_s = float(np.median(np.diff(times_s)))
        placed = placer.place(times_s, NARROW * interval_s)
        times_s = smooth(placed.times_s, placed.weights)
    placed = placer.place(times_s, NARROW * interval_s)
    heard = max(float(placed.is_clear[part::2].mean()) for part in (0, 1))
    off_s = placed.times_s - times_s
    unsteady_s = float(np.sqrt((placed.weights @ off_s**2) / max(float(placed.weights.sum()), TINY)))
    swing_s = _swing_s(times_s, placer, interval_s)
    unsteady_s = float(np.hypot(unsteady_s, swing_s / 2))
    clear_at = np.flatnonzero(placed.is_clear)
    has_tempo = len(clear_at) > 0 and clear_at[-1] - clear_at[0] >= LEAST_STEPS
    first, last = clear_at[[0, -1]] if has_tempo else (0, len(times_s) - 1)
    times_s = times_s[first : last + 1]
    spm = float((last - first) * SECONDS_PER_MINUTE / max(float(times_s[-1] - times_s[0]), TINY))
    folded = folded_spm(round(spm, 1))
    if folded < spm / 1.5:
        times_s, spm = times_s[::2], spm / 2
    elif folded > spm * 1.5:
        times_s, spm = with_midpoints(times_s), spm * 2
    return Found(_extend(times_s, onsets.levels), spm, unsteady_s * MS_PER_S, heard, clear)


def with_midpoints(times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Times with one more between each two of them."""
    return np.interp(np.arange(2 * len(times_s) - 1) / 2, np.arange(len(times_s)), times_s)


def _swing_s(times_s: NDArray[np.float64], placer: Placer, interval_s: float) -> float:
    """How much later every second beat comes than the others, where that is so throughout; else 0."""
    placed = placer.place(times_s, WIDE * interval_s)
    middles = list[float]()
    for part in (0, 1):
        off_s = (placed.times_s - times_s)[part::2][placed.is_clear[part::2]]
        if len(off_s) < LEAST_HEARD * len(times_s) / 2:
            return 0.0
        middle = float(np.median(off_s))
        if np.median(np.abs(off_s - middle)) > 0.05 * interval_s:
            return 0.0
        middles.append(middle)
    swing_s = abs(middles[1] - middles[0])
    return swing_s if swing_s > NARROW * interval_s else 0.0


def _extend(times_s: NDArray[np.float64], levels: NDArray[np.float32]) -> NDArray[np.float64]:
    """The beats, and more at the tempo of the first and the last of them, as far as there is sound."""
    sounding = np.flatnonzero(levels > QUIET * levels.max())
    begin_s, end_s = sounding[0] / FINE_HZ, sounding[-1] / FINE_HZ
    n_ends = min(LEAST_BEATS, len(times_s) - 1)
    first_s = (times_s[n_ends] - times_s[0]) / n_ends
    last_s = (times_s[-1] - times_s[-1 - n_ends]) / n_ends
    n_before = max(0, int((times_s[0] - begin_s) / first_s + 0.1))
    n_after = max(0, int((end_s - times_s[-1]) / last_s))
    before = times_s[0] - first_s * np.arange(n_before, 0, -1)
    return np.concatenate((before, times_s, times_s[-1] + last_s * np.arange(1, n_after + 1)))
