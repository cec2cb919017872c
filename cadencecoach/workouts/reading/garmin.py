"""Workouts of Garmin Connect as its web pages and the many programs around it hold them: JSON with `workoutSegments`.

The format is not published. Keys: what programs send and get back, github.com/cyberjunky/python-garminconnect
(workout.py) and github.com/mkuthan/garmin-workouts. Times are seconds, distances metres, speeds m/s. Cadence is said to
be steps a minute for runs; it is told by its size here, as everywhere.
"""

from collections.abc import Iterator, Mapping

from cadencecoach.errors import WorkoutError
from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    ForDistance,
    ForTime,
    Length,
    Pace,
    Part,
    Repeat,
    Sport,
    Target,
    UntilElse,
    UntilKey,
    Workout,
    WorkoutStep,
)
from cadencecoach.workouts.reading.json_text import items_of, keys_of, word_at
from cadencecoach.workouts.reading.numbers import ends_words, number_at, text
from cadencecoach.workouts.reading.sports import refuse_ride

FORM = "a Garmin Connect workout"
SPORTS = {"running": Sport.RUN, "walking": Sport.WALK, "hiking": Sport.WALK, "": Sport.UNSAID, "other": Sport.UNSAID}
USUAL_NAMES = {"warmup": "Warm-up", "cooldown": "Cool-down", "recovery": "Recovery", "rest": "Rest"}
UNITS = {"heart.rate.zone": ("heart rate", " bpm"), "heart.rate": ("heart rate", " bpm"),
         "power.zone": ("power", " W"), "power": ("power", " W"), "grade": ("grade", " %"),
         "resistance": ("resistance", "")}  # fmt: skip
CADENCE, SPEED = frozenset({"cadence", "cadence.zone"}), frozenset({"pace.zone", "speed.zone", "pace", "speed"})
NO_TARGET = frozenset({"", "no.target", "open"})
ENDINGS = {"calories": ("after", "kcal"), "heart.rate": ("at a heart rate of", "bpm"), "power": ("at a power of", "W"),
           "reps": ("after", "repetitions"), "fixed.repetition": ("after", "repetitions")}  # fmt: skip
SECONDS = frozenset({"time", "fixed.rest"})
DEEPEST = 10  # repeats in repeats before anybody asks what a plan allows


def read_garmin(document: Mapping[str, object]) -> Workout:
    """The workout of an object with `workoutSegments`.

    Raises:
        WorkoutError: another sport, or nested beyond reason
    """
    sport = word_at(document, "sportType", "sportTypeKey")
    refuse_ride(sport, allowed=SPORTS)
    segments = [keys_of(one) for one in items_of(document.get("workoutSegments"))]
    for segment in segments:
        refuse_ride(word_at(segment, "sportType", "sportTypeKey"), allowed=SPORTS)
    return Workout(
        form=FORM,
        name=text(document.get("workoutName")),
        about=text(document.get("description")),
        sport=SPORTS[sport],
        parts=tuple(part for one in segments for part in _parts(items_of(one.get("workoutSteps")), 0)),
    )


def _parts(steps: list[object], depth: int) -> Iterator[Part]:
    if depth > DEEPEST:
        raise WorkoutError(f"repeats are nested more than {DEEPEST} deep; too deep for a plan")
    for step in map(keys_of, steps):
        if "workoutSteps" in step or word_at(step, "stepType", "stepTypeKey") == "repeat":
            yield from _repeat(step, depth)
        else:
            yield _step(step)


def _repeat(step: Mapping[str, object], depth: int) -> Iterator[Part]:
    """A group; one that goes on until something happens is done once."""
    inner = tuple(_parts(items_of(step.get("workoutSteps")), depth + 1))
    times = number_at(step, "numberOfIterations")
    ending = word_at(step, "endCondition", "conditionTypeKey")
    times = number_at(step, "endConditionValue") if times is None and ending == "iterations" else times
    if times is not None:
        yield Repeat(int(times), inner)
        return
    said = f"the repeat does not say how often (it ends by {ending or 'nothing'}); its steps are included once"
    yield from with_remark(inner, said)


def with_remark(parts: tuple[Part, ...], remark: str) -> Iterator[Part]:
    """The same parts, with something said at the first step."""
    for index, part in enumerate(parts):
        if index == 0 and isinstance(part, WorkoutStep):
            yield WorkoutStep(name=part.name, usual_name=part.usual_name, length=part.length, targets=part.targets,
                       words=part.words, cues=part.cues, remarks=(remark, *part.remarks))  # fmt: skip
        else:
            yield part


def _step(step: Mapping[str, object]) -> WorkoutStep:
    kind = word_at(step, "stepType", "stepTypeKey")
    ending = word_at(step, "endCondition", "conditionTypeKey")
    main = target_of(word_at(step, "targetType", "workoutTargetTypeKey"), step, "targetValueOne", "targetValueTwo",
                     "zoneNumber")  # fmt: skip
    second = target_of(word_at(step, "secondaryTargetType", "workoutTargetTypeKey"), step, "secondaryTargetValueOne",
                       "secondaryTargetValueTwo", "secondaryZoneNumber")  # fmt: skip
    return WorkoutStep(
        name=text(step.get("stepName")),
        usual_name=USUAL_NAMES.get(kind, "Run"),
        length=length_of(ending, number_at(step, "endConditionValue")),
        targets=(*main, *second),
        words=text(step.get("description")),
    )


def length_of(ending: str, value: float | None) -> Length:
    """How a step ends; `value` in seconds or metres."""
    if ending in SECONDS and value is not None:
        return ForTime(value)
    if ending == "distance" and value is not None:
        return ForDistance(value)
    if ending in {"lap.button", ""}:
        return UntilKey()
    if ending not in ENDINGS:
        return UntilElse(f"by {ending.replace('.', ' ')[:40]}")
    before, unit = ENDINGS[ending]
    return UntilElse(f"{before} {'?' if value is None else f'{value:g}'} {unit}")


def target_of(kind: str, step: Mapping[str, object], one: str, two: str, zone: str) -> tuple[Target, ...]:
    """What is asked for; the names are those of the values in the step."""
    low, high = number_at(step, one) or None, number_at(step, two) or None  # 0 is how it says that an end is open
    if kind in NO_TARGET:
        return ()
    if kind in CADENCE and (low or high):
        return (Cadence(low=low, high=high),)
    if kind in SPEED and (low or high):
        ends = sorted(end for end in (low, high) if end is not None)
        return (Pace(ends[0], ends[-1]),) if ends[0] > 0 else (Asked("a speed below zero"),)
    name, unit = UNITS.get(kind, (kind.replace(".zone", "").replace(".", " ")[:40], ""))
    number = number_at(step, zone)
    if number is not None:
        return (Asked(f"{name} zone {number:g}"),)
    return (Asked(f"{name} {ends_words(low, high)}{unit}" if low or high else f"{name} without numbers"),)
