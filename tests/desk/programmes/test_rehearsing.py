"""Weeks run through by the simulated runner: from the first session to the reassessment, and what holds it up."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from memory_store import MemoryStore
from quiet_host import QuietHost

from cadencecoach.cli.main import main
from cadencecoach.desk.programmes.rehearsing import Course, Rehearsal, Weeks
from cadencecoach.desk.programmes.script import complaint_in, miss_in
from cadencecoach.errors import UsageError
from cadencecoach.programme.model import Programme, Session
from cadencecoach.record.entries import BaselineTaken, Decided, SessionRun
from cadencecoach.store.programme_files import find_programme, open_programme

PART = 0.2  # of the minutes: what holds a programme up does not ask how long a session was


@pytest.fixture(scope="module")
def clinic8() -> Programme:
    """The eight faded sessions, each a fifth as long."""
    whole = open_programme(find_programme("clinic8"))[1]
    return replace(whole, sessions=tuple(map(shorter, whole.sessions)))


def shorter(session: Session) -> Session:
    """A part of a session's minutes."""
    stages = (replace(s, duration_s=(s.duration_s or 0) * PART, ramp_s=s.ramp_s * PART) for s in session.plan.stages)
    return replace(session, plan=replace(session.plan, stages=tuple(stages)), run_s=session.run_s * PART)


def course(on: Programme, *pains: str, misses: tuple[str, ...] = ()) -> Course:
    """Run through, with complaints and missed days."""
    weeks = Weeks(
        programme=on,
        begins=date(2026, 1, 5),
        complaints=tuple(map(complaint_in, pains)),
        misses=dict(map(miss_in, misses)),
    )
    return Rehearsal(MemoryStore(), weeks, QuietHost()).course()


def told(course: Course) -> list[tuple[str, str | None, str]]:
    """Verdict, session and first reason of every day."""
    return [
        (
            one.decision.move.value,
            None if one.decision.session is None else one.decision.session.name,
            one.decision.reasons[0].text,
        )
        for one in course.days
    ]


@pytest.mark.slow
def test_eight_faded_sessions_run_through_to_the_reassessment_in_one_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Minutes and help as the programme says, a reason for each step, and both cadences at the end."""
    assert main(["programme", "rehearse", "clinic8", "--json"]) == 0
    done: dict[str, Any] = json.loads(capsys.readouterr().out)
    steps = done["steps"]
    assert [step["session"] for step in steps] == [*(f"Session {n}" for n in range(1, 9)), "What stayed", None]
    assert [step["verdict"] for step in steps] == ["begin", *["advance"] * 8, "finished"]
    assert all("was clean: pain at most 0 of 10, 100 % of the session was run" in s["reasons"][0] for s in steps[1:])
    assert done["simulated"] is True
    assert done["baseline_spm"] == 164.0
    assert 170.0 < done["reassessed_spm"] < 178.0
    assert date.fromisoformat(steps[-1]["day"]) - date(2026, 1, 5) < date(2026, 1, 26) - date(2026, 1, 5)


@pytest.mark.slow
def test_pain_that_rises_holds_and_a_calf_flag_stops(clinic8: Programme) -> None:
    """Knee 4 in the third session repeats it; an acute calf in the repeat's next one ends the programme there."""
    done = course(clinic8, "session 3: knee 4", "session 4: acute calf")
    assert [(verdict, session) for verdict, session, _ in told(done)] == [
        ("begin", "Session 1"),
        ("advance", "Session 2"),
        ("advance", "Session 3"),
        ("hold", "Session 3"),
        ("advance", "Session 4"),
        ("stop", None),
    ]
    assert told(done)[3][2] == "knee pain 4 of 10 in 'Session 3': up to 2 counts as clean, up to 5 holds"
    assert told(done)[5][2].startswith("acute calf (2026-01-12) was flagged: stop and ask the clinician")


@pytest.mark.slow
def test_a_missed_week_steps_back(clinic8: Programme) -> None:
    """Nine days before the third session: the second once more, and then on."""
    done = course(clinic8, "session 3: limp", misses=("session 3: 9 days",))
    assert [(verdict, session) for verdict, session, _ in told(done)] == [
        ("begin", "Session 1"),
        ("advance", "Session 2"),
        ("step back", "Session 1"),
        ("advance", "Session 2"),
        ("advance", "Session 3"),
        ("stop", None),
    ]
    assert told(done)[2][2] == "10 days since 'Session 2', 0 of them rest: a week was missed"


def test_what_was_run_is_written_down_as_it_would_be(clinic8: Programme) -> None:
    """Sessions with their item, check-ins, baselines; a rehearsal writes no decision of its own."""
    done = course(clinic8, "session 2: swelling")
    assert [entry.item for entry in done.log if isinstance(entry, SessionRun)] == [0, 1]
    assert [entry.cadence_spm for entry in done.log if isinstance(entry, BaselineTaken)] == [164.0]
    assert not any(isinstance(entry, Decided) for entry in done.log)


@pytest.mark.slow
def test_the_same_rehearsal_is_the_same_course(clinic8: Programme) -> None:
    """Seed, days and runner decide, and nothing else."""
    assert course(clinic8, "session 1: limp") == course(clinic8, "session 1: limp")


def test_a_session_that_is_not_there_is_refused(clinic8: Programme) -> None:
    """Before anything is run."""
    with pytest.raises(UsageError, match="session 12 is not in the programme; it has 9"):
        course(clinic8, "session 12: knee 4")
