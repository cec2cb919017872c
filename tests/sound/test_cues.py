"""What happens to cues that overlap, are hushed, or come at short notice."""

import numpy as np
from each_row import each_row

from cadencecoach.sound.commands import Bus
from cadencecoach.sound.cues import Cues
from cadencecoach.sound.ducking import DUCK_GAIN

CLIP = np.ones(4800, np.float32)
FS_HZ = 48_000


def cues_with(*starts: int) -> Cues:
    """A book of equal cues."""
    cues = Cues(fs_hz=FS_HZ)
    for start in starts:
        cues.play(CLIP, bus=Bus.VOICE, start_frame=start, known_frame=0)
    return cues


def test_overlapping_dips_are_not_added() -> None:
    """Two phrases at once lower the click as far as one."""
    dip = cues_with(10_000, 11_000).duck_gain(9_000, 40_000)
    assert dip is not None
    assert dip.min() == np.float32(DUCK_GAIN)
    assert (dip[1000 : 1000 + 5800] == np.float32(DUCK_GAIN)).all()


def test_no_dip_is_no_array() -> None:
    """Away from cues there is nothing to multiply."""
    assert cues_with(10_000).duck_gain(0, 10_000 - 480) is None
    assert cues_with(10_000).duck_gain(10_000 + 4800 + 9600, 100_000) is None


def test_a_cue_at_short_notice_lowers_the_click_without_a_step() -> None:
    """Known only as it begins, the fall of 10 ms begins with it."""
    cues = Cues(fs_hz=FS_HZ)
    cues.play(CLIP, bus=Bus.VOICE, start_frame=1000, known_frame=1000)
    dip = cues.duck_gain(1000, 3000)
    assert dip is not None
    assert dip[0] == 1.0
    assert np.abs(np.diff(dip)).max() < 2 / 480
    assert dip[480] == np.float32(DUCK_GAIN)


def test_a_hushed_cue_lets_the_click_rise_from_where_it_is() -> None:
    """In the middle of the fall there is no jump either."""
    cues = cues_with(10_000)
    cues.hush(10_000 - 240)
    assert list(cues.sounding(0, 100_000)) == []
    dip = cues.duck_gain(9_000, 30_000)
    assert dip is not None
    assert np.abs(np.diff(dip)).max() < 2 / 480
    assert dip[-1] == 1.0


def test_a_second_hush_does_not_make_a_cue_longer() -> None:
    """A cue that fades goes on fading."""
    cues = cues_with(0)
    cues.hush(1000)
    cues.hush(1100)
    (cue,) = cues.sounding(0, 10_000)
    assert cue.end_frame == 1240
    assert cue.fade is not None
    assert cue.fade.start_frame == 1000


@each_row(("start", "n_heard"), [(900, 1), (1000, 1), (1001, 1)])
def test_a_cue_told_after_a_hush_stands_unless_it_would_sound_through_it(start: int, n_heard: int) -> None:
    """Only what sounds at the hush is cut."""
    cues = Cues(fs_hz=FS_HZ)
    cues.hush(1000)
    cues.play(CLIP, bus=Bus.VOICE, start_frame=start, known_frame=0)
    heard = list(cues.sounding(0, 10_000))
    assert len(heard) == n_heard
    assert (heard[0].end_frame == start + 4800) == (start >= 1000)


def test_what_is_over_is_forgotten() -> None:
    """An hour of cues does not stay in memory: after the last dip the book is empty."""
    cues = cues_with(*range(0, 1_000_000, 10_000))
    cues.hush(2_000_000)
    cues.forget(1_000_000)
    assert len(list(cues.sounding(0, 10_000_000))) <= 1
    cues.forget(2_000_000)
    assert not cues._book
    assert not cues._hushes
