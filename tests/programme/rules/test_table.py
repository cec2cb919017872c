"""Every row of the table of rules: what it looks at, what follows, and the values it tells."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from each_row import each_row
from programme_rig import Athlete, at, day, programme, rules_in, rung, text_of

from cadencecoach.desk.athletes.withdrawing import withdrawal_of
from cadencecoach.programme.model import ClinicLimits, Exercise, Treats
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import Decided, Flag, ItemDone, Moment, ProgrammeSet, SessionRun, Site
from tools.rules_page import page

AFTER, BEFORE, DURING, MORNING = Moment.AFTER, Moment.BEFORE, Moment.DURING, Moment.MORNING
CALVES = (Exercise(name="Calf raises", kind="strength", sets=3, repetitions=15),)


def two_runs() -> Athlete:
    """Two clean sessions, on days 0 and 2."""
    return Athlete(programme()).ran(0, 0).ran(2, 1)


def with_exercises() -> Athlete:
    """Two sessions with an exercise each."""
    return Athlete(programme(rung(exercises=CALVES), rung(exercises=CALVES), rung())).ran(0, 0).ran(2, 1)


def by_hand(number: int, verdict: str, because: str) -> Decided:
    """What a person decided on the nth day."""
    return Decided(at=at(number), day=day(number), verdict=verdict, level=1, reasons=(because,), by_hand=True)


def three_with_pain(*pains: int) -> Athlete:
    """Three sessions, each with so much pain while running."""
    athlete = Athlete(programme())
    for item, pain in enumerate(pains):
        athlete.ran(item * 2, item).says(item * 2, DURING, pain=pain, site=Site.SHIN)
    return athlete


# rule -> (who, asked on which day, what it says, the level after it); each would be decided otherwise without its cause
CASES: list[tuple[str, Callable[[], Athlete], int, str, int]] = [
    ("flag", lambda: two_runs().says(2, AFTER, flags=[Flag.ACUTE_CALF]), 4, "acute calf (2026-03-04) was flagged", 1),
    ("flag", lambda: two_runs().says(3, MORNING, pain=0, flags=[Flag.NIGHT]), 4, "night pain (2026-03-05)", 1),
    ("severe pain", lambda: two_runs().says(2, DURING, pain=6, site=Site.KNEE), 4, "knee pain 6 of 10", 1),
    ("severe pain", lambda: two_runs().says(4, BEFORE, pain=7), 4, "pain 7 of 10 on 2026-03-06, above 5", 1),
    (
        "bone",
        lambda: Athlete(programme(treats=Treats.BONE)).ran(0, 0).says(0, DURING, pain=1, site=Site.SHIN),
        2,
        "shin pain 1 of 10 on 2026-03-02, and a bone is treated",
        0,
    ),
    ("morning", lambda: two_runs().says(2, BEFORE, pain=1).says(3, MORNING, pain=2), 4, "2 of 10 the morning after", 0),
    ("morning", lambda: two_runs().says(3, MORNING, pain=3, site=Site.CALF), 4, "up to 2 is usual", 0),
    ("sore in the run", lambda: two_runs().says(2, DURING, soreness=3), 4, "soreness 3 of 10 while running", 0),
    (
        "sore before",
        lambda: two_runs().says(4, BEFORE, soreness=4),
        4,
        "soreness 4 of 10 before a run on 2026-03-06",
        0,
    ),
    ("sore before", lambda: two_runs().says(2, BEFORE, soreness=3), 5, "soreness 3 of 10 before '+5 % for 17'", 0),
    ("rising pain", lambda: three_with_pain(0, 1, 2), 7, "from session to session: 0, 1, 2 of 10", 1),
    ("long soreness", lambda: two_runs().says(4, BEFORE, soreness_h=50), 5, "stayed 50 h, above 48 h", 0),
    (
        "stepped back",
        lambda: two_runs().enters(by_hand(2, "step back", "calf tight")),
        4,
        "stepped back by hand on 2026-03-04, because: calf tight",
        0,
    ),
    ("layoff", two_runs, 23, "21 days without a run; 21 or more is a layoff", 0),
    (
        "new shoes",
        lambda: Athlete(programme()).ran(0, 0, shoes="old").ran(2, 1, shoes="new"),
        4,
        "new shoes since 2026-03-04: new",
        1,
    ),
    (
        "distance",
        lambda: Athlete(programme()).ran(1, 0, km=6).ran(9, 0, km=3).ran(16, 0, km=3).ran(23, 1, km=5).ran(26, 2, km=5),
        28,
        "10.0 km in seven days, at most 6.0 km in any of the 3 weeks before: +67 %, above +30 %",
        2,
    ),
    ("after the end", lambda: Athlete(programme(rung())).ran(0, 0), 21, "21 days since the last run after the end", 1),
    ("missed week", two_runs, 11, "9 days since '+5 % for 17', 1 of them rest: a week was missed", 0),
    ("hurts before", lambda: two_runs().says(4, BEFORE, pain=3, site=Site.KNEE), 4, "knee pain 3 of 10 before", 1),
    (
        "pain",
        lambda: two_runs().says(2, DURING, pain=4, site=Site.KNEE),
        4,
        "2 counts as clean, up to 5 holds",
        1,
    ),
    (
        "pain",
        lambda: two_runs().says(2, DURING, pain=4, site=Site.ACHILLES),
        4,
        "3 counts as clean, up to 5 holds",
        1,
    ),
    (
        "not settled",
        lambda: two_runs().says(2, BEFORE, pain=0).says(2, AFTER, pain=1, site=Site.KNEE),
        4,
        "knee pain 1 of 10 an hour after '+5 % for 17', 0 before it",
        1,
    ),
    ("not ready", lambda: two_runs().says(4, BEFORE, readiness=2), 4, "readiness 2 of 10 before the run, at least", 1),
    (
        "hardly run",
        lambda: Athlete(programme()).ran(0, 0, part=0.33),
        2,
        "33 % of '+5 % for 15' was run, less than a third: it does not count as done and comes next again",
        0,
    ),
    (
        "long ago",
        lambda: Athlete(replace(programme(missed_days=60), refresher=None)).ran(0, 0),
        21,
        "'+5 % for 15' was 21 days ago; what was reported about it is too old to build on",
        0,
    ),
    (
        "probe",
        lambda: (
            Athlete(programme(rung(0.05), rung(0.05), rung(0.075), limits=ClinicLimits(target_ratio=0.075)))
            .ran(0, 0, probe=0.12)
            .quicker(0.8, 173.0)
            .ran(2, 1, probe=0.12)
            .quicker(0.8, 171.0)
        ),
        4,
        "12 %, below it 8 %, above it 80 % at 173 spm, and 172 spm is the limit: ease off; 12 %, below it 8 %",
        1,
    ),
    (
        "clean",
        lambda: (
            Athlete(programme(rung(0.05), rung(0.05), rung(0.075)))
            .ran(0, 0, probe=0.12)
            .quicker(0.8, 172.0)
            .ran(2, 1, probe=0.12)
            .quicker(0.8, 172.0)
        ),
        4,
        "12 % in band without help, below it 8 %, above it 80 %, more was learned than was asked",
        2,
    ),
    (
        "morning not known",
        lambda: two_runs().says(2, DURING, pain=2, site=Site.ACHILLES),
        4,
        "the next morning is not known",
        1,
    ),
    ("sore after", lambda: two_runs().says(2, AFTER, soreness=3), 4, "soreness 3 of 10 after", 1),
    (
        "out of date",
        lambda: two_runs().seen_on("2026-03-04, 08:00 UTC"),
        4,
        "the clinic's database does not answer; what is known here is of 2026-03-04, 08:00 UTC",
        1,
    ),
    ("held", lambda: two_runs().enters(by_hand(3, "hold", "new job")), 4, "on 2026-03-05, because: new job", 1),
    ("sore after", lambda: two_runs().says(3, MORNING, soreness_h=30), 4, "soreness stayed 30 h, above 24 h", 1),
    ("not asked", lambda: Athlete(programme()).ran(0, 0, says=False), 2, "no check-in after it", 0),
    ("no record", lambda: Athlete(programme()).ran(0, 0, row=False), 2, "the record of '+5 % for 15' is missing", 0),
    ("cut short", lambda: Athlete(programme()).ran(0, 0, part=0.6), 2, "60 % of '+5 % for 15' was run", 0),
    ("exercises", with_exercises, 4, "0 % of the week's exercises were done", 1),
    (
        "probe",
        lambda: Athlete(programme(rung(0.05), rung(0.05), rung(0.075))).ran(0, 0, probe=0.9).ran(2, 1, probe=0.7),
        4,
        "in band without help: 90 %, 70 %; above 70 % in 2 sessions running",
        1,
    ),
    (
        "probe",
        lambda: Athlete(programme(rung(0.05), rung(0.075))).ran(0, 0, probe=None),
        2,
        "in band without help: no probe",
        0,
    ),
    ("clean sessions", lambda: Athlete(programme(clean_sessions=2)).ran(0, 0), 2, "1 of 2 clean sessions", 0),
    (
        "level-ups",
        lambda: Athlete(programme()).ran(0, 0).ran(2, 1).ran(4, 2),
        6,
        "2 level-ups in seven days, 2 are allowed; '+5 % for 21' would raise the minutes",
        2,
    ),
    (
        "limit",
        lambda: Athlete(
            programme(rung(0.05), rung(0.1), limits=ClinicLimits(target_ratio=0.075), probe_ratio=None)
        ).ran(0, 0),
        2,
        "would pass the clinician's limit: +10 %, at most +7.5 %",
        0,
    ),
    (
        "limit",
        lambda: Athlete(programme(rung(0.05, 20), rung(0.075, 25), probe_ratio=None)).ran(0, 0),
        2,
        "would raise the target and the minutes at once",
        0,
    ),
    ("beginning", lambda: Athlete(programme()), 0, "no session of the programme has been run yet", 0),
    ("clean", two_runs, 4, "was clean: pain at most 0 of 10, 100 % of the session was run, 90 % in band", 2),
]
VERDICTS = {rule.name: rule.verdict for rule in RULES}


@each_row(("rule", "who", "asked", "told", "level"), CASES, ids=[f"{c[0]}: {c[3][:30]}" for c in CASES])
def test_each_rule_decides_and_tells_its_values(
    rule: str, who: Callable[[], Athlete], asked: int, told: str, level: int
) -> None:
    """The rule is the first of those that had a say, its verdict holds, and its sentence holds the values."""
    decision = who().on_day(asked)
    assert rules_in(decision)[0] == rule
    assert told in text_of(decision, rule)
    is_over = rule == "clean" and decision.session is None
    assert decision.move is (Verdict.FINISHED if is_over else VERDICTS[rule])
    assert decision.level == level


def test_every_row_of_the_table_has_a_case() -> None:
    """A rule that is added and forgotten here is found."""
    assert {case[0] for case in CASES} == set(VERDICTS)


def test_the_page_of_the_rules_is_current() -> None:
    """docs/programme-rules.md is what the code says today."""
    written = Path(__file__).parents[3] / "docs" / "programme-rules.md"
    assert written.read_text(encoding="utf-8") == page()


@each_row(
    ("who", "asked"),
    [
        (lambda: two_runs().says(2, DURING, pain=2, site=Site.KNEE).says(2, AFTER, pain=0), 4),
        (lambda: two_runs().says(2, BEFORE, pain=2, site=Site.KNEE).says(2, AFTER, pain=2, site=Site.KNEE), 4),
        (lambda: two_runs().says(2, DURING, pain=3, site=Site.ACHILLES).says(3, MORNING, pain=0), 4),
        (lambda: two_runs().says(2, AFTER, soreness=2).says(3, MORNING, pain=0, soreness_h=20), 4),
        (lambda: with_exercises().enters(ItemDone(at=at(1), day=day(1), item="Calf raises")), 4),
        (two_runs, 10),
        (lambda: Athlete(programme()).ran(0, 0, part=0.7), 2),
        (
            lambda: Athlete(programme(rung(0.05), rung(0.05), rung(0.075))).ran(0, 0, probe=0.71).ran(2, 1, probe=0.71),
            4,
        ),
        (lambda: Athlete(programme()).ran(0, 0).ran(2, 1).ran(4, 2), 9),
        (lambda: Athlete(programme()).ran(0, 0, shoes="old").ran(2, 1, shoes="new").ran(3, None, shoes="new"), 4),
    ],
)
def test_up_to_its_threshold_no_rule_holds_anybody_back(who: Callable[[], Athlete], asked: int) -> None:
    """Right at the edge the programme goes on."""
    assert who().on_day(asked).move is Verdict.ADVANCE


def test_a_stop_lasts_until_the_programme_is_set_again() -> None:
    """Not until a good morning: the clinician's word ends it, and it goes on where the runner stood."""
    athlete = two_runs().says(2, AFTER, flags=[Flag.SHARP]).says(3, MORNING, pain=0)
    assert athlete.on_day(30).verdict is Verdict.STOP
    athlete.enters(ProgrammeSet(at=at(5), day=day(5), name="Test", sha256="1", because="seen, cleared"))
    decision = athlete.on_day(5)
    assert (decision.verdict, decision.item) == (Verdict.ADVANCE, 2)


def test_a_level_set_by_hand_begins_there() -> None:
    """What was run before it does not decide any more."""
    athlete = two_runs().says(2, DURING, pain=4)
    athlete.enters(
        ProgrammeSet(at=at(4), day=day(4), name="Test", sha256="1", because="back to the first"),
        Decided(at=at(4), day=day(4), verdict="hold", level=0),
    )
    decision = athlete.on_day(4)
    assert (rules_in(decision), decision.item) == (["beginning"], 0)


def test_a_step_back_by_hand_is_for_the_next_session_and_a_hold_until_it_is_lifted() -> None:
    """Two steps are two levels, not below the first; a session set by hand ends no hold unless it takes it back."""
    back = by_hand(2, "step back", "calf")
    assert two_runs().ran(4, 2).enters(by_hand(4, "step back", "a"), by_hand(4, "step back", "b")).on_day(6).level == 0
    assert two_runs().enters(back, replace(back, reasons=("again",))).on_day(4).level == 0
    after = two_runs().enters(back).ran(4, 0).on_day(6)
    assert (after.move, after.level) == (Verdict.ADVANCE, 1)
    held = two_runs().enters(by_hand(2, "hold", "calf")).ran(4, 1).ran(6, 1)
    assert (held.on_day(8).move, held.on_day(8).level) == (Verdict.HOLD, 1)
    by_rules = two_runs().enters(replace(by_hand(2, "hold", "x"), by_hand=False))
    assert by_rules.on_day(4).move is Verdict.ADVANCE
    set_elsewhere = held.enters(
        ProgrammeSet(at=at(8), day=day(8), name="Test", sha256="0" * 64, because="fine"),
        replace(by_hand(8, "hold", "set"), level=3, by_hand=False),
    )
    assert (set_elsewhere.on_day(8).move, set_elsewhere.on_day(8).level) == (Verdict.HOLD, 3)
    lifted = set_elsewhere.enters(withdrawal_of(by_hand(2, "hold", "calf"), "fine", at=at(8), day=day(8)))
    lifted.log = list(entries_that_count(lifted.log))
    assert (lifted.on_day(8).move, lifted.on_day(8).level) == (Verdict.BEGIN, 3)
    hurt = two_runs().enters(by_hand(2, "hold", "calf"), back).says(2, AFTER, flags=[Flag.LIMP])
    assert hurt.on_day(4).verdict is Verdict.STOP


def test_runs_of_ones_own_change_no_level() -> None:
    """They are no session of the programme."""
    athlete = two_runs().enters(SessionRun(at=at(3), day=day(3), session="own"))
    assert athlete.on_day(4).item == 2
