"""One step as one stage: its keys, and what could not be taken of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cadencecoach.plan.language import MAX_CUES, NAME_CHARS, SPOKEN_CHARS
from cadencecoach.plan.values import LONGEST_S
from cadencecoach.workouts.drafting.rates import cadence_words, step_rate
from cadencecoach.workouts.drafting.words import (
    STANDING_MPS,
    clean,
    distance_words,
    duration_words,
    pace_words,
    quote,
)
from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    ForDistance,
    ForTime,
    Pace,
    Sport,
    Target,
    UntilElse,
    UntilKey,
    WorkoutStep,
)

SHORTEST_S = 0.001  # what is left of a duration on three decimals
WALKS = re.compile(r"\bwalk(s|ing)?\b", re.IGNORECASE)
UNTIL_KEY = "until: key"
NOT_HELD = "is not something this program can hold"
WAITS = "the stage waits for the key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A stage as text.

    Attributes:
        text: one line without its place, or None when nothing is left of the step
        notes: what is to be said of it
    """

    text: str | None
    notes: tuple[str, ...]


def written_stage(step: WorkoutStep, sport: Sport) -> Written:
    """The stage of a step."""
    notes: list[str] = list(step.remarks)
    length = _length(step, notes)
    if length is None:
        return Written(text=None, notes=tuple(notes))
    words, duration_s = length
    name = _name(step, notes)
    target, unheld = _target(step, sport, notes)
    said = _say((step.words, *(f"{words[:1].upper()}{words[1:]}" for words in unheld)), notes)
    cues = ", ".join(_cues(step, duration_s, notes))
    keys = (
        f"name: {quote(name)}",
        words,
        f"target: {target}",
        *([f"say: {quote(said)}"] if said else []),
        *([f"cues: [{cues}]"] if cues else []),
    )
    return Written(text=f"{{{', '.join(keys)}}}", notes=tuple(notes))


def _name(step: WorkoutStep, notes: list[str]) -> str:
    name = clean(step.name, NAME_CHARS) or step.usual_name
    if len(" ".join(step.name.split())) > NAME_CHARS:
        notes.append(f"its name is cut to {NAME_CHARS} characters")
    return name


def _length(step: WorkoutStep, notes: list[str]) -> tuple[str, float | None] | None:
    """How the stage ends, as the plan writes it, and in seconds; None when it does not last at all."""
    match step.length:
        case ForTime(seconds=seconds):
            return _time_of(seconds, notes)
        case UntilKey():
            return UNTIL_KEY, None
        case UntilElse(words=words):
            notes.append(f"it ends {words}, which {NOT_HELD}; {WAITS}")
            return UNTIL_KEY, None
        case ForDistance(metres=metres):
            return _distance_time(metres, _pace_of(step), notes)
        case _:
            assert_never(step.length)


def _time_of(seconds: float, notes: list[str]) -> tuple[str, float | None] | None:
    if seconds < SHORTEST_S:
        notes.append("it lasts no time; left out")
        return None
    if seconds > LONGEST_S:
        notes.append(f"it lasts {seconds / 3600:g} h, and a plan 24 h at most; {WAITS}")
        return UNTIL_KEY, None
    return f"duration: {duration_words(seconds)}", seconds


def _distance_time(metres: float, pace: Pace | None, notes: list[str]) -> tuple[str, float | None] | None:
    """A distance by the clock where the pace is known, else by the key."""
    if metres <= 0:
        notes.append("it goes nowhere; left out")
        return None
    words = distance_words(metres)
    seconds = metres * (1 / pace.slow_mps + 1 / pace.fast_mps) / 2 if pace else None
    if pace is None or seconds is None or not SHORTEST_S <= seconds <= LONGEST_S:
        notes.append(f"{words} is a distance, and a plan has none; {WAITS}: press it when you are there")
        return UNTIL_KEY, None
    at = pace_words(pace.slow_mps, pace.fast_mps)
    whole_s = float(max(1, round(seconds)))
    notes.append(f"{words} is a distance, and a plan has none; at {at} it is {duration_words(whole_s)}, by the clock")
    return f"duration: {duration_words(whole_s)}", whole_s


def _pace_of(step: WorkoutStep) -> Pace | None:
    paces = (one for one in step.targets if isinstance(one, Pace))
    return next((pace for pace in paces if min(pace.slow_mps, pace.fast_mps) >= STANDING_MPS), None)


def _target(step: WorkoutStep, sport: Sport, notes: list[str]) -> tuple[str, list[str]]:
    """The target, and the words of those that are not held, to be said aloud."""
    unheld = [_target_text(one) for one in step.targets if not isinstance(one, Cadence)]
    cadences = [one for one in step.targets if isinstance(one, Cadence)]
    target = None
    if cadences and sport is not Sport.WALK:
        target, said = step_rate(cadences[0])
        notes.extend([said] if said else [])
    if cadences and target is None:
        unheld.append(cadence_words(cadences[0]))
    if cadences and sport is Sport.WALK:
        notes.append(f"{cadence_words(cadences[0])} {NOT_HELD} for a walk; the stage is a walk")
    kept = target or _untimed_target(step, sport, notes)
    left = "only the cadence is kept" if target else f"the stage is {'free' if kept == 'free' else 'a walk'}"
    notes.extend(f"{_target_text(one)} {NOT_HELD}; {left}" for one in step.targets if not isinstance(one, Cadence))
    return kept, [f"{words}." for words in unheld]


def _untimed_target(step: WorkoutStep, sport: Sport, notes: list[str]) -> str:
    """The target of a stage without a tempo."""
    if sport is Sport.WALK:
        return "walk"
    if WALKS.search(step.name):
        notes.append("its name says walk, so the stage is a walk")
        return "walk"
    return "free"


def _target_text(target: Target) -> str:
    match target:
        case Pace(slow_mps=slow, fast_mps=fast):
            return f"pace {pace_words(slow, fast)}"
        case Asked(words=words):
            return clean(words, NAME_CHARS)
        case Cadence():
            return cadence_words(target)
        case _:
            assert_never(target)


def _say(parts: tuple[str, ...], notes: list[str]) -> str:
    whole = " ".join(part.strip() for part in parts if part.strip())
    said = clean(whole, SPOKEN_CHARS)
    if len(" ".join(whole.split())) > SPOKEN_CHARS:
        notes.append(f"its words are cut to {SPOKEN_CHARS} characters")
    return said


def _cues(step: WorkoutStep, duration_s: float | None, notes: list[str]) -> Iterator[str]:
    """The words during a stage; a plan has no place for one after its end."""
    taken = [(at_s, clean(words, SPOKEN_CHARS)) for at_s, words in step.cues]
    fitting = [(at_s, said) for at_s, said in taken if said and 0 <= at_s < (duration_s or LONGEST_S)]
    notes.extend(f"{quote(said)} comes after its end; left out" for one in taken if one not in fitting
                 for said in one[1:] if said)  # fmt: skip
    if len(fitting) > MAX_CUES:
        notes.append(f"it has {len(fitting)} texts, and a stage {MAX_CUES} at most; the rest is left out")
    for at_s, said in fitting[:MAX_CUES]:
        yield f"{{at: {duration_words(at_s) or '0 s'}, say: {quote(said)}}}"
