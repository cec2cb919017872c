"""Every number of the product in this room, by its value: a changed default turns one line red, and no other test."""

from each_row import each_row
from room_numbers import files_of, numbers_of

from cadencecoach.plan.model import MOST_OVER_OWN_RATIO
from cadencecoach.programme import gates
from cadencecoach.programme.model import ClinicLimits, Rules
from cadencecoach.programme.rules import deciding, gaps, work

ROOM = "cadencecoach.programme"
NUMBERS: dict[str, dict[str, object]] = {
    "calendar": {"DAYS_A_WEEK": 7},
    "done": {"MORNING_REACHES_DAYS": 3, "LEAST_PART": 1 / 3},
    "drafting.answers": {"MAX_WHO_CHARS": 40, "MOST_WEEKS": 12, "LEAST_RATIO": 0.01},
    "drafting.lines": {"USUAL_MOST_RATIO": 0.075, "RUNG_RATIO": 0.025, "DECIMALS": 4, "EPSILON": 1e-09},
    "drafting.session": {"MANY": 99},
    "drafting.weeks": {
        "RUNS_A_WEEK": 3,
        "REST_DAYS": (1, 1, 2),
        "FADE_PERCENT": (75, 50, 25, 10),
        "MOST_MINUTES": 30,
        "MORE_MINUTES": 3,
        "USUAL_FIRST_MINUTES": 20,
        "USUAL_MOST_RUNGS": 3,
        "AROUND_MINUTES": 10,
    },
    "gates": {"MOST_PAIN": 5},
    "load": {"EPSILON": 1e-09, "AS_PRINTED_SPM": 0.05},
    "refreshing": {"EPSILON": 1e-09},
    "rules.answers": {"SORE_DAYS_OFF": 2, "PENDING_DAYS": 7},
    "rules.body": {
        "RISES": 3,
        "RISES_WITHIN_DAYS": 7,
        "SORE_HOLD_H": 24,
        "SORE_BACK_H": 48,
        "SORE_LONG_H": 72,
        "READY_FROM": 3,
    },
    "rules.gaps": {"USUAL_WEEKS": 3},
    "rules.probes": {"EPSILON_SPM": 1e-06, "TOLD_FROM": 0.005},
    "rules.table": {"PROBE_RATIO": 0.7},
    "rules.work": {"EPSILON": 1e-09},
    "text.building": {"EPSILON": 1e-09},
    "text.language": {"MAX_SESSIONS": 200, "MAX_EXERCISES": 20},
    "text.lints": {
        "MOST_STEP_RATIO": 0.025,
        "LEAST_DOSE_S": 9000.0,
        "MANY_SESSIONS": 4,
        "MOST_A_WEEK": 4,
        "EPSILON": 1e-09,
    },
    "text.parts": {"MAX_ENTRIES": 400},
    "text.plans": {"MAX_STAGES_IN_ALL": 10000},
    "text.values": {"MAX_DAYS": 366, "MINUTES_A_DAY": 1440, "PAIN_MOST": 10},
}


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


@each_row("name", files_of(ROOM))
def test_every_number_that_no_programme_changes_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert numbers_of(ROOM, name) == NUMBERS.get(name, {})


def test_the_weeks_of_the_rules_are_seven_days() -> None:
    """And a target is asked for up to 10 % above one's own cadence."""
    assert (gaps.WEEK.days, work.WEEK.days, deciding.WEEK.days, deciding.DAY.days) == (7, 7, 7, 1)
    assert MOST_OVER_OWN_RATIO == 0.1


def test_how_much_pain_each_place_bears() -> None:
    """Clean up to, held up to, and by when it has to be back."""
    assert {gate.name: (gate.clean, gate.most, gate.settles) for gate in gates.GATES} == {
        "knee": (2, 5, "60 min"),
        "tendon": (3, 5, "next morning"),
        "calf": (2, 5, "next morning"),
        "bone": (0, 0, "next morning"),
        "other": (2, 5, "next morning"),
    }
