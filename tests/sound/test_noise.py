"""Pink noise: as loud as its level, the same in each octave, and softer under words."""

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.sound.commands import Bus, Cut, MakeNoise, Play
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.noise import FADE_S, gain_of_level, pink_noise

FS = 16_000


def engine() -> Engine:
    """With a silent click and silent words."""
    silent = np.full(FS, 1e-9, np.float32)
    gains = dict.fromkeys(Bus, 1.0)
    return Engine(clips={"click": silent, "words": silent}, fs_hz=FS, gains=gains)


def level_db(sound: np.ndarray) -> float:
    """Of what was heard."""
    return float(10 * np.log10((sound.astype(float) ** 2).mean() + 1e-20))


def test_octaves_are_equally_loud() -> None:
    """From 125 Hz to 4 kHz within a decibel; and it goes round without a step."""
    loop = pink_noise(FS)
    power = np.abs(np.fft.rfft(loop)) ** 2
    pitches_hz = np.fft.rfftfreq(len(loop), 1 / FS)
    octaves = [10 * np.log10(power[(pitches_hz >= low) & (pitches_hz < 2 * low)].sum()) for low in (125, 500, 2000)]
    assert max(octaves) - min(octaves) < 1.0
    assert abs(loop[0] - loop[-1]) < np.abs(np.diff(loop)).max()


def test_each_level_is_louder_by_the_same_factor() -> None:
    """5 dB from one to the next; none at 0."""
    assert gain_of_level(0) == 0
    assert np.diff([20 * np.log10(gain_of_level(level)) for level in range(1, 6)]) == pytest.approx([5.0] * 4)


def test_it_swells_and_goes() -> None:
    """From the order on, over the fade; silent before it, and after the order for none."""
    one = engine()
    assert not one.render(FS).any()
    one.tell(MakeNoise(at_s=1.0, level=5))
    heard = one.render(FS)
    assert level_db(heard[FS // 2 :]) == pytest.approx(20 * np.log10(0.25), abs=1.5)
    one.tell(MakeNoise(at_s=2.0, level=0))
    gone = one.render(FS)
    assert not gone[round((FADE_S + 0.05) * FS) :].any()
    assert one.skip_silence(FS)


def test_a_cut_ends_it_at_once() -> None:
    """Within a hundredth of a second, not over its fade."""
    one = engine()
    one.tell(MakeNoise(at_s=0.0, level=5))
    one.render(FS)
    one.tell(Cut(at_s=1.0))
    assert not one.render(FS)[round(0.03 * FS) :].any()


def test_words_lower_it() -> None:
    """By 12 dB."""
    plain, spoken = engine(), engine()
    for one in (plain, spoken):
        one.tell(MakeNoise(at_s=0.0, level=3))
        one.render(FS)
    spoken.tell(Play(at_s=1.2, clip="words", bus=Bus.VOICE))
    within = slice(round(0.4 * FS), round(0.9 * FS))
    assert level_db(spoken.render(FS)[within]) - level_db(plain.render(FS)[within]) == pytest.approx(-12.0, abs=0.1)


@each_row("level", [-1, 6])
def test_other_levels_mean_nothing(level: int) -> None:
    """And change nothing."""
    with pytest.raises(ValueError, match="a level of noise is 0 to 5"):
        engine().tell(MakeNoise(at_s=0.0, level=level))


@each_row("block", [128, 1000])
def test_samples_do_not_depend_on_the_blocks(block: int) -> None:
    """As all that the engine plays."""
    whole, pieces = engine(), engine()
    for one in (whole, pieces):
        one.tell(MakeNoise(at_s=0.1, level=2))
    parts = [pieces.render(min(block, FS - at)) for at in range(0, FS, block)]
    assert np.array_equal(whole.render(FS), np.concatenate(parts))
