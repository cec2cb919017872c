"""Workouts in the formats of other programs, through the door and out as plans: what is taken, and what is said."""

import pytest
import workout_samples as samples
from each_row import each_row

from cadencecoach.errors import WorkoutError
from cadencecoach.fit import profile as fit
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Between, CueAt, Fixed, Free, Plan, Walk
from cadencecoach.workouts.drafting.draft import Drafted, draft_plan
from cadencecoach.workouts.reading.door import read_workout

SCHEMA = "plan.schema.json"


def imported(data: bytes) -> tuple[Plan, Drafted]:
    """The plan a workout becomes, and the text with its notes."""
    made = draft_plan(read_workout(data), SCHEMA)
    return load_plan(made.text.encode(), "imported"), made


@each_row(
    ("data", "name", "n_stages", "duration_s"),
    [
        (samples.ZWIFT_RUN, 'Quick feet: 4 x 90 s #1 "light"', 12, 300 + 600 + 4 * 135 + 120 + 300),
        (samples.ZWIFT_DISTANCE, "Kilometres", 1, None),
        (samples.ZWIFT_TEXTS, "Imported workout", 4, 180),
        (samples.INTERVALS_RUN, "Cadence and strides", 15, None),
        (samples.INTERVALS_FORUM, "Imported workout", 14, 1200 + 6 * 540 + 1200),
        (samples.GARMIN_RUN, "Track", 18, None),
        (samples.RUNNERUP_RUN, "Speedplay", 6, None),
        (samples.FIT_RUN, "On the watch", 8, None),
    ],
)
def test_a_workout_becomes_a_plan_without_a_mistake(
    data: bytes, name: str, n_stages: int, duration_s: float | None
) -> None:
    """With its name, its repeats written out as often as they say, and the schema's line first."""
    plan, made = imported(data)
    assert (plan.name, len(plan.stages), plan.duration_s) == (name, n_stages, duration_s)
    assert made.text.startswith("# yaml-language-server: $schema=plan.schema.json\n")


@each_row(
    ("data", "says"),
    [
        (samples.ZWIFT_RIDE, "a workout for cycling"),
        (samples.GARMIN_RIDE, "a workout for cycling"),
        (samples.INTERVALS_SWIM, "a workout for swimming"),
        (samples.fit_file(*samples.FIT_STEPS, sport=2), "a workout for cycling"),
        (samples.fit_file(*samples.FIT_STEPS, kind=fit.ACTIVITY_FILE), "an activity"),
        (samples.fit_file(), "none of its steps has a length"),
        (b"<TrainingCenterDatabase/>", "a TCX file"),
        (b"<gpx/>", "a GPX file"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><workout_file/>', "document type"),
        (b"<workout_file>", "not readable as XML"),
        (b"<workout_file/>", "no <workout> in it"),
        (b"<a>" * 30, "elements deep"),
        (b'{"a": 1}', "no workout of Garmin Connect or RunnerUp"),
        (b"[1, 2]", "a list of 2"),
        (b'{"a": ', "not readable as JSON: line 1"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"workoutSegments": ' + b"9" * 5000 + b"}", "a number larger than any"),
        (b"[COURSE HEADER]\n", "ERG or MRC"),
        (b"plan: A plan\nstages:\n", "a plan or programme of this program already"),
        (b"Buy milk\n- and bread\n", "few or no lines are a step"),
        (b"\xff\xfe\x00", "not readable as XML"),
        (b"caf\xe9", "no UTF-8"),
        (b"  \n", "is empty"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"x" * 1_000_001, "larger than"),
        (samples.FIT_RUN[:-9], "not a readable FIT file"),
        (samples.FIT_RUN[:40] + b"\x55" + samples.FIT_RUN[41:], "not a readable FIT file"),
    ],
)
def test_what_is_no_workout_on_foot_is_refused_in_one_line(data: bytes, says: str) -> None:
    """The line says what it is instead, or what is wrong."""
    with pytest.raises(WorkoutError) as caught:
        imported(data)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_cadence_is_read_by_its_size_and_that_is_said() -> None:
    """85 is strides, 160 is steps; a pair of revolutions is doubled."""
    plan, made = imported(samples.ZWIFT_RUN)
    targets = [stage.target for stage in plan.stages]
    assert targets[1] == Fixed(170)
    assert targets[2:4] == [Fixed(180), Fixed(160)]
    assert targets[-1] == Between(160, 168)
    assert "step 2: cadence 85 is read as strides a minute of one foot: 170 spm" in made.notes
    assert "step 6: cadence 160-168 is read as steps a minute: 160-168 spm" in made.notes


def test_targets_of_other_kinds_are_named_and_said_aloud() -> None:
    """Heart rate and pace make a free stage; beside a cadence they are words."""
    plan, made = imported(samples.GARMIN_RUN)
    heart, pace = plan.stages[-3:-1]
    assert (heart.target, heart.cues) == (Free(), (CueAt(0.0, "Heart rate 150-160 bpm."),))
    assert pace.target == Fixed(172)
    assert "step 5: heart rate 150-160 bpm is not something this program can hold; the stage is free" in made.notes
    assert "step 6: pace 5:12-5:33 /km is not something this program can hold; only the cadence is kept" in made.notes
    assert "step 1: heart rate zone 2 is not something this program can hold; the stage is free" in made.notes
    assert any("after 60 kcal" in note for note in made.notes)


def test_repeats_stay_repeats_one_in_the_other() -> None:
    """Two times three: the plan has them as `repeat`, and does them in their order."""
    plan, made = imported(samples.GARMIN_RUN)
    assert made.text.count("- repeat: ") == 2
    names = [stage.name for stage in plan.stages]
    assert names[1:8] == [f"{name} {n} of 6" for n in (1, 2, 3) for name in ("Run", "Recovery")] + ["Rest 1 of 2"]
    assert made.n_steps == 7


@each_row(
    ("data", "index", "seconds"),
    [(samples.GARMIN_RUN, 2, 80.0), (samples.FIT_RUN, 2, 160.0), (samples.RUNNERUP_RUN, 1, 100.0),
     (samples.INTERVALS_RUN, 2, 120.0), (samples.ZWIFT_DISTANCE, 0, None), (samples.INTERVALS_RUN, 14, None)],
)  # fmt: skip
def test_a_distance_is_a_time_where_the_pace_is_known_and_else_waits_for_the_key(
    data: bytes, index: int, seconds: float | None
) -> None:
    """200 m at 2.5 m/s, 400 m at 2.5 and 4 m/s, 400 m at 5:00 /km; and it is said."""
    plan, made = imported(data)
    assert plan.stages[index].duration_s == seconds
    assert any("is a distance, and a plan has none" in note for note in made.notes)


def test_texts_of_intervals_stay_at_their_time() -> None:
    """They count from the first start, so the turns are written out, each with its own."""
    plan, _ = imported(samples.ZWIFT_TEXTS)
    assert [stage.cues for stage in plan.stages] == [(CueAt(0.0, "Go"),), (), (CueAt(5.0, "Again"),), ()]


def test_the_words_of_intervals_icu_are_taken_apart() -> None:
    """Names before numbers, later words at their time, a walk by its name, the rest said."""
    plan, made = imported(samples.INTERVALS_RUN)
    quick, _, walk, first = plan.stages[1:5]
    assert (quick.name, quick.duration_s, quick.target) == ("Quick feet 1 of 3", 90.0, Fixed(180))
    assert walk.target == Walk()
    assert CueAt(60.0, "Second") in first.cues
    assert any("whichever is first" in note for note in made.notes)
    forum, _ = imported(samples.INTERVALS_FORUM)
    assert forum.stages[0].target == Between(180, 200)
    assert "power is less important than getting the torque" in forum.stages[1].cues[0].say
