"""A treadmill as a microphone hears it, made: motor, belt seam, footfalls, our clicks, voices, music, the room.

Simulated sound with known truth. Levels in dB are over the footfalls, whose beginning is the reference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FS_HZ = 16_000
FIRST_BEAT_S = 0.5  # of a click of ours, and of feet that follow it
PEAK = 0.5


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What sounds.

    Attributes:
        spm: of the runner; None: nobody runs
        to_spm, at_s: another pace from then on
        jitter: of a step, as a part
        is_soft: soft ground, soft shoes
        second_spm: of a runner beside, 6 dB softer
        locked_spm: the feet follow our click of that tempo, missing it by 20 ms
        noise_db: of the motor
        slap: of the belt's seam, as a factor
        speed_mps: of the belt
        clicks_spm, clicks_db: of a click of ours in the room
        delay_s, drift: by which the clicks are heard later than played
        radio: `music`, `drums`, `speech` or empty
        radio_bpm, radio_db: of it
        high_pass_hz: of a computer's microphone; 0 is none
        is_levelled: by a computer's gain control
    """

    spm: float | None = 165.0
    to_spm: float | None = None
    at_s: float = 0.0
    jitter: float = 0.02
    is_soft: bool = False
    second_spm: float | None = None
    locked_spm: float | None = None
    noise_db: float | None = 0.0
    slap: float = 0.7
    speed_mps: float = 2.8
    clicks_spm: float | None = None
    clicks_db: float = 10.0
    delay_s: float = 0.0
    drift: float = 0.0
    radio: str = ""
    radio_bpm: float = 160.0
    radio_db: float = 0.0
    high_pass_hz: float = 0.0
    is_levelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Made:
    """A scene's sound, peak 0.5, with the true times of footfalls and of the clicks as they were played.

    `foot_rms` is what a footfall's beginning comes to in it, the reference of all levels; a gain control changes it.
    """

    samples: Floats
    steps_s: Floats
    clicks_s: Floats
    foot_rms: float


def cadence_at(steps_s: Floats, at_s: float, span_s: float = 6.0) -> float | None:
    """True step rate over the last seconds; None where nobody ran."""
    newest = steps_s[(steps_s > at_s - span_s) & (steps_s <= at_s)]
    return 60.0 * (len(newest) - 1) / float(newest[-1] - newest[0]) if len(newest) > 4 else None


def sound_of(scene: Scene, seconds: float, seed: int) -> Made:
    """Make a scene's sound."""
    rng = np.random.default_rng(seed)
    n = round(seconds * FS_HZ)
    clicks_s = np.arange(FIRST_BEAT_S, seconds - 0.3, 60 / scene.clicks_spm) if scene.clicks_spm else np.empty(0)
    steps_s = _steps(rng, scene, seconds)
    x = _room(rng, _put(n, steps_s, lambda number: _foot(rng, is_soft=scene.is_soft) * (1.15 if number % 2 else 1.0)))
    if scene.second_spm:
        beside = _steps(rng, Scene(spm=scene.second_spm), seconds)
        x += 0.5 * _room(rng, _put(n, beside, lambda _: _foot(rng, is_soft=scene.is_soft)))
    if scene.noise_db is None:
        x += 0.1 * REFERENCE * _noise(rng, n, tilt=0.5)
    else:
        x += REFERENCE * 10 ** (scene.noise_db / 20) * _motor(rng, n, scene.speed_mps)
        seams = np.arange(0.4, seconds - 0.2, 3.0 / scene.speed_mps)
        x += REFERENCE * scene.slap * _put(n, seams, lambda _: rng.standard_normal(320) * np.exp(-np.arange(320) / 80))
    if len(clicks_s):
        heard = clicks_s * (1 + scene.drift) + scene.delay_s
        x += _room(rng, _put(n, heard, lambda _: _click() * 10 ** (scene.clicks_db / 20)))
    if scene.radio:
        made = (
            _speech(rng, n)
            if scene.radio == "speech"
            else _music(rng, n, scene.radio_bpm, is_drums=scene.radio == "drums")
        )
        x += _room(rng, made) * REFERENCE * 10 ** (scene.radio_db / 20)
    x = _through_computer(x, scene)
    loudness = PEAK / float(np.abs(x).max())
    return Made(samples=x * loudness, steps_s=steps_s, clicks_s=clicks_s, foot_rms=REFERENCE * loudness)


def _steps(rng: np.random.Generator, scene: Scene, seconds: float) -> Floats:
    """When feet come down: unlike intervals, and one foot later than the other."""
    if scene.locked_spm:
        beats = np.arange(FIRST_BEAT_S, seconds - 0.3, 60 / scene.locked_spm) * (1 + scene.drift) + scene.delay_s
        locked: Floats = beats + rng.normal(-0.03, 0.02, len(beats))
        return locked
    if scene.spm is None:
        return np.empty(0)
    at_s, times = rng.uniform(0.1, 0.4), list[float]()
    while at_s < seconds - 0.2:
        times.append(at_s)
        now_spm = scene.to_spm if scene.to_spm and at_s >= scene.at_s else scene.spm
        side = 0.02 if len(times) % 2 else -0.02
        at_s += 60 / now_spm * (1 + scene.jitter * rng.standard_normal() + side)
    return np.array(times)


def _put(n: int, times_s: Iterable[float], make: Callable[[int], Floats]) -> Floats:
    y = np.zeros(n)
    for number, at_s in enumerate(times_s):
        at, one = int(at_s * FS_HZ), make(number)
        if 0 <= at < n:
            y[at : at + len(one)] += one[: n - at]
    return y


def _foot(rng: np.random.Generator, *, is_soft: bool) -> Floats:
    t = np.arange(int(0.12 * FS_HZ)) / FS_HZ
    thump = np.sin(2 * np.pi * rng.uniform(70, 110) * t) * np.exp(-t / 0.025)
    deck = 0.6 * np.sin(2 * np.pi * rng.uniform(180, 320) * t) * np.exp(-t / 0.018)
    heel = rng.standard_normal(len(t)) * np.exp(-t / 0.008) * (0.12 if is_soft else 0.5)
    foot: Floats = (thump + deck + heel) * rng.lognormal(0, 0.25)
    return foot


REFERENCE = float(np.sqrt(np.mean(_foot(np.random.default_rng(0), is_soft=False)[:640] ** 2)))


def _click() -> Floats:
    u = np.arange(int(0.03 * FS_HZ)) / FS_HZ
    one = (np.sin(2 * np.pi * 1800 * u) + 0.5 * np.sin(2 * np.pi * 3200 * u)) * np.exp(-u / 0.006)
    click: Floats = one * REFERENCE / np.sqrt(np.mean(one[:192] ** 2))
    return click


def _noise(rng: np.random.Generator, n: int, tilt: float = 0.0, band_hz: tuple[float, float] | None = None) -> Floats:
    spectrum, f = np.fft.rfft(rng.standard_normal(n)), np.fft.rfftfreq(n, 1 / FS_HZ)
    f[0] = f[1]
    if band_hz is not None:
        spectrum = spectrum * ((f >= band_hz[0]) & (f <= band_hz[1]))
    y = np.fft.irfft(spectrum / f**tilt, n)
    noise: Floats = y / np.std(y)
    return noise


def _motor(rng: np.random.Generator, n: int, speed_mps: float) -> Floats:
    t = np.arange(n) / FS_HZ
    lines = ((98, 1.0), (196, 0.6), (294, 0.4), (1176, 0.15))
    hum = np.sum([a * np.sin(2 * np.pi * f * t + rng.uniform(0, 6)) for f, a in lines], axis=0)
    roller = 1 + 0.3 * np.sin(2 * np.pi * speed_mps / (np.pi * 0.06) * t)
    motor: Floats = (
        0.7 * hum / np.std(hum) * roller + 0.7 * _noise(rng, n, 0.5) + 0.2 * _noise(rng, n, band_hz=(500, 4000))
    )
    return motor


def _music(rng: np.random.Generator, n: int, bpm: float, *, is_drums: bool) -> Floats:
    """Bass drum and snare in turn by a drummer who misses by 6 ms; with them bass, chords and a tune."""
    y, beat_s = np.zeros(n), 60 / bpm
    beats = np.arange(0.2, n / FS_HZ - 0.5, beat_s)
    u = np.arange(4000) / FS_HZ
    kick = np.sin(2 * np.pi * np.cumsum(48 + 110 * np.exp(-u / 0.015)) / FS_HZ) * np.exp(-u / 0.09)
    played = beats if is_drums else beats + rng.normal(0, 0.006, len(beats))

    def drum(number: int) -> Floats:
        if number % 2 == 0:
            return kick
        snare: Floats = (0.6 * np.sin(2 * np.pi * 185 * u) + 0.6 * rng.standard_normal(4000)) * np.exp(-u / 0.05)
        return snare

    y += _put(n, played, drum)
    if not is_drums:
        w = np.arange(int(beat_s * FS_HZ * 0.9)) / FS_HZ

        def note(number: int, octave: int = 1, n_harmonics: int = 4) -> Floats:
            f = (55.0, 65.4, 49.0, 73.4)[number // 4 % 4] * octave
            tone: Floats = np.sum([np.sin(2 * np.pi * f * h * w) / h for h in range(1, n_harmonics)], axis=0)
            return tone * np.exp(-w / 0.4)

        y += 0.5 * _put(n, beats, note) + 0.25 * _put(
            n, beats[::2], lambda k: note(2 * k, int(rng.choice((8, 9, 10))), 8)
        )
        y += 0.15 * _put(n, beats, lambda k: note(k, 4, 6))
    return y / float(np.std(y))


def _speech(rng: np.random.Generator, n: int) -> Floats:
    """Syllables of a voice that glides, with the unevenness and the pauses of somebody who reads the news."""
    y, at_s = np.zeros(n), 0.3
    while at_s < n / FS_HZ - 1.0:
        for _ in range(rng.integers(2, 9)):
            length_s = rng.uniform(0.09, 0.28)
            u = np.arange(int(length_s * FS_HZ)) / FS_HZ
            f0 = rng.uniform(95, 150) * (1 + rng.uniform(-0.15, 0.1) * u / length_s)
            phase, formant = 2 * np.pi * np.cumsum(f0) / FS_HZ, rng.uniform(300, 900)
            voice = np.sum(
                [np.sin(h * phase) / (1 + ((h * 120 - formant) / 250) ** 2) for h in range(1, 20)], axis=0
            ) * np.hanning(len(u))
            y[int(at_s * FS_HZ) : int(at_s * FS_HZ) + len(u)] += voice
            at_s += length_s + rng.uniform(0.01, 0.07)
            if at_s > n / FS_HZ - 0.6:
                break
        at_s += rng.uniform(0.15, 0.7)
    return y / float(np.std(y))


def _room(rng: np.random.Generator, x: Floats, answer_s: float = 0.25) -> Floats:
    m = int(answer_s * FS_HZ)
    answer = rng.standard_normal(m) * np.exp(-6.9 * np.arange(m) / m) * 0.25
    answer[0] = 1.0
    size = 1 << (len(x) + m - 2).bit_length()
    return np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(answer, size), size)[: len(x)]


def _through_computer(x: Floats, scene: Scene) -> Floats:
    """What a computer's microphone makes of it: without the depth, and always about as loud."""
    n = len(x)
    if scene.high_pass_hz:
        f = np.fft.rfftfreq(n, 1 / FS_HZ) / scene.high_pass_hz
        x = np.fft.irfft(np.fft.rfft(x) * f**2 / np.sqrt(1 + f**4), n)
    if scene.is_levelled:
        rms = np.sqrt(np.mean(x[: n // 160 * 160].reshape(-1, 160) ** 2, axis=1)) + 1e-9
        level, levels = rms[0], np.empty(len(rms))
        for k, one in enumerate(rms):
            level += (one - level) * (0.6 if one > level else 0.01)
            levels[k] = level
        gain = np.minimum(1 / levels, 10 / REFERENCE) ** 0.8
        x = x[: n // 160 * 160] * np.repeat(gain, 160)
    return x
