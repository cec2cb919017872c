"""The coach's words. Action first, number last, seven words at most where the runner must act on them."""

from cadencecoach.coach.actions import BandState, CueReason
from cadencecoach.plan.model import Beat, CueStyle, Stage, Walk
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
    return f"Baseline {rounded(cadence_spm)}."


def stage_opening(stage: Stage, band: Band | None) -> str:
    """What is said when a stage begins: its name, and what it asks for."""
    return f"{_sentence(stage.name)} {_asks(stage, band)}".strip()


def stage_summary(inside_ratio: float) -> str:
    """How the stage went."""
    return f"{round(100 * inside_ratio)} percent on target."


def _sentence(name: str) -> str:
    return name if name.endswith((".", "!", "?")) else f"{name}."


def _asks(stage: Stage, band: Band | None) -> str:
    if stage.drill is not None:
        return _sentence(stage.drill)
    if stage.measures_baseline:
        return "Run as you like."
    if isinstance(stage.target, Walk):
        return "" if "walk" in stage.name.lower() else "Walk."
    if band is None:
        return ""
    if stage.beat is Beat.OFF and stage.feedback.style is CueStyle.NONE:
        return f"{rounded(band.target_spm)}, without help."
    return f"{rounded(band.target_spm)}."
