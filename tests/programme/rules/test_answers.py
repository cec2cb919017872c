"""How long an answer stands: what was said once expires, and a newer answer of its kind takes its place."""

from collections.abc import Callable
from dataclasses import replace

from each_row import each_row
from programme_rig import Athlete, at, clean_course, day, programme, rules_in, rung, text_of

from cadencecoach.programme.facts import facts_of
from cadencecoach.programme.model import ClinicLimits
from cadencecoach.programme.rules.answers import is_clean
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Decided, Flag, Moment, ProgrammeSet, Site

AFTER, BEFORE, DURING, MORNING = Moment.AFTER, Moment.BEFORE, Moment.DURING, Moment.MORNING


def two_runs() -> Athlete:
    """Two clean sessions, on days 0 and 2; weeks missed are no matter of these tests."""
    return clean_course(replace(programme(missed_days=90), refresher=None), [0, 2])


def set_by_hand(athlete: Athlete, number: int, level: int) -> Athlete:
    """The clinician begins at a level on the nth day."""
    reset = ProgrammeSet(at=at(number), day=day(number), name="Test", sha256="1", because="set back")
    return athlete.enters(reset, Decided(at=at(number), day=day(number), verdict="hold", level=level))


def test_a_soreness_of_january_decides_neither_in_february_nor_in_june() -> None:
    """What the clinician sets by hand counts from then, against a clean answer of the day and without one."""
    athlete = set_by_hand(two_runs().says(4, BEFORE, soreness=4), 31, 2)
    for number in (31, 32, 150):
        assert (athlete.on_day(number).move, athlete.on_day(number).item) == (Verdict.BEGIN, 2)
    athlete.says(150, BEFORE, soreness=0)
    assert rules_in(athlete.on_day(150)) == ["beginning"]


def test_what_was_said_on_the_day_before_the_clinician_set_it_is_over_and_after_it_is_not() -> None:
    """The order of the log tells on the day itself."""
    before = set_by_hand(two_runs().says(4, BEFORE, soreness=4, pain=4), 4, 2)
    assert rules_in(before.on_day(4)) == ["beginning"]
    assert "sore before" in rules_in(before.says(4, BEFORE, soreness=3).on_day(4))


@each_row(("number", "is_said"), [(4, True), (10, True), (11, True), (12, False), (40, False)])
def test_soreness_before_a_run_that_did_not_take_place_stands_for_a_week(number: int, is_said: bool) -> None:  # noqa: FBT001
    """Without a newer answer."""
    assert ("sore before" in rules_in(two_runs().says(4, BEFORE, soreness=4).on_day(number))) is is_said


@each_row(("number", "is_said"), [(5, True), (6, True), (7, False)])
def test_a_newer_answer_takes_its_place_when_the_days_off_are_over(number: int, is_said: bool) -> None:  # noqa: FBT001
    """Two days off are two days off, whatever is said on them."""
    athlete = two_runs().says(4, BEFORE, soreness=4).says(5, BEFORE, soreness=0)
    decision = athlete.on_day(number)
    assert ("sore before" in rules_in(decision)) is is_said
    assert decision.verdict is (Verdict.REST if is_said else Verdict.ADVANCE)


def test_a_newer_soreness_is_the_one_that_counts() -> None:
    """Its days off begin with it; of one day the worst answer holds."""
    athlete = two_runs().says(4, BEFORE, soreness=4).says(6, BEFORE, soreness=3).says(6, BEFORE, soreness=1)
    assert athlete.on_day(7).not_before == day(9)
    assert "soreness 3 of 10 before a run on 2026-03-08" in text_of(athlete.on_day(7), "sore before")


def test_an_answer_without_soreness_is_none_of_that_kind() -> None:
    """Pain told alone says nothing of the soreness."""
    athlete = two_runs().says(4, BEFORE, soreness=4).says(8, BEFORE, pain=0)
    assert "sore before" in rules_in(athlete.on_day(8))


def test_how_long_soreness_stayed_is_told_by_the_newest_answer() -> None:
    """Sixty hours, then none of that: the later one holds."""
    athlete = two_runs().says(2, AFTER, soreness_h=60)
    assert "long soreness" in rules_in(athlete.on_day(4))
    assert "long soreness" not in rules_in(athlete.says(4, BEFORE, soreness_h=10).on_day(4))
    later = two_runs().says(3, MORNING, soreness_h=10).says(4, BEFORE, soreness_h=60)
    assert [("long soreness" in rules_in(later.on_day(number))) for number in (4, 11, 12)] == [True, True, False]


# what was said around the last session, on day 2 -> the rule that has something to say of it
AROUND: list[tuple[str, Callable[[], Athlete]]] = [
    ("morning", lambda: two_runs().says(3, MORNING, pain=4)),
    ("sore in the run", lambda: two_runs().says(2, DURING, soreness=4)),
    ("sore before", lambda: two_runs().says(2, BEFORE, soreness=4)),
    ("long soreness", lambda: two_runs().says(2, AFTER, soreness_h=60)),
    ("pain", lambda: two_runs().says(2, DURING, pain=4)),
    ("not settled", lambda: two_runs().says(2, AFTER, pain=3, site=Site.KNEE)),
    ("morning not known", lambda: two_runs().says(2, DURING, pain=3, site=Site.ACHILLES)),
    ("sore after", lambda: two_runs().says(2, AFTER, soreness=4)),
    ("not asked", lambda: clean_course(two_runs().on, [0]).ran(2, 1, says=False)),
]


@each_row(("rule", "who"), AROUND, ids=[one[0] for one in AROUND])
def test_what_was_said_around_a_session_stands_for_less_than_a_layoff(rule: str, who: Callable[[], Athlete]) -> None:
    """On the twentieth day after it, and no more on the twenty-first: then the level is tried again."""
    athlete = who()
    assert rule in rules_in(athlete.on_day(22))
    assert rules_in(athlete.on_day(23)) == ["long ago"]
    assert (athlete.on_day(23).move, athlete.on_day(23).item) == (Verdict.HOLD, 1)


def test_rising_pain_is_forgotten_with_a_layoff_too() -> None:
    """The days of the three sessions lie together for ever; what they say does not hold for ever."""
    athlete = Athlete(two_runs().on)
    for item, number in enumerate((0, 2, 4)):
        athlete.ran(number, item).says(number, DURING, pain=item)
    assert "rising pain" in rules_in(athlete.on_day(24))
    assert "rising pain" not in rules_in(athlete.on_day(25))


def test_the_next_session_ends_what_was_said_of_the_one_before() -> None:
    """Sore in one run, clean in the next: it goes on."""
    athlete = two_runs().says(2, DURING, soreness=4).ran(6, 0)
    assert (athlete.on_day(8).move, athlete.on_day(8).item) == (Verdict.ADVANCE, 1)


def test_a_layoff_is_not_hidden_by_what_was_said_before_it() -> None:
    """The refresher comes, not a step back for a pain of months ago."""
    athlete = clean_course(programme(), [0, 2]).says(3, MORNING, pain=4)
    assert rules_in(athlete.on_day(22))[0] == "morning"
    assert rules_in(athlete.on_day(23))[0] == "layoff"


def test_what_hurt_this_morning_is_over_tomorrow() -> None:
    """Not ready, too."""
    athlete = two_runs().says(4, BEFORE, pain=4, readiness=1)
    assert {"hurts before", "not ready"} <= set(rules_in(athlete.on_day(4)))
    assert athlete.on_day(4).not_before == day(5)
    assert not {"hurts before", "not ready"} & set(rules_in(athlete.on_day(5)))


def test_the_newest_readiness_of_the_day_counts() -> None:
    """Tired in the morning, ready in the evening."""
    athlete = two_runs().says(4, BEFORE, readiness=1).says(4, BEFORE, readiness=7)
    assert "not ready" not in rules_in(athlete.on_day(4))
    assert "not ready" in rules_in(athlete.says(4, BEFORE, readiness=2).on_day(4))


@each_row("number", [3, 30, 150])
def test_a_stop_does_not_expire(number: int) -> None:
    """A flag and severe pain stand until the clinician sets the programme again."""
    assert two_runs().says(2, AFTER, flags=[Flag.LIMP]).on_day(number).verdict is Verdict.STOP
    assert two_runs().says(2, DURING, pain=6).on_day(number).verdict is Verdict.STOP


def test_a_flag_written_down_late_stops_a_programme_set_meanwhile() -> None:
    """The clinician who set it did not know; once set again after it, it is ended."""
    athlete = set_by_hand(two_runs(), 4, 1)
    athlete.enters(CheckIn(at=at(5), day=day(3), moment=MORNING, flags=frozenset({Flag.NIGHT})))
    assert athlete.on_day(5).verdict is Verdict.STOP
    assert set_by_hand(athlete, 6, 1).on_day(6).verdict is Verdict.BEGIN


def test_a_stop_of_the_day_is_ended_by_setting_the_programme_on_it() -> None:
    """Flagged in the morning, seen at noon: the order of the log tells."""
    athlete = two_runs().says(4, BEFORE, flags=[Flag.LIMP])
    assert set_by_hand(athlete, 4, 1).on_day(4).verdict is Verdict.BEGIN
    assert athlete.says(4, BEFORE, flags=[Flag.LIMP]).on_day(4).verdict is Verdict.STOP


def test_an_unasked_pain_is_judged_by_the_clean_level_and_not_by_zero() -> None:
    """Knee pain 2 after each run, never asked before one: eighteen sessions go on instead of the same for ever."""
    on = programme(*(rung(0.05, 20) for _ in range(18)), limits=ClinicLimits(sessions_a_week=7))
    athlete, items = Athlete(on), []
    for number in range(0, 36, 2):
        decision = athlete.on_day(number)
        items.append(decision.item)
        athlete.ran(number, decision.item, says=False).says(number, AFTER, pain=2, site=Site.KNEE)
    assert items == list(range(18))


def test_a_pain_nobody_told_is_not_called_none() -> None:
    """Only the next morning is known, and is told as that."""
    athlete = clean_course(two_runs().on, [0]).ran(2, 1, says=False).says(3, MORNING, pain=1)
    text = text_of(athlete.on_day(4), "clean")
    assert "pain 1 of 10 the next morning, nothing said right after it" in text
    assert "at most" not in text


def test_a_distance_that_is_not_known_is_not_zero() -> None:
    """A week before with a run of unknown distance may have been the longest of all."""
    athlete = Athlete(programme()).ran(1, 0, km=6).ran(9, 0, km=3).ran(16, 0, km=3).ran(23, 1, km=5).ran(26, 2, km=5)
    assert "distance" in rules_in(athlete.on_day(28))
    athlete.rows[1] = replace(athlete.rows[1], distance_m=None)
    assert "distance" not in rules_in(athlete.on_day(28))


def test_of_this_week_the_known_distance_is_enough_to_tell_a_jump() -> None:
    """The whole is not less than what is known of it."""
    athlete = Athlete(programme()).ran(1, 0, km=6).ran(9, 0, km=3).ran(16, 0, km=3).ran(23, 1, km=9).ran(26, 2)
    athlete.rows[-1] = replace(athlete.rows[-1], distance_m=None)
    assert "distance" in rules_in(athlete.on_day(28))


@each_row("moment", [BEFORE, DURING, AFTER, MORNING])
@each_row(("soreness", "clean"), [(2, True), (3, False), (4, False)])
def test_sore_at_one_moment_is_not_clean(moment: Moment, soreness: int, clean: bool) -> None:  # noqa: FBT001
    """Before, in, after the run or the next morning: one is enough."""
    athlete = two_runs().says(3 if moment is MORNING else 2, moment, soreness=soreness)
    facts = facts_of(athlete.on, athlete.rows, athlete.log, day(4))
    assert facts.last is not None
    assert is_clean(facts, facts.last) is clean
