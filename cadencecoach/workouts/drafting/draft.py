"""A workout as the text of a plan, and everything that could not be taken of it.

What a plan can hold of another program's workout is decided here and in `stage`, the same for every format.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cadencecoach.errors import WorkoutError
from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.language import ABOUT_CHARS, MAX_STAGES, NAME_CHARS
from cadencecoach.plan.repeats import MAX_REPEATS_DEEP
from cadencecoach.plan.syntax.findings import errors_in
from cadencecoach.workouts.drafting.notes import Note, notes_as_lines
from cadencecoach.workouts.drafting.stage import written_stage
from cadencecoach.workouts.drafting.words import clean, quote
from cadencecoach.workouts.model import Part, Repeat, Workout, WorkoutStep

MAX_STEPS = MAX_STAGES  # written out, repeats are counted by the check of the plan
COMMENT_CHARS = 200
SCHEMA_LINE = "# yaml-language-server: $schema={schema}"
HEAD = """\
# From {form}. Anything a plan cannot hold is noted above its stage; `cadencecoach plan check` lists the rest.
plan: {name}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A plan made of a workout.

    Attributes:
        text: the plan file
        n_steps: steps of the workout, those in repeats once
        notes: a line for everything that is not in the plan as it was in the workout
    """

    text: str
    n_steps: int
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """The stages written so far, and what was said of them."""

    workout: Workout
    n_steps: int = 0
    notes: list[Note] = field(default_factory=list)

    def stages(self, parts: Sequence[Part], depth: int) -> Iterator[str]:
        """The lines of parts that stand `depth` repeats deep."""
        for part in parts:
            yield from self.step(part, depth) if isinstance(part, WorkoutStep) else self.repeat(part, depth)

    def step(self, step: WorkoutStep, depth: int) -> Iterator[str]:
        self.n_steps += 1
        if self.n_steps > MAX_STEPS:
            raise WorkoutError(f"more than {MAX_STEPS} steps; a plan has {MAX_STEPS} stages at most")
        written = written_stage(step, self.workout.sport)
        notes = [said for note in written.notes if (said := clean(note, COMMENT_CHARS))]
        self.notes.extend((self.n_steps, note) for note in notes)
        indent = "  " * (2 * depth + 1)
        yield from (f"{indent}# step {self.n_steps}: {note}" for note in notes)
        if written.text is not None:
            yield f"{indent}- {written.text}"

    def repeat(self, repeat: Repeat, depth: int) -> Iterator[str]:
        first = self.n_steps + 1
        if depth >= MAX_REPEATS_DEEP:
            raise WorkoutError(f"step {first}: repeats nested more than {MAX_REPEATS_DEEP} deep; a plan has no more")
        if repeat.times > MAX_STAGES:
            raise WorkoutError(f"step {first}: repeated {repeat.times} times; a plan has {MAX_STAGES} stages at most")
        if repeat.times < 1:
            self.notes.append(
                (first, f"it is repeated {repeat.times} times, so it is left out with what follows in it")
            )
            return
        lines = list(self.stages(repeat.parts, depth + (repeat.times > 1)))
        if repeat.times == 1 or not any(line.lstrip().startswith("-") for line in lines):
            yield from lines
            return
        indent = "  " * (2 * depth + 1)
        yield f"{indent}- repeat: {repeat.times}"
        yield f"{indent}  stages:"
        yield from lines


def draft_plan(workout: Workout, schema: str) -> Drafted:
    """The plan.

    Args:
        workout: as read
        schema: where an editor finds the schema of plans
    Raises:
        WorkoutError: no plan can be made of it, and why
    """
    draft = _Draft(workout)
    stages = list(draft.stages(workout.parts, 0))
    if not any(line.lstrip().startswith("- {") for line in stages):
        raise WorkoutError(f"none of its steps has a length; {workout.form} with steps is needed")
    name = clean(workout.name, NAME_CHARS) or "Imported workout"
    head = HEAD.format(form=workout.form, name=quote(name))
    about = clean(workout.about, ABOUT_CHARS)
    lines = [*([f"about: {quote(about)}"] if about else []), "stages:", *stages]
    text = "\n".join((SCHEMA_LINE.format(schema=schema), head + lines[0], *lines[1:], ""))
    _check(text)
    return Drafted(
        text=text,
        n_steps=draft.n_steps,
        notes=(*(clean(one, COMMENT_CHARS) for one in workout.remarks), *notes_as_lines(draft.notes)),
    )


def _check(text: str) -> None:
    """Refuse what the language of plans has a limit for (stages written out, hours in all).

    Raises:
        WorkoutError: the first mistake the plan would have
    """
    errors = errors_in(check_plan(text.encode(), "the plan").findings)
    if errors:
        raise WorkoutError(f"no plan can be made of it: {errors[0].message}")
