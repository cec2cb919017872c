"""Clicks coloured by an error: told apart, and never louder than the plain one."""

from itertools import pairwise

import numpy as np
from each_row import each_row

from cadencecoach.sound.bank import FS_HZ
from cadencecoach.sound.commands import SetBeat, SetPattern
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.pattern import GRADES, Pattern, Strike, grade_name
from tools.sounds.loudness import loudness_lkfs
from tools.sounds.tones import SOUNDS

UP = [grade_name(grade) for grade in range(GRADES + 1)]
DOWN = [grade_name(-grade) for grade in range(GRADES + 1)]


def centre_hz(name: str) -> float:
    """The middle of a sound's energy."""
    power = np.abs(np.fft.rfft(SOUNDS[name](FS_HZ), FS_HZ)) ** 2
    return float((power * np.arange(len(power))).sum() / power.sum())


def test_grades_rise_and_fall_in_brightness() -> None:
    """From the plain click up each grade is brighter, and down from the second on duller."""
    up, down = [centre_hz(name) for name in UP], [centre_hz(name) for name in DOWN]
    assert all(b > 1.05 * a for a, b in pairwise(up))
    assert all(b < 0.97 * a for a, b in pairwise(down[1:]))
    assert up[-1] > 2.5 * up[0]
    assert down[-1] < 0.6 * down[0]


@each_row("name", [*UP[1:], *DOWN[1:]])
def test_no_grade_is_louder_than_the_plain_click(name: str) -> None:
    """By BS.1770, and not more than 2.1 dB softer."""
    plain_lkfs, lkfs = (loudness_lkfs(SOUNDS[one](FS_HZ), every_s=1 / 3) for one in ("click", name))
    assert plain_lkfs - 2.1 <= lkfs <= plain_lkfs + 0.05


def test_beyond_the_last_grade_there_is_no_other() -> None:
    """Nine off the scale is five."""
    assert (grade_name(9), grade_name(-9), grade_name(0)) == ("bright-5", "dull-5", "click")


def test_the_colour_changes_at_its_frame_and_the_beat_does_not() -> None:
    """Told at 1.0 s: the beat at 1.0 s has it, the one before has not, and both begin where they would have."""
    engine = Engine(clips={name: SOUNDS[name](FS_HZ) for name in (*UP, *DOWN)}, fs_hz=FS_HZ)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=120.0))
    engine.tell(SetPattern(at_s=1.0, pattern=Pattern(strikes=(Strike(clip="bright-5"),))))
    out = engine.render(2 * FS_HZ)[:, 0]
    first, third = out[0:2000], out[FS_HZ : FS_HZ + 2000]
    assert np.array_equal(out[FS_HZ // 2 : FS_HZ // 2 + 2000], first)
    assert not np.allclose(first, third, atol=1e-3)
    assert third[0] != 0.0
    assert out[FS_HZ - 1] == 0.0
