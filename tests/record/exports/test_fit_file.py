import io
from datetime import UTC, datetime
from typing import Any, cast

import fitdecode
import pytest
from each_row import each_row
from garmin_fit_sdk import Decoder, Stream
from made_sessions import A_SESSION, HEADER, activity, cue, end, only, reading, running, stage

from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.fit import parse_fit
from cadencecoach.errors import JournalError
from cadencecoach.record.exports.csv_table import csv_bytes
from cadencecoach.record.exports.fit_file import fit_bytes
from cadencecoach.record.exports.tcx import tcx_bytes

Message = dict[str, Any]
START = datetime(2026, 3, 1, 23, 59, 50, tzinfo=UTC)


def by_garmin(data: bytes) -> dict[str, list[Message]]:
    """A file as Garmin's own reader sees it; it finds no error."""
    assert Decoder(Stream.from_byte_array(bytearray(data))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return cast("dict[str, list[Message]]", messages)


def by_fitdecode(data: bytes, name: str) -> list[Message]:
    """Messages of one kind as fitdecode sees them, strictly; developers' fields among the others."""
    strict = {"check_crc": fitdecode.CrcCheck.RAISE, "error_handling": fitdecode.ErrorHandling.RAISE}
    with fitdecode.FitReader(io.BytesIO(data), **strict) as frames:
        found = [frame for frame in frames if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == name]
    return [{one.name: one.value for one in frame.fields} for frame in found]


def seconds(message: Message) -> float:
    """When a message was, from the start."""
    return (message["timestamp"] - START).total_seconds()  # type: ignore[no-any-return]


A_FILE = fit_bytes(activity(A_SESSION))


def test_records_are_the_running_seconds_in_strides_with_their_half() -> None:
    """165 steps are 82 strides and a half; no record in the pause; two readers agree."""
    garmin, other = by_garmin(A_FILE)["record_mesgs"], by_fitdecode(A_FILE, "record")
    assert [seconds(one) for one in garmin] == [*range(30), *range(40, 55)]
    assert (garmin[0]["cadence"], garmin[0]["fractional_cadence"], garmin[0]["heart_rate"]) == (82, 0.5, 140)
    assert (garmin[29]["cadence"], garmin[29]["fractional_cadence"]) == (86, 0.0)
    for name in ("timestamp", "cadence", "fractional_cadence", "speed", "distance", "heart_rate"):
        assert [one.get(name) for one in garmin] == [one[name] for one in other]


def test_missing_is_no_value_and_zero_is_zero() -> None:
    """Standing still is news; silence is not."""
    lines = [stage(0.0, 0, "Run"), reading(0.0, None), reading(1.0, 0.0, 0.0), end(6.0)]
    records = by_garmin(fit_bytes(activity(lines)))["record_mesgs"]
    assert [one.get("cadence") for one in records] == [None, 0, 0, 0, None, None]
    assert [one.get("fractional_cadence") for one in records] == [None, 0.0, 0.0, 0.0, None, None]
    assert [one.get("speed") for one in records] == [None, 0.0, 0.0, 0.0, None, None]
    assert all("heart_rate" not in one for one in records)


def test_laps_are_the_stages_with_our_own_numbers() -> None:
    """Names, targets and time in band stand in our fields; strides, means and times in everybody's."""
    warm_up, plus_5 = by_garmin(A_FILE)["lap_mesgs"]
    assert (warm_up["start_time"], seconds(plus_5)) == (START, 55)
    assert [(one["total_elapsed_time"], one["total_timer_time"]) for one in (warm_up, plus_5)] == [(20, 20), (35, 25)]
    assert warm_up["total_strides"] + warm_up["total_fractional_cycles"] == pytest.approx(20 * 165 / 120, abs=1 / 128)
    assert plus_5["total_strides"] + plus_5["total_fractional_cycles"] == pytest.approx(22 * 172 / 120, abs=1 / 128)
    assert (warm_up["avg_cadence"], warm_up["avg_fractional_cadence"], warm_up["max_cadence"]) == (82, 0.5, 82)
    assert (plus_5["avg_cadence"], plus_5["total_distance"], plus_5["avg_speed"]) == (86, 66.0, 3.0)
    assert (
        by_fitdecode(A_FILE, "lap")[1] | {"stage": "+5 %", "target": 172.0, "in_band": 100.0}
        == by_fitdecode(A_FILE, "lap")[1]
    )


def test_the_session_is_a_run_on_a_treadmill_and_the_sum_of_its_laps() -> None:
    """Unless another surface is named."""
    garmin = by_garmin(A_FILE)
    (session,) = garmin["session_mesgs"]
    assert (session["sport"], session["sub_sport"], session["num_laps"]) == ("running", "treadmill", 2)
    assert (session["total_elapsed_time"], session["total_timer_time"]) == (55, 45)
    for name in ("total_strides", "total_distance"):
        total = session[name] + session.get("total_fractional_cycles", 0) * (name == "total_strides")
        laps = garmin["lap_mesgs"]
        parts = [lap[name] + lap["total_fractional_cycles"] * (name == "total_strides") for lap in laps]
        assert total == pytest.approx(sum(parts), abs=0.02)
    outside = by_garmin(fit_bytes(activity(A_SESSION, surface="road")))
    assert outside["session_mesgs"][0]["sub_sport"] == "street"


def test_targets_and_cues_stand_in_the_seconds_they_belong_to() -> None:
    """In fields of our own, named and with their units; a second without one has no such field."""
    records = by_fitdecode(A_FILE, "record")
    assert [one.get("target") for one in (records[19], records[20])] == [None, 172.0]
    assert records[20]["cue"] == "Go. / Quicker \N{WHITE HEAVY CHECK MARK}"
    assert records[20]["cue_reason"] == "stage / below"
    assert [k for k, one in enumerate(records) if "cue" in one] == [20]
    described = by_garmin(A_FILE)["field_description_mesgs"]
    assert [(one["field_name"], one.get("units")) for one in described][:2] == [("target", "spm"), ("cue", None)]


def test_the_timer_stands_still_in_the_pause() -> None:
    """Its events stand where the records stop and go on; the last one stops all."""
    events = by_garmin(A_FILE)["event_mesgs"]
    assert [(seconds(one), one["event_type"]) for one in events] == [
        (0, "start"),
        (30, "stop"),
        (40, "start"),
        (55, "stop_all"),
    ]


def test_a_pause_to_the_end_and_one_within_a_second() -> None:
    """The first is not ended by a start, the second is too short to be told."""
    lines = [stage(0.0, 0, "Run"), *running(0, 5, 170), only(4.2, "pause"), only(4.6, "resume"), only(5.5, "pause")]
    events = by_garmin(fit_bytes(activity([*lines, end(9.0)])))["event_mesgs"]
    assert [(seconds(one), one["event_type"]) for one in events] == [(0, "start"), (6, "stop"), (9, "stop_all")]


def test_the_local_time_is_told_where_the_journal_knows_it() -> None:
    """An hour east of Greenwich, the run ended in the next month's second day."""
    (told,) = by_garmin(A_FILE)["activity_mesgs"]
    assert told["local_timestamp"] - (told["timestamp"].timestamp() - 631_065_600) == 3600
    unknown = {name: value for name, value in HEADER.items() if name != "utc_offset_s"}
    assert "local_timestamp" not in by_garmin(fit_bytes(activity(A_SESSION, unknown)))["activity_mesgs"][0]


def test_who_made_it_and_which_sensors_were_there() -> None:
    """The program first, sensors by their names; the same session has the same number each time."""
    link = {"t": 0.0, "what": "link", "state": "connected", "source": "rsc", "name": "Pod \N{RUNNER}"}
    data = fit_bytes(activity([link, *A_SESSION]))
    assert [one["product_name"] for one in by_garmin(data)["device_info_mesgs"]] == [
        "cadencecoach 0.1.0",
        "Pod \N{RUNNER}",
    ]
    assert by_garmin(data)["device_info_mesgs"][0]["software_version"] == 0.1
    assert data == fit_bytes(activity([link, *A_SESSION]))


def test_a_simulation_says_that_it_is_one() -> None:
    """Nobody may take it for a run of a person."""
    made = activity(A_SESSION, {**HEADER, "feet": "sim:spm=160"})
    assert by_garmin(fit_bytes(made))["device_info_mesgs"][1]["product_name"] == "simulated runner"
    assert "<Notes>Simulation: Plus 5 &lt;&amp;&gt;</Notes>" in tcx_bytes(made).decode()


@each_row("started", ["1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z", None])
def test_a_time_that_fit_cannot_hold_is_refused(started: str | None) -> None:
    """And so is a session of which nobody knows when it was."""
    with pytest.raises(JournalError, match=r"FIT cannot store|does not say when"):
        fit_bytes(activity(A_SESSION, {**HEADER, "started": started}))


def test_words_of_any_length_are_cut_and_not_refused() -> None:
    """A field has 240 bytes at most."""
    lines = [stage(0.0, 0, "\N{RUNNER}" * 200), cue(0.0, "plan", "word " * 100), *running(0, 3, 170), end(3.0)]
    data = fit_bytes(activity(lines))
    assert by_fitdecode(data, "lap")[0]["stage"] == "\N{RUNNER}" * 59
    assert len(by_garmin(data)["record_mesgs"]) == 3


def dynamics(t: float, **values: float | None) -> Message:
    """A line of it, off by 1 at most; what is not named is not known."""
    names = ("oscillation_mm", "oscillation_error_mm", "contact_ms", "contact_error_ms", "stride_m", "stride_error_m")
    parts = ((*name.rpartition("_"), value) for name, value in values.items())
    errors = {f"{name}_error_{unit}": 1.0 for name, _, unit, _ in parts}
    return {"t": t, "what": "dynamics", **dict.fromkeys(names), **errors, **values}


MOVED = [
    stage(0.0, 0, "Run"),
    *running(0, 12, 170),
    dynamics(3.0, oscillation_mm=91.5, contact_ms=248.0, stride_m=2.1),
    dynamics(8.0, oscillation_mm=88.5, stride_m=2.1),
    *({"t": 12.0, "what": "feet", "state": "walking"}, end(16.0)),
]
MOVED.sort(key=lambda line: line["t"])


def test_dynamics_stand_in_garmins_own_fields_in_its_units() -> None:
    """Oscillation and step in mm, stance in ms, the ratio in percent; where nothing is known there is no field."""
    garmin, other = by_garmin(fit_bytes(activity(MOVED))), by_fitdecode(fit_bytes(activity(MOVED)), "record")
    records = garmin["record_mesgs"]
    assert [one.get("vertical_oscillation") for one in records] == [
        *([None] * 3),
        *([91.5] * 5),
        *([88.5] * 4),
        *([None] * 4),
    ]
    assert (records[3]["stance_time"], records[3]["step_length"]) == (248.0, 1050.0)
    assert records[3]["vertical_ratio"] == pytest.approx(100 * 91.5 / 1050, abs=0.01)
    assert "stance_time" not in records[8]
    for name in ("vertical_oscillation", "stance_time", "vertical_ratio", "step_length"):
        assert [one.get(name) for one in records] == [one.get(name) for one in other]


def test_dynamics_of_laps_and_session_are_means_of_their_seconds() -> None:
    """Five seconds of 91.5 and four of 88.5 mm."""
    garmin = by_garmin(fit_bytes(activity(MOVED)))
    for message in (*garmin["lap_mesgs"], *garmin["session_mesgs"]):
        assert message["avg_vertical_oscillation"] == pytest.approx((5 * 91.5 + 4 * 88.5) / 9, abs=0.05)
        assert (message["avg_stance_time"], message["avg_step_length"]) == (248.0, 1050.0)
    assert "avg_stance_time" not in by_garmin(A_FILE)["session_mesgs"][0]


def test_dynamics_are_read_back_from_our_own_file() -> None:
    """What is written there is what a recording tells."""
    rows = parse_fit(fit_bytes(activity(MOVED))).rows
    assert rows[3].movement == (91.5, 248.0, 2.1, "watch")
    assert rows[8].movement == (88.5, None, 2.1, "watch")
    assert rows[0].movement is rows[13].movement is None


def test_dynamics_are_columns_of_the_table_with_their_errors_and_are_read_back() -> None:
    """An empty field is not known."""
    lines = [dict(line) for line in MOVED]
    next(line for line in lines if line["what"] == "dynamics")["oscillation_error_mm"] = 13.7
    table = csv_bytes(activity(lines))
    head, *rows = (line.split(",") for line in table.decode().splitlines())
    cells = dict(zip(head, rows[3], strict=True))
    assert [cells[name] for name in ("oscillation_mm", "oscillation_error_mm", "contact_ms", "stride_m")] == [
        *("91.5", "13.7", "248", "2.1"),
    ]
    assert dict(zip(head, rows[13], strict=True))["oscillation_mm"] == ""
    assert [row.movement for row in parse_csv(table).rows[2:4]] == [None, (91.5, 248.0, 2.1, "watch")]
