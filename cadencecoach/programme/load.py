"""What a session asks for, compared: with the one before, and with what the clinician allows."""

from cadencecoach.plan.model import MOST_OVER_OWN_RATIO, Beat, Between, CueStyle, Fixed, Relative, Stage
from cadencecoach.programme.model import ClinicLimits, Programme, Session

EPSILON = 1e-9
AS_PRINTED_SPM = 0.05


def raised_loads(before: Session, after: Session) -> tuple[str, ...]:
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


def most_over_first_spm(programme: Programme, *, first_spm: float | None, counted_spm: float | None) -> float | None:
    """The highest target of a programme that counts from a new baseline: 10 % over the first one.

    None where it still counts from the first, or where `allow: {sum: ...}` says why it may be more.
    """
    if first_spm is None or counted_spm is None or "sum" in programme.waived:
        return None
    is_first = abs(first_spm - counted_spm) < AS_PRINTED_SPM  # a journal rounds it
    return None if is_first else first_spm * (1 + MOST_OVER_OWN_RATIO)


def target_spm_of(
    session: Session, programme: Programme, *, counted_spm: float | None, first_spm: float | None
) -> tuple[float, float] | None:
    """The target of a session by its percentage, and as it is held over the first baseline; None where none is known.

    Args:
        session: of the programme
        programme: whose limits hold
        counted_spm: the baseline that targets count from
        first_spm: the one that they counted from first
    """
    if counted_spm is None or session.target_ratio is None:
        return None
    asked_spm = counted_spm * (1 + session.target_ratio)
    most_spm = most_over_first_spm(programme, first_spm=first_spm, counted_spm=counted_spm)
    return asked_spm, asked_spm if most_spm is None else min(asked_spm, most_spm)
