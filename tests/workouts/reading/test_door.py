"""Whatever bytes come through the door, a workout comes out or one line, and soon."""

import json
import random
from typing import Any

import pytest
import workout_samples as samples
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.errors import WorkoutError
from cadencecoach.fit.wire import Fields
from cadencecoach.workouts.drafting.draft import draft_plan
from cadencecoach.workouts.model import Repeat, WorkoutStep
from cadencecoach.workouts.reading.door import read_workout

TEXTS = (samples.ZWIFT_RUN, samples.ZWIFT_TEXTS, samples.INTERVALS_RUN, samples.GARMIN_RUN, samples.RUNNERUP_RUN)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)),
    max_leaves=4,
)
RUNNERUP = "com.garmin.connect.workout.json.UserWorkoutJson"


def survives(data: bytes) -> None:
    """Nothing but a workout or one line."""
    try:
        draft_plan(read_workout(data), "s")
    except WorkoutError as error:
        assert "\n" not in str(error)  # noqa: PT017  # both ends are right


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes(data: bytes) -> None:
    """Random ones."""
    survives(data)


@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_damaged_texts(sample: bytes, chance: random.Random) -> None:
    """Pieces left out, and pieces of others put in."""
    start, end = sorted(chance.choices(range(len(sample)), k=2))
    other = chance.choice(TEXTS)
    piece = other[chance.randrange(len(other)) :][: chance.randrange(40)]
    survives(sample[:start] + piece + sample[end:])


@given(st.sampled_from((samples.GARMIN_RUN, samples.RUNNERUP_RUN)), VALUE, st.randoms(use_true_random=False))
def test_json_with_values_of_the_wrong_kind(sample: bytes, value: object, chance: random.Random) -> None:
    """Anywhere in the document."""
    document = json.loads(sample)
    places: list[tuple[Any, Any]] = []

    def collect(node: object) -> None:
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, inner in list(items):
            places.append((node, key))
            collect(inner)

    collect(document)
    node, key = chance.choice(places)
    node[key] = value
    survives(json.dumps(document).encode())


@given(st.lists(st.lists(st.tuples(st.sampled_from([samples.ENDS_BY, samples.ENDS_AT, samples.KIND, samples.ZONE,
       samples.LOW, samples.HIGH, samples.INTENSITY]), st.integers(0, 300)), max_size=7), max_size=6))  # fmt: skip
def test_fit_steps_of_any_numbers(steps: list[Fields]) -> None:
    """Repeats of nothing, targets of kinds that are not known."""
    survives(samples.fit_file(*steps))


@each_row(
    "line", ["1" * 500_000, "- " + "1m" * 200_000, "- 5m " + "1:11-" * 100_000, "- 5m " + "60^30 " * 100_000,
             "- 5m\n" * 1_500, "- " + " " * 500_000 + "5m"]
)  # fmt: skip
def test_long_lines_are_soon_done(line: str) -> None:
    """What is looked at of a line has an end, so that no pattern can take for ever."""
    survives(line.encode())


def test_fit_repeats_of_one_time_may_stand_in_each_other_as_deep_as_they_like() -> None:
    """They are no repeats, and nothing recurses over them."""
    once: Fields = [(samples.ENDS_BY, 6), (samples.ENDS_AT, 0), (samples.ZONE, 1)]
    first: Fields = [(samples.ENDS_BY, 0), (samples.ENDS_AT, 60_000)]
    (only,) = read_workout(samples.fit_file(first, *[once] * 1500)).parts
    assert isinstance(only, WorkoutStep)


def group(own: int, parent: int | None) -> dict[str, object]:
    """A group of RunnerUp."""
    return {"stepTypeKey": "repeat", "groupId": own, "parentGroupId": parent, "endConditionValue": 2}


@each_row(
    ("steps", "says"),
    [
        ([group(1, 1)], "contains itself"),
        ([group(1, 2), group(2, 1)], "contains itself"),
        ([group(1, None), group(1, None)], "two groups 1"),
    ],
)
def test_groups_that_would_lose_their_steps_are_refused(steps: list[dict[str, object]], says: str) -> None:
    """In themselves, in each other, or twice."""
    with pytest.raises(WorkoutError, match=says):
        read_workout(json.dumps({RUNNERUP: {"workoutSteps": steps}}).encode())


def test_steps_of_a_group_that_is_not_there_are_kept() -> None:
    """They stand where the workout has them."""
    step = {"stepTypeKey": "interval", "parentGroupId": 7, "endConditionTypeKey": "time", "endConditionValue": 60}
    parts = read_workout(json.dumps({RUNNERUP: {"workoutSteps": [group(1, None), step]}}).encode()).parts
    assert [type(part) for part in parts] == [Repeat, WorkoutStep]
