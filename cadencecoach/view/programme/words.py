"""Words of a programme that several screens share."""

from datetime import date

from cadencecoach.plan.forms import as_written, fill, weekday_and_day
from cadencecoach.plan.lengths import duration_words
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.load import is_probe, is_targeted
from cadencecoach.programme.model import Exercise, Programme, Session


def day_words(day: date) -> str:
    """A day as people say it: `Mon 2026-11-23`."""
    return weekday_and_day(day)


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


def exercise_words(exercise: Exercise, words: Phrasebook = ENGLISH) -> str:
    """`Calf raises 3 x 15`, `Ankle rocks 2 x 45 s`."""
    texts = words.programme
    if exercise.repetitions is None and exercise.hold_s is None:
        dose = f" x {exercise.sets}" if exercise.sets > 1 else ""
    else:
        amounts = [
            "" if exercise.repetitions is None else str(exercise.repetitions),
            "" if exercise.hold_s is None else duration_words(exercise.hold_s),
        ]
        repetitions, hold = amounts
        amount = fill(texts.repetitions_of, repetitions=repetitions, hold=hold) if all(amounts) else "".join(amounts)
        dose = f" {fill(texts.dose, sets=exercise.sets, amount=amount)}"
    return f"{words.of_plan(exercise.name)}{dose}"


def session_words(session: Session, words: Phrasebook = ENGLISH) -> str:
    """A session in one line: name, length, target, help."""
    texts, ratio = words.programme, session.target_ratio
    told = [
        texts.until_key if session.plan.duration_s is None else length_words(session),
        texts.baseline if ratio == 0 else as_written(change_words(ratio), words.forms),
        _help_offered(session, words),
    ]
    return fill(texts.session_line, session=words.of_plan(session.name), facts=", ".join(filter(None, told)))


def _help_offered(session: Session, words: Phrasebook) -> str:
    """The help as a part of that line; empty where there is nothing to help with."""
    texts, said = words.programme, help_words(session)
    if said in {"", "none", "as the plan says"}:
        return {"": "", "none": texts.no_help, "as the plan says": texts.help_of_plan}[said]
    return fill(texts.help, percent=as_written(said, words.forms))


def limits_words(programme: Programme) -> str:
    """The clinician's limits in one line."""
    limits = programme.limits
    told = [
        f"target at most {change_words(limits.target_ratio)}" if limits.target_ratio is not None else "",
        f"session at most {duration_words(limits.session_s)}" if limits.session_s is not None else "",
        f"at most {limits.sessions_a_week} sessions in seven days",
    ]
    return ", ".join(filter(None, told))
