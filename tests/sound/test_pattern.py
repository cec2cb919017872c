"""Which click each beat gets, and where it stands."""

import numpy as np
import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.sound.commands import Bus, SetBeat, SetGain, SetPattern
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.mixer import channel_gains
from cadencecoach.sound.pattern import Pattern, Strike

FS_HZ = 48_000
CLIPS = {"click": np.array([0.5], np.float32), "wood": np.array([0.25], np.float32)}
UNITY = dict.fromkeys(Bus, 1.0)
LEFT, RIGHT = Strike(clip="click", pan=-1.0), Strike(clip="click", pan=1.0)


def engine(n_channels: int = 1) -> Engine:
    """Beats of a known height, two a second."""
    made = Engine(clips=CLIPS, gains=UNITY, n_channels=n_channels)
    made.tell(SetBeat.steady(at_s=0.0, tempo_spm=120.0))
    return made


def test_strikes_come_in_turn_and_one_may_be_silent() -> None:
    """Beat 0 takes the first."""
    pattern = Pattern(strikes=(LEFT, None, RIGHT))
    assert [pattern.strike(beat) for beat in range(5)] == [LEFT, None, RIGHT, LEFT, None]


@given(seed=st.integers(0, 2**63), beat=st.integers(0, 10**6))
def test_chance_belongs_to_the_beat(seed: int, beat: int) -> None:
    """Asked again, in any order, a beat answers the same."""
    pattern = Pattern(strikes=(LEFT,), silent_ratio=0.5, seed=seed)
    assert pattern.strike(beat) == pattern.strike(beat)


@each_row("ratio", [0.0, 0.2, 0.5, 1.0])
def test_so_many_beats_are_left_out(ratio: float) -> None:
    """Of ten thousand, to two percent; none and all exactly; another seed leaves out others."""
    silent = [
        [Pattern(strikes=(LEFT,), silent_ratio=ratio, seed=seed).strike(beat) is None for beat in range(10_000)]
        for seed in (1, 2)
    ]
    assert np.mean(silent[0]) == pytest.approx(ratio, abs=0.02 if 0 < ratio < 1 else 0)
    assert (silent[0] != silent[1]) == (0 < ratio < 1)


@each_row("strikes", [(), (Strike(clip="click"),)])
def test_a_pattern_that_means_nothing_is_refused(strikes: tuple[Strike, ...]) -> None:
    """No strike, or more left out than there are."""
    with pytest.raises(ValueError, match="a pattern has a strike"):
        Pattern(strikes=strikes, silent_ratio=1.5 if strikes else 0.0)


def test_a_place_outside_the_ears_is_refused() -> None:
    """Pan is -1 to 1."""
    with pytest.raises(ValueError, match="pan is -1 to 1"):
        Strike(clip="click", pan=1.1)


def test_a_pattern_of_unknown_clips_is_refused() -> None:
    """Before anything has changed."""
    made = engine()
    with pytest.raises(ValueError, match="no clip 'gong'"):
        made.tell(SetPattern(at_s=0.0, pattern=Pattern(strikes=(Strike(clip="gong"),))))
    assert made.render(10)[0, 0] == 0.5


def test_panned_feet_each_have_their_ear() -> None:
    """Left beat on the left channel alone, right beat on the right; as much power as in the middle."""
    made = engine(n_channels=2)
    made.tell(SetPattern(at_s=0.0, pattern=Pattern(strikes=(LEFT, RIGHT))))
    heard = made.render(FS_HZ)
    assert heard[0] == pytest.approx((0.5 * np.sqrt(2), 0.0), abs=1e-6)
    assert heard[FS_HZ // 2] == pytest.approx((0.0, 0.5 * np.sqrt(2)), abs=1e-6)
    for pan in np.linspace(-1, 1, 9):
        assert np.square(channel_gains(float(pan), 2)).sum() == pytest.approx(2.0)


def test_two_channels_without_panning_say_the_same_as_one() -> None:
    """Bit for bit, in both forms."""
    one, two = engine(), engine(n_channels=2)
    mono, stereo = one.render_pcm16(FS_HZ), two.render_pcm16(FS_HZ)
    assert stereo.shape == (FS_HZ, 2)
    assert np.array_equal(stereo[:, 0], mono)
    assert np.array_equal(stereo[:, 1], mono)


def test_a_new_pattern_takes_the_next_beat() -> None:
    """A beat at the very moment has the new click."""
    made = engine()
    made.tell(SetPattern(at_s=0.5, pattern=Pattern(strikes=(Strike(clip="wood"),))))
    heard = made.render(FS_HZ + 1)[:, 0]
    assert (heard[0], heard[FS_HZ // 2], heard[FS_HZ]) == (0.5, 0.25, 0.25)


@each_row("block", [1, 64, 441, 997, 48_000])
def test_blocks_of_any_size_give_the_same_panned_samples(block: int) -> None:
    """Patterns, chance, gates and both channels."""

    def told() -> Engine:
        made = engine(n_channels=2)
        pattern = Pattern(strikes=(LEFT, RIGHT), silent_ratio=0.3, seed=7)
        made.tell(SetPattern(at_s=0.3, pattern=pattern))
        made.tell(SetGain(at_s=0.7, bus=Bus.CLICK, gain=0.0))
        made.tell(SetGain(at_s=0.8, bus=Bus.CLICK, gain=1.0))
        return made

    whole, cut = told().render(FS_HZ // 2 if block == 1 else 2 * FS_HZ), told()
    parts = [cut.render(min(block, len(whole) - first)) for first in range(0, len(whole), block)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_the_limiter_lowers_both_ears_alike() -> None:
    """A click far too loud on the left leaves the picture where it was."""
    made = Engine(clips={"click": np.full(400, 0.9, np.float32)}, gains=UNITY | {Bus.CLICK: 2.0}, n_channels=2)
    made.tell(SetPattern(at_s=0.0, pattern=Pattern(strikes=(Strike(clip="click", pan=-0.5),))))
    made.tell(SetBeat.steady(at_s=0.0, tempo_spm=60.0))
    heard = made.render(400)
    assert np.abs(heard).max() <= 0.89
    gains = channel_gains(-0.5, 2)[:, 0]
    assert heard[:, 1] / heard[:, 0] == pytest.approx(gains[1] / gains[0], rel=1e-5)
