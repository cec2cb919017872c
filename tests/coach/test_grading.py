"""The colour of the click: by the mean of five steps, plain at the target and wherever the runner is not judged."""

from dataclasses import replace

from coach_rig import AT_170, CORRECTIONS, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueReason, SetGrade
from cadencecoach.coach.grading import grade_of
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import CueStyle
from cadencecoach.plan.targets import Band

GRADED = replace(AT_170, feedback=replace(FEEDBACK, style=CueStyle.GRADED))
BAND = Band(200.0, 194.0, 206.0)


@each_row(
    ("spm", "grade"),
    [(200, 0), (196.1, 0), (195, 1), (193, 2), (191, 3), (187.5, 5), (150, 5), (205, -1), (207, -2), (230, -5)],
)
def test_a_grade_is_a_percent_beyond_clear(spm: float, grade: int) -> None:
    """Within 2 % of 200 spm the click is plain; each further percent is a grade, five at most."""
    assert grade_of(spm, BAND, FEEDBACK) == grade


@each_row(("spm", "grade"), [(194.6, 0), (194.4, 1), (205.4, 0), (205.6, -1)])
def test_the_click_stays_plain_as_far_as_the_sensor_may_be_off(spm: float, grade: int) -> None:
    """1.5 spm on either side of what is clear."""
    assert grade_of(spm, BAND, FEEDBACK, 1.5) == grade


def test_how_much_a_grade_is_is_the_plans() -> None:
    """`grade: 2 %`: 8 % too slow is 6 % beyond clear, the fourth grade... and half of that the second."""
    wide = replace(FEEDBACK, grade_ratio=0.02)
    assert [grade_of(spm, BAND, wide) for spm in (185.0, 191.0)] == [3, 2]


def test_in_a_narrow_band_plain_is_narrower_too() -> None:
    """1 % either way: two thirds of it are plain."""
    assert [grade_of(spm, Band(200.0, 198.0, 202.0), FEEDBACK) for spm in (198.8, 198.5)] == [0, 1]


def graded(rig: CoachRig) -> list[tuple[float, int]]:
    """Every change of colour."""
    return [(a.time_s, a.grade) for a in rig.all_of(SetGrade)]


def test_the_click_takes_its_colour_from_the_last_five_steps() -> None:
    """At 170 spm five steps are 1.8 s: the mean of two readings, not of the whole last seconds."""
    rig = CoachRig(GRADED).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 40, 170.0, 3.0).run_at(40, 43, 160.0, 3.0)
    assert graded(rig) == [(40.0, 1), (41.0, 4)]
    rig.run_at(43, 50, 170.0, 3.0)
    assert graded(rig)[2:] == [(43.0, 1), (44.0, 0)]


def test_how_many_steps_the_mean_is_of_is_the_plans() -> None:
    """`grade-over: 15 steps`: at 170 spm the mean of some five seconds, so that the colour comes more slowly."""
    slow = replace(GRADED, feedback=replace(GRADED.feedback, grade_over_steps=15))
    rig = CoachRig(slow).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 40, 170.0, 3.0).run_at(40, 46, 160.0, 3.0)
    assert graded(rig) == [(42.0, 1), (43.0, 2), (44.0, 3), (45.0, 4)]


def test_colour_stands_for_tones_and_words() -> None:
    """Far off for minutes: no tone, no word, no verdict at the end."""
    rig = CoachRig(replace(GRADED, duration_s=100.0), AT_170).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 105, 150.0, 3.0)
    assert rig.cues(*CORRECTIONS, CueReason.BACK, CueReason.SUMMARY) == []


@each_row("feet", [Feet.WALKING, Feet.STALE])
def test_who_is_not_judged_hears_a_plain_click(feet: Feet) -> None:
    """Walking or a silent sensor: the colour goes at once; before settling there is none."""
    rig = CoachRig(GRADED).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 50, 150.0, 3.0)
    assert graded(rig)[0][0] >= 30.0
    rig.feet(50.5, feet)
    assert graded(rig)[-1] == (50.5, 0)


def test_other_styles_have_no_colour() -> None:
    """Words as ever."""
    assert graded(CoachRig(AT_170).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 100, 150.0, 3.0)) == []


def test_a_reading_counts_for_less_than_five_steps() -> None:
    """At 150 spm five steps are 2 s: the reading of 2 s ago is over, that of 1 s ago is not."""
    rig = CoachRig(GRADED).until(0.0).feet(0.0, Feet.LIVE).run_at(1, 40, 150.0, 3.0)
    assert [time_s for time_s, _ in rig.state.graded.heard] == [38.0, 39.0]
