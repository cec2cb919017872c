"""Oscillation, contact time and stride of recordings: of watches, of pods, of tables."""

from itertools import pairwise
from pathlib import Path

import pytest
from each_row import each_row
from made_recordings import ENHANCED_SPEED, NATIVE, app_field, description, fit_bytes, records

from cadencecoach.desk.history.recorded_run import load_recording
from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.fit import parse_fit
from cadencecoach.devices.recordings.model import Movement, Parsed
from cadencecoach.fit import profile
from cadencecoach.fit.wire import Base, Field
from cadencecoach.record.lines import DynamicsLine
from cadencecoach.units import SECONDS_PER_MINUTE

OSCILLATION, CONTACT, STEP = (Field(number, Base.UINT16, 10) for number in (39, 41, 85))
MADE_BY_STRYD = (profile.FILE_ID, [(profile.enum(0), profile.ACTIVITY_FILE), (profile.short(1), 95)])
FIELDS = ((NATIVE, 84), (OSCILLATION, 91.5), (CONTACT, 248.0), (STEP, 1050.0))


def told(parsed: Parsed) -> set[Movement | None]:
    """What its rows say beyond cadence."""
    return {row.movement for row in parsed.rows}


def test_a_watch_s_own_fields_are_read_in_their_units_and_a_step_is_half_a_stride() -> None:
    """Tenths of a millimetre and of a millisecond."""
    assert told(parse_fit(fit_bytes(records(*FIELDS)))) == {(91.5, 248.0, 2.1, "watch")}


def test_the_same_fields_of_a_pods_maker_are_a_pods() -> None:
    """It is worn at a foot, and its errors are others."""
    assert told(parse_fit(fit_bytes(MADE_BY_STRYD, records(*FIELDS)))) == {(91.5, 248.0, 2.1, "pod")}


@each_row(("maker", "product", "by"), [(1, 1752, "strap"), (1, 3299, "watch"), (2, 1752, "watch")])
def test_a_strap_that_is_named_in_the_file_tells_where_it_sits(maker: int, product: int, by: str) -> None:
    """HRM-Run; HRM-Dual tells no movement; another maker's numbers mean something else."""
    strap = (profile.DEVICE_INFO, [(profile.short(2), maker), (profile.short(4), product)])
    assert told(parse_fit(fit_bytes(strap, records(*FIELDS)))) == {(91.5, 248.0, 2.1, by)}


def test_of_a_watch_and_a_pod_in_one_file_the_one_that_says_more_is_read() -> None:
    """And only that one: their errors and places are not the same."""
    names = [("Form Power", 1), ("Ground Time", 2), ("Vertical Oscillation", 3)]
    described = [description(name, number=number) for name, number in names]
    pods = ((app_field(2), 230.0), (app_field(3), 70.0))
    one = parse_fit(fit_bytes(described, records((NATIVE, 84), (CONTACT, 248.0), *pods)))
    assert told(one) == {(70.0, 230.0, None, "pod")}
    other = parse_fit(fit_bytes(described, records(*FIELDS, *pods)))
    assert told(other) == {(91.5, 248.0, 2.1, "watch")}


def test_zero_is_not_known() -> None:
    """A pod writes 0 until it has felt some strides."""
    fields = ((NATIVE, 84), (OSCILLATION, 0.0), (CONTACT, 0.0), (STEP, 0.0))
    assert told(parse_fit(fit_bytes(records(*fields)))) == {None}


@each_row(
    ("name", "units", "value", "want"),
    [
        ("Ground Time", "Milliseconds", 251.0, (None, 251.0, None, "watch")),
        ("Ground Contact Time", "ms", 251.0, (None, 251.0, None, "watch")),
        ("stance_time", "s", 0.25, (None, 250.0, None, "watch")),
        ("Vertical Oscillation", "cm", 9.0, (90.0, None, None, "watch")),
        ("Vertical Oscillation", "Centimeters", 9.0, (90.0, None, None, "watch")),
        ("vertical_oscillation", "", 9.0, (90.0, None, None, "watch")),
        ("Step Length", "mm", 1000.0, (None, None, 2.0, "watch")),
        ("Stride Length", "m", 2.1, (None, None, 2.1, "watch")),
        ("Stride Length", "m", 1.05, (None, None, 2.1, "watch")),
        ("Stride Length", "m", 1.6, None),
        ("Vertical Oscillation Balance", "%", 50.0, None),
    ],
)
def test_fields_of_apps_are_read_by_their_names(name: str, units: str, value: float, want: Movement | None) -> None:
    """A stride that may be a step is told by speed and cadence: 2.94 m/s at 168 spm are 2.1 m."""
    run = records((NATIVE, 84), (ENHANCED_SPEED, 2.94), (app_field(3), value))
    (found,) = told(parse_fit(fit_bytes(description(name, units, number=3), run)))
    assert (found is None) == (want is None)
    if found is not None and want is not None:
        assert found[3] == want[3]
        assert found[:3] == tuple(None if one is None else pytest.approx(one) for one in want[:3])


STRYD = "Timestamp,Stryd Speed (m/s),Ground Time (ms),Cadence (spm),Vertical Oscillation (cm)\n"


@each_row(
    ("table", "want"),
    [
        (STRYD + "1700000000,2.9,251,168,9.1\n" * 2, (91.0, 251.0, None, "pod")),
        ("secs,kph,rcad,rvert,rcontact\n1,10.6,84,9.1,251\n", (91.0, 251.0, None, "watch")),
        ("t_s,cadence_spm,speed_mps,hr,oscillation_mm,contact_ms,stride_m\n1,168,2.94,,91,251,2.1\n",
         (91.0, 251.0, 2.1, "watch")),
        ("t_s,cadence_spm,speed_mps,step_length_mm\n1,168,2.94,1050\n", (None, None, 2.1, "watch")),
        ("t_s,cadence_spm,speed_mps,stance_time\n1,168,2.94,\n", None),
        ("t_s,cadence_spm,speed_mps,Stride Length (m)\n1,168,2.94,1.05\n", (None, None, 2.1, "watch")),
    ],
    ids=["stryd", "golden cheetah", "ours", "step", "empty", "stride that is a step"],
)  # fmt: skip
def test_tables_of_other_programs(table: str, want: Movement | None) -> None:
    """Names and units; where a unit is missing the size of the values says it."""
    (found,) = told(parse_csv(table.encode()))
    assert (found is None) == (want is None)
    if found is not None and want is not None:
        assert found[3] == want[3]
        assert found[:3] == tuple(None if one is None else pytest.approx(one) for one in want[:3])


def test_a_recorded_run_tells_them_in_its_journal_every_five_seconds(tmp_path: Path) -> None:
    """With the errors of a pod at the foot; the first 15 s the speed is not believed."""
    (tmp_path / "run.fit").write_bytes(fit_bytes(MADE_BY_STRYD, records(*FIELDS)))
    lines = [line for line in load_recording(tmp_path / "run.fit").journal.lines if isinstance(line, DynamicsLine)]
    assert [later.t - earlier.t for earlier, later in pairwise(lines)] == [5.0] * (len(lines) - 1)
    assert len(lines) >= 2 * SECONDS_PER_MINUTE / 5 - 2
    last = lines[-1]
    assert (last.oscillation_mm, last.contact_ms) == (91.5, 248.0)
    assert last.oscillation_error_mm == pytest.approx(0.15 * 91.5)
    assert last.contact_error_ms == pytest.approx(0.08 * 248.0)
    assert (last.stride_m, last.speed_mps) == (2.1, 2.9)
    assert (last.placement, last.told_by, last.stride_by) == ("foot", "pod", "pod")
