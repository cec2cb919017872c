"""Workouts of RunnerUp: the flat JSON that Garmin Connect had before, under a key that ends in `UserWorkoutJson`.

After WorkoutSerializer.java of github.com/jonasoreland/runnerup: steps in `stepOrder`, repeats by `groupId` and
`parentGroupId`, values with units of their own. Newer ones have the shape of `garmin`.
"""

from collections.abc import Iterator, Mapping, Sequence

from cadencecoach.errors import WorkoutError
from cadencecoach.workouts.model import Part, Repeat, Sport, Target, Workout, WorkoutStep
from cadencecoach.workouts.reading.garmin import USUAL_NAMES, length_of, target_of
from cadencecoach.workouts.reading.json_text import items_of, keys_of, word_at
from cadencecoach.workouts.reading.numbers import number_at, text
from cadencecoach.workouts.reading.sports import refuse_ride

KEY = "com.garmin.connect.workout.json.UserWorkoutJson"
FORM = "a RunnerUp workout"
SPORTS = {"running": Sport.RUN, "walking": Sport.WALK, "": Sport.UNSAID, "other": Sport.UNSAID}
LENGTHS = {"ms": 0.001, "second": 1.0, "centimeter": 0.01, "millimeter": 0.001, "meter": 1.0, "kilometer": 1000.0,
           "miles": 1609.344}  # to s or m  # fmt: skip
SPEEDS = {"centimeterspermillisecond": 10.0, "meterspermillisecond": 1000.0, "meterspersecond": 1.0,
          "centimeterspersecond": 0.01}  # to m/s  # fmt: skip
PACES = {"millisecondspercentimeter": 0.1, "millisecondspermeter": 0.001, "secondspermeter": 1.0,
         "secondspercentimeters": 100.0}  # to s/m  # fmt: skip
MOST_STEPS = 1000
DEEPEST = 10

Keys = Mapping[str, object]


def read_runnerup(document: Keys) -> Workout:
    """The workout of an object with the key above.

    Raises:
        WorkoutError: another sport, too many steps, or groups that stand in each other
    """
    head = keys_of(document.get(KEY))
    sport = word_at(head, "sportTypeKey")
    refuse_ride(sport, allowed=SPORTS)
    steps = [keys_of(one) for one in items_of(head.get("workoutSteps"))]
    if len(steps) > MOST_STEPS:
        raise WorkoutError(f"{len(steps)} steps; {MOST_STEPS} are allowed")
    _check_groups(steps)
    ordered = sorted(steps, key=lambda step: number_at(step, "stepOrder") or 0.0)
    return Workout(
        form=FORM,
        name=text(head.get("workoutName")),
        about=text(head.get("description")),
        sport=SPORTS[sport],
        parts=tuple(_inside(None, ordered)),
    )


def _check_groups(steps: Sequence[Keys]) -> None:
    """Refuse groups that stand in themselves, or of which there are two: their steps would be lost, or done for ever.

    Raises:
        WorkoutError: which group
    """
    parents: dict[float, float | None] = {}
    for step in filter(_is_repeat, steps):
        own = number_at(step, "groupId")
        if own in parents:
            raise WorkoutError(f"there are two groups {own:g}; each needs a number of its own")
        if own is not None:
            parents[own] = number_at(step, "parentGroupId")
    for group, parent in parents.items():
        above, n_above = parent, 0
        while above is not None and above in parents:
            above, n_above = parents[above], n_above + 1
            if n_above > DEEPEST:
                raise WorkoutError(f"group {group:g} contains itself, or is more than {DEEPEST} deep")


def _is_repeat(step: Keys) -> bool:
    return word_at(step, "stepTypeKey") == "repeat"


def _inside(group: float | None, steps: Sequence[Keys]) -> Iterator[Part]:
    """The parts whose parent is a group; None is the workout itself, and whatever names a group that is not there."""
    groups = {number_at(step, "groupId") for step in steps if _is_repeat(step)} - {None}
    for step in steps:
        parent = number_at(step, "parentGroupId")
        if (parent if parent in groups else None) != group:
            continue
        own = number_at(step, "groupId")
        if _is_repeat(step):
            inner = tuple(_inside(own, steps)) if own is not None else ()
            yield Repeat(int(number_at(step, "endConditionValue") or 1), inner)
        else:
            yield _step(step)


def _step(step: Keys) -> WorkoutStep:
    ending = word_at(step, "endConditionTypeKey")
    return WorkoutStep(
        name=text(step.get("stepName")),
        usual_name=USUAL_NAMES.get(word_at(step, "stepTypeKey"), "Run"),
        length=length_of(ending, _scale(step, "endConditionValue", "endConditionUnitKey")),
        targets=_targets(step),
        words=text(step.get("stepComments")),
    )


def _scale(step: Keys, name: str, unit: str) -> float | None:
    value = number_at(step, name)
    return None if value is None else value * LENGTHS.get(word_at(step, unit), 1.0)


def _targets(step: Keys) -> tuple[Target, ...]:
    unit = word_at(step, "targetValueUnitKey")
    one, two = number_at(step, "targetValueOne"), number_at(step, "targetValueTwo")
    values = {"one": _in_si(one, unit), "two": _in_si(two, unit), "zone": step.get("targetZone")}
    return target_of(word_at(step, "targetTypeKey"), values, "one", "two", "zone")


def _in_si(value: float | None, unit: str) -> float | None:
    if value is None or unit not in PACES:
        return None if value is None else value * SPEEDS.get(unit, 1.0)
    return 1 / (value * PACES[unit]) if value > 0 else None
