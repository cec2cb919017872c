"""Anything a reader may hand over becomes a plan without an error, or one line that says why not."""

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import WorkoutError
from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.workouts.drafting.draft import draft_plan
from cadencecoach.workouts.drafting.rates import step_rate
from cadencecoach.workouts.drafting.words import clean, duration_words
from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    Counts,
    ForDistance,
    ForTime,
    Pace,
    Part,
    Repeat,
    Sport,
    UntilElse,
    UntilKey,
    Workout,
    WorkoutStep,
)

TEXT = st.text(max_size=120)
NUMBER = st.one_of(st.floats(-10, 1e9), st.integers(0, 100_000).map(float))
ENDS = st.one_of(st.none(), st.floats(0, 400))
LENGTH = st.one_of(NUMBER.map(ForTime), NUMBER.map(ForDistance), st.just(UntilKey()), TEXT.map(UntilElse))
TARGET = st.one_of(
    st.builds(Cadence, low=ENDS, high=ENDS, counts=st.sampled_from(Counts)),
    st.builds(Pace, st.floats(0.01, 10), st.floats(0.01, 10)),
    TEXT.map(Asked),
)
STEP = st.builds(
    WorkoutStep,
    name=TEXT,
    length=LENGTH,
    targets=st.lists(TARGET, max_size=3).map(tuple),
    words=TEXT,
    cues=st.lists(st.tuples(st.floats(0, 100_000), TEXT), max_size=3).map(tuple),
    remarks=st.lists(TEXT, max_size=2).map(tuple),
)
PARTS = st.recursive(
    STEP, lambda inner: st.builds(Repeat, st.integers(-1, 30), st.lists(inner, max_size=3).map(tuple)), max_leaves=8
)
WORKOUT = st.builds(
    Workout,
    form=st.just("a workout"),
    name=TEXT,
    about=TEXT,
    sport=st.sampled_from(Sport),
    parts=st.lists(PARTS, max_size=5).map(tuple),
)


@given(WORKOUT)
def test_a_draft_is_a_plan_without_an_error_whatever_stands_in_the_workout(workout: Workout) -> None:
    """Names with quotes, colons and signs that turn the text round; times of years; cadences of anything."""
    try:
        made = draft_plan(workout, "plan.schema.json")
    except WorkoutError as error:
        assert "\n" not in str(error)  # noqa: PT017  # both ends are right
        return
    checked = check_plan(made.text.encode(), "made")
    assert checked.plan is not None, made.text
    assert all("\n" not in note and note for note in made.notes)


@given(st.floats(0.001, 86_400))
def test_durations_are_read_back_to_the_millisecond(seconds: float) -> None:
    """In the words of the plan."""
    plan = check_plan(f"plan: a\nstages:\n  - {{name: b, duration: {duration_words(seconds)}}}\n".encode(), "a").plan
    assert plan is not None
    assert plan.duration_s == pytest.approx(seconds, abs=0.00051)


@given(st.text(max_size=400), st.integers(5, 80))
def test_clean_text_is_one_line_of_the_length(text: str, most: int) -> None:
    """And nothing is left that a plan would refuse."""
    line = clean(text, most)
    assert len(line) <= most
    assert line == " ".join(line.split())


@each_row(
    ("low", "high", "counts", "target"),
    [
        (85.0, 90.0, Counts.UNSAID, "170-180 spm"),
        (85.5, 85.5, Counts.UNSAID, "171 spm"),
        (170.0, 180.0, Counts.UNSAID, "170-180 spm"),
        (180.0, 170.0, Counts.UNSAID, "170-180 spm"),
        (109.0, 109.0, Counts.UNSAID, "218 spm"),
        (109.0, 109.0, Counts.STEPS, "109 spm"),
        (110.0, 110.0, Counts.UNSAID, "110 spm"),
        (170.0, None, Counts.UNSAID, "170 spm"),
        (40.0, 50.0, Counts.UNSAID, None),
        (85.0, 180.0, Counts.UNSAID, None),
        (300.0, 300.0, Counts.UNSAID, None),
        (None, None, Counts.UNSAID, None),
    ],
)
def test_what_a_cadence_counts_is_told_by_its_size(
    low: float | None, high: float | None, counts: Counts, target: str | None
) -> None:
    """Below 110 it is strides, unless the file says steps; what no plan may ask for is none."""
    found, said = step_rate(Cadence(low=low, high=high, counts=counts))
    assert found == target
    assert said or counts is Counts.STEPS


def test_notes_name_the_steps() -> None:
    """The same thing of several steps is one line."""
    parts: tuple[Part, ...] = tuple(WorkoutStep(length=ForTime(60), targets=(Asked("power 200 W"),)) for _ in range(3))
    made = draft_plan(Workout(form="a workout", parts=parts), "s")
    assert made.notes == ("steps 1, 2 and 3: power 200 W is not something this program can hold; the stage is free",)


@each_row(
    ("part", "says"),
    [
        (Repeat(1001, (WorkoutStep(length=ForTime(1)),)), "repeated 1001 times"),
        (Repeat(500, (WorkoutStep(length=ForTime(1)),) * 3), "1500 stages"),
        (
            Repeat(2, (Repeat(2, (Repeat(2, (Repeat(2, (Repeat(2, (WorkoutStep(length=ForTime(1)),)),)),)),)),)),
            "4 deep",
        ),
        (Repeat(25, (WorkoutStep(length=ForTime(3600)),)), "24 h are allowed"),
        (WorkoutStep(length=ForTime(0)), "none of its steps has a length"),
    ],
)
def test_what_no_plan_can_be_is_refused(part: Part, says: str) -> None:
    """With the limit."""
    with pytest.raises(WorkoutError, match=says):
        draft_plan(Workout(form="a workout", parts=(part,)), "s")
