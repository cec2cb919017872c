"""Songs made with known beats: drums, bass and chords, as arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FS_HZ = 22_050
Sound = NDArray[np.float32]


def kick(fs_hz: int = FS_HZ) -> Sound:
    """A bass drum."""
    t = np.arange(int(0.25 * fs_hz)) / fs_hz
    phase = 2 * np.pi * (50 * t + 100 * 0.03 * (1 - np.exp(-t / 0.03)))
    return np.asarray(np.sin(phase) * np.exp(-t / 0.08), np.float32)


def snare(fs_hz: int = FS_HZ) -> Sound:
    """A snare drum."""
    t = np.arange(int(0.2 * fs_hz)) / fs_hz
    noise = np.random.default_rng(1).standard_normal(len(t))
    return (0.5 * (noise * np.exp(-t / 0.05) + 0.6 * np.sin(2 * np.pi * 190 * t) * np.exp(-t / 0.06))).astype(
        np.float32
    )


def hat(fs_hz: int = FS_HZ) -> Sound:
    """A closed hi-hat."""
    t = np.arange(int(0.06 * fs_hz)) / fs_hz
    noise = np.diff(np.random.default_rng(2).standard_normal(len(t) + 1))
    return (0.25 * noise * np.exp(-t / 0.015)).astype(np.float32)


def open_hat(fs_hz: int = FS_HZ) -> Sound:
    """An open hi-hat, louder and longer."""
    t = np.arange(int(0.2 * fs_hz)) / fs_hz
    noise = np.diff(np.random.default_rng(3).standard_normal(len(t) + 1))
    return (0.4 * noise * np.exp(-t / 0.07)).astype(np.float32)


def bass(fs_hz: int = FS_HZ) -> Sound:
    """A bass note that swells within 15 ms."""
    t = np.arange(int(0.3 * fs_hz)) / fs_hz
    note = 0.35 * np.sin(2 * np.pi * 55 * t) * (1 - np.exp(-t / 0.015)) * np.exp(-t / 0.2)
    return np.asarray(note, np.float32)


@dataclass(frozen=True)
class MadeSong:
    """A song.

    Attributes:
        sound: mono
        beats_s: where its beats are
        is_refused: a beat that nobody can run to
    """

    sound: Sound
    beats_s: tuple[float, ...]
    is_refused: bool = False
    fs_hz: int = FS_HZ


def even_beats(spm: float, seconds: float, first_s: float = 0.3) -> NDArray[np.float64]:
    """Beats at one tempo."""
    return first_s + np.arange(int((seconds - first_s - 0.3) * spm / 60)) * 60 / spm


def drifting_beats(from_spm: float, to_spm: float, seconds: float, first_s: float = 0.3) -> NDArray[np.float64]:
    """Beats whose tempo goes evenly from one to another."""
    beats, at = [first_s], first_s
    while at < seconds - 0.7:
        at += 60 / (from_spm + (to_spm - from_spm) * at / seconds)
        beats.append(at)
    return np.array(beats)


def between(beats_s: NDArray[np.float64], part: float = 0.5) -> NDArray[np.float64]:
    """Times between beats."""
    return np.asarray(beats_s[:-1] + part * np.diff(beats_s))


def mixed(
    seconds: float, struck: Sequence[tuple[Callable[[int], Sound], NDArray[np.float64], float]], fs_hz: int = FS_HZ
) -> Sound:
    """Sounds struck at times, each with a level, on chords and a little noise."""
    t = np.arange(int(seconds * fs_hz)) / fs_hz
    out = np.zeros(len(t) + fs_hz)
    rng = np.random.default_rng(7)
    for bar, root in zip(np.arange(0, seconds, 2.87), rng.permutation([220, 261.6, 196, 174.6] * 200), strict=False):
        first = int(bar * fs_hz)
        long = t[: int(2.87 * fs_hz)]
        swell = np.minimum(long / 0.3, 1) * np.minimum((2.87 - long) / 0.3, 1)
        chord = sum(np.sin(2 * np.pi * root * ratio * long) for ratio in (1, 1.26, 1.5)) * swell * 0.05
        end = min(len(out), first + len(chord))
        out[first:end] += chord[: end - first]
    out[: len(t)] += 0.003 * rng.standard_normal(len(t))
    for sound, times_s, level in struck:
        clip = sound(fs_hz)
        for at_s in times_s:
            first = round(at_s * fs_hz)
            end = min(len(out), first + len(clip))
            out[first:end] += level * clip[: end - first]
    out = out[: len(t)]
    return np.asarray(0.5 * out / np.abs(out).max(), np.float32)


def rock(beats_s: NDArray[np.float64], seconds: float, fs_hz: int = FS_HZ) -> Sound:
    """Bass and snare drum in turn, hats on each beat and between."""
    return mixed(
        seconds,
        [
            (kick, beats_s[::2], 1.0),
            (snare, beats_s[1::2], 0.9),
            (hat, beats_s, 0.8),
            (hat, between(beats_s), 0.6),
            (bass, beats_s[::4], 1.0),
        ],
        fs_hz,
    )


def made_songs(seconds: float = 60.0) -> dict[str, MadeSong]:
    """Each kind of song, by its name."""
    songs = dict[str, MadeSong]()

    for spm in (143.0, 164.0, 172.4, 185.0, 198.7):
        beats = even_beats(spm, seconds)
        songs[f"steady {spm:g}"] = _song(rock(beats, seconds), beats)
    slow = even_beats(86.0, seconds)
    both = np.sort(np.concatenate((slow, between(slow))))
    songs["86 as 172, quarters only"] = _song(mixed(seconds, [(kick, slow[::2], 1), (snare, slow[1::2], 0.9)]), both)
    songs["86 as 172, with eighths"] = _song(rock(slow, seconds), both)
    beats = even_beats(172.0, seconds)
    songs["172, snare on every second"] = _song(mixed(seconds, [(kick, beats, 1), (snare, beats[1::2], 0.9)]), beats)
    beats = even_beats(168.0, seconds)
    off = [(kick, beats, 1), (open_hat, between(beats), 1.2), (snare, beats[1::2], 0.5)]
    songs["168, loud hats between"] = _song(mixed(seconds, off), beats)
    beats = even_beats(165.0, seconds)
    waltz = [(kick, beats[::3], 1), (snare, beats[1::3], 0.5), (snare, beats[2::3], 0.5), (hat, beats, 0.6)]
    songs["3/4 at 165"] = _song(mixed(seconds, waltz), beats)
    beats = drifting_beats(164, 170, seconds)
    songs["slow drift 164-170"] = _song(rock(beats, seconds), beats)
    beats = even_beats(170.0, seconds)
    third = seconds / 3
    played = beats[(beats < third) | (beats > third + 12)]
    kinds = [(kick, played[::2], 1), (snare, played[1::2], 0.9), (hat, played, 0.8)]
    songs["12 s without drums"] = _song(mixed(seconds, kinds), beats)
    beats = drifting_beats(166, 169, seconds)
    played = beats[(beats < third) | (beats > third + 12)]
    kinds = [(kick, played[::2], 1), (snare, played[1::2], 0.9), (hat, played, 0.8)]
    songs["12 s without drums, drift 166-169"] = _song(mixed(seconds, kinds), beats)
    beats = even_beats(176.0, seconds)
    fade = np.minimum(np.arange(int(seconds * FS_HZ)) / FS_HZ / 12, 1) ** 2
    songs["fade-in of 12 s"] = _song((rock(beats, seconds) * fade).astype(np.float32), beats)
    songs.update(_human_songs(seconds))
    return songs


def _song(sound: Sound, beats_s: NDArray[np.float64], *, is_refused: bool = False) -> MadeSong:
    return MadeSong(np.asarray(sound, np.float32), tuple(beats_s.tolist()), is_refused)


def _human_songs(seconds: float) -> dict[str, MadeSong]:
    """Those that are not as even as a machine, or not at all."""
    songs = dict[str, MadeSong]()
    slow = even_beats(86.0, seconds)
    rng = np.random.default_rng(5)
    beats = even_beats(170.0, seconds)
    human = beats + rng.normal(0, 0.006, len(beats))
    songs["played by hand, SD 6 ms"] = _song(rock(human, seconds), beats)
    beats = even_beats(172.0, seconds)
    swung = [(kick, beats[::2], 1), (snare, beats[1::2], 0.9), (hat, beats, 0.8), (hat, between(beats, 2 / 3), 0.7)]
    songs["172, swung between the beats"] = _song(mixed(seconds, swung), beats)
    for name, part in (("swung 2:1 at 86", 2 / 3), ("swung 60:40 at 86", 0.6)):
        late = between(slow, part)
        kinds = [(kick, slow[::2], 1), (snare, slow[1::2], 0.9), (hat, slow, 0.8), (hat, late, 0.7)]
        songs[name] = _song(mixed(seconds, kinds), np.sort(np.concatenate((slow, late))), is_refused=True)
    wander = np.cumsum(60 / (165 * (1 + 0.12 * np.sin(np.arange(400) / 5) + rng.normal(0, 0.05, 400)))) + 0.3
    wander = wander[wander < seconds - 0.5]
    songs["rubato"] = _song(mixed(seconds, [(kick, wander, 0.7), (hat, wander, 0.5)]), wander, is_refused=True)
    jitter = even_beats(170.0, seconds)
    jitter = jitter + rng.normal(0, 0.03, len(jitter))
    songs["stumbling, SD 30 ms"] = _song(
        mixed(seconds, [(kick, jitter, 0.7), (hat, jitter, 0.5)]), jitter, is_refused=True
    )
    songs["chords without a beat"] = _song(mixed(seconds, []), np.zeros(0), is_refused=True)
    noise = rng.standard_normal(int(seconds * FS_HZ)).astype(np.float32) * 0.1
    songs["noise"] = _song(noise, np.zeros(0), is_refused=True)
    return songs


def errors_ms(found_s: Sequence[float], known_s: Sequence[float]) -> NDArray[np.float64]:
    """From each beat that is known to the nearest that was found, ms; later is positive."""
    found, known = np.array(found_s), np.array(known_s)
    nearest = np.abs(found[:, None] - known).argmin(axis=0)
    return np.asarray((found[nearest] - known) * 1000)
