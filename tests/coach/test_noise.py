"""Noise that tells the error: louder the farther from the band, gone within it, and nowhere where nobody is judged."""

from dataclasses import replace

from coach_rig import AT_170, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import SetNoise
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.coach.grading import noise_level_of
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.targets import Band

NOISY = replace(AT_170, feedback=replace(FEEDBACK, style=CueStyle.NOISE))
BAND = Band(200.0, 194.0, 206.0)


@each_row(
    ("spm", "level"),
    [(200, 0), (194, 0), (193.9, 1), (192.1, 1), (191.9, 2), (186, 5), (150, 5), (206, 0), (206.1, 1), (230, 5)],
)
def test_a_level_is_a_percent_beyond_the_band(spm: float, level: int) -> None:
    """None within the band, at its very edge too; each percent of the target farther is a level, five at most."""
    assert noise_level_of(spm, BAND, FEEDBACK) == level


def test_what_the_sensor_may_be_off_is_no_noise() -> None:
    """2 spm below the band with a sensor that may be 2 off: none; a little more: the first level."""
    assert [noise_level_of(spm, BAND, FEEDBACK, 2.0) for spm in (192.0, 191.9)] == [0, 1]


def levels(rig: CoachRig) -> list[tuple[float, int]]:
    """Every change of the noise."""
    return [(action.time_s, action.level) for action in rig.all_of(SetNoise)]


def off(stage_beat: Beat = Beat.ON) -> CoachRig:
    """Somebody who runs 150 at 170 after half a minute in the band."""
    rig = CoachRig(replace(NOISY, beat=stage_beat)).until(0.0).feet(0.0, Feet.LIVE)
    return rig.run_at(1, 40, 170.0, 3.0).run_at(40, 50, 150.0, 3.0)


@each_row("beat", [Beat.ON, Beat.OFF])
def test_it_swells_beside_the_beat_and_without_one_and_is_gone_in_the_band(beat: Beat) -> None:
    """No tone and no word corrects meanwhile."""
    rig = off(beat).run_at(50, 56, 170.0, 3.0)
    assert levels(rig)[0][0] <= 42.0
    assert max(level for _, level in levels(rig)) == 5
    assert levels(rig)[-1][1] == 0
    assert not [cue for cue in rig.cues() if cue.reason.value in {"below", "above"}]


def test_feedback_none_is_no_noise() -> None:
    """As no correction at all."""
    silent = replace(NOISY, feedback=replace(FEEDBACK, style=CueStyle.NONE))
    rig = CoachRig(silent).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 150.0, 3.0)
    assert levels(rig) == []


def test_a_pause_ends_it() -> None:
    """And it is off until the runner is judged again."""
    rig = off().press(50.0, Key.PAUSE)
    assert levels(rig)[-1] == (50.0, 0)


def test_pain_ends_it_and_nothing_is_heard_after_it() -> None:
    """Though the runner stays far off."""
    rig = off().press(50.0, Key.PAIN).take(PainRated(51.0, 8)).run_at(52, 70, 140.0, 3.0)
    assert levels(rig)[-1][1] == 0
    assert levels(rig)[-1][0] <= 52.0


def test_a_stage_without_help_has_none() -> None:
    """A probe is not helped by noise either."""
    rig = CoachRig(replace(NOISY, help_ratio=0.0)).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 150.0, 3.0)
    assert levels(rig) == []
