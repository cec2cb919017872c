"""Workouts as FIT files, as watches and their programs hand them on. The decoder is fitdecode; numbers are taken raw.

Source: FIT SDK 21, Profile.xlsx, messages `workout` and `workout_step`, types `wkt_step_duration`,
`wkt_step_target`, `workout_hr` (100 is added to beats a minute) and `workout_power` (1000 to watts); FIT Cookbook,
"Encoding FIT Workout Files".
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from cadencecoach.errors import WorkoutError
from cadencecoach.fit import profile as fit
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
from cadencecoach.workouts.reading.numbers import ends_words
from cadencecoach.workouts.reading.sports import refuse_ride

FORM = "a FIT workout"
FILE_TYPE = 0
SPORT, WORKOUT_NAME, ABOUT = 4, 8, 17
NAME, ENDS_BY, ENDS_AT, INTENSITY, NOTES, INDEX = 0, 1, 2, 7, 8, 254
MAIN, SECOND = (3, 4, 5, 6), (19, 20, 21, 22)  # kind, zone, lowest, highest
SPORTS = {0: Sport.UNSAID, 1: Sport.RUN, 11: Sport.WALK, 17: Sport.WALK, 254: Sport.UNSAID}
OTHERS = {2: "cycling", 5: "swimming", 15: "rowing", 21: "e-biking"}
USUAL_NAMES = {1: "Rest", 2: "Warm-up", 3: "Cool-down", 4: "Recovery"}
OPEN, REPEATS = 5, frozenset({6, 7, 8, 9, 10, 11, 12, 13, 17, 18, 27})
TIMES, DISTANCE, REPEAT_TIMES = frozenset({0, 28, 31}), 1, 6
FILE_TYPES = {1: "a device", 2: "settings", 4: "an activity: a run that was recorded", 6: "a course", 34: "a segment"}
SPEED, HEART, NO_TARGET, CADENCE, POWERS = frozenset({0, 12}), frozenset({1, 13}), 2, 3, frozenset({4, 7, 8, 9, 10})
NAMES = ((SPEED, "speed"), (HEART, "heart rate"), (POWERS, "power"), (frozenset({CADENCE}), "cadence"))
MAX_MESSAGES = 5_000  # a workout has some dozens
PERCENT_TO_BPM, PERCENT_TO_WATTS = 100, 1000

Values = Mapping[int, Any]


@dataclass(slots=True)
class _Found:
    """The messages that matter, by the numbers of their fields."""

    file_type: int | None = None
    head: Values = field(default_factory=dict)
    steps: list[Values] = field(default_factory=list)


def read_fit(data: bytes) -> Workout:
    """The workout of a FIT file.

    Raises:
        WorkoutError: not readable, no workout, or one not done on foot
    """
    found = _read(data)
    if found.file_type not in {None, fit.WORKOUT_FILE}:
        kind = FILE_TYPES.get(found.file_type or 0, f"of kind {found.file_type}")
        raise WorkoutError(f"this FIT file is {kind}; a workout is needed")
    sport = int(found.head.get(SPORT) or 0)
    refuse_ride(OTHERS.get(sport, f"sport {sport}") if sport not in SPORTS else None, allowed=())
    return Workout(
        form=FORM,
        name=str(found.head.get(WORKOUT_NAME) or ""),
        about=str(found.head.get(ABOUT) or ""),
        sport=SPORTS[sport],
        parts=_parts(found.steps),
    )


def _read(data: bytes) -> _Found:
    import fitdecode  # noqa: PLC0415  # a tenth of a second that only FIT files need

    found, n_frames = _Found(), 0
    options = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.IGNORE}
    try:
        with fitdecode.FitReader(io.BytesIO(data), processor=None, **options) as frames:
            for frame in islice(frames, MAX_MESSAGES + 1):
                n_frames += 1
                if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                    _take(found, frame)
    except Exception as error:  # the decoder meets damaged bytes with errors of many kinds
        raise WorkoutError(f"not a readable FIT file: {' '.join(str(error).split())[:120]}") from error
    if n_frames > MAX_MESSAGES:
        raise WorkoutError(f"more than {MAX_MESSAGES} messages; too many for a workout")
    return found


def _take(found: _Found, frame: Any) -> None:  # noqa: ANN401  # fitdecode has no types
    values = {
        one.field_def.def_num: one.raw_value
        for one in frame.fields
        if one.field_def is not None and not one.field_def.is_dev and isinstance(one.raw_value, int | float | str)
    }
    match frame.global_mesg_num:
        case fit.FILE_ID:
            found.file_type = int(values.get(FILE_TYPE, fit.WORKOUT_FILE))
        case fit.WORKOUT:
            found.head = values
        case fit.WORKOUT_STEP:
            found.steps.append(values)


def _parts(steps: list[Values]) -> tuple[Part, ...]:
    """Steps in their order; a repeat takes in those from a step of a number on."""
    ordered = sorted(enumerate(steps), key=lambda one: int(one[1].get(INDEX, one[0])) & 0xFFF)
    parts: list[tuple[int, Part]] = []  # with the number of their first step
    for place, step in ordered:
        index = int(step.get(INDEX, place)) & 0xFFF
        ends_by = int(step.get(ENDS_BY, OPEN))
        if ends_by in REPEATS:
            parts = _fold(parts, step, index, ends_by)
        else:
            parts.append((index, _step(step, ends_by)))
    return tuple(part for _, part in parts)


def _fold(parts: list[tuple[int, Part]], step: Values, index: int, ends_by: int) -> list[tuple[int, Part]]:
    first = int(step.get(ENDS_AT, -1))
    inner = [one for one in parts if one[0] >= first]
    if not inner or inner[0][0] != first:
        raise WorkoutError(f"step {index + 1} repeats from step {first + 1}, which is not there, or within a repeat")
    before = parts[: len(parts) - len(inner)]
    if ends_by == REPEAT_TIMES:
        times = int(step.get(MAIN[1], 1))
        if times == 1:
            return parts
        return [*before, (first, Repeat(times, tuple(part for _, part in inner)))]
    said = "the repeat goes on until something happens that no plan knows; its steps are included once"
    return [*before, *_with_remark(inner, said)]


def _with_remark(parts: list[tuple[int, Part]], said: str) -> Iterator[tuple[int, Part]]:
    for n, (index, part) in enumerate(parts):
        is_told = n > 0 or not isinstance(part, WorkoutStep) or said in part.remarks
        yield (
            index,
            part if is_told or not isinstance(part, WorkoutStep) else replace(part, remarks=(said, *part.remarks)),
        )


def _step(step: Values, ends_by: int) -> WorkoutStep:
    return WorkoutStep(
        name=str(step.get(NAME) or ""),
        usual_name=USUAL_NAMES.get(int(step.get(INTENSITY, 0)), "Run"),
        length=_length(ends_by, step.get(ENDS_AT)),
        targets=(*_target(step, *MAIN), *_target(step, *SECOND)),
        words=str(step.get(NOTES) or ""),
    )


def _length(ends_by: int, value: float | None) -> Length:
    """How a step ends: the value is in ms, cm, beats or kcal."""
    if ends_by == OPEN or value is None:
        return UntilKey()
    if ends_by in TIMES:
        return ForTime(value / 1000)
    if ends_by == DISTANCE:
        return ForDistance(value / 100)
    heart, power = _heart(value, value), _power(value, value)
    by = {2: f"below a heart rate of {heart}", 3: f"above a heart rate of {heart}", 4: f"after {value:g} kcal",
          14: f"below a power of {power}", 15: f"above a power of {power}",
          29: f"after {value:g} repetitions"}  # fmt: skip
    return UntilElse(by.get(ends_by, f"by something of kind {ends_by}"))


def _target(step: Values, kind_at: int, zone_at: int, low_at: int, high_at: int) -> tuple[Target, ...]:
    """What is asked for, if anything; the arguments are the numbers of the fields."""
    kind = int(step.get(kind_at, NO_TARGET))
    low, high, zone = (float(step.get(at) or 0.0) for at in (low_at, high_at, zone_at))
    if kind == NO_TARGET:
        return ()
    name = next((name for kinds, name in NAMES if kind in kinds), f"a target of kind {kind}")
    if zone:
        return (Asked(f"{name} zone {zone:g}"),)
    return (_range_target(kind, low, high) if low or high else Asked(f"{name} without numbers"),)


def _range_target(kind: int, low: float, high: float) -> Target:
    """A target between two numbers, of which one may be missing (0)."""
    if kind == CADENCE:
        return Cadence(low=low or None, high=high or None)
    if kind in SPEED:
        ends = sorted(end / 1000 for end in (low, high) if end)
        return Pace(ends[0], ends[-1])
    if kind in HEART:
        return Asked(f"heart rate {_heart(low, high)}")
    if kind in POWERS:
        return Asked(f"power {_power(low, high)}")
    return Asked(f"a target of kind {kind}, {ends_words(low, high)}")


def _heart(low: float, high: float) -> str:
    return _offset(low, high, PERCENT_TO_BPM, "% of the highest", "bpm")


def _power(low: float, high: float) -> str:
    return _offset(low, high, PERCENT_TO_WATTS, "% of the threshold", "W")


def _offset(low: float, high: float, offset: int, below: str, above: str) -> str:
    """A range whose numbers say by their size what they are: up to the offset percent, beyond it the unit."""
    if max(low, high) <= offset:
        return f"{ends_words(low or None, high or None)} {below}"
    ends = [end - offset for end in (low, high) if end > offset]
    return f"{ends_words(min(ends), max(ends))} {above}"
