"""A plan as a FIT workout: cadence targets that a watch shows and watches over.

Which messages, and in which order: FIT Cookbook, "Encoding FIT Workout Files". A repeat is a step of its own behind
those it repeats: it names the first of them, and how often.
"""

from collections.abc import Iterator, Sequence

from cadencecoach.errors import WorkoutError
from cadencecoach.fit import profile as fit
from cadencecoach.fit.wire import Base, Field, Fields, FitWriter
from cadencecoach.plan.model import Plan
from cadencecoach.workouts.writing.steps import Effort, OutBlock, OutStep, Units, Written, outline_of

NAME, ENDS_BY, ENDS_AT, KIND, ZONE, LOW, HIGH, INTENSITY, NOTES = (
    fit.text(0), fit.enum(1), fit.long(2), fit.enum(3), fit.long(4), fit.long(5), fit.long(6), fit.enum(7), fit.text(8),
)  # fmt: skip
BY_TIME, BY_KEY, REPEAT = 0, 5, 6
NO_TARGET, CADENCE = 2, 3
INTENSITIES = {Effort.ACTIVE: 0, Effort.REST: 1, Effort.WARM_UP: 2, Effort.COOL_DOWN: 3}
CAN_CADENCE = 1024  # of `workout_capabilities`
CAPABILITIES, N_STEPS, TITLE, SPORT = Field(5, Base.UINT32Z), fit.short(6), fit.text(8), fit.enum(4)
PRODUCT = 1
MAX_STEPS = 50  # watches of several makes take no more
MILLISECONDS = 1000


def fit_workout(plan: Plan, *, baseline_spm: float | None, units: Units, made_fit_s: int) -> Written:
    """The file.

    Args:
        plan: as checked
        baseline_spm: of the runner, for targets in percent; None is what the plan says, if it does
        units: what the numbers are to count
        made_fit_s: when it was made, in seconds since the end of 1989 UTC
    Raises:
        WorkoutError: a target needs a baseline, or FIT has no such time
    """
    if not fit.FIRST_DATE_S <= made_fit_s <= fit.LAST_DATE_S:
        raise WorkoutError("FIT cannot store the time now; it can store times from 1998 to 2126; set the clock")
    outline = outline_of(plan, baseline_spm, units)
    steps = [fields for block in _place_steps(outline.blocks) for fields in block]
    writer = FitWriter()
    writer.add(fit.FILE_ID, _file_id(plan, made_fit_s))
    writer.add(
        fit.WORKOUT, [(SPORT, fit.RUNNING), (CAPABILITIES, CAN_CADENCE), (N_STEPS, len(steps)), (TITLE, plan.name)]
    )
    for index, fields in enumerate(steps):
        writer.add(fit.WORKOUT_STEP, [(fit.MESSAGE_INDEX, index), *fields])
    many = (f"{len(steps)} steps; some watches take {MAX_STEPS} at most",) if len(steps) > MAX_STEPS else ()
    return Written(writer.file(), (*outline.notes, *many))


def _file_id(plan: Plan, made_fit_s: int) -> Fields:
    serial = int(plan.sha256[:8] or "1", 16) or 1  # the same text is the same workout to a watch
    return [
        (fit.enum(0), fit.WORKOUT_FILE),
        (fit.short(1), fit.DEVELOPMENT),
        (fit.short(2), PRODUCT),
        (Field(3, Base.UINT32Z), serial),
        (fit.long(4), made_fit_s),
    ]


def _place_steps(blocks: Sequence[OutBlock]) -> Iterator[list[Fields]]:
    """The steps of each block, and the step that repeats it."""
    first = 0
    for block in blocks:
        fields = [_step(step) for step in block.steps]
        if block.times > 1:
            fields.append([(ENDS_BY, REPEAT), (ENDS_AT, first), (KIND, NO_TARGET), (ZONE, block.times)])
        first += len(fields)
        yield fields


def _step(step: OutStep) -> Fields:
    ends: Fields = (
        [(ENDS_BY, BY_KEY)]
        if step.duration_s is None
        else [(ENDS_BY, BY_TIME), (ENDS_AT, round(step.duration_s * MILLISECONDS))]
    )
    asked: Fields = (
        [(KIND, NO_TARGET)]
        if step.low_per_min is None
        else [(KIND, CADENCE), (ZONE, 0), (LOW, step.low_per_min), (HIGH, step.high_per_min)]
    )
    words: Fields = [(NOTES, step.words)] if step.words else []
    return [(NAME, step.name), *ends, *asked, (INTENSITY, INTENSITIES[step.effort]), *words]
