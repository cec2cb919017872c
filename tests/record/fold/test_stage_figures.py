"""The finer numbers of a stage: by hand, and against numpy over a dense grid of time made another way."""

from typing import Any

import numpy as np
import pytest
from each_row import each_row
from hand_lines import records
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.figures import Part
from cadencecoach.record.fold.summary import summarise

Line = dict[str, Any]
GRID_S = 0.125


def run(t: float, spm: float, speed_mps: float | None = None) -> list[Line]:
    """A second of running: a reading, and an estimate of it."""
    reading = {"t": t, "what": "reading", "cadence_spm": spm}
    reading |= {} if speed_mps is None else {"speed_mps": speed_mps}
    return [reading, {"t": t, "what": "estimate", "cadence_spm": spm, "age_s": 0.0, "quality": 1.0}]


def stage(t: float, index: int, target_spm: float | None = None, **fields: object) -> Line:
    """A stage; its band is the target +-5 spm."""
    edges = {} if target_spm is None else {"low_spm": target_spm - 5, "high_spm": target_spm + 5}
    line = {"t": t, "what": "stage", "index": index, "name": f"{index}", "target_spm": target_spm}
    return {**line, "low_spm": None, "high_spm": None, **edges, "beat": "on", "feedback": "words", **fields}


LIVE = {"t": 0, "what": "feet", "state": "live"}
PROBE = {"beat": "off", "feedback": "none"}


def only(t: float, what: str, **fields: object) -> Line:
    """A line of some kind."""
    return {"t": t, "what": what, **fields}


def end(t: float) -> Line:
    """The last line."""
    return only(t, "end", reason="finished")


def test_helped_and_silent_by_hand() -> None:
    """Ten helped seconds at 170 on target, then ten silent ones at 160 out of the band."""
    lines = [stage(0, 0, 170.0, help_ratio=0.5), LIVE, *(line for t in range(10) for line in run(t, 170.0))]
    lines += [only(10, "help", is_on=False), *(line for t in range(10, 20) for line in run(t, 160.0)), end(20)]
    (part,) = summarise(records(lines)).stages
    assert (part.helped.band_s, part.helped.in_band_s, part.helped.mean_cadence_spm) == (10, 10, 170.0)
    assert (part.silent.band_s, part.silent.in_band_s, part.silent.mean_cadence_spm) == (10, 0, 160.0)
    assert (part.helped.in_band_ratio, part.silent.in_band_ratio) == (1.0, 0.0)


def test_the_same_stage_again_keeps_its_help() -> None:
    """A target changed by key in a silent stretch does not end the silence."""
    lines = [stage(0, 0, 170.0), LIVE, only(0, "help", is_on=False), *run(0, 170.0), stage(1, 0, 171.0), *run(1, 171.0)]
    (part,) = summarise(records([*lines, end(2)])).stages
    assert (part.helped.band_s, part.silent.band_s) == (0, 2)


def test_a_probe_is_silent_and_knows_whether_help_came_before() -> None:
    """A probe at the start measures what stayed; one at the end what carried over."""
    lines = [LIVE, *(line for t in range(30) for line in run(t, 170.0))]
    lines += [stage(0, 0, 170.0, **PROBE), stage(10, 1, 170.0), stage(20, 2, 170.0, **PROBE), end(30)]
    first, helped, last = summarise(records(sorted(lines, key=lambda line: line["t"]))).stages
    assert [(part.is_probe, part.is_before_help) for part in (first, helped, last)] == [
        (True, True),
        (False, True),
        (True, False),
    ]
    assert (first.silent.band_s, helped.helped.band_s, last.silent.band_s) == (10, 10, 10)


def test_a_target_that_comes_to_be_known_makes_a_probe() -> None:
    """A late baseline: the stage is announced twice, the second time with its band."""
    lines = [stage(0, 0, None, **PROBE), LIVE, *run(0, 170.0), stage(1, 0, 170.0, **PROBE), *run(1, 170.0), end(2)]
    (part,) = summarise(records(lines)).stages
    assert (part.is_probe, part.silent.band_s, part.mean_target_spm) == (True, 1, 170.0)


@each_row(
    ("between", "want_s"),
    [
        ([], 20),
        ([only(9.5, "band", state="in"), only(9.5, "cue", reason="plan")], 20),
        ([only(9.5, "feet", state="walking"), only(10, "feet", state="live")], 10),
        ([only(10, "pause"), only(10.5, "resume")], 10),
        (run(9.5, 150.0), 10),
    ],
    ids=["nothing", "lines without time", "walking", "pause", "out of the band"],
)
def test_the_longest_streak_by_hand(between: list[Line], want_s: float) -> None:
    """Twenty seconds in the band: whatever takes half a second out of the middle leaves the longer part."""
    lines = [stage(0, 0, 170.0), LIVE, *(line for t in range(20) for line in run(t, 170.0)), *between, end(20)]
    lines = sorted(lines, key=lambda line: line["t"])
    assert summarise(records(lines)).stages[0].longest_streak_s == pytest.approx(want_s, abs=0.5)


def test_a_streak_begins_after_the_ramp() -> None:
    """Of ten seconds in the band the first four lead there."""
    lines = [stage(0, 0, 170.0, ramp_s=4.0), LIVE, *(line for t in range(10) for line in run(t, 170.0)), end(10)]
    assert summarise(records(lines)).stages[0].longest_streak_s == 6


def test_spread_speed_and_way_by_hand() -> None:
    """Ten seconds at 160 and 3 m/s, ten at 164 and 4 m/s: mean 162, SD 2, 3.5 m/s, 70 m."""
    lines = [stage(0, 0), LIVE, *(line for t in range(10) for line in run(t, 160.0, 3.0))]
    part = summarise(records([*lines, *(line for t in range(10, 20) for line in run(t, 164.0, 4.0)), end(20)])).session
    assert (part.mean_cadence_spm, part.sd_spm, part.cv_ratio) == pytest.approx((162.0, 2.0, 2 / 162))
    assert (part.mean_speed_mps, part.distance_m) == pytest.approx((3.5, 70.0))


def test_a_speed_holds_for_three_seconds() -> None:
    """Speed that is told once and no more makes 9 m; without any, the way is not known and not zero."""
    lines = [stage(0, 0), LIVE, *run(0, 160.0, 3.0), *(line for t in range(1, 20) for line in run(t, 160.0))]
    part = summarise(records([*lines, end(20)])).session
    assert (part.distance_m, part.mean_speed_mps) == (9.0, 3.0)
    assert summarise(records([stage(0, 0), LIVE, *run(0, 160.0), end(9)])).session.distance_m is None


def test_a_target_that_rises_is_no_drift() -> None:
    """Six level minutes at 164 and six at 168, as asked: no slope, though the session went up."""
    lines = [LIVE, stage(0, 0, 164.0), *(line for t in range(360) for line in run(t, 164.0))]
    lines += [stage(360, 0, 168.0), *(line for t in range(360, 720) for line in run(t, 168.0)), end(720)]
    summary = summarise(records(lines))
    assert summary.stages[0].drift_spm_per_10min == pytest.approx(0.0, abs=1e-9)
    assert summary.session.drift_spm_per_10min == pytest.approx(0.0, abs=1e-9)


def test_drift_says_whether_speed_was_taken_out() -> None:
    """A cadence that falls by 2 spm in 10 min: found with a known speed, and without one."""
    lines = [stage(0, 0), LIVE, *(line for t in range(600) for line in run(t, 166 - t / 300, 3 + t % 7 / 10))]
    with_speed = summarise(records([*lines, end(600)])).session
    without = summarise(records([*({**line, "speed_mps": None} for line in lines), end(600)])).session
    for part, is_after_speed in ((with_speed, True), (without, False)):
        assert part.drift_spm_per_10min == pytest.approx(-2, abs=0.01)
        assert part.is_drift_after_speed is is_after_speed


def test_the_speed_of_the_baseline_and_the_worst_pain_are_kept() -> None:
    """Speed is that of the stage the baseline was measured in; a level nobody could rate is none."""
    lines = [stage(0, 0), LIVE, *(line for t in range(10) for line in run(t, 160.0, 2.5))]
    lines += [only(10, "baseline", cadence_spm=160.0, n_readings=10), stage(10, 1, 170.0), *run(10, 170.0, 3.5)]
    lines += [only(11, "note", about="pain", text="", level=level) for level in (2, 5, 3, 10**30)]
    summary = summarise(records([*lines, end(12)]))
    assert (summary.baseline_speed_mps, summary.highest_pain) == (2.5, 5)
    assert summarise(records(lines[:2])).highest_pain is None


def test_how_much_was_said_a_minute() -> None:
    """Three corrections among four cues in two minutes with a band."""
    lines = [stage(0, 0, 170.0), LIVE, *(line for t in range(120) for line in run(t, 170.0))]
    reasons = ("stage", "below", "below", "above")
    part = summarise(records([*lines, *(only(119.5, "cue", reason=reason) for reason in reasons), end(120)])).session
    assert (part.cues_per_min, part.corrections_per_min) == (2.0, 1.5)


Event = tuple[str, float, float]
events = st.lists(
    st.tuples(
        st.sampled_from(["estimate", "speed", "feet", "stage", "help", "pause", "resume", "mute"]),
        st.integers(1, 40).map(lambda n: n * GRID_S),
        st.floats(0, 1),
    ),
    min_size=5,
    max_size=80,
)


def lines_of(happened: list[Event]) -> list[Line]:
    """A session out of chance: every line falls on the grid."""
    lines: list[Line] = [stage(0, 0, 170.0), LIVE]
    t, index = 0.0, 0
    for what, span_s, chance in happened:
        t += span_s
        if what == "estimate":
            lines.append(only(t, "estimate", cadence_spm=155 + round(30 * chance), age_s=0.0, quality=1.0))
        elif what == "speed":
            lines.append(only(t, "reading", cadence_spm=160.0, speed_mps=2 + 2 * chance))
        elif what == "feet":
            lines.append(only(t, "feet", state="live" if chance < 0.7 else "walking"))
        elif what == "stage":
            index += 1
            ramp_s = round(8 * chance) * GRID_S * 4
            lines.append(stage(t, index, None if chance > 0.8 else 170.0, ramp_s=ramp_s))
        elif what in {"help", "mute"}:
            lines.append(only(t, what, is_on=chance < 0.5, is_muted=chance < 0.3))
        else:
            lines.append(only(t, what))
    return [*lines, end(t + 5)]


class Grid:
    """The same session, one small step of time after the other: slow, plain, and another way to reckon."""

    def __init__(self, lines: list[Line]) -> None:
        """Walk through it."""
        self.cells: list[dict[str, Any]] = []
        now: dict[str, Any] = {"live": False, "paused": False, "offered": True, "muted": False, "ramp_s": 0.0}
        now |= {"spm": None, "spm_s": -9.0, "mps": None, "mps_s": -9.0, "stage": None, "band": None}
        waiting = list(lines)
        for step in range(round(lines[-1]["t"] / GRID_S)):
            t = step * GRID_S
            while waiting and waiting[0]["t"] <= t:
                self.happen(now, waiting.pop(0))
            self.cells.append({**now, "t": t})
            if not now["paused"]:
                now["ramp_s"] -= GRID_S

    @staticmethod
    def happen(now: dict[str, Any], line: Line) -> None:
        """One line."""
        match line["what"]:
            case "estimate":
                now |= {"spm": line["cadence_spm"], "spm_s": line["t"]}
            case "reading":
                now |= {"mps": line["speed_mps"], "mps_s": line["t"]}
            case "feet":
                now["live"] = line["state"] == "live"
            case "stage":
                band = None if line["target_spm"] is None else (line["low_spm"], line["high_spm"])
                now |= {"stage": line["index"], "band": band, "ramp_s": line.get("ramp_s", 0.0), "offered": True}
            case "help":
                now["offered"] = line["is_on"]
            case "mute":
                now["muted"] = line["is_muted"]
            case "pause" | "resume":
                now["paused"] = line["what"] == "pause"

    def of(self, index: int) -> list[dict[str, Any]]:
        """The cells of a stage, without pauses."""
        return [cell for cell in self.cells if cell["stage"] == index and not cell["paused"]]


def is_running(cell: dict[str, Any]) -> bool:
    """Feet live, and an estimate of the last three seconds."""
    return bool(cell["live"] and cell["spm"] is not None and cell["t"] - cell["spm_s"] < 3)


def is_judged(cell: dict[str, Any]) -> bool:
    """Running, with a band, after the ramp."""
    return is_running(cell) and cell["band"] is not None and cell["ramp_s"] <= 0


def is_inside(cell: dict[str, Any]) -> bool:
    """In the band."""
    return is_judged(cell) and cell["band"][0] <= cell["spm"] <= cell["band"][1]


def longest(cells: list[dict[str, Any]]) -> float:
    """Longest row of neighbours in the band."""
    best = row = 0
    before = None
    for cell in cells:
        is_next = before is not None and cell["t"] - before < 1.5 * GRID_S
        row = (row if is_next else 0) + 1 if is_inside(cell) else 0
        best, before = max(best, row), cell["t"]
    return best * GRID_S


def check(part: Part, cells: list[dict[str, Any]]) -> None:
    """Every number of a stage, against its cells."""
    running = np.array([cell["spm"] for cell in cells if is_running(cell)], dtype=float)
    assert part.running_s == pytest.approx(len(running) * GRID_S, abs=1e-6)
    if len(running):
        assert (part.mean_cadence_spm, part.sd_spm) == pytest.approx((running.mean(), running.std()), abs=1e-5)
    told = [cell["mps"] for cell in cells if cell["mps"] is not None and cell["t"] - cell["mps_s"] < 3]
    assert (part.distance_m or 0.0) == pytest.approx(sum(told) * GRID_S, abs=1e-6)
    for split, is_helped in ((part.helped, True), (part.silent, False)):
        judged = [cell for cell in cells if is_judged(cell) and (cell["offered"] and not cell["muted"]) is is_helped]
        assert split.band_s == pytest.approx(len(judged) * GRID_S, abs=1e-6)
        assert split.in_band_s == pytest.approx(sum(map(is_inside, judged)) * GRID_S, abs=1e-6)
        if judged:
            assert split.mean_cadence_spm == pytest.approx(np.mean([cell["spm"] for cell in judged]), abs=1e-5)
    assert part.longest_streak_s == pytest.approx(longest(cells), abs=1e-6)


@given(events)
def test_every_number_is_that_of_a_dense_grid(happened: list[Event]) -> None:
    """Stages, pauses, gaps, ramps, help and mute by chance: sums over lines are sums over eighths of a second."""
    lines = lines_of(happened)
    grid = Grid(lines)
    summary = summarise(records(lines))
    for part in summary.stages:
        check(part, grid.of(int(part.name)))
    whole = np.array([cell["spm"] for cell in grid.cells if is_running(cell) and not cell["paused"]], dtype=float)
    if len(whole):
        assert summary.session.sd_spm == pytest.approx(whole.std(), abs=1e-5)


def belt_stop(from_s: int, to_s: int, spm: float = 160.0) -> list[Line]:
    """A belt stops for a while: steps held 4 s into it, and after it 9 s of a speed that is still the stop's."""
    lines = [line for t in range(from_s, from_s + 4) for line in run(t, spm, 0.0)]
    lines += [{"t": from_s + 4, "what": "feet", "state": "still"}, {"t": to_s, "what": "feet", "state": "live"}]
    return lines + [line for t in range(to_s, to_s + 9) for line in run(t, spm, 1.2)]


@each_row("stops", [((100, 130),), ((100, 130), (200, 220)), ((1, 30),), ((580, 590),)])
def test_the_speed_of_a_stop_is_no_part_of_a_stages_speed(stops: tuple[tuple[int, int], ...]) -> None:
    """Once or twice, at its start and at its end: 3 m/s were run; the way is what the sensor said."""
    lines, at_s = [stage(0, 0), LIVE], 0
    for from_s, to_s in stops:
        lines += [line for t in range(at_s, from_s) for line in run(t, 160.0, 3.0)] + belt_stop(from_s, to_s)
        at_s = to_s + 9
    lines += [line for t in range(at_s, 600) for line in run(t, 160.0, 3.0)]
    (part,) = summarise(records(lines)).stages
    assert part.mean_speed_mps == pytest.approx(3.0)


def test_the_speed_of_a_baseline_is_the_middle_one() -> None:
    """A minute at 3 m/s with half of another at 2, as a sensor tells it that is slow to follow: 3."""
    lines = [stage(0, 0), LIVE, *(line for t in range(30) for line in run(t, 160.0, 2.0))]
    lines += [line for t in range(30, 90) for line in run(t, 160.0, 3.0)]
    lines.append({"t": 90, "what": "baseline", "cadence_spm": 160.0, "n_readings": 90})
    summary = summarise(records(lines))
    assert summary.baseline_speed_mps == 3.0
    assert summary.session.mean_speed_mps == pytest.approx(8 / 3, abs=0.01)


def test_a_stop_makes_no_drift() -> None:
    """160 spm at 3 m/s, and 163 at 3.5 in the second half: after speed no drift, with a stop in each half too."""
    halves = ((0, 300, 160.0, 3.0), (300, 601, 163.0, 3.5))
    lines = [stage(0, 0), LIVE]
    for from_s, to_s, spm, mps in halves:
        lines += [line for t in range(from_s, from_s + 100) for line in run(t, spm, mps)]
        lines += belt_stop(from_s + 100, from_s + 120, spm)
        lines += [line for t in range(from_s + 129, to_s) for line in run(t, spm, mps)]
    (part,) = summarise(records(lines)).stages
    assert part.is_drift_after_speed
    assert part.drift_spm_per_10min == pytest.approx(0.0, abs=0.05)


def test_the_speed_after_a_pause_is_late_too() -> None:
    """The belt stood in the pause, and the nine seconds after it say so."""
    lines = [stage(0, 0), LIVE, *(line for t in range(100) for line in run(t, 160.0, 3.0)), {"t": 100, "what": "pause"}]
    lines += [{"t": 130, "what": "resume"}, *(line for t in range(130, 139) for line in run(t, 160.0, 1.5))]
    lines += [line for t in range(139, 200) for line in run(t, 160.0, 3.0)]
    assert summarise(records(lines)).session.mean_speed_mps == pytest.approx(3.0)
