"""Each rule below, at and above its edge: from which number on it has something to say. Numbers stand here as such."""

from collections.abc import Callable
from dataclasses import replace

from each_row import each_row
from programme_rig import Athlete, at, clean_course, day, programme, rules_in, rung

from cadencecoach.programme.model import ClinicLimits, Exercise, Treats
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import ItemDone, Moment, Site

AFTER, BEFORE, DURING, MORNING = Moment.AFTER, Moment.BEFORE, Moment.DURING, Moment.MORNING


def two_runs() -> Athlete:
    """Two clean sessions, on days 0 and 2."""
    return Athlete(programme()).ran(0, 0).ran(2, 1)


def said(moment: Moment, **what: object) -> Callable[[float], Athlete]:
    """Two runs, and a number said of the second: the morning on day 3, a check-in before another run on day 4."""
    number = {MORNING: 3}.get(moment, 2)
    (name,) = [key for key, value in what.items() if value is None]
    return lambda value: two_runs().says(number, moment, **{**what, name: value})  # type: ignore[arg-type]


def pending(name: str) -> Callable[[float], Athlete]:
    """Two runs, and a number said before another on day 4."""
    return lambda value: two_runs().says(4, BEFORE, **{name: value})  # type: ignore[arg-type]


def rising(third: int) -> Athlete:
    """Three sessions in a week with pain 0, 1 and this."""
    athlete = Athlete(programme())
    for number, pain in ((0, 0), (3, 1), (7, third)):
        athlete.ran(number, min(number, 2)).says(number, DURING, pain=pain)
    return athlete


def rising_over(n_days: float) -> Athlete:
    """Three sessions within so many days, each worse than the one before."""
    athlete = Athlete(programme())
    for item, (number, pain) in enumerate(((0, 0), (3, 1), (int(n_days), 2))):
        athlete.ran(number, item).says(number, DURING, pain=pain)
    return athlete


def knee_after(pain: float, before: int | None) -> Athlete:
    """Knee pain after the run; that before it, or nothing said of it."""
    athlete = two_runs().says(2, AFTER, pain=int(pain), site=Site.KNEE)
    return athlete if before is None else athlete.says(2, BEFORE, pain=before, site=Site.KNEE)


def distances(km: float) -> Athlete:
    """Ten kilometres in the longest of three weeks, and this far in the week after."""
    athlete = Athlete(programme()).ran(1, 0, km=10).ran(9, 0, km=9).ran(16, 0, km=9)
    return athlete.ran(23, 1, km=km / 2).ran(26, 2, km=km / 2)


def ticked(part: float) -> Athlete:
    """An exercise of the first session, done to this part."""
    exercise = (Exercise(name="Calf raises", kind="strength", sets=3, repetitions=15),)
    athlete = Athlete(programme(rung(exercises=exercise), rung(), rung())).ran(0, 0).ran(2, 1)
    return athlete.enters(ItemDone(at=at(1), day=day(1), item="Calf raises", part=part))


def probed(share: float) -> Athlete:
    """Two sessions whose probes were in band for this part, and a target that goes up after them."""
    return Athlete(programme(rung(0.05), rung(0.05), rung(0.075))).ran(0, 0, probe=share).ran(2, 1, probe=share)


def quick(above_spm: float, limits: ClinicLimits | None = None) -> Athlete:
    """The same with hardly any time in the band and four fifths above it."""
    on = programme(rung(0.05), rung(0.05), rung(0.075), limits=limits)
    return Athlete(on).ran(0, 0, probe=0.1).quicker(0.8, above_spm).ran(2, 1, probe=0.1).quicker(0.8, above_spm)


def quick_for(share: float) -> Athlete:
    """The same within the limit, a tenth in the band, and this part above it."""
    on = programme(rung(0.05), rung(0.05), rung(0.075))
    athlete = Athlete(on).ran(0, 0, probe=0.1).quicker(share, 171.0)
    return athlete.ran(2, 1, probe=0.1).quicker(share, 171.0)


def ups(first: float) -> Athlete:
    """Two level-ups, the first of them on this day, asked on day 10."""
    return clean_course(programme(), [0, int(first), 9])


# rule, with which number, asked on which day, numbers that are not enough, numbers that are
EDGES: list[tuple[str, Callable[[float], Athlete], int, tuple[float, ...], tuple[float, ...]]] = [
    ("severe pain", said(DURING, pain=None), 4, (4, 5), (6, 10)),
    ("severe pain", lambda pain: Athlete(programme()).ran(0, 0).ran(2, 1).keyed(int(pain)), 4, (4, 5), (6, 9)),
    ("bone", lambda pain: Athlete(programme(treats=Treats.BONE)).says(0, BEFORE, pain=int(pain)), 0, (0,), (1, 2)),
    ("morning", said(MORNING, pain=None, site=Site.KNEE), 4, (1, 2), (3, 4)),
    ("morning", said(MORNING, pain=None, site=Site.ACHILLES), 4, (2, 3), (4, 5)),
    ("morning", lambda pain: two_runs().says(2, BEFORE, pain=1).says(3, MORNING, pain=int(pain)), 4, (0, 1), (2, 3)),
    ("sore in the run", said(DURING, soreness=None), 4, (2,), (3, 4)),
    ("sore before", said(BEFORE, soreness=None), 4, (2,), (3, 4)),
    ("sore before", pending("soreness"), 4, (2,), (3, 4)),
    ("rising pain", lambda third: rising(int(third)), 9, (0, 1), (2, 3)),
    ("rising pain", rising_over, 9, (8,), (6, 7)),
    ("long soreness", pending("soreness_h"), 4, (47, 48), (48.5, 49)),
    ("long soreness", said(AFTER, soreness_h=None), 4, (47, 48), (48.5, 49)),
    ("sore after", said(AFTER, soreness=None), 4, (2,), (3, 4)),
    ("sore after", said(MORNING, soreness=None), 4, (2,), (3, 4)),
    ("sore after", said(MORNING, soreness_h=None), 4, (23, 24), (24.5, 25)),
    ("hurts before", pending("pain"), 4, (1, 2), (3, 4)),
    ("not ready", pending("readiness"), 4, (3, 4, 10), (0, 2)),
    ("pain", said(DURING, pain=None, site=Site.KNEE), 4, (1, 2), (3, 5)),
    ("pain", said(AFTER, pain=None, site=Site.ACHILLES), 4, (2, 3), (4, 5)),
    ("pain", said(BEFORE, pain=None, site=Site.SHIN), 4, (1, 2), (3, 4)),
    ("not settled", lambda pain: knee_after(pain, 1), 4, (0, 1), (2,)),
    ("not settled", lambda pain: knee_after(pain, None), 4, (0, 1, 2), (3,)),
    ("morning not known", said(DURING, pain=None, site=Site.ACHILLES), 4, (0,), (1, 2)),
    ("hardly run", lambda part: two_runs().ran(4, 2, part=part), 6, (1 / 3, 0.34), (0.1, 0.33)),
    ("cut short", lambda part: two_runs().ran(4, 2, part=part), 6, (0.7, 0.71, 0.33), (0.34, 0.69)),
    ("exercises", ticked, 4, (0.7, 0.71), (0.0, 0.69)),
    ("probe", probed, 4, (0.71, 0.72), (0.69, 0.7)),
    ("probe", quick, 4, (175.0, 176.0), (176.1, 180.0)),
    ("probe", lambda spm: quick(spm, ClinicLimits(target_ratio=0.075)), 4, (171.0, 172.0), (172.1, 176.0)),
    ("probe", quick_for, 4, (0.61, 0.7), (0.0, 0.59)),
    ("level-ups", ups, 10, (2, 3), (4, 5)),
    ("distance", distances, 28, (9, 13), (13.1, 14)),
]


@each_row(
    ("rule", "who", "asked", "silent", "speaks"), EDGES, ids=[f"{index}: {edge[0]}" for index, edge in enumerate(EDGES)]
)
def test_each_rule_below_at_and_above_its_edge(
    rule: str,
    who: Callable[[float], Athlete],
    asked: int,
    silent: tuple[float, ...],
    speaks: tuple[float, ...],
) -> None:
    """It has nothing to say up to the edge, and is among the reasons beyond it."""
    assert [number for number in silent if rule in rules_in(who(number).on_day(asked))] == []
    assert [number for number in speaks if rule not in rules_in(who(number).on_day(asked))] == []


# rule, who, the last day on which it has nothing to say, the first on which it has
DAYS: list[tuple[str, Callable[[], Athlete], int, int]] = [
    ("layoff", two_runs, 22, 23),
    ("missed week", two_runs, 10, 11),
    ("after the end", lambda: clean_course(programme(rung(), rung()), [0, 2]), 22, 23),
]


@each_row(("rule", "who", "last", "first"), DAYS, ids=[one[0] for one in DAYS])
def test_rules_of_time_begin_on_their_day(rule: str, who: Callable[[], Athlete], last: int, first: int) -> None:
    """Not the day before."""
    assert rule not in rules_in(who().on_day(last))
    assert rule in rules_in(who().on_day(first))
    assert rule in rules_in(who().on_day(first + 1))


@each_row(("stayed_h", "first"), [(49, 4), (72, 4), (72.5, 5), (80, 5)])
def test_soreness_of_more_than_three_days_takes_a_second_day_off(stayed_h: float, first: int) -> None:
    """Counted from the session, on which one day of rest follows anyhow."""
    athlete = two_runs().says(2, AFTER, soreness_h=stayed_h)
    assert athlete.on_day(3).not_before == day(first)


@each_row(("gap", "level"), [(1, 2), (9, 2), (15, 2), (16, 1), (23, 0)])
def test_of_two_step_backs_the_larger_counts(gap: int, level: int) -> None:
    """Sore in the run is one level, each week missed is one: of both the larger holds, not the sum and not the less."""
    athlete = clean_course(programme(level_ups_a_week=9, layoff_days=90), [0, 2, 4, 6]).says(6, DURING, soreness=3)
    decision = athlete.on_day(6 + gap)
    assert "sore in the run" in rules_in(decision)
    assert ("missed week" in rules_in(decision)) is (gap >= 9)
    assert decision.level == level


@each_row(("probes", "goes_on"), [((0.9,), False), ((0.5, 0.9), False), ((0.9, 0.9), True)])
def test_the_target_goes_up_after_two_probes_running(probes: tuple[float, ...], goes_on: bool) -> None:  # noqa: FBT001
    """One alone is not enough, nor is one of two."""
    on = programme(*(rung(0.05) for _ in probes), rung(0.075))
    athlete = Athlete(on)
    for item, share in enumerate(probes):
        athlete.ran(2 * item, item, probe=share)
    assert (athlete.on_day(8).move is Verdict.ADVANCE) is goes_on


@each_row(("first_run", "is_said"), [(0, True), (1, False), (2, False)])
def test_a_week_is_too_long_only_where_three_weeks_before_it_are_known(first_run: int, is_said: bool) -> None:  # noqa: FBT001
    """On day 27 the four weeks began with day 0: who ran first on day 1 has not been seen for three weeks before."""
    athlete = Athlete(programme()).ran(first_run, 0, km=10).ran(9, 0, km=9).ran(16, 0, km=9).ran(26, 1, km=20)
    assert ("distance" in rules_in(athlete.on_day(27))) is is_said


def test_three_weeks_without_a_metre_are_no_measure() -> None:
    """Nothing is so many percent of nothing."""
    athlete = Athlete(programme()).ran(0, 0, km=0).ran(9, 0, km=0).ran(16, 0, km=0).ran(26, 1, km=20)
    assert "distance" not in rules_in(athlete.on_day(27))


@each_row(("refresher", "is_said"), [(3, True), (4, False), (5, False)])
def test_new_shoes_have_had_their_refresher_when_it_was_run_in_them(refresher: int, is_said: bool) -> None:  # noqa: FBT001
    """On their first day or later; one on the day before was not run in them."""
    athlete = Athlete(programme()).ran(0, 0, shoes="Old").ran(2, 1, shoes="Old")
    athlete.ran(refresher, None, shoes="Old" if refresher < 4 else "New")
    athlete.ran(4, 2, shoes="New") if refresher != 4 else athlete
    assert ("new shoes" in rules_in(athlete.on_day(6))) is is_said


@each_row(("ticked_on", "is_done"), [(-1, False), (0, True), (1, True), (2, True), (3, False)])
def test_exercises_count_from_their_session_to_the_next(ticked_on: int, is_done: bool) -> None:  # noqa: FBT001
    """Both days with them."""
    exercise = (Exercise(name="Calf raises", kind="strength", sets=3, repetitions=15),)
    athlete = Athlete(programme(rung(exercises=exercise), rung(), rung())).ran(0, 0).ran(2, 1)
    athlete.enters(ItemDone(at=at(ticked_on), day=day(ticked_on), item="Calf raises", part=1.0))
    assert ("exercises" not in rules_in(athlete.on_day(4))) is is_done


@each_row(("first_ratio", "is_said"), [(0.05, True), (0.075, False)])
def test_before_the_first_session_a_refresher_fits_its_level_alone(first_ratio: float, is_said: bool) -> None:  # noqa: FBT001
    """At most 5 % by the clinician: what the second session would ask for does not matter yet."""
    on = programme(rung(first_ratio), rung(0.075), limits=ClinicLimits(target_ratio=0.05))
    athlete = Athlete(on).ran(0, None, part=0.1, shoes="Old").ran(2, None, part=0.1, shoes="New")
    assert ("new shoes" in rules_in(athlete.on_day(3))) is is_said


@each_row(("before", "goes_on"), [(0.05, False), (0.075, True), (0.1, True)])
def test_probes_at_a_lower_target_say_nothing_of_this_one(before: float, goes_on: bool) -> None:  # noqa: FBT001
    """Two probes running at 7.5 % or above lead on from there."""
    athlete = Athlete(programme(rung(before), rung(0.075), rung(0.1))).ran(0, 0).ran(2, 1)
    assert ("probe" not in rules_in(athlete.on_day(4))) is goes_on


def test_a_session_without_a_target_breaks_the_row_of_probes() -> None:
    """A probe before it is not counted with one after it."""
    free = replace(rung(0.0), target_ratio=None)
    athlete = Athlete(programme(rung(0.075), free, rung(0.075), rung(0.1))).ran(0, 0).ran(2, 1).ran(4, 2)
    assert "probe" in rules_in(athlete.on_day(6))
