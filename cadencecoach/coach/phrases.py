"""The coach's words. Action first, number last, seven words at most where the runner must act on them.

Everything is built of whole sentences, each of which can be prepared as sound before it is needed: a number is a
sentence of its own.
"""

import re

from cadencecoach.coach.actions import BandState, CueReason
from cadencecoach.plan.model import Beat, CueStyle, Plan, Stage, Walk
from cadencecoach.plan.targets import Band

# What "quicker" sounds like where the plan wants tones, or where there is no voice.
EARCONS: dict[CueReason, str] = {
    CueReason.STAGE: "stage",
    CueReason.COUNTDOWN: "count",
    CueReason.PLAN: "stage",
    CueReason.BELOW: "quicker",
    CueReason.ABOVE: "easier",
    CueReason.BACK: "back",
    CueReason.SENSOR_LOST: "lost",
    CueReason.SENSOR_BACK: "back",
    CueReason.BASELINE: "stage",
    CueReason.SUMMARY: "stage",
    CueReason.SESSION: "end",
}

# Said in turn, so that the same words do not wear off.
CORRECTIONS: dict[BandState, tuple[str, ...]] = {
    BandState.BELOW: ("Quicker, lighter steps.", "A little quicker. {target}.", "Short, quick steps. {target}."),
    BandState.ABOVE: ("Ease your steps a little.", "A little slower. {target}.", "Longer, calmer steps. {target}."),
}
FOLLOW_THE_BEAT = "Follow the beat."
BACK = "That's it."
SENSOR_LOST = "Sensor lost."
SENSOR_LOST_BEAT = "Sensor lost. The beat goes on."
SENSOR_BACK = "Sensor back."
NO_BASELINE_YET = "No baseline yet. Keep running."
SESSION_OVER = "Session over."
BASELINE_FOUND = "Baseline found."
AS_YOU_LIKE = "Run as you like."
WITHOUT_HELP = "Without help."
WALK = "Walk."

SAID_SPM = range(60, 261)


def rounded(cadence_spm: float) -> str:
    """A step rate as it is said: whole steps a minute."""
    return str(round(cadence_spm))


def correction(side: BandState, n_before: int, band: Band, beat: Beat) -> str:
    """The words for a runner out of the band who has been told `n_before` times in a row."""
    if beat is Beat.RESCUE and n_before == 0:
        return FOLLOW_THE_BEAT
    words = CORRECTIONS[side]
    return words[n_before % len(words)].format(target=rounded(band.target_spm))


def baseline(cadence_spm: float) -> str:
    """The measured baseline."""
    return f"{BASELINE_FOUND} {rounded(cadence_spm)}."


def stage_opening(stage: Stage, band: Band | None) -> str:
    """What is said when a stage begins: its name, and what it asks for."""
    return f"{_sentence(stage.name)} {_asks(stage, band)}".strip()


def stage_summary(inside_ratio: float) -> str:
    """How the stage went."""
    return f"{round(100 * inside_ratio)} percent on target."


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order: the pieces it is spoken in."""
    return tuple(filter(None, re.split(r"(?<=[.!?])\s+", text.strip())))


def vocabulary(plan: Plan) -> tuple[str, ...]:
    """Every sentence a session of this plan can say, so that a voice can prepare them all before the start."""
    fixed = [FOLLOW_THE_BEAT, BACK, SENSOR_LOST_BEAT, SENSOR_BACK, NO_BASELINE_YET, SESSION_OVER]
    fixed += [AS_YOU_LIKE, WITHOUT_HELP, WALK, BASELINE_FOUND]
    fixed += [words for ways in CORRECTIONS.values() for words in ways]
    numbers = [f"{number}." for number in SAID_SPM]
    percents = [stage_summary(percent / 100) for percent in range(101)]
    authored = [text for stage in plan.stages for text in _authored(stage)]
    texts = [*fixed, *authored, *numbers, *percents]
    known = dict.fromkeys(sentence for text in texts for sentence in sentences(text))
    return tuple(sentence for sentence in known if "{" not in sentence)


def _authored(stage: Stage) -> tuple[str, ...]:
    """What the plan's author wrote that is spoken."""
    return (_sentence(stage.name), _sentence(stage.drill or WALK), *(cue.say for cue in stage.cues))


def _sentence(name: str) -> str:
    return name if name.endswith((".", "!", "?")) else f"{name}."


def _asks(stage: Stage, band: Band | None) -> str:
    if stage.drill is not None:
        return _sentence(stage.drill)
    if stage.measures_baseline:
        return AS_YOU_LIKE
    if isinstance(stage.target, Walk):
        return "" if "walk" in stage.name.lower() else WALK
    if band is None:
        return ""
    if stage.beat is Beat.OFF and stage.feedback.style is CueStyle.NONE:
        return f"{rounded(band.target_spm)}. {WITHOUT_HELP}"
    return f"{rounded(band.target_spm)}."
