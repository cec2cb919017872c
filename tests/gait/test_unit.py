import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.unit import Unit, cadence_of, unit_of_file
from cadencecoach.gait.vote import Vote

Row = tuple[float, float | None, float | None, float | None]


def voted(raw: float, speed_mps: float | None = None, *, n: int = 10, is_running: bool | None = None) -> Vote:
    """A vote after some equal readings."""
    vote = Vote()
    for _ in range(n):
        vote = vote.with_reading(raw, speed_mps, is_running)
    return vote


@pytest.mark.parametrize(
    ("raw", "speed_mps", "is_running", "want"),
    [
        (82, 2.9, True, Unit.STRIDES),  # a running pod by the service
        (164, 2.9, True, Unit.STEPS),  # a running pod that sends steps
        (110, 2.9, None, Unit.STRIDES),  # a sprint in strides
        (75, 1.5, True, Unit.STRIDES),  # a slow jogger, known to run
        (75, 1.5, None, Unit.STRIDES),  # a slow jogger by a pod without the bit
        (82, 1.9, False, Unit.STRIDES),  # the same, the bit left 0: it is not believed
        (80, 5.0, False, Unit.STRIDES),  # OpenTracks' vector: 5 m/s and "walking"
        (55, 1.3, False, Unit.STRIDES),  # walking, strides
        (110, 1.3, False, Unit.STEPS),  # walking, steps
        (82, None, None, Unit.STRIDES),
        (160, None, None, Unit.STEPS),
        (250, 3.0, True, Unit.DOUBLED),
    ],
)
def test_ten_readings_decide_the_unit(
    raw: float, speed_mps: float | None, *, is_running: bool | None, want: Unit
) -> None:
    """Speed and the running bit tell strides from steps for the cadences people walk and run at."""
    assert voted(raw, speed_mps, is_running=is_running).unit is want


def test_nine_readings_do_not_decide() -> None:
    """Before the tenth vote the unit is open, and only leaning."""
    vote = voted(164, 3.0, n=9)
    assert (vote.unit, vote.leaning) == (None, Unit.STEPS)


def test_a_decision_stands() -> None:
    """Later readings do not change the unit: a factor of two in mid-run would be worse than a wrong start."""
    vote = voted(82, 2.9)
    for _ in range(50):
        vote = vote.with_reading(164, 2.9, is_running=True)
    assert vote.unit is Unit.STRIDES


@pytest.mark.parametrize("raw", [None, 0.0, 21.0, 30.0, float("nan")])
def test_starts_stops_and_watts_do_not_vote(raw: float | None) -> None:
    """Missing values, zeros and values up to 30 are no evidence."""
    assert Vote().with_reading(raw, 3.0, is_running=True) == Vote()


def test_without_votes_the_service_is_believed() -> None:
    """The RSC service counts strides; a tie means the same."""
    tied = Vote(ballots=(Unit.STEPS, Unit.STRIDES))
    assert Vote().leaning is tied.leaning is Unit.STRIDES


def test_one_wrong_reading_does_not_decide() -> None:
    """The majority of the votes counts, not the first."""
    vote = Vote().with_reading(164, 3.0, is_running=True)
    for _ in range(9):
        vote = vote.with_reading(82, 3.0, is_running=True)
    assert vote.unit is Unit.STRIDES


@pytest.mark.parametrize(
    ("raw", "speed_mps", "unit", "want"),
    [
        (82, 2.9, Unit.STRIDES, 164.0),
        (164, 2.9, Unit.STEPS, 164.0),
        (328, 2.9, Unit.DOUBLED, 164.0),
        (86.5, None, Unit.STRIDES, 173.0),
        (0, 2.9, Unit.STRIDES, 0.0),  # no steps is a value
        (None, 2.9, Unit.STRIDES, None),  # missing is not zero
        (21, 2.9, Unit.STRIDES, None),  # 210 W in the cadence byte
        (21, 0.4, Unit.STRIDES, 42.0),  # a shuffle
    ],
)
def test_cadence_of_what_was_sent(raw: float | None, speed_mps: float | None, unit: Unit, want: float | None) -> None:
    """Steps per minute are the raw value times the unit; watts are dropped, zero and missing stay apart."""
    assert cadence_of(raw, speed_mps, unit) == want


def rows(raw: float, speed_mps: float | None, n: int = 60) -> list[Row]:
    """A run of equal rows after a stand of ten seconds."""
    return [(float(i), 0.0, 0.0, None) for i in range(10)] + [(10.0 + i, raw, speed_mps, None) for i in range(n)]


@pytest.mark.parametrize(
    ("raw", "speed_mps", "says", "want"),
    [
        (82, 2.9, Unit.STRIDES, Unit.STRIDES),
        (164, 2.9, Unit.STRIDES, Unit.STEPS),  # a FIT file with steps in the field of strides
        (330, 2.9, Unit.STRIDES, Unit.DOUBLED),
        (164, 2.9, Unit.STEPS, Unit.STEPS),
        (82, 2.9, Unit.STEPS, Unit.STRIDES),  # a table of strides under the name of steps
        (82, None, Unit.STEPS, Unit.STRIDES),
        (90, None, Unit.STEPS, Unit.STRIDES),  # strides of a quick runner, no speeds
        (330, None, Unit.STEPS, Unit.DOUBLED),
        (110, 1.4, Unit.STEPS, Unit.STEPS),  # a walk
        (110, None, Unit.STEPS, Unit.STEPS),
        (72, 1.5, Unit.STRIDES, Unit.STRIDES),  # a slow jog
        (45, 2.9, Unit.STRIDES, Unit.STRIDES),  # impossible either way: what the format says
    ],
)
def test_a_file_counts_what_its_format_says_unless_that_is_impossible(
    raw: float, speed_mps: float | None, says: Unit, want: Unit
) -> None:
    """Only a whole run above 240 or, at running speed, below 100 spm overturns the format."""
    assert unit_of_file(rows(raw, speed_mps), says) is want


def test_a_doubled_patch_does_not_change_the_unit_of_a_file() -> None:
    """Ten minutes of 330 in an hour of 164 are ten bad minutes, not another unit."""
    assert unit_of_file(rows(164, 2.9, 3000) + rows(330, 2.9, 600), Unit.STEPS) is Unit.STEPS


@pytest.mark.parametrize("says", [Unit.STRIDES, Unit.STEPS])
def test_a_file_without_values_counts_what_its_format_says(says: Unit) -> None:
    """No rows, or only missing ones, are no evidence."""
    assert unit_of_file([], says) is unit_of_file([(0.0, None, 3.0, None)], says) is says


SENT = {Unit.STRIDES: (70.0, 119.0), Unit.STEPS: (121.0, 240.0), Unit.DOUBLED: (241.0, 480.0)}


@given(st.sampled_from(Unit), st.floats(0, 1), st.floats(2.1, 6.0))
def test_running_votes_are_right_for_every_unit(unit: Unit, part: float, speed_mps: float) -> None:
    """At running speed the vote finds strides of 140-238 spm, steps of 121-240 spm and doubles of 120-240 spm."""
    low, high = SENT[unit]
    assert voted(low + part * (high - low), speed_mps).unit is unit


@pytest.mark.parametrize("unit", list(Unit))
def test_the_unit_key_goes_between_strides_and_steps(unit: Unit) -> None:
    """Pressing the key changes the unit and says so; from twice the steps it goes to steps."""
    assert unit.next is not unit
    assert unit.next in (Unit.STRIDES, Unit.STEPS)
    assert unit.text != unit.next.text
