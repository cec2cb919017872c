"""A workout's file as a plan, a plan as a workout's file."""

from pathlib import Path

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.errors import PlanError, UsageError, WorkoutError
from cadencecoach.record.moments import start_of
from cadencecoach.store.machine import Machine
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.workouts.drafting.draft import Drafted, draft_plan
from cadencecoach.workouts.drafting.words import clean
from cadencecoach.workouts.reading.door import MAX_WORKOUT_BYTES, read_workout
from cadencecoach.workouts.writing.fit import fit_workout
from cadencecoach.workouts.writing.intervals import intervals_text
from cadencecoach.workouts.writing.steps import Units, Written

LINE_CHARS = 400  # of a message, which may hold words of the file
SCHEMA = "plan.schema.json"  # beside the file; `plan schema` prints it


def import_workout(path: Path) -> Drafted:
    """The plan of a workout's file.

    Raises:
        UsageError: it cannot be opened
        WorkoutError: it is no workout that can be read; the message names the file
    """
    return import_bytes(file_bytes(path, what="workout file", limit_bytes=MAX_WORKOUT_BYTES + 1), clean_name(path))


def import_bytes(data: bytes, name: str) -> Drafted:
    """The plan of a workout.

    Args:
        data: the file; of one that is too long a byte more than is allowed will do
        name: of the file, for messages
    Raises:
        WorkoutError: it is no workout that can be read; the message names the file
    """
    try:
        return draft_plan(read_workout(data), SCHEMA)
    except WorkoutError as error:
        raise WorkoutError(f"{name}: {clean(str(error), LINE_CHARS)}") from error


def export_plan(machine: Machine, file: str, form: str, *, baseline_spm: float | None, units: str | None) -> Written:
    """The file of a plan for another program.

    Args:
        machine: whose own plans have names too
        file: a plan's path, or the name of one that comes with the program
        form: `fit` or `intervals`
        baseline_spm: of the runner, for targets in percent
        units: what the numbers are to count; None is strides, as FIT has it
    Raises:
        UsageError: it cannot be opened, or there is no baseline
        PlanError: it has mistakes
    """
    path = find_plan(machine, file)
    try:
        plan = open_plan(path)
    except PlanError as error:
        raise PlanError(f"{error}\n{clean_name(path)} has mistakes; nothing was written") from error
    counted = Units(units or Units.STRIDES.value)
    try:
        if form == "intervals":
            return intervals_text(plan, baseline_spm=baseline_spm, units=counted)
        made_fit_s = start_of(wall_time_utc()).fit_s(0)
        return fit_workout(plan, baseline_spm=baseline_spm, units=counted, made_fit_s=made_fit_s)
    except WorkoutError as error:
        raise UsageError(f"{clean_name(path)}: {error}") from error
