"""Every number of the product in this room, by its value: a changed default turns one line red, and no other test."""

from cadencecoach.plan.limits import MAX_ASKED_RATIO
from cadencecoach.programme import deciding, done, gates
from cadencecoach.programme.model import ClinicLimits, Rules
from cadencecoach.programme.rules import answers, body, gaps, work


def test_the_usual_numbers_of_the_rules() -> None:
    """As docs/programme-rules.md tells them."""
    assert Rules() == Rules(
        clean_pain=None,
        sore_from=3,
        clean_sessions=1,
        probe_ratio=0.7,
        probe_sessions=2,
        adherence_ratio=0.7,
        level_ups_a_week=2,
        missed_days=7,
        layoff_days=21,
        distance_jump_ratio=0.3,
        refresher_days=21,
    )
    assert ClinicLimits() == ClinicLimits(target_ratio=None, session_s=None, sessions_a_week=4)


def test_the_numbers_that_no_programme_changes() -> None:
    """Days, hours, parts and ratings."""
    assert (gates.MOST_PAIN, body.READY_FROM) == (5, 3)
    assert (body.RISES, body.RISES_WITHIN_DAYS) == (3, 7)
    assert (body.SORE_HOLD_H, body.SORE_BACK_H, body.SORE_LONG_H) == (24, 48, 72)
    assert (answers.SORE_DAYS_OFF, answers.PENDING_DAYS) == (2, 7)
    assert (done.MORNING_REACHES_DAYS, done.LEAST_PART) == (3, 1 / 3)
    assert (gaps.USUAL_WEEKS, gaps.WEEK.days, work.WEEK.days, deciding.WEEK.days) == (3, 7, 7, 7)
    assert MAX_ASKED_RATIO == 0.1


def test_how_much_pain_each_place_bears() -> None:
    """Clean up to, held up to, and by when it has to be back."""
    assert {gate.name: (gate.clean, gate.most, gate.settles) for gate in gates.GATES} == {
        "knee": (2, 5, "60 min"),
        "tendon": (3, 5, "next morning"),
        "calf": (2, 5, "next morning"),
        "bone": (0, 0, "next morning"),
        "other": (2, 5, "next morning"),
    }
