from itertools import product

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from pod_traces import Going, longest_wrong_s, sent_by_pod, votes_on, walk
from sampling import slow_but

from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import N_BY_SIZE, N_CLEAR, N_CONTRARY, N_IMPOSSIBLE, Vote

STRIDES, STEPS = Unit.STRIDES, Unit.STEPS
SURE_STRIDES = Vote(unit=STRIDES, is_sure=True)
SURE_STEPS = Vote(unit=STEPS, is_sure=True)
WRONG_AT_MOST_S = 12  # ten readings that speak against it, and the unsteady ones at a change


def voted(
    raw: float,
    speed_mps: float | None = None,
    *,
    n: int = 10,
    is_running: bool | None = None,
    stride_length_m: float | None = None,
    vote: Vote | None = None,
) -> Vote:
    """A vote after some equal readings."""
    after = vote or Vote()
    for _ in range(n):
        after = after.with_reading(raw, speed_mps, is_running, stride_length_m)
    return after


@each_row(
    ("raw", "speed_mps", "is_running", "want"),
    [
        (82, 2.9, True, STRIDES),  # a running pod by the service
        (164, 2.9, True, STEPS),  # a running pod that sends steps
        (110, 2.9, None, STRIDES),  # a sprint in strides
        (105, 6.0, None, STRIDES),  # 210 spm at full speed
        (210, 6.0, None, STEPS),
        (75, 1.5, True, STRIDES),  # a slow jogger, known to run
        (75, 1.5, None, STRIDES),  # a slow jogger by a pod without the bit
        (82, 1.9, False, STRIDES),  # the same, the bit left 0: it is not believed
        (80, 5.0, False, STRIDES),  # OpenTracks' vector: 5 m/s and "walking"
        (55, 1.3, False, STRIDES),  # walking, strides
        (110, 1.3, False, STEPS),  # walking, steps
        (85, 0.86, False, STEPS),  # a slow walk that by size alone would be the strides of a run
        (85, 0.86, True, STEPS),  # the same by a pod that always says "running"
        (42, 0.86, False, STRIDES),
        (95, 3.9, None, STRIDES),  # a race walker: 190 steps of 1.2 m
        (190, 3.9, None, STEPS),
        (72, 2.9, None, STRIDES),  # a tall runner: steps of 1.2 m
        (144, 2.9, None, STEPS),
        (98, 2.2, None, STRIDES),  # a short one: 196 steps of 67 cm
        (196, 2.2, None, STEPS),
    ],
)
def test_three_clear_readings_decide_the_unit(
    raw: float, speed_mps: float, *, is_running: bool | None, want: Unit
) -> None:
    """Step rate and step length leave one unit only; two readings do not decide, and what decides is remembered."""
    assert voted(raw, speed_mps, n=N_CLEAR - 1, is_running=is_running).unit is None
    vote = voted(raw, speed_mps, n=N_CLEAR, is_running=is_running)
    assert vote.unit is want
    assert vote.is_worth_remembering


@each_row(
    ("raw", "speed_mps", "is_running", "want"),
    [
        (82, None, None, STRIDES),
        (160, None, None, STEPS),
        (82, 0.0, None, STRIDES),  # a treadmill's pod that knows no speed
        (160, 0.0, None, STEPS),
        (172, 9.4, None, STEPS),  # km/h sent as m/s: the speed fits nobody
        (86, 9.4, None, STRIDES),
        (250, 3.0, True, Unit.DOUBLED),
    ],
)
def test_where_the_speed_tells_nothing_ten_readings_decide_by_size(
    raw: float, speed_mps: float | None, *, is_running: bool | None, want: Unit
) -> None:
    """Nine do not; what more than 120 a minute says can only be steps and is remembered, the rest is not."""
    assert voted(raw, speed_mps, n=N_BY_SIZE - 1, is_running=is_running).unit is None
    vote = voted(raw, speed_mps, n=N_BY_SIZE, is_running=is_running)
    assert vote.unit is want
    assert vote.is_worth_remembering is (want is STEPS)


@each_row("raw", [None, 0.0, float("nan")])
def test_nothing_and_no_steps_do_not_vote(raw: float | None) -> None:
    """Missing values and zeros are no evidence."""
    assert Vote().with_reading(raw, 3.0, is_running=True) == Vote()


@each_row(("raw", "n_used"), [(21.0, 0), (29.9, 0), (30.0, 10)])
def test_starts_and_watts_do_not_vote(raw: float, n_used: int) -> None:
    """Up to 30 a minute at a running speed nothing is decided; below 30 it is watts and could not be used."""
    vote = voted(raw, 3.0)
    assert (vote.unit, vote.ballots, vote.by_size, vote.n_told, vote.n_used) == (None, (), (), 10, n_used)


def test_without_votes_the_service_is_believed() -> None:
    """The RSC service counts strides; a tie means the same."""
    tied = Vote(ballots=(STEPS, STRIDES))
    assert Vote().leaning is tied.leaning is STRIDES


def test_one_wrong_reading_does_not_decide() -> None:
    """Three more for a unit than against it decide."""
    vote = voted(82, 3.0, n=4, vote=Vote().with_reading(164, 3.0, is_running=None))
    assert vote.unit is None
    assert vote.with_reading(82, 3.0, is_running=None).unit is STRIDES


@each_row(("raw", "speed_mps"), [(100, 1.4), (90, 1.25), (85, 1.14)])
def test_where_both_are_possible_the_vote_waits(raw: float, speed_mps: float) -> None:
    """A long-legged stroll in steps, or a slow jog in strides: no number of such readings decides."""
    assert voted(raw, speed_mps, n=300).unit is None


def test_a_running_bit_tells_only_from_a_pod_that_has_told_a_walk() -> None:
    """With it an unclear reading is a run, so strides; a pod that always says so says nothing."""
    knows = Vote().with_reading(0, 0.0, is_running=False)
    assert voted(90, 1.25, is_running=True).unit is None
    assert voted(90, 1.25, n=N_CLEAR - 1, is_running=True, vote=knows).unit is None
    assert voted(90, 1.25, n=N_CLEAR, is_running=True, vote=knows).unit is STRIDES


def test_a_running_bit_and_a_walks_steps_contradict_each_other() -> None:
    """A pod that knows says "running" at 0.9 m/s: its speed may be wrong, so nothing is decided."""
    assert voted(85, 0.86, n=300, is_running=True, vote=Vote(has_walk_bit=True)).unit is None


@each_row(
    ("stride_length_m", "want"),
    [(1.68, STEPS), (1.93, STEPS), (1.94, None), (1.43, STEPS), (1.42, None), (0.42, STRIDES), (0.84, None)],
)
def test_a_stride_length_beside_the_rate_tells_what_is_unclear(stride_length_m: float, want: Unit | None) -> None:
    """100 a minute at 1.4 m/s are steps of 84 cm: a pod that sends 168 counts steps, one that sends 42 strides."""
    assert voted(100, 1.4, n=N_CLEAR, stride_length_m=stride_length_m).unit is want


def test_too_many_steps_overturn_a_decision_at_the_third_reading() -> None:
    """172 sent by a pod taken for strides would be 344: steps, whoever remembered strides, and worth remembering."""
    assert voted(172, 2.6, n=N_IMPOSSIBLE - 1, vote=SURE_STRIDES).unit is STRIDES
    vote = voted(172, 2.6, n=N_IMPOSSIBLE, vote=SURE_STRIDES)
    assert vote.unit is STEPS
    assert vote.is_worth_remembering


@each_row(("raw", "want"), [(120.0, STRIDES), (120.5, STEPS)])
def test_240_steps_are_possible_and_241_are_not(raw: float, want: Unit) -> None:
    """Without a speed the step rate alone overturns."""
    assert voted(raw, None, vote=SURE_STRIDES).unit is want


def test_a_lone_impossible_reading_overturns_nothing() -> None:
    """A spike between good readings is a spike; it is counted as one that could not be used."""
    vote = SURE_STRIDES
    for raw in (82, 172, 172, 82) * 10:
        vote = vote.with_reading(raw, 2.6, is_running=None)
    assert (vote.unit, vote.n_told, vote.n_used) == (STRIDES, 40, 20)
    assert not vote.is_worth_remembering


def test_a_walk_read_doubled_overturns_a_decision_at_the_tenth_reading() -> None:
    """85 a minute at 0.86 m/s are no strides; nine readings are too few, a speed may be late."""
    assert voted(85, 0.86, n=N_CONTRARY - 1, vote=SURE_STRIDES).unit is STRIDES
    assert voted(85, 0.86, n=N_CONTRARY, vote=SURE_STRIDES).unit is STEPS


def test_a_run_read_halved_overturns_a_decision_too() -> None:
    """86 a minute at 2.6 m/s are no steps."""
    assert voted(86, 2.6, n=N_CONTRARY - 1, vote=SURE_STEPS).unit is STEPS
    assert voted(86, 2.6, n=N_CONTRARY, vote=SURE_STEPS).unit is STRIDES


def test_a_decision_by_size_alone_is_overturned_sooner() -> None:
    """Three clear readings are worth more than ten that told nothing; three for it make it sure."""
    by_size = voted(88, None)
    assert by_size.unit is STEPS
    assert voted(86, 2.6, n=N_CLEAR - 1, vote=by_size).unit is STEPS
    assert voted(86, 2.6, n=N_CLEAR, vote=by_size).unit is STRIDES
    assert not voted(100, 1.2, n=N_CLEAR - 1, vote=by_size).is_worth_remembering
    assert voted(100, 1.2, n=N_CLEAR, vote=by_size).is_worth_remembering


def test_what_the_user_said_stands_but_for_steps_nobody_makes() -> None:
    """A contrary speed does not count against it; 344 steps a minute do."""
    said = SURE_STRIDES.take_unit(STRIDES)
    assert voted(85, 0.86, n=300, vote=said).unit is STRIDES
    overturned = voted(172, 2.6, n=N_IMPOSSIBLE, vote=said)
    assert (overturned.unit, overturned.is_given) == (STEPS, False)


def test_numbers_that_fit_nothing_leave_the_decision_and_are_not_used() -> None:
    """255 a minute is no steps and no strides; a session full of it remembers nothing."""
    vote = voted(255, 2.6, n=40, vote=voted(82, 2.6, n=39))
    assert (vote.unit, vote.n_told, vote.n_used) == (STRIDES, 79, 39)
    assert not vote.is_worth_remembering
    assert vote.with_reading(82, 2.6, is_running=None).with_reading(82, 2.6, is_running=None).is_worth_remembering


SENT = {STRIDES: (70.0, 119.0), STEPS: (121.0, 240.0), Unit.DOUBLED: (241.0, 480.0)}


@given(st.sampled_from(Unit), st.floats(0, 1), st.floats(2.1, 6.0))
def test_running_votes_are_right_for_every_unit(unit: Unit, part: float, speed_mps: float) -> None:
    """At running speed the vote finds strides of 140-238 spm, steps of 121-240 spm and doubles of 120-240 spm."""
    low, high = SENT[unit]
    assert voted(low + part * (high - low), speed_mps).unit is unit


WALKS = tuple(product((0.86, 1.1, 1.4, 1.7), (0.0052, 0.0065, 0.0080)))
RUNS = tuple(product((2.0, 2.6, 3.3, 4.5), (150.0, 165.0, 180.0, 195.0)))
STANDS: Going = (5, 0.0, 0.0)


@pytest.mark.parametrize("averaged_s", slow_but([1, 5, 10], 5))
@pytest.mark.parametrize("late_s", [0, 4])
@pytest.mark.parametrize("unit", [STRIDES, STEPS])
def test_walks_and_runs_in_any_order_are_told_right_in_the_end(unit: Unit, late_s: int, averaged_s: int) -> None:
    """Whoever comes first, whatever the pod averages and the bit says: right at the end, never wrong for long."""
    for number, ((walk_mps, ratio), (run_mps, spm)) in enumerate(zip(WALKS * 4, RUNS * 3, strict=True)):
        walks, runs = walk(25, walk_mps, ratio), (25.0, spm, run_mps)
        for goings in ([walks, runs], [runs, walks], [STANDS, walks, runs], [walks, runs, walks], [runs]):
            sent = list(sent_by_pod(goings, unit, averaged_s=averaged_s, late_s=late_s, seed=number))
            votes = votes_on(sent, bit=True if number % 2 else None)
            assert votes[-1].unit is unit, goings
            assert longest_wrong_s(votes, unit) <= WRONG_AT_MOST_S, goings


@each_row("unit", [STRIDES, STEPS])
def test_a_remembered_mistake_mends_itself(unit: Unit) -> None:
    """A session that begins with the other unit remembers the right one, walk first or run first."""
    wrong = Vote(unit=unit.next, is_sure=True)
    for walks, runs in ((walk(25, 0.86), (40.0, 172.0, 2.6)), (walk(25, 1.4), (40.0, 160.0, 2.2))):
        for goings in ([walks, runs], [runs, walks]):
            votes = votes_on(sent_by_pod(goings, unit), vote=wrong)
            assert votes[-1].unit is unit
            assert longest_wrong_s(votes, unit) <= WRONG_AT_MOST_S


def test_a_pod_that_switches_is_followed() -> None:
    """Steps for a minute, strides for a minute, steps again: each change is noticed within some seconds."""
    goings: list[Going] = [(60.0, 170.0, 2.8)]
    parts = [list(sent_by_pod(goings, unit)) for unit in (STEPS, STRIDES, STEPS)]
    votes = votes_on([one for part in parts for one in part])
    for part, unit in enumerate((STEPS, STRIDES, STEPS)):
        assert longest_wrong_s(votes[60 * part : 60 * part + 60], unit) <= WRONG_AT_MOST_S
        assert votes[60 * part + 59].unit is unit


WAYS = st.one_of(
    st.builds(walk, st.integers(5, 40), st.floats(0.6, 2.0), st.floats(0.0050, 0.0085)),
    st.builds(lambda s, spm, mps: (s, spm, mps), st.integers(5, 40), st.floats(145, 205), st.floats(1.9, 5.5)),
    st.builds(lambda s: (s, 0.0, 0.0), st.integers(1, 20)),
)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(WAYS, min_size=1, max_size=6), st.sampled_from([STRIDES, STEPS]), st.integers(1, 5), st.integers(0, 99))
def test_a_wrong_unit_is_never_remembered(goings: list[Going], unit: Unit, averaged_s: int, seed: int) -> None:
    """Whatever somebody does in half a minute each, at the end of a session a wrong unit is not worth remembering."""
    vote = votes_on(sent_by_pod(goings, unit, averaged_s=averaged_s, seed=seed))[-1]
    assert vote.unit is unit or not vote.is_worth_remembering
