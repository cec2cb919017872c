"""Words of a programme that several screens share."""

from datetime import date

from cadencecoach.programme.load import is_probe, is_targeted
from cadencecoach.programme.model import Exercise, Programme, Session
from cadencecoach.view.plan.table import duration_words

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_words(day: date) -> str:
    """A day as people say it: `Mon 2026-11-23`."""
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"


def change_words(ratio: float | None) -> str:
    """A target above the baseline; empty where nothing is asked for."""
    if ratio is None:
        return ""
    return f"{ratio * 100:+.4g} %" if ratio else "baseline"


def help_words(session: Session) -> str:
    """The help of a session, as far as one number says it."""
    if session.target_ratio is None:
        return ""
    targeted = [stage for stage in session.plan.stages if is_targeted(stage)]
    if targeted and all(is_probe(stage) for stage in targeted):
        return "none"
    if session.help_ratio is not None:
        return f"{session.help_ratio * 100:.4g} %"
    ratios = {stage.help_ratio for stage in targeted if not is_probe(stage)}
    return "as the plan says" if len(ratios) > 1 else f"{ratios.pop() * 100:.4g} %"


def length_words(session: Session) -> str:
    """How long a session lasts."""
    return duration_words(session.plan.duration_s)


def exercise_words(exercise: Exercise) -> str:
    """`Calf raises 3 x 15`, `Ankle rocks 2 x 45 s`."""
    if exercise.repetitions is None and exercise.hold_s is None:
        dose = f" x {exercise.sets}" if exercise.sets > 1 else ""
    else:
        amounts = [
            "" if exercise.repetitions is None else str(exercise.repetitions),
            "" if exercise.hold_s is None else duration_words(exercise.hold_s),
        ]
        dose = f" {exercise.sets} x {' of '.join(filter(None, amounts))}"
    return f"{exercise.name}{dose}"


def session_words(session: Session) -> str:
    """A session in one line: name, length, target, help."""
    told = [
        length_words(session),
        change_words(session.target_ratio),
        f"help {help_words(session)}" if help_words(session) else "",
    ]
    return f"{session.name}: {', '.join(filter(None, told))}"


def limits_words(programme: Programme) -> str:
    """The clinician's limits in one line."""
    limits = programme.limits
    told = [
        f"target at most {change_words(limits.target_ratio)}" if limits.target_ratio is not None else "",
        f"session at most {duration_words(limits.session_s)}" if limits.session_s is not None else "",
        f"at most {limits.sessions_a_week} sessions in seven days",
    ]
    return ", ".join(filter(None, told))
