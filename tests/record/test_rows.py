"""A session in one row: by hand, from headers old and new."""

from datetime import date
from typing import Any

import pytest
from each_row import each_row
from hand_lines import records

from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.record.fold.summary import row_of, summary_of
from cadencecoach.record.progress.measures import carry_over_ratio
from cadencecoach.record.row import NO_DAY
from cadencecoach.record.rows import baseline_of, curve_of, day_of

Line = dict[str, Any]
HEADER: Line = {
    "journal": 1,
    "started": "2026-03-01T23:30:00Z",
    "day": "2026-03-02",
    "plan": {"name": "Plus 5", "sha256": "ab"},
    "athlete": "A7",
    "feet": "ble",
    "baseline_spm": 160,
}
PROBE = {"beat": "off", "feedback": "none"}


def stage(t: float, index: int, target_spm: float | None, **fields: object) -> Line:
    """A stage; its band is the target +-5 spm."""
    edges = {} if target_spm is None else {"low_spm": target_spm - 5, "high_spm": target_spm + 5}
    line = {"t": t, "what": "stage", "index": index, "name": f"{index}", "target_spm": target_spm}
    return {**line, "low_spm": None, "high_spm": None, **edges, "beat": "on", "feedback": "words", **fields}


def running(start: int, stop: int, spm: float) -> list[Line]:
    """One estimate and one reading a second."""
    estimates = [{"t": t, "what": "estimate", "cadence_spm": spm, "age_s": 0.0} for t in range(start, stop)]
    return [*estimates, *({"t": t, "what": "reading", "cadence_spm": spm} for t in range(start, stop))]


def session() -> list[Line]:
    """100 s unhelped at 164, 100 s helped at 168, 200 s unhelped at 166, all towards 168; then free."""
    lines = [stage(0, 0, 168.0, **PROBE), {"t": 0, "what": "feet", "state": "live"}]
    lines += [stage(100, 1, 168.0), stage(200, 2, 168.0, **PROBE), stage(400, 3, None)]
    lines += [*running(0, 100, 164.0), *running(100, 200, 168.0), *running(200, 400, 166.0), *running(400, 500, 160.0)]
    lines += [{"t": 150, "what": "cue", "reason": reason} for reason in ("stage", "below")]
    lines += [{"t": 150, "what": "note", "about": "pain", "text": "", "level": 3}]
    lines += [{"t": 500, "what": "end", "reason": "finished"}]
    return sorted(lines, key=lambda line: line["t"])


def test_a_row_by_hand() -> None:
    """Every figure of a session that was worked out on paper."""
    row = row_of(HEADER, records(session()), id="2026-03-01T233000Z")
    assert (row.id, row.started, row.day) == ("2026-03-01T233000Z", "2026-03-01T23:30:00Z", date(2026, 3, 2))
    assert (row.athlete, row.plan_name, row.plan_sha256, row.end) == ("A7", "Plus 5", "ab", "finished")
    assert (row.origin, row.is_ended, row.highest_pain) == ("", True, 3)
    assert (row.duration_s, row.running_s, row.band_s, row.in_band_s) == (500, 500, 400, 400)
    assert row.mean_cadence_spm == pytest.approx((164 + 168 + 2 * 166 + 160) / 5)
    assert (row.baseline_spm, row.target_spm, row.mean_speed_mps, row.distance_m) == (160.0, 168.0, None, None)
    assert (row.helped_s, row.silent_s, row.probe_s, row.probe_in_band_s) == (100, 300, 300, 300)
    assert (row.probe_cadence_spm, row.probe_target_spm) == pytest.approx(((164 + 2 * 166) / 3, 168.0))
    assert (row.retention_s, row.retention_cadence_spm, row.retention_target_spm) == (100, 164.0, 168.0)
    assert (row.n_corrections, row.n_cues, row.coverage_ratio) == (1, 2, 1.0)
    assert row.steps == pytest.approx((164 + 168 + 2 * 166 + 160) * 100 / 60)


def test_a_journal_that_broke_off_is_a_row_too() -> None:
    """Interrupted, and known to have no end; a recording of sensors has none by nature."""
    row = row_of(HEADER, records(session()[:-1]), id="x")
    assert (row.end, row.is_ended) == ("interrupted", False)
    assert row_of({**HEADER, "recording": True}, [], id="x").is_ended


@each_row(
    ("header", "want"),
    [
        ({"feet": "ble:Stryd"}, ""),
        ({"feet": "sim:seed=3"}, "simulation"),
        ({"feet": "sim", "rehearsal": True}, "simulation"),
        ({"feet": "replay:run.fit"}, "replay"),
        ({"feet": "replay:run.jsonl", "replayed": "simulation"}, "simulation"),
        ({"feet": "replay:run.fit", "recording": True}, ""),
        ({"feet": "none"}, ""),
        ({"feet": "none", "rehearsal": True}, "rehearsal"),
        ({}, ""),
    ],
)
def test_what_a_session_was_that_nobody_was_coached_in(header: Line, want: str) -> None:
    """A real run that is replayed is no simulation; a simulation that is replayed stays one."""
    row = row_of(header, [], id="x")
    assert (row.origin, row.was_coached) == (want, not want)


@each_row(
    ("header", "name", "want"),
    [
        ({"day": "2026-03-02", "started": "2026-03-01T23:30:00Z"}, "x", date(2026, 3, 2)),
        ({"started": "2026-03-01T23:30:00Z"}, "x", date(2026, 3, 1)),
        ({"day": "2026-02-31", "started": "2026-03-01T23:30:00Z"}, "x", date(2026, 3, 1)),
        ({"day": 5}, "2026-03-04T080000Z-2", date(2026, 3, 4)),
        ({}, "letter", NO_DAY),
    ],
)
def test_the_day_of_journals_old_and_new(header: Line, name: str, want: date) -> None:
    """The day that is written, else that of the start, else that in the name; nonsense is passed over."""
    assert day_of(header, id=name) == want


@each_row(("given", "want"), [(164, 164.0), (164.5, 164.5), (None, None), ("164", None), (True, None)])
def test_a_baseline_that_is_a_number(given: object, want: float | None) -> None:
    """Anything else in the header is none."""
    assert baseline_of({"baseline_spm": given}) == want


CURVE = {"c0_spm": 163.0, "v0_mps": 3.0, "slope_spm_per_mps": 6.0, "range_mps": [2.5, 3.5], "surface": "road"}
BY_SPEED: Line = {**HEADER, "baseline_spm": 163.0, "speed_curve": CURVE}


def at_speed(start: int, stop: int, spm: float, speed_mps: float) -> list[Line]:
    """The same with a speed."""
    readings = [{"t": t, "what": "reading", "cadence_spm": spm, "speed_mps": speed_mps} for t in range(start, stop)]
    estimates = [{"t": t, "what": "estimate", "cadence_spm": spm, "age_s": 0.0} for t in range(start, stop)]
    return [line for pair in zip(readings, estimates, strict=True) for line in pair]


def probe_at_two_speeds() -> list[Line]:
    """100 s at 2.5 m/s and 164 spm, +5 % is 168 there; then 300 s at 3.5 m/s and 168 spm, +5 % is 174.3 there."""
    lines = [stage(0, 0, 168.0, **PROBE), {"t": 0, "what": "feet", "state": "live"}, *at_speed(0, 100, 164.0, 2.5)]
    lines += [stage(100, 0, 174.3, **PROBE), *at_speed(100, 400, 168.0, 3.5)]
    return [*lines, {"t": 400, "what": "end", "reason": "finished"}]


def test_a_change_is_counted_from_the_own_cadence_at_each_speed() -> None:
    """By hand: own 160 spm for 100 s (163 - 6 x 0.5) and 166 for 300 s (163 + 6 x 0.5), 164.5 in the mean.

    Run were (164 + 3 x 168) / 4 = 167, asked for (168 + 3 x 174.3) / 4 = 172.725, so of a change of 8.225 spm 2.5 were
    made, 30.4 %. Counted from the 163 of the middle it would have been 4 / 9.725, 41 %.
    """
    row = row_of(BY_SPEED, records(probe_at_two_speeds()), id="x")
    assert (row.probe_cadence_spm, row.probe_own_spm, row.probe_target_spm) == pytest.approx((167.0, 164.5, 172.725))
    assert (row.retention_own_spm, row.baseline_spm) == pytest.approx((164.5, 163.0))
    kept = carry_over_ratio(row.probe_cadence_spm, row.probe_own_spm, row.probe_target_spm)
    assert kept == pytest.approx(2.5 / 8.225)
    summary = summary_of(BY_SPEED, records(probe_at_two_speeds()))
    silent = summary.session.silent
    assert (silent.mean_cadence_spm, silent.mean_own_spm, silent.mean_target_spm) == pytest.approx(
        (167.0, 164.5, 172.725)
    )
    assert summary.is_own_by_speed
    assert summary.stages[0].shown_target_spm == pytest.approx(172.725)


def test_one_baseline_for_all_speeds_stays_one() -> None:
    """Without a curve the speed does not matter, and what is measured on the way holds from there on."""
    row = row_of({**BY_SPEED, "speed_curve": None}, records(probe_at_two_speeds()), id="x")
    assert row.probe_own_spm == pytest.approx(163.0)
    measured = {"t": 100, "what": "baseline", "cadence_spm": 161.0, "n_readings": 20}
    lines = sorted([*probe_at_two_speeds(), measured], key=lambda line: line["t"])
    row = row_of({**HEADER, "baseline_spm": None}, records(lines), id="x")
    assert (row.baseline_spm, row.probe_own_spm) == pytest.approx((161.0, 161.0))


@each_row(
    "written",
    [None, 5, {}, {**CURVE, "c0_spm": "163"}, {**CURVE, "range_mps": [2.5]}, {**CURVE, "range_mps": 3.0}],
)
def test_a_curve_that_cannot_be_read_is_none(written: object) -> None:
    """An odd header costs the curve, not the session."""
    assert curve_of({"speed_curve": written}) is None
    assert curve_of(BY_SPEED) == SpeedCurve(
        c0_spm=163.0, v0_mps=3.0, slope_spm_per_mps=6.0, range_mps=(2.5, 3.5), surface="road"
    )


def test_off_the_known_speeds_nothing_is_counted_against_the_runner() -> None:
    """By hand: of 400 s at 168, towards 168 +-5, 100 s were too fast, at 180 spm: 300 s judged, all in the band.

    They are run all the same: the mean is (300 x 168 + 100 x 180) / 400 = 171, that of the probe 168.
    """
    lines = [stage(0, 0, 168.0, **PROBE), {"t": 0, "what": "feet", "state": "live"}, *at_speed(0, 200, 168.0, 3.0)]
    lines += [{"t": 200, "what": "speed", "is_off": True}, *at_speed(200, 300, 180.0, 5.0)]
    lines += [{"t": 300, "what": "speed", "is_off": False}, *at_speed(300, 400, 168.0, 3.0)]
    lines += [{"t": 400, "what": "end", "reason": "finished"}]
    row = row_of(HEADER, records(lines), id="x")
    assert (row.running_s, row.band_s, row.in_band_s, row.silent_s) == pytest.approx((400, 300, 300, 300))
    assert (row.mean_cadence_spm, row.probe_cadence_spm, row.probe_s) == pytest.approx((171.0, 168.0, 300))
    session = summary_of(HEADER, records(lines)).session
    assert (session.off_speed_s, session.longest_streak_s) == pytest.approx((100, 200))
    old = summary_of(HEADER, records([line for line in lines if line["what"] != "speed"])).session
    assert (old.band_s, old.in_band_s, old.off_speed_s) == pytest.approx((400, 300, 0))


def test_a_few_seconds_of_a_probe_say_nothing() -> None:
    """Nine seconds before the runner was too fast for the baseline are told as nine seconds, without a mean."""
    lines = [stage(0, 0, 168.0, **PROBE), {"t": 0, "what": "feet", "state": "live"}, *at_speed(0, 9, 180.0, 5.0)]
    lines += [{"t": 9, "what": "speed", "is_off": True}, *at_speed(9, 100, 180.0, 5.0)]
    row = row_of(HEADER, records([*lines, {"t": 100, "what": "end", "reason": "finished"}]), id="x")
    assert row.probe_s == pytest.approx(9)
    assert (row.probe_cadence_spm, row.retention_cadence_spm) == (None, None)


def test_a_probe_tells_in_which_direction_it_was_out_of_the_band() -> None:
    """100 s at the upper edge, 60 s above it, 40 s below; the mean over what is above is its own; a ramp is neither."""
    lines = [stage(0, 0, 168.0, **PROBE), {"t": 0, "what": "feet", "state": "live"}]
    high = lines[0]["high_spm"]
    lines += [*running(0, 100, high), *running(100, 130, high + 2), *running(130, 160, high + 6)]
    lines += [*running(160, 200, lines[0]["low_spm"] - 1), {"t": 200, "what": "end", "reason": "finished"}]
    row = row_of(HEADER, records(sorted(lines, key=lambda line: line["t"])), id="x")
    assert (row.probe_s, row.probe_in_band_s, row.probe_above_s, row.probe_below_s) == (200, 100, 60, 40)
    assert row.probe_above_spm == pytest.approx(high + 4)


def test_outside_probes_nothing_is_above() -> None:
    """A helped stage run too quick says nothing of what is learned."""
    lines = [stage(0, 0, 168.0), {"t": 0, "what": "feet", "state": "live"}, *running(0, 100, 190.0)]
    row = row_of(HEADER, records(sorted(lines, key=lambda line: line["t"])), id="x")
    assert (row.probe_above_s, row.probe_below_s, row.probe_above_spm) == (0, 0, None)


def test_an_estimate_of_unknown_age_counts_for_nothing() -> None:
    """It may be of long ago: unknown is not fresh."""
    lines = [stage(0, 0, 168.0), {"t": 0, "what": "feet", "state": "live"}, *running(0, 100, 168.0)]
    lines.sort(key=lambda line: line["t"])
    ageless = [{**line, "age_s": None} if line["what"] == "estimate" else line for line in lines]
    assert (
        row_of(HEADER, records(lines), id="x").running_s > 0,
        row_of(HEADER, records(ageless), id="x").running_s,
    ) == (True, 0)
