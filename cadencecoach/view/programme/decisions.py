"""A decision in plain words: what to run, when, and the reasons rule by rule with the values that decided."""

from collections.abc import Iterator
from datetime import date

from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN
from cadencecoach.plan.forms import fill, weekday_and_day
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import NOT_A_DIAGNOSIS, Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.view.programme.words import exercise_words, session_words

STOPPED = ENGLISH_CHECKIN.stop


def decision_lines(decision: Decision, programme: Programme, today: date, words: Phrasebook = ENGLISH) -> Iterator[str]:
    """Everything `next` says."""
    texts = words.programme
    yield _headline(decision, programme, today, words)
    if decision.session is not None:
        yield f"  {session_words(decision.session, words)}"
        for exercise in decision.session.exercises:
            values = {"exercise": exercise_words(exercise, words), "words": words.of_plan(exercise.say)}
            yield f"  {fill(texts.alongside_saying if exercise.say else texts.alongside, **values)}"
    yield texts.why
    for reason in decision.reasons:
        verdict = words.of_log(reason.verdict.value)
        yield f"  {verdict:<10} {words.of_log(reason.rule)}: {words.of_log(reason.text)}"
    yield words.checkin.no_diagnosis


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


def verdict_words(decision: Decision, words: Phrasebook = ENGLISH) -> str:
    """The verdict, with what became of the level behind a rest."""
    verdict, move = (words.of_log(one.value) for one in (decision.verdict, decision.move))
    return verdict if verdict == move else fill(words.programme.verdict_then, verdict=verdict, move=move)


def _headline(decision: Decision, programme: Programme, today: date, words: Phrasebook) -> str:
    n_sessions, texts = len(programme.sessions), words.programme
    if decision.verdict is Verdict.STOP:
        return words.checkin.stop
    if decision.verdict is Verdict.FINISHED:
        return fill(texts.finished, programme=words.of_plan(programme.name), number=n_sessions)
    if decision.session is None:
        verdict = verdict_words(decision, words)
        return fill(texts.no_refresher, verdict=f"{verdict[0].upper()}{verdict[1:]}")
    name = words.of_plan(decision.session.name)
    numbered = fill(texts.session_of, session=name, number=decision.level + 1, n_sessions=n_sessions)
    values = {
        "session": texts.a_refresher if decision.item is None else numbered,
        "verdict": words.of_log(decision.move.value),
    }
    if decision.not_before is None or decision.not_before <= today:
        return fill(texts.today, **values)
    return fill(texts.rest_until, day=weekday_and_day(decision.not_before, words.forms), **values)
