"""Scenes listened to, in short; `bench/microphone.py` has more of each, and the real way in. All sound is simulated."""

from dataclasses import replace

import numpy as np
import pytest
from treadmill_scenes import Scene, cadence_at, sound_of

from cadencecoach.gait.hearing.listener import LOOKS_HZ, Listener, Look
from cadencecoach.gait.hearing.own_clicks import Clicks
from cadencecoach.gait.hearing.verdict import Unheard

SECONDS, SHORT_S = 26.0, 20.0  # after the first nine seconds the short one has 22 looks, the long one 34
CLICKED = Scene(clicks_spm=172, delay_s=0.12, drift=60e-6)
NOBODY = Scene(spm=None)
scenes = pytest.mark.slow


@pytest.fixture
def seconds(pytestconfig: pytest.Config) -> float:
    """How long each scene is listened to."""
    return SECONDS if pytestconfig.getoption("long") else SHORT_S


def listened(scene: Scene, seed: int = 50, seconds: float = SECONDS) -> tuple[list[Look], list[bool]]:
    """Every look, and of those that tell something whether that is within two steps a minute."""
    made = sound_of(scene, seconds, seed)
    listener = Listener()
    listener.play(list(map(float, made.clicks_s)))
    looks = [look for at in range(0, len(made.samples), 1600) for look in listener.feed(made.samples[at : at + 1600])]
    told = [(look, cadence_at(made.steps_s, look.time_s)) for look in looks if look.cadence_spm is not None]
    return looks, [true is not None and abs(true - (look.cadence_spm or 0.0)) <= 2.0 for look, true in told]


@scenes
@pytest.mark.parametrize(
    ("scene", "told", "right"),
    [
        (Scene(), 0.9, 0.95),
        (Scene(noise_db=6, spm=181), 0.6, 0.95),
        (Scene(is_soft=True, spm=158), 0.9, 0.95),
        (Scene(second_spm=177), 0.6, 0.9),
        (Scene(is_levelled=True, high_pass_hz=150), 0.9, 0.95),
        (CLICKED, 0.6, 0.95),
        (replace(CLICKED, clicks_db=20, delay_s=0.3, drift=-100e-6), 0.6, 0.9),
        (replace(CLICKED, locked_spm=172), 0.6, 0.8),
    ],
    ids=["motor 0", "motor +6", "soft", "second runner", "levelled", "click +10", "click +20", "locked"],
)
def test_a_runner_is_heard(scene: Scene, told: float, right: float, seconds: float) -> None:
    """So much of the looks after the first nine seconds tell a step rate, and so much of those the true one.

    In short for 20 s, with `--long` for 26.
    """
    looks, is_right = listened(scene, seconds=seconds)
    assert len(is_right) >= told * (len(looks) - 9 * LOOKS_HZ)
    assert sum(is_right) >= right * len(is_right) - 1


@scenes
@pytest.mark.parametrize(
    "scene",
    [
        NOBODY,
        replace(NOBODY, slap=3.0, speed_mps=2.4),
        replace(NOBODY, radio="speech"),
        replace(NOBODY, radio="music", radio_bpm=160),
        replace(NOBODY, radio="music", radio_bpm=172, radio_db=10, noise_db=None),
        replace(NOBODY, radio="drums", radio_bpm=165),
        replace(CLICKED, spm=None, clicks_db=20),
    ],
    ids=["belt", "seam", "speech", "music", "loud music", "drum machine", "our click"],
)
def test_nobody_is_not_heard(scene: Scene, seconds: float) -> None:
    """Not once: in short for 20 s, with `--long` for 26."""
    _, is_right = listened(scene, seconds=seconds)
    assert is_right == []


@scenes
def test_our_clicks_are_found_with_their_delay_and_drift_and_nothing_is_told_before() -> None:
    """To 15 ms, of which some are the shape of the click; the drift to 40 millionths after half a minute."""
    looks, _ = listened(CLICKED, seconds=32.0)
    first = next(look for look in looks if look.clicks is Clicks.FOUND)
    assert all(look.cadence_spm is None for look in looks if look.time_s < first.time_s)
    arrival = looks[-1].arrival
    assert arrival is not None
    assert arrival.delay_s == pytest.approx(0.12, abs=0.015)
    assert arrival.drift == pytest.approx(60e-6, abs=40e-6)


@scenes
def test_clicks_in_headphones_are_given_up_and_the_steps_are_told() -> None:
    """They were played, and the microphone does not hear them."""
    made = sound_of(Scene(), SECONDS, 50)
    listener = Listener()
    listener.play([0.5 + number * 60 / 172 for number in range(70)])
    looks = listener.feed(made.samples)
    assert looks[7 * LOOKS_HZ - 1].unheard is Unheard.SEEKING_CLICK
    assert looks[-1].clicks is Clicks.UNHEARD
    assert looks[-1].cadence_spm == pytest.approx(165.0, abs=3.0)


@scenes
def test_a_change_of_pace_is_told_within_five_seconds() -> None:
    """From 162 to 174; in between it may be silent."""
    made = sound_of(Scene(spm=162, to_spm=174, at_s=15.0), SECONDS, 51)
    looks = Listener().feed(made.samples)
    first_s = next(look.time_s for look in looks if (look.cadence_spm or 0) > 171)
    assert 15.0 < first_s <= 19.6


@scenes
def test_the_first_word_needs_looks_over_a_second_that_agree() -> None:
    """Judged from seven seconds on, told from eight."""
    looks = Listener().feed(sound_of(Scene(spm=165), 9.0, 50).samples)
    assert [look.unheard for look in looks if 7.0 <= look.time_s < 8.0] == [Unheard.CHANGING] * 2
    assert all(look.cadence_spm is not None for look in looks if look.time_s >= 8.0)


def test_zeros_are_told_as_that() -> None:
    """After two seconds: a permission, or a switch; sound ends it."""
    listener = Listener()
    looks = listener.feed(np.zeros(5 * 8_000))
    assert [look.unheard for look in looks] == [Unheard.STARTING] * 3 + [Unheard.ZEROS] * 2
    assert listener.feed(0.1 * np.random.default_rng(1).standard_normal(16_000))[0].unheard is Unheard.STARTING


def test_it_looks_twice_a_second_whatever_the_blocks() -> None:
    """And tells how old the newest onsets are: each onset once, or on the edge of two looks."""
    sound = 0.1 * np.random.default_rng(1).standard_normal(3 * 16_000)
    in_blocks = Listener()
    looks = [look for at in range(0, len(sound), 999) for look in in_blocks.feed(sound[at : at + 999])]
    assert looks == Listener().feed(sound)
    assert [look.time_s for look in looks] == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
    assert all(0 < ago_s < 0.6 for look in looks for ago_s, _ in look.onsets)
