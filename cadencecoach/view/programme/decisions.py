"""A decision in plain words: what to run, when, and the reasons rule by rule with the values that decided."""

from collections.abc import Iterator
from datetime import date

from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import NOT_A_DIAGNOSIS, Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.view.programme.words import day_words, exercise_words, session_words

STOPPED = (
    "Stop: do not run any more of it. If you are running, slow to a walk; on a belt, slow it to a walk, then stop it. "
    "Then ask the clinician before you go on."
)


def decision_lines(decision: Decision, programme: Programme, today: date) -> Iterator[str]:
    """Everything `next` says."""
    yield _headline(decision, programme, today)
    if decision.session is not None:
        yield f"  {session_words(decision.session)}"
        for exercise in decision.session.exercises:
            say = f": {exercise.say}" if exercise.say else ""
            yield f"  alongside: {exercise_words(exercise)}{say}"
    yield "Why:"
    for reason in decision.reasons:
        yield f"  {reason.verdict.value:<10} {reason.rule}: {reason.text}"
    yield NOT_A_DIAGNOSIS


def decision_json(decision: Decision, programme: Programme, today: date) -> dict[str, object]:
    """The same for a program."""
    session = decision.session
    return {
        "today": today.isoformat(),
        "programme": {"name": programme.name, "sha256": programme.sha256},
        "verdict": decision.verdict.value,
        "move": decision.move.value,
        "level": decision.level,
        "levels": len(programme.sessions),
        "item": decision.item,
        "session": None
        if session is None
        else {
            "name": session.name,
            "kind": session.kind.value,
            "plan": session.plan.name,
            "duration_s": session.plan.duration_s,
            "target_ratio": session.target_ratio,
            "help_ratio": session.help_ratio,
        },
        "not_before": None if decision.not_before is None else decision.not_before.isoformat(),
        "reasons": [
            {"rule": reason.rule, "verdict": reason.verdict.value, "text": reason.text} for reason in decision.reasons
        ],
        "about": NOT_A_DIAGNOSIS,
    }


def verdict_words(decision: Decision) -> str:
    """The verdict, with what became of the level behind a rest."""
    if decision.verdict is decision.move:
        return decision.verdict.value
    return f"{decision.verdict.value}, then {decision.move.value}"


def _headline(decision: Decision, programme: Programme, today: date) -> str:
    n_sessions = len(programme.sessions)
    if decision.verdict is Verdict.STOP:
        return STOPPED
    if decision.verdict is Verdict.FINISHED:
        return f"{programme.name}: finished, all {n_sessions} runs are done."
    if decision.session is None:
        return f"{verdict_words(decision).capitalize()}: a refresher is due, but the programme has none."
    what = "a refresher" if decision.item is None else f"{decision.session.name} ({decision.level + 1} of {n_sessions})"
    if decision.not_before is None or decision.not_before <= today:
        return f"Today: {what}. Verdict: {decision.move.value}."
    return f"Rest until {day_words(decision.not_before)}, then {what}. Verdict: {decision.move.value}."
