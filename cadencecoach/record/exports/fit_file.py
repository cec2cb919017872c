"""A session as a FIT activity: strides a minute with their fraction, a lap for each stage, our own fields beside.

What an activity file must have, and in which order: FIT Cookbook, "Encoding Activity Files". Cadence counts strides
there, and the half that a whole number loses goes into a field of its own.
"""

import math
from collections.abc import Callable, Iterator
from operator import itemgetter

from cadencecoach.errors import JournalError
from cadencecoach.fit import profile as fit
from cadencecoach.fit.wire import Field, Fields, FitWriter, Value
from cadencecoach.gait.dynamics import STEPS_PER_STRIDE
from cadencecoach.record.exports.activity import Activity, Lap
from cadencecoach.record.exports.fit_head import CUE, IN_BAND, REASON, STAGE, TARGET, head_of
from cadencecoach.record.exports.seconds import Second
from cadencecoach.record.moments import Start, start_of
from cadencecoach.units import strides_from_spm

MM_PER_M = 1000.0
# Garmin's own fields: vertical oscillation, stance time, vertical ratio, step length; their means in laps and sessions.
DYNAMICS_OF_RECORD, DYNAMICS_OF_LAP, DYNAMICS_OF_SESSION = (39, 41, 83, 85), (77, 79, 118, 120), (89, 91, 132, 134)
Timed = tuple[int, int, Fields]  # session second, message, its fields


def fit_bytes(activity: Activity) -> bytes:
    """The file.

    Raises:
        JournalError: nobody knows when the session was, or FIT cannot hold that time
    """
    start = start_of(activity.header.get("started"), activity.summary.gaps)
    end_s = math.ceil(activity.series.end_s)
    if start.fit_s(0) < fit.FIRST_DATE_S or start.fit_s(end_s) > fit.LAST_DATE_S:
        raise JournalError(f"FIT cannot store {start.iso(0)}; it can store times from 1998 to 2126")
    writer = FitWriter()
    for message, fields in head_of(activity, start):
        writer.add(message, fields)
    # At one moment the timer goes first when it starts and last when it stops, as a watch does.
    for time_s, message, fields in sorted([*_timer(activity), *_records(activity)], key=itemgetter(0)):
        writer.add(message, [(fit.TIMESTAMP, start.fit_s(time_s)), *fields])
    for message, fields in _totals(activity, start):
        writer.add(message, fields)
    return writer.file()


def _timer(activity: Activity) -> Iterator[Timed]:
    """The timer runs but for the pauses; its events stand where the records stop and go on."""
    end_s = activity.series.end_s
    yield _event(0, fit.STARTED)
    for pause in activity.series.pauses:
        from_s, to_s = math.ceil(pause.from_s), math.ceil(pause.to_s)
        if from_s < to_s:
            yield _event(from_s, fit.STOPPED)
        if from_s < to_s and pause.to_s < end_s:
            yield _event(to_s, fit.STARTED)
    for at_s, _ in activity.summary.gaps:  # the second that a break falls into is the last one before it
        yield _event(max(0, math.ceil(at_s) - 1), fit.STOPPED)
        yield _event(math.ceil(at_s), fit.STARTED)
    yield _event(math.ceil(end_s), fit.STOPPED_ALL)


def _event(time_s: int, kind: int) -> Timed:
    return time_s, fit.EVENT, [(fit.enum(0), fit.TIMER), (fit.enum(1), kind), (fit.byte(4), 0)]


def _records(activity: Activity) -> Iterator[Timed]:
    """One a second, none in a pause."""
    for second in activity.series.seconds:
        if not second.is_paused:
            yield second.time_s, fit.RECORD, _record(second)


def _record(second: Second) -> Fields:
    whole, part = _strides(second.cadence_spm)
    fields: list[tuple[Field, Value]] = [
        (fit.byte(3), second.hr_bpm),
        (fit.byte(4), whole),
        (fit.metres(5), second.distance_m),
        (fit.mps(6), second.speed_mps),
        (fit.fraction(53), part),
    ]
    fields.extend(_dynamics(second.dynamics_value, DYNAMICS_OF_RECORD))
    if second.target_spm is not None:
        fields.append((TARGET, second.target_spm))
    if second.cues:
        fields.append((CUE, " / ".join(cue.text for cue in second.cues)))
        fields.append((REASON, " / ".join(cue.reason for cue in second.cues)))
    return fields


def _dynamics(told: Callable[[str], float | None], numbers: tuple[int, int, int, int]) -> Fields:
    """Oscillation and step in mm, stance in ms, and oscillation over step in percent, where there is a value."""
    oscillation_mm, contact_ms, stride_m = map(told, ("oscillation_mm", "contact_ms", "stride_m"))
    step_mm = None if stride_m is None else stride_m * MM_PER_M / STEPS_PER_STRIDE
    ratio_percent = None if oscillation_mm is None or not step_mm else 100 * oscillation_mm / step_mm
    makers = (fit.tenths, fit.tenths, fit.percent, fit.tenths)
    values = (oscillation_mm, contact_ms, ratio_percent, step_mm)
    pairs = zip(makers, numbers, values, strict=True)
    return [(make(number), value) for make, number, value in pairs if value is not None]


def _strides(cadence_spm: float | None) -> tuple[float | None, float | None]:
    """Whole strides a minute, and the rest as a multiple of 1/128."""
    if cadence_spm is None:
        return None, None
    in_128 = round(strides_from_spm(cadence_spm) * 128)
    return in_128 // 128, in_128 % 128 / 128


def _totals(activity: Activity, start: Start) -> Iterator[tuple[int, Fields]]:
    """Laps, the session, the activity."""
    for index, lap in enumerate(activity.laps):
        yield fit.LAP, _lap(lap, index, activity, start)
    end = start.fit_s(math.ceil(activity.series.end_s))
    yield fit.SESSION, _session(activity, start.fit_s(0), end)
    yield (
        fit.ACTIVITY,
        [
            (fit.TIMESTAMP, end),
            (fit.seconds(0), activity.summary.session.duration_s),
            (fit.short(1), 1),
            (fit.enum(2), 0),
            (fit.enum(3), fit.ACTIVITY_OVER),
            (fit.enum(4), fit.STOPPED),
            (fit.long(5), _local_s(activity, end)),
        ],
    )


def _session(activity: Activity, began: int, end: int) -> Fields:
    return [
        (fit.MESSAGE_INDEX, 0),
        (fit.TIMESTAMP, end),
        (fit.enum(0), fit.SESSION_OVER),
        (fit.enum(1), fit.STOPPED),
        (fit.long(2), began),
        (fit.enum(5), fit.RUNNING),
        (fit.enum(6), fit.SUB_SPORTS[activity.surface]),
        *_sums(activity.whole, activity),
        *_means(activity.whole, speeds=(14, 15), hearts=(16, 17), cadences=(18, 92, 19, 93), cycles=(10, 94)),
        *_dynamics(activity.whole.mean_told, DYNAMICS_OF_SESSION),
        (fit.short(25), 0),
        (fit.short(26), len(activity.laps)),
        (fit.enum(28), 0),
    ]


def _local_s(activity: Activity, end: int) -> int | None:
    """The end by the clocks of the place; None where the journal does not know them."""
    offset_s = activity.header.get("utc_offset_s")
    return end + offset_s if type(offset_s) is int else None


def _lap(lap: Lap, index: int, activity: Activity, start: Start) -> Fields:
    is_last = index == len(activity.laps) - 1
    in_band_ratio = lap.part.in_band_ratio
    return [
        (fit.MESSAGE_INDEX, index),
        (fit.TIMESTAMP, start.fit_s(math.ceil(lap.to_s))),
        (fit.enum(0), fit.LAP_OVER),
        (fit.enum(1), fit.STOPPED),
        (fit.long(2), start.fit_s(math.ceil(lap.from_s))),
        (fit.enum(24), fit.BY_END if is_last else fit.BY_TIME),
        (fit.enum(25), fit.RUNNING),
        (fit.enum(39), fit.SUB_SPORTS[activity.surface]),
        *_sums(lap, activity),
        *_means(lap, speeds=(13, 14), hearts=(15, 16), cadences=(17, 80, 18, 81), cycles=(10, 82)),
        *_dynamics(lap.mean_told, DYNAMICS_OF_LAP),
        *([(STAGE, lap.part.name)] if lap.part.name else []),
        *([(TARGET, lap.part.target_spm)] if lap.part.target_spm is not None else []),
        *([(IN_BAND, in_band_ratio * 100)] if in_band_ratio is not None else []),
    ]


def _sums(lap: Lap, activity: Activity) -> Fields:
    """Times and the way; they have the same numbers in a lap and in a session."""
    broken_s = sum(gap_s or 0.0 for at_s, gap_s in activity.summary.gaps if lap.from_s < at_s <= lap.to_s)
    return [
        (fit.seconds(7), lap.to_s - lap.from_s + broken_s),
        (fit.seconds(8), lap.part.duration_s),
        (fit.metres(9), lap.part.distance_m),
    ]


def _means(
    lap: Lap,
    *,
    speeds: tuple[int, int],
    hearts: tuple[int, int],
    cadences: tuple[int, int, int, int],
    cycles: tuple[int, int],
) -> Fields:
    """Means, largest values and strides; the arguments are the numbers of the fields."""
    mean, mean_rest = _strides(lap.part.moving_cadence_spm)
    most, most_rest = _strides(lap.most("cadence_spm"))
    strides = round(strides_from_spm(lap.part.steps) * 128)
    return [
        (fit.long(cycles[0]), strides // 128),
        (fit.fraction(cycles[1]), strides % 128 / 128),
        (fit.mps(speeds[0]), lap.mean_speed_mps),
        (fit.mps(speeds[1]), lap.most("speed_mps")),
        (fit.byte(hearts[0]), lap.mean("hr_bpm")),
        (fit.byte(hearts[1]), lap.most("hr_bpm")),
        (fit.byte(cadences[0]), mean),
        (fit.fraction(cadences[1]), mean_rest),
        (fit.byte(cadences[2]), most),
        (fit.fraction(cadences[3]), most_rest),
    ]
