"""Programmes in plain words."""

from dataclasses import replace
from datetime import date

from each_row import each_row
from programme_rig import RUN, clean_course, day, programme, rung

from cadencecoach.programme.model import ClinicLimits, Exercise
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.view.programme.decisions import decision_json, decision_lines
from cadencecoach.view.programme.words import day_words, exercise_words, help_words, limits_words


@each_row(
    ("exercise", "words"),
    [
        (Exercise(name="Calf raises", kind="strength", sets=3, repetitions=15), "Calf raises 3 x 15"),
        (Exercise(name="Rocks", kind="mobility", sets=2, hold_s=45.0), "Rocks 2 x 45 s"),
        (Exercise(name="Planks", kind="strength", sets=2, repetitions=3, hold_s=60.0), "Planks 2 x 3 of 1 min"),
        (Exercise(name="A-skips", kind="drill"), "A-skips"),
        (Exercise(name="A-skips", kind="drill", sets=4), "A-skips x 4"),
    ],
)
def test_exercises(exercise: Exercise, words: str) -> None:
    """Name and dose."""
    assert exercise_words(exercise) == words


def test_help_is_one_number_where_it_is_one() -> None:
    """The programme's, else the plan's; a run without any says so."""
    session = rung()
    assert help_words(session) == "100 %"
    assert help_words(replace(session, help_ratio=0.25)) == "25 %"
    stages = (RUN, replace(RUN, help_ratio=0.5))
    assert help_words(replace(session, plan=replace(session.plan, stages=stages))) == "as the plan says"
    silent = replace(session.plan, stages=(replace(RUN, help_ratio=0.0),))
    assert help_words(replace(session, plan=silent)) == "none"


def test_days_and_limits() -> None:
    """As people say them."""
    assert day_words(date(2026, 3, 2)) == "Mon 2026-03-02"
    limits = ClinicLimits(target_ratio=0.075, session_s=2700.0, sessions_a_week=3)
    assert limits_words(programme(limits=limits)) == (
        "target at most +7.5 %, session at most 45 min, at most 3 sessions in seven days"
    )


def test_a_decision_says_what_when_and_why() -> None:
    """Today, not yet, the refresher, and the end: one headline each, reasons below."""
    athlete = clean_course(programme(rung(minutes=15), rung(minutes=17)), [0])
    waits, today = (list(decision_lines(athlete.on_day(n), athlete.on, day(n))) for n in (1, 2))
    assert waits[0] == "Rest until Wed 2026-03-04, then +5 % for 17 (2 of 2). Verdict: advance."
    assert today[0] == "Today: +5 % for 17 (2 of 2). Verdict: advance."
    assert today[2].startswith("Why:")
    assert today[3].startswith("  advance    clean: '+5 % for 15' was clean: pain at most 0 of 10")
    late = list(decision_lines(athlete.on_day(25), athlete.on, day(25)))
    assert late[0] == "Today: a refresher. Verdict: refresher."
    athlete.ran(2, 1)
    assert next(iter(decision_lines(athlete.on_day(4), athlete.on, day(4)))) == "Test: finished, all 2 runs are done."
    assert decision_json(athlete.on_day(4), athlete.on, day(4))["verdict"] == Verdict.FINISHED.value
