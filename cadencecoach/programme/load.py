"""What a session asks for, compared: with the one before, and with what the clinician allows."""

from cadencecoach.plan.model import Beat, Between, CueStyle, Fixed, Relative, Stage
from cadencecoach.programme.model import ClinicLimits, Session

EPSILON = 1e-9


def raised(before: Session, after: Session) -> tuple[str, ...]:
    """What a session asks more of than another, in words: `the target`, `the minutes`."""
    higher = (after.target_ratio or 0.0) > (before.target_ratio or 0.0) + EPSILON
    longer = after.run_s > before.run_s + EPSILON
    return tuple(word for word, is_more in (("the target", higher), ("the minutes", longer)) if is_more)


def passes(session: Session, limits: ClinicLimits) -> str:
    """In what a session passes a limit, in words; empty when it does not."""
    most, ratio = limits.target_ratio, session.target_ratio
    if most is not None and ratio is not None and ratio > most + EPSILON:
        return f"{ratio * 100:+.4g} %, at most {most * 100:+.4g} %"
    length_s, longest_s = session.plan.duration_s, limits.session_s
    if longest_s is None:
        return ""
    if length_s is None:
        return f"it has no length, at most {longest_s / 60:.4g} min"
    return f"{length_s / 60:.4g} min, at most {longest_s / 60:.4g} min" if length_s > longest_s + EPSILON else ""


def is_probe(stage: Stage) -> bool:
    """Whether a stage measures and does not help."""
    is_silent = stage.beat is Beat.OFF and stage.feedback.style is CueStyle.NONE
    return is_targeted(stage) and (is_silent or stage.help_ratio == 0)


def is_targeted(stage: Stage) -> bool:
    """Whether a stage asks for a step rate."""
    return isinstance(stage.target, Relative | Fixed | Between) and stage.drill is None
