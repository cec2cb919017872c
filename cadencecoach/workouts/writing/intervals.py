"""A plan as text for the workout builder of intervals.icu, which sends it on to watches.

After forum.intervals.icu/t/workout-builder-syntax-quick-guide/123701. Every step there wants an intensity; `freeride`
is the word for none. What a step is called must not hold anything that would be read as a length or a target.
"""

import re
from collections.abc import Iterator

from cadencecoach.plan.model import Plan
from cadencecoach.workouts.writing.steps import OutBlock, OutStep, Units, Written, outline_of

NO_INTENSITY = "freeride"
OPEN_MINUTES = 10  # a step that ends by the key has to have a length there
MEANINGFUL = re.compile(
    r"\S*[0-9^%<>=]\S*|^[\s\-\u2013\u2022]+|\b(?:ramp|freeride|maxeffort|press lap)\b", re.IGNORECASE
)
REPEATS = re.compile(r"(?<!\w)[0-9]+ ?x(?!\w)|^\s*pool length\s*:", re.IGNORECASE)
PRESS_LAP = "Press lap"


def intervals_text(plan: Plan, *, baseline_spm: float | None, units: Units) -> Written:
    """The text, as UTF-8.

    Args:
        plan: as checked
        baseline_spm: of the runner, for targets in percent; None is what the plan says, if it does
        units: what the numbers are to count
    Raises:
        WorkoutError: a target needs a baseline
    """
    outline = outline_of(plan, baseline_spm, units)
    notes = [f"{NO_INTENSITY} in each step is intervals.icu's word for no intensity"]
    title = " ".join(REPEATS.sub(" ", plan.name).strip(" -\u2013\u2022").split())
    if title != " ".join(plan.name.split()):
        notes.append(f'the title is written as "{title}"; the rest of it would be read as steps or repeats')
    lines = [title, ""]
    for block in outline.blocks:
        lines.extend(_block(block, notes))
    return Written("\n".join(lines).encode(), (*outline.notes, *dict.fromkeys(notes)))


def _block(block: OutBlock, notes: list[str]) -> Iterator[str]:
    """The lines of a block, with the empty line that ends it."""
    if block.times > 1:
        yield f"{block.times}x"
    for step in block.steps:
        yield _line(step, notes)
    yield ""


def _line(step: OutStep, notes: list[str]) -> str:
    said = ". ".join(part.rstrip(".") for part in (step.name, step.words) if part)
    prompt = _safe(said)
    if prompt != " ".join(said.split()):
        notes.append(f"'{step.name}': words that would be read as a length or a target are left out of \"{said}\"")
    if step.duration_s is None:
        notes.append(
            f"'{step.name}': it ends by the key; intervals.icu wants a length too, so {OPEN_MINUTES} min is written"
        )
    elif step.duration_s % 1:
        notes.append(f"'{step.name}': its {step.duration_s % 1:.3g} s beyond whole seconds are rounded")
    length = f"{PRESS_LAP} {OPEN_MINUTES}m" if step.duration_s is None else _length(step.duration_s)
    cadence = "" if step.low_per_min is None else f" {step.low_per_min}-{step.high_per_min}rpm"
    return f"- {prompt or 'Run'} {length} {NO_INTENSITY}{cadence}"


def _safe(words: str) -> str:
    return " ".join(MEANINGFUL.sub(" ", words).split())


def _length(duration_s: float) -> str:
    """A duration as it is written there: "1h2m30s"."""
    total_s = max(1, round(duration_s))
    hours, minutes, seconds = total_s // 3600, total_s % 3600 // 60, total_s % 60
    return "".join(f"{value}{unit}" for value, unit in ((hours, "h"), (minutes, "m"), (seconds, "s")) if value)
