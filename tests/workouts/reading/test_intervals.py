"""Steps of intervals.icu, one line each."""

from each_row import each_row

from cadencecoach.workouts.model import (
    Asked,
    Cadence,
    Counts,
    ForDistance,
    ForTime,
    Length,
    Pace,
    Target,
    UntilKey,
    WorkoutStep,
)
from cadencecoach.workouts.reading.intervals import read_intervals


def step(line: str) -> WorkoutStep:
    """The one step of a text."""
    (only,) = read_intervals(line).parts
    assert isinstance(only, WorkoutStep)
    return only


@each_row(
    ("line", "length"),
    [
        ("- 30s 50%", ForTime(30)),
        ("- 10m 75%", ForTime(600)),
        ("- 1m30 75%", ForTime(90)),
        ("- 5m30s 60%", ForTime(330)),
        ("- 1h2m30s 60%", ForTime(3750)),
        ("- 5' 60%", ForTime(300)),
        ("- 1'30\" 60%", ForTime(90)),
        ('- 30" 60%', ForTime(30)),
        ("- 500mtr 5:00/km Pace", ForDistance(500)),
        ("- 2 km Z2 Pace", ForDistance(2000)),
        ("- 0.5mi Z2", ForDistance(804.672)),
        ("- 200 yards Z2", ForDistance(182.88)),
        ("- Press lap 15m Z1 Pace", UntilKey()),
        ("- Run as you feel", UntilKey()),
    ],
)
def test_lengths(line: str, length: Length) -> None:
    """Minutes are m, metres are mtr; a lap key wins over a time."""
    assert step(line).length == length


@each_row(
    ("line", "targets"),
    [
        ("- 5m 90rpm", (Cadence(low=90, high=90),)),
        ("- 5m 85-95 rpm", (Cadence(low=85, high=95),)),
        ("- 5m 5:00/km Pace", (Pace(1000 / 300, 1000 / 300),)),
        ("- 5m 7:15-7:00/km Pace", (Pace(1000 / 435, 1000 / 420),)),
        ("- 5m 8:00/mi Pace", (Pace(1609.344 / 480, 1609.344 / 480),)),
        ("- 5m 3:00/100m-4:00/100m Pace", (Pace(100 / 240, 100 / 180),)),
        ("- 5m 85-90% Pace", (Asked("85-90 % of the threshold pace"),)),
        ("- 5m 70% HR", (Asked("70 % of the highest heart rate"),)),
        ("- 5m ramp 50%-75%", (Asked("ramp of 50-75 % of the threshold power"),)),
        ("- 5m 200-240w", (Asked("power 200-240 W"),)),
        ("- 5m Z2-Z3 HR", (Asked("heart rate zone 2-3"),)),
        ("- 5m freeride", ()),
    ],
)
def test_targets(line: str, targets: tuple[Target, ...]) -> None:
    """Each kind as a person reads it, with cadence and pace as numbers."""
    assert step(line).targets == targets


@each_row(
    ("line", "name", "words"),
    [
        ("- Recovery 30s 50%", "Recovery", ""),
        ("- 5m recovery at 40%", "recovery", ""),
        ("- 20s 0", "", ""),
        ("- Hard 4m 100%, as even as you can from the start", "Hard", "as even as you can from the start"),
    ],
)
def test_words(line: str, name: str, words: str) -> None:
    """What stands before the numbers is the name; what is left behind them is said."""
    found = step(line)
    assert (found.name, found.words) == (name, words)


@each_row(
    ("line", "length", "is_told"),
    [
        ("- 99m", ForTime(5940), False),
        ("- 100m", ForDistance(100), True),
        ("- 120m Z2", ForTime(7200), False),
        ("- 150m", ForDistance(150), True),
        ("- 400m 95%", ForDistance(400), True),
        ("- 1000m", ForDistance(1000), True),
        ("- 100m30", ForTime(6030), False),
        ("- 1h40m", ForTime(6000), False),
        ("- 100mtr", ForDistance(100), False),
    ],
)
def test_round_hundreds_of_m_are_metres(line: str, length: Length, *, is_told: bool) -> None:
    """Nobody runs 400 minutes; a note says what intervals.icu itself would take it for."""
    found = step(line)
    assert found.length == length
    assert any("is read as metres" in remark for remark in found.remarks) == is_told


@each_row(
    ("line", "slope"),
    [
        ("- 10m 6% incline", "6"),
        ("- 10m Z2 slope 2%", "2"),
        ("- 10m grade 3-5% Z2", "3-5"),
        ("- 10m incline -2%", "-2"),
        ("- 10m 4 % Steigung", "4"),
        ("- 1m -2% grade", "-2"),
        ("- 3m uphill 4 %", "4"),
        ("- 3m 6% hill", "6"),
        ("- 2m 3% incline 60% hr", "3"),
        ("- 2m incline 3%, 60% hr", "3"),
        ("- 2m climb 1,5%", "1,5"),
    ],
)
def test_a_slope_is_a_target_of_its_own(line: str, slope: str) -> None:
    """It was read as a part of the threshold power."""
    asked = [target for target in step(line).targets if isinstance(target, Asked)]
    assert f"slope {slope} %" in [target.words for target in asked]
    assert not any("threshold" in target.words for target in asked)


@each_row(
    ("line", "length"),
    [("- 1,5km Z2", ForDistance(1500)), ("- 2,5m Z1", ForTime(150)), ("- 0,4 mi", ForDistance(0.4 * 1609.344))],
)
def test_a_decimal_comma_is_a_point(line: str, length: Length) -> None:
    """It left 5 km of 1,5 km."""
    assert step(line).length == length


@each_row(
    ("line", "cadence"),
    [
        ("- 5m 175spm", Cadence(low=175, high=175, counts=Counts.STEPS)),
        ("- 5m 170-180 spm", Cadence(low=170, high=180, counts=Counts.STEPS)),
        ("- 5m cadence 172", Cadence(low=172, high=172)),
        ("- 5m Cadence: 85-87rpm", Cadence(low=85, high=87)),
    ],
)
def test_a_cadence_in_steps_or_by_its_word_is_one(line: str, cadence: Cadence) -> None:
    """It became the name of the step."""
    assert step(line).targets == (cadence,)


@each_row(("line", "is_told"), [("- 59m", False), ("- 60m", True), ("- 120m Z2", True), ("- 1h", False)])
def test_many_minutes_are_told_as_minutes(line: str, *, is_told: bool) -> None:
    """As metres they would be a sprint."""
    assert any("is read as minutes; metres are written" in remark for remark in step(line).remarks) == is_told


def test_a_slope_in_degrees_is_told_in_degrees() -> None:
    """Five of them are nearly 9 %."""
    assert step("- 5m 5 degrees uphill").targets == (Asked("slope 5 degrees"),)
