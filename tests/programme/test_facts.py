"""What is known on a day, sorted from the log."""

from each_row import each_row
from programme_rig import REFRESHER, START, Athlete, at, day, programme, rules_in, rung

from cadencecoach.programme.facts import Aside, Facts, facts_of
from cadencecoach.programme.model import ClinicLimits
from cadencecoach.programme.rules.deciding import decide
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Decided, Moment, ProgrammeSet, SessionRun
from cadencecoach.record.pain import sessions_answered


def facts(athlete: Athlete, number: int) -> Facts:
    """On the nth day."""
    return facts_of(athlete.on, athlete.rows, athlete.log, day(number))


def test_nothing_of_days_to_come_is_known() -> None:
    """A decision asked for yesterday is that of yesterday."""
    athlete = Athlete(programme()).ran(0, 0).ran(5, 1)
    assert len(facts(athlete, 4).done) == 1
    assert facts(athlete, 4).last_run == START


def test_a_programme_that_begins_anew_forgets_the_sessions_before() -> None:
    """An exchanged one does not; a session beyond its end counts as its last."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1)
    exchange = ProgrammeSet(at=at(3), day=day(3), name="Test", sha256="1", because="shorter")
    athlete.enters(exchange, SessionRun(at=at(4), day=day(4), session="x", item=40))
    assert [one.item for one in facts(athlete, 5).done] == [0, 1, 4]
    athlete.enters(ProgrammeSet(at=at(6), day=day(6), name="Test", sha256="2", because="started"))
    assert facts(athlete, 6).done == ()


@each_row(
    ("before", "worn", "new"),
    [
        ((), ("A",), ""),
        ((), ("A", "A"), ""),
        ((), ("A", "B"), "B"),
        (("A",), ("A",), ""),
        (("A",), ("B",), "B"),
        (("A",), ("A", "B"), "B"),
        (("A", "B"), ("A", "B"), ""),
        (("A", "B"), ("B", "A"), ""),
        (("A", "B"), ("A", "C"), "C"),
    ],
)
def test_shoes_are_new_that_were_neither_in_use_before_nor_run_in(
    before: tuple[str, ...], worn: tuple[str, ...], new: str
) -> None:
    """The first ever named are new to nobody; those of the profile are known, and a second pair is new beside them."""
    athlete = Athlete(programme())
    for number, shoes in enumerate(worn):
        athlete.ran(2 * number, number, shoes=shoes)
    asked = day(2 * len(worn))
    decision = decide(athlete.on, athlete.rows, athlete.log, asked, Aside(shoes_before=before))
    told = [reason.text for reason in decision.reasons if reason.rule == "new shoes"]
    assert told == ([f"new shoes since {day(2 * len(worn) - 2)}: {new}"] if new else [])


@each_row(("number", "is_new"), [(2, True), (9, True), (10, False)])
def test_shoes_are_new_for_a_week(number: int, is_new: bool) -> None:  # noqa: FBT001  # the outcome
    """The seventh day after the first run in them is the last."""
    athlete = Athlete(programme()).ran(0, 0, shoes="A").ran(2, 1, shoes="B")
    assert ("new shoes" in rules_in(athlete.on_day(number))) is is_new


def test_pain_by_key_counts_where_the_log_has_no_answer_of_that_run() -> None:
    """A slip that was taken back stands in the journal for ever; what the log holds of the run wins."""
    athlete = Athlete(programme()).ran(0, 0).keyed(9)
    assert athlete.on_day(2).verdict is Verdict.STOP
    session = athlete.rows[0].id
    slip = CheckIn(at=at(0), day=day(0), moment=Moment.DURING, session=session, pain=9)
    answered = sessions_answered([slip])
    assert answered == {session}
    after = decide(athlete.on, athlete.rows, athlete.log, day(2), Aside(answered=answered))
    assert after.move is Verdict.ADVANCE
    athlete.enters(CheckIn(at=at(0), day=day(0), moment=Moment.DURING, session=session, pain=3))
    corrected = decide(athlete.on, athlete.rows, athlete.log, day(2), Aside(answered=answered))
    assert rules_in(corrected)[0] == "pain"
    assert sessions_answered([CheckIn(at=at(0), day=day(0), moment=Moment.AFTER, session=session, pain=0)]) == set()


def test_the_limit_of_a_week_holds_across_a_setting_by_hand() -> None:
    """Two runs this week are two runs, whoever set the programme anew since."""
    on = programme(rung(rest=0), rung(rest=0), limits=ClinicLimits(sessions_a_week=2))
    athlete = Athlete(on).ran(0, 0).ran(1, 1)
    reset = ProgrammeSet(at=at(2), day=day(2), name="Test", sha256="1", because="anew")
    athlete.enters(reset, Decided(at=at(2), day=day(2), verdict="hold", level=0))
    assert (athlete.on_day(2).verdict, athlete.on_day(2).not_before) == (Verdict.REST, day(7))
    assert athlete.on_day(7).verdict is Verdict.BEGIN


@each_row(("part", "is_over"), [(0.2, False), (0.33, False), (1 / 3, True), (0.34, True)])
def test_a_refresher_given_up_early_has_refreshed_nothing(part: float, is_over: bool) -> None:  # noqa: FBT001
    """In new shoes it is proposed again."""
    athlete = Athlete(programme()).ran(0, 0, shoes="A").ran(2, 1, shoes="B").ran(4, None, part=part)
    assert athlete.rows[-1].plan_name == REFRESHER.plan.name
    assert ("new shoes" not in rules_in(athlete.on_day(5))) is is_over


def test_a_level_set_by_hand_outlives_an_exchange_of_the_text_and_counting_anew() -> None:
    """Neither sets a level: the runner still stands where the clinician put them, and older answers stay expired."""
    athlete = Athlete(programme()).ran(0, 0).ran(2, 1).ran(4, 2).says(4, Moment.AFTER, soreness=4)
    by_hand = ProgrammeSet(at=at(6), day=day(6), name="Test", sha256="0", because="back to the second")
    athlete.enters(by_hand, Decided(at=at(6), day=day(6), verdict="hold", level=1))
    stands = athlete.on_day(8)
    assert (stands.verdict, stands.level, rules_in(stands)) == (Verdict.BEGIN, 1, ["beginning"])
    for number, anew in ((7, False), (8, True)):
        later = ProgrammeSet(at=at(number), day=day(number), name="Test", sha256="1", because="x", counts_from_new=anew)
        athlete.enters(later)
        assert (athlete.on_day(8).verdict, athlete.on_day(8).level) == (Verdict.BEGIN, 1)
    assert rules_in(athlete.ran(8, 1).on_day(10)) == ["clean"]


@each_row("because", ["the knee has settled", "measured anew"])
def test_counting_anew_ends_no_stop_of_a_journal(because: str) -> None:
    """Pain that only the journal knows stops until the programme is set again, as pain in the log does."""
    athlete = Athlete(programme()).ran(0, 0).keyed(9)
    anew = because == "measured anew"
    athlete.enters(ProgrammeSet(at=at(1), day=day(1), name="Test", sha256="0", because=because, counts_from_new=anew))
    assert (athlete.on_day(2).verdict is Verdict.STOP) is anew
