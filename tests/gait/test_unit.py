from each_row import each_row

from cadencecoach.gait.unit import Unit, cadence_of, unit_of_file

Row = tuple[float, float | None, float | None, float | None]


@each_row(
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


@each_row(
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


@each_row("says", [Unit.STRIDES, Unit.STEPS])
def test_a_file_without_values_counts_what_its_format_says(says: Unit) -> None:
    """No rows, or only missing ones, are no evidence."""
    assert unit_of_file([], says) is unit_of_file([(0.0, None, 3.0, None)], says) is says


@each_row("unit", list(Unit))
def test_the_unit_key_goes_between_strides_and_steps(unit: Unit) -> None:
    """Pressing the key changes the unit; from twice the steps it goes to steps."""
    assert unit.next is not unit
    assert unit.next in (Unit.STRIDES, Unit.STEPS)
