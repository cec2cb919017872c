"""How long an answer decides: until a newer one of its kind, until the clinician sets the level, or two weeks."""

import pytest
from programme_rig import Athlete, at, day, programme, rules_in, text_of

from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import Decided, Moment, ProgrammeSet, Site

BEFORE, AFTER, MORNING, DURING = Moment.BEFORE, Moment.AFTER, Moment.MORNING, Moment.DURING


def two_runs() -> Athlete:
    """Two clean sessions, on days 0 and 2."""
    return Athlete(programme()).ran(0, 0).ran(2, 1)


def set_by_hand(athlete: Athlete, number: int, level: int) -> Athlete:
    """The clinician begins the programme again at a level."""
    on = athlete.on
    return athlete.enters(
        ProgrammeSet(at=at(number), day=day(number), name=on.name, sha256=on.sha256, because="knee settled"),
        Decided(at=at(number), day=day(number), verdict="hold", level=level),
    )


@pytest.mark.parametrize(("soreness", "decides"), [(2, False), (3, True), (4, True)])
def test_soreness_before_a_run_counts_from_three(soreness: int, decides: bool) -> None:  # noqa: FBT001  # the claim
    """Below three nobody is sore, at three and above the level steps back."""
    decision = two_runs().says(4, BEFORE, soreness=soreness).on_day(4)
    assert ("sore before" in rules_in(decision)) is decides


def test_a_newer_answer_of_the_day_replaces_an_old_soreness() -> None:
    """Sore on one day, not sore two days later: the newer answer decides."""
    sore = two_runs().says(4, BEFORE, soreness=4)
    assert rules_in(sore.on_day(6))[0] == "sore before"
    assert "sore before" not in rules_in(sore.says(6, BEFORE, soreness=0).on_day(6))


def test_an_answer_without_soreness_does_not_replace_one_with_it() -> None:
    """Who is asked for pain alone has not said that the soreness is gone."""
    sore = two_runs().says(4, BEFORE, soreness=4).says(5, BEFORE, pain=0)
    assert rules_in(sore.on_day(6))[0] == "sore before"


def test_of_two_answers_of_one_day_the_worse_counts() -> None:
    """A second answer on the same day takes nothing back; a slip is corrected, not answered again."""
    sore = two_runs().says(4, BEFORE, soreness=4).says(4, BEFORE, soreness=0)
    assert rules_in(sore.on_day(4))[0] == "sore before"


@pytest.mark.parametrize(("later", "decides"), [(13, True), (14, True), (15, False)])
def test_an_old_soreness_is_forgotten_after_two_weeks(later: int, decides: bool) -> None:  # noqa: FBT001
    """It stands for 14 days; after that other rules look at the time that passed."""
    decision = two_runs().says(4, BEFORE, soreness=4).on_day(4 + later)
    assert ("sore before" in rules_in(decision)) is decides


@pytest.mark.parametrize(("later", "decides"), [(14, True), (15, False)])
@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("morning", lambda: two_runs().says(3, MORNING, pain=3, site=Site.KNEE)),
        ("sore in the run", lambda: two_runs().says(2, DURING, soreness=3)),
        ("long soreness", lambda: two_runs().says(3, MORNING, soreness_h=50)),
    ],
)
def test_what_was_said_of_a_session_steps_back_for_two_weeks(rule: str, who: object, later: int, decides: bool) -> None:  # noqa: FBT001
    """After that it is told no more, and nothing is advanced on it either."""
    decision = who().on_day(2 + later)  # type: ignore[operator]
    assert (rule in rules_in(decision)) is decides
    assert "clean" not in rules_in(decision) or rule == "long soreness"


def test_a_restart_by_hand_counts_from_its_day() -> None:
    """Sore in the first month, begun again by hand in the second, asked in the sixth: the old soreness says nothing."""
    athlete = set_by_hand(two_runs().says(4, BEFORE, soreness=4), 31, level=1)
    for number in (31, 32, 150):
        decision = athlete.on_day(number)
        assert "sore before" not in rules_in(decision)
        assert decision.level == 1
    assert "sore before" in rules_in(athlete.says(150, BEFORE, soreness=3).on_day(150))


def test_a_stop_does_not_expire() -> None:
    """Pain of 6 stops for good until the clinician sets the programme again."""
    athlete = two_runs().says(2, DURING, pain=6, site=Site.KNEE)
    assert athlete.on_day(400).verdict is Verdict.STOP
    assert set_by_hand(athlete, 401, level=0).on_day(401).verdict is not Verdict.STOP


@pytest.mark.parametrize(("pain", "stops"), [(5, False), (6, True), (10, True)])
def test_pain_above_five_stops(pain: int, stops: bool) -> None:  # noqa: FBT001
    """5 is held, 6 stops, and 10 stops."""
    decision = two_runs().says(2, DURING, pain=pain, site=Site.KNEE).on_day(4)
    assert (decision.verdict is Verdict.STOP) is stops


@pytest.mark.parametrize(("after", "decides"), [(2, False), (3, True)])
def test_pain_that_nobody_asked_for_before_the_run_is_not_none(after: int, decides: bool) -> None:  # noqa: FBT001
    """Where pain before is not known, what is clean after the run has settled."""
    decision = Athlete(programme()).ran(0, 0, says=False).says(0, AFTER, pain=after, site=Site.KNEE).on_day(2)
    assert ("not settled" in rules_in(decision)) is decides
    assert ("0 before it" in text_of(decision, "not settled")) is False


def test_a_runner_who_is_never_asked_before_goes_on() -> None:
    """A knee that is at 1 after each run, and was not asked before, takes the ladder a session at a time."""
    athlete = Athlete(programme())
    for item, number in enumerate((0, 3, 7, 11)):
        athlete.ran(number, item, says=False).says(number, AFTER, pain=1, site=Site.KNEE)
        assert athlete.on_day(number + 3).level == item + 1


def test_a_clean_session_says_what_is_not_known() -> None:
    """Who answers only the next morning has not said that the run itself did not hurt."""
    decision = Athlete(programme()).ran(0, 0, says=False).says(1, MORNING, pain=1).on_day(2)
    assert "no pain told of the run itself" in text_of(decision, "clean")


def test_of_two_step_backs_the_larger_counts() -> None:
    """Two weeks missed and a soreness: two levels, not one."""
    athlete = Athlete(programme()).ran(0, 0).ran(3, 1).ran(7, 2).ran(11, 3)
    athlete.says(27, BEFORE, soreness=4)
    decision = athlete.on_day(27)
    assert {"sore before", "missed week"} <= set(rules_in(decision))
    assert decision.level == 1
