from collections.abc import Callable
from dataclasses import replace

import pytest
from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.events import Key
from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.tracker import Tracker, observe, pass_time
from cadencecoach.plan.model import Relative, Stage
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.units import Measures
from cadencecoach.view.model import ViewModel
from cadencecoach.view.moment import Surroundings, asked_words, moment

WARM_UP = replace(STAGE, name="Warm-up", duration_s=60.0)
RUNG = replace(AT_170, name="Rung", duration_s=120.0, help_ratio=0.5)
OPEN = replace(STAGE, name="Open", duration_s=None)
NOWHERE = Tracker()


def tracked(cadence_spm: float = 164.0, *, until_s: float = 30.0) -> Tracker:
    """Feet that ran for half a minute, one reading a second, and were silent after that."""
    tracker = Tracker()
    for second in range(31):
        tracker = observe(tracker, Reading(time_s=float(second), cadence_spm=cadence_spm))
    return pass_time(tracker, until_s)


def seen(rig: CoachRig, time_s: float, tracker: Tracker = NOWHERE) -> ViewModel:
    """A moment with nothing around it."""
    return moment(rig.state, tracker, time_s, Surroundings())


def test_the_first_moment_shows_the_stage_and_no_more() -> None:
    """No feet yet, nothing asked for: names and times stand, everything unknown is None."""
    model = seen(CoachRig(WARM_UP, RUNG).until(0.0), 0.0)
    assert (model.stage_name, model.stage_number, model.n_stages) == ("Warm-up", 1, 2)
    assert (model.stage_done_s, model.stage_s, model.left_s) == (0.0, 60.0, 180.0)
    assert (model.next_name, model.next_target) == ("Rung", "170 spm")
    assert (model.cadence_spm, model.age_s, model.quality, model.feet) == (None, None, 0.0, Feet.UNKNOWN)
    assert (model.target_spm, model.low_spm, model.high_spm, model.band, model.tempo_spm) == (None,) * 5
    assert (model.is_paused, model.is_muted, model.is_over) == (False, False, False)


def test_a_target_shows_with_its_band_its_tempo_and_its_help() -> None:
    """170 spm and 3 %; the beat plays it."""
    model = seen(CoachRig(RUNG).until(1.0), 1.0)
    assert [model.low_spm, model.target_spm, model.high_spm] == pytest.approx([164.9, 170.0, 175.1])
    assert (model.tempo_spm, model.help_ratio, model.baseline_spm) == (170.0, 0.5, 160.0)


@each_row(
    ("time_s", "number", "done_s", "left_s"),
    [(30.5, 1, 30.5, 149.5), (60.0, 2, 0.0, 120.0), (90.0, 2, 30.0, 90.0), (180.0, 2, 120.0, 0.0)],
)
def test_times_count_from_the_start_of_the_stage(time_s: float, number: int, done_s: float, left_s: float) -> None:
    """At any moment: what has passed of the stage, and what is left of the session."""
    model = seen(CoachRig(WARM_UP, RUNG).until(time_s), time_s)
    assert (model.time_s, model.stage_number) == (time_s, number)
    assert [model.stage_done_s, model.left_s] == pytest.approx([done_s, left_s])


def test_a_screen_that_is_ahead_of_the_coach_shows_no_more_than_the_stage() -> None:
    """The loop may look just before the change is handed out: the bar is full and not fuller, nothing is negative."""
    model = seen(CoachRig(RUNG).until(119.9), 120.5)
    assert (model.stage_done_s, model.left_s) == (120.0, 0.0)


def test_a_pause_stops_the_times_and_not_the_clock() -> None:
    """Stage and rest stand still for as long as the pause lasts; session time goes on."""
    rig = CoachRig(WARM_UP, RUNG).until(20.0).press(20.0, Key.PAUSE)
    model = seen(rig, 50.0)
    assert (model.time_s, model.stage_done_s, model.left_s, model.is_paused) == (50.0, 20.0, 160.0, True)
    rig.press(50.0, Key.PAUSE)
    model = seen(rig, 55.0)
    assert (model.stage_done_s, model.left_s, model.is_paused) == (25.0, 155.0, False)


def test_an_open_ended_stage_has_no_length_and_leaves_none_to_the_session() -> None:
    """Here, or still to come; once it is behind, the rest is known again."""
    here = seen(CoachRig(OPEN, RUNG).until(500.0), 500.0)
    assert (here.stage_done_s, here.stage_s, here.left_s) == (500.0, None, None)
    assert seen(CoachRig(RUNG, OPEN).until(1.0), 1.0).left_s is None
    assert seen(CoachRig(OPEN, RUNG).until(500.0).press(500.0, Key.NEXT), 500.0).left_s == 120.0


def test_the_last_stage_has_no_next() -> None:
    """None, not an empty name."""
    model = seen(CoachRig(WARM_UP).until(1.0), 1.0)
    assert (model.next_name, model.next_target) == (None, None)


@each_row(
    ("silent_s", "feet", "cadence_spm"),
    [(0.0, Feet.LIVE, 164.0), (2.0, Feet.LIVE, 164.0), (4.0, Feet.STALE, 164.0), (6.0, Feet.LOST, None)],
)
def test_a_cadence_is_shown_with_its_age_until_the_sensor_is_lost(
    silent_s: float, feet: Feet, cadence_spm: float | None
) -> None:
    """Stale is still a number, with its age beside it; lost is none, and the age goes on."""
    model = seen(CoachRig(WARM_UP).until(30.0), 30.0 + silent_s, tracked(until_s=30.0 + silent_s))
    assert (model.feet, model.cadence_spm, model.age_s) == (feet, cadence_spm, silent_s)


def test_walking_shows_its_step_rate() -> None:
    """110 steps a minute are a fact, if not a cadence to coach."""
    model = seen(CoachRig(WARM_UP).until(30.0), 30.0, tracked(110.0))
    assert (model.feet, model.cadence_spm) == (Feet.WALKING, 110.0)


@each_row(
    ("cadence_spm", "until_s", "band"),
    [(170.0, 3, None), (170.0, 60, BandState.IN), (150.0, 60, BandState.BELOW), (190.0, 60, BandState.ABOVE)],
)
def test_the_band_is_shown_only_while_the_coach_judges(cadence_spm: float, until_s: int, band: BandState) -> None:
    """Settling says nothing; later in, below or above."""
    rig = CoachRig(AT_170).runs((0, until_s, cadence_spm))
    assert seen(rig, float(until_s)).band is band


def test_whoever_walks_is_not_judged() -> None:
    """Below the band a moment ago, walking now: no word."""
    rig = CoachRig(AT_170).runs((0, 60, 150.0)).feet(60.0, Feet.WALKING)
    assert seen(rig, 61.0).band is None


def test_a_ramp_shows_the_tempo_of_the_moment() -> None:
    """From the baseline of 160 to 168 over a minute: half-way 164."""
    rig = CoachRig(replace(STAGE, target=Relative(0.05), ramp_s=60.0)).until(0.0)
    assert [seen(rig, time_s).tempo_spm for time_s in (0.0, 30.0, 60.0, 90.0)] == pytest.approx([160, 164, 168, 168])


@each_row(
    ("press", "what"),
    [
        (lambda rig: rig.press(5.0, Key.MUTE), "is_muted"),
        (lambda rig: rig.press(5.0, Key.PAUSE), "is_paused"),
        (lambda rig: rig.press(5.0, Key.STOP), "is_over"),
    ],
)
def test_what_the_runner_asked_for_shows(press: Callable[[CoachRig], CoachRig], what: str) -> None:
    """Mute, pause, the end: each its own field."""
    model = seen(press(CoachRig(AT_170).until(0.0)), 6.0)
    assert [name for name in ("is_muted", "is_paused", "is_over") if getattr(model, name)] == [what]


def test_what_is_around_is_passed_on() -> None:
    """Heart rate, speed, words, message and unit come from outside the coach."""
    around = Surroundings(unit="x2", hr_bpm=150.0, speed_mps=2.9, last_cue="Quicker.", message="no sound")
    model = moment(CoachRig(WARM_UP).until(0.0).state, NOWHERE, 1.0, around)
    assert (model.unit, model.hr_bpm, model.speed, model.last_cue, model.message) == (
        "x2",
        150.0,
        "10.4 km/h",
        "Quicker.",
        "no sound",
    )


@each_row(
    ("stage", "words"),
    [
        (STAGE, "free"),
        (replace(AT_170, target=Relative(-0.025)), "-2.5 %"),
        (replace(STAGE, measures_baseline=True), "your own cadence"),
        (replace(AT_170, drill="A-skips"), "drill"),
    ],
)
def test_what_a_stage_asks_for_in_words(stage: Stage, words: str) -> None:
    """Its target as a plan writes it; measured, or a drill, whose target is not coached."""
    assert asked_words(stage, ENGLISH_SCREEN) == words


@each_row(
    ("measures", "text"),
    [
        (Measures(), "10.4 km/h"),
        (Measures(is_pace=True), "5:45 /km"),
        (Measures(is_imperial=True), "6.5 mph"),
        (Measures(is_imperial=True, is_pace=True), "9:15 /mi"),
    ],
)
def test_the_speed_is_told_as_the_runner_wants_it(measures: Measures, text: str) -> None:
    """In the four ways; the state and what is written down know m/s alone."""
    state = CoachRig(WARM_UP).until(0.0).state
    state = replace(state, words=replace(state.words, measures=measures))
    assert moment(state, NOWHERE, 1.0, Surroundings(speed_mps=2.9)).speed == text
