"""A plan as other programs can do it: steps with a band or none, repeats found again, and a note for all that is lost.

A watch warns when the runner leaves a range. It plays no beat, says no words of ours, and knows no baseline.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from cadencecoach.errors import WorkoutError
from cadencecoach.plan.model import Beat, CueAt, CueEvery, FixedBaseline, Free, Plan, Stage, Walk
from cadencecoach.plan.targets import band_of, needs_baseline, target_words
from cadencecoach.units import STEPS_PER_STRIDE

TURN = re.compile(r" [0-9]+ of [0-9]+$")
LONGEST_BLOCK = 60  # stages that are repeated together; a plan that repeats more is written out
EPSILON = 1e-6
LOST_BEAT = "the beat, corrections and spoken words are not in it: a watch shows the range, and warns outside it"


class Units(Enum):
    """What the numbers of the written file count."""

    STRIDES = "strides"  # FIT's unit, revolutions a minute: one foot
    STEPS = "steps"


class Effort(Enum):
    """What kind of step it is."""

    ACTIVE = "active"
    REST = "rest"
    WARM_UP = "warm-up"
    COOL_DOWN = "cool-down"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutStep:
    """One step to be written.

    Attributes:
        name: without the number of its turn
        duration_s: None until a key is pressed
        low_per_min, high_per_min: the band in the file's unit, whole numbers; None is no target
        effort: what kind it is
        words: to be shown
    """

    name: str
    duration_s: float | None
    low_per_min: int | None
    high_per_min: int | None
    effort: Effort
    words: str


@dataclass(frozen=True, slots=True)
class OutBlock:
    """Steps that are done so many times, one after the other."""

    times: int
    steps: tuple[OutStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A plan as steps.

    Attributes:
        blocks: in order
        notes: a line for everything that is lost
    """

    blocks: tuple[OutBlock, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and a line for everything of the plan that is not in it."""

    data: bytes
    notes: tuple[str, ...]


def outline_of(plan: Plan, baseline_spm: float | None, units: Units) -> Outline:
    """The steps of a plan.

    Args:
        plan: as checked
        baseline_spm: of the runner; None is what the plan says, if it does
        units: what the numbers are to count
    Raises:
        WorkoutError: a target counts from a baseline, and there is none
    """
    known = plan.baseline.spm if isinstance(plan.baseline, FixedBaseline) else None
    baseline_spm = baseline_spm if baseline_spm is not None else known
    steps, notes = [], list[str]()
    for stage in plan.stages:
        steps.append(_step(stage, baseline_spm, units))
        notes.extend(f"'{TURN.sub('', stage.name)}': {lost}" for lost in _list_lost(stage, baseline_spm, units))
    counted = f"cadence is written as {units.value} a minute"
    counted += ", half the steps, which is FIT's unit (rpm)" if units is Units.STRIDES else ""
    has_target = any(step.low_per_min is not None for step in steps)
    general = [counted, LOST_BEAT] if has_target else [LOST_BEAT]
    return Outline(blocks=tuple(_blocks(steps)), notes=tuple(dict.fromkeys((*general, *notes))))


def _step(stage: Stage, baseline_spm: float | None, units: Units) -> OutStep:
    low, high = _range(stage, baseline_spm, units)
    first = next((cue.say for cue in stage.cues if isinstance(cue, CueAt) and cue.at_s == 0), "")
    return OutStep(
        name=TURN.sub("", stage.name),
        duration_s=stage.duration_s,
        low_per_min=low,
        high_per_min=high,
        effort=_effort(stage),
        words=" ".join(part for part in (stage.drill or "", first) if part),
    )


def _range(stage: Stage, baseline_spm: float | None, units: Units) -> tuple[int | None, int | None]:
    """The band in whole numbers, inside the plan's: a wider one might take in the baseline."""
    if stage.is_probe:  # a watch that warned would help
        return None, None
    if needs_baseline(stage.target) and baseline_spm is None:
        raise WorkoutError(
            f"'{TURN.sub('', stage.name)}' asks for {target_words(stage.target)}, which needs a baseline in steps a "
            "minute; give --baseline 164"
        )
    band = band_of(stage.target, stage.tolerance, baseline_spm)
    if band is None:
        return None, None
    per = STEPS_PER_STRIDE if units is Units.STRIDES else 1
    low, high = math.ceil(band.low_spm / per - EPSILON), math.floor(band.high_spm / per + EPSILON)
    nearest = round(band.target_spm / per)
    return (low, high) if low <= high else (nearest, nearest)


def _effort(stage: Stage) -> Effort:
    name = stage.name.casefold()
    if name.startswith("warm"):
        return Effort.WARM_UP
    if name.startswith("cool"):
        return Effort.COOL_DOWN
    return Effort.REST if isinstance(stage.target, Walk) or name.startswith(("rest", "recover")) else Effort.ACTIVE


def _list_lost(stage: Stage, baseline_spm: float | None, units: Units) -> Iterator[str]:
    """What of a stage is not in the file, beyond what is said once for all."""
    if isinstance(stage.target, Walk):
        yield "only its name says that it is a walk"
    elif not isinstance(stage.target, Free):
        yield from _lost_target(stage, baseline_spm, units)
    if stage.measures_baseline:
        yield "the baseline is not measured"
    later = [cue for cue in stage.cues if not (isinstance(cue, CueAt) and cue.at_s == 0)]
    yield from (_lost_cue(cue) for cue in later)


def _lost_target(stage: Stage, baseline_spm: float | None, units: Units) -> Iterator[str]:
    asked = target_words(stage.target)
    if stage.is_probe:  # a watch that warned would help
        yield f"the stage is without help, so its target ({asked}) is left out, and the watch keeps quiet"
        return
    low, high = _range(stage, baseline_spm, units)
    band = band_of(stage.target, stage.tolerance, baseline_spm)
    if band is not None and low is not None and high is not None:
        per = STEPS_PER_STRIDE if units is Units.STRIDES else 1
        yield (
            f"{asked} is written as {low}-{high} ({low * per}-{high * per} spm; the plan has "
            f"{band.low_spm:.1f}-{band.high_spm:.1f})"
        )
    if stage.ramp_s:
        yield f"the ramp of {stage.ramp_s:g} s is lost; the range changes at once"
    if stage.beat is Beat.RESCUE:
        yield "the rescue beat is lost"
    if stage.gate_on_s:
        yield "the on-and-off beat is lost"
    if stage.mean_help_ratio < 1:
        fades = "" if stage.help_to_ratio is None else f" to {stage.help_to_ratio * 100:g} %"
        yield f"help of {stage.help_ratio * 100:g} %{fades} is lost; the watch warns all the time"


def _lost_cue(cue: CueAt | CueEvery) -> str:
    match cue:
        case CueAt(at_s=at_s, say=say):
            return f'the words at {at_s:g} s are lost: "{say}"'
        case CueEvery(every_s=every_s, say=say):
            return f'the words every {every_s:g} s are lost: "{say}"'
        case _:
            assert_never(cue)


def _blocks(steps: Sequence[OutStep]) -> Iterator[OutBlock]:
    """Repeats found again: at each place the block that saves most steps; what saves none stands once."""
    at, single = 0, list[OutStep]()
    while at < len(steps):
        size, times = _best_block(steps, at)
        if times == 1:
            single.append(steps[at])
            at += 1
            continue
        if single:
            yield OutBlock(1, tuple(single))
        single = []
        yield OutBlock(times, tuple(steps[at : at + size]))
        at += size * times
    if single:
        yield OutBlock(1, tuple(single))


def _best_block(steps: Sequence[OutStep], at: int) -> tuple[int, int]:
    best = (1, 1)
    for size in range(1, min(LONGEST_BLOCK, (len(steps) - at) // 2) + 1):
        block, times = steps[at : at + size], 1
        while steps[at + times * size : at + (times + 1) * size] == block:
            times += 1
        if (times - 1) * size > (best[1] - 1) * best[0]:
            best = (size, times)
    return best
