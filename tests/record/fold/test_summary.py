"""The numbers of a session, against tables worked out by hand and against each other."""

import math
from dataclasses import asdict
from typing import Any

import pytest
from each_row import each_row
from hand_lines import records
from hypothesis import given
from hypothesis import strategies as st
from shared_runs import recorded_run

from cadencecoach.coach.actions import EndReason
from cadencecoach.record.fold.course import MAX_SPM, Fold
from cadencecoach.record.fold.summary import Summariser, summarise

Line = dict[str, Any]


def reading(t: float, spm: float | None) -> Line:
    """One value from the sensor."""
    return {"t": t, "what": "reading", "cadence_spm": spm}


def estimate(t: float, spm: float, age_s: float = 0.0) -> Line:
    """What we make of it."""
    return {"t": t, "what": "estimate", "cadence_spm": spm, "age_s": age_s, "quality": 1.0}


def feet(t: float, state: str) -> Line:
    """The feet began to do something else."""
    return {"t": t, "what": "feet", "state": state}


def stage(t: float, index: int, target_spm: float | None = None) -> Line:
    """A stage begins; its band is the target +-5 spm."""
    low, high = (None, None) if target_spm is None else (target_spm - 5, target_spm + 5)
    line = {"t": t, "what": "stage", "index": index, "name": f"stage {index}"}
    return {**line, "target_spm": target_spm, "low_spm": low, "high_spm": high, "beat": "on", "feedback": "words"}


def cue(t: float, reason: str) -> Line:
    """Something was said."""
    return {"t": t, "what": "cue", "kind": "spoken", "text": "", "reason": reason}


def only(t: float, what: str) -> Line:
    """A line of which nothing but the kind matters."""
    return {"t": t, "what": what}


def end(t: float, reason: str = "finished") -> Line:
    """The last line."""
    return {"t": t, "what": "end", "reason": reason}


def seconds(start: int, stop: int, spm: float) -> list[Line]:
    """One reading and one estimate a second."""
    return [line for t in range(start, stop) for line in (reading(t, spm), estimate(t, spm))]


def test_a_session_worked_out_by_hand() -> None:
    """Ten seconds at 160 without a target; then 4 s at 168 (below 170-180) and 6 s at 174 in the band."""
    summary = summarise(
        records(
            [
                *(stage(0, 0), feet(0, "live"), *seconds(0, 10, 160.0)),
                *(stage(10, 1, 175.0), cue(10, "stage"), *seconds(10, 14, 168.0), cue(13.5, "below")),
                *(
                    *seconds(14, 20, 174.0),
                    {"t": 19, "what": "baseline", "cadence_spm": 160.0, "n_readings": 9},
                    end(20),
                ),
            ]
        ),
        name="By hand",
    )
    free, held = summary.stages
    assert (free.duration_s, free.running_s, free.mean_cadence_spm) == (10, 10, 160.0)
    assert (free.band_s, free.in_band_s, free.in_band_ratio) == (None, None, None)
    assert free.steps == pytest.approx(10 * 160 / 60)
    assert (held.duration_s, held.running_s, held.band_s, held.in_band_s, held.in_band_ratio) == (10, 10, 10, 6, 0.6)
    assert held.mean_cadence_spm == pytest.approx((4 * 168 + 6 * 174) / 10)
    assert (held.target_spm, held.n_cues, held.n_corrections) == (175.0, {"stage": 1, "below": 1}, 1)
    whole = summary.session
    assert (whole.name, whole.duration_s, whole.running_s, whole.in_band_ratio) == ("By hand", 20, 20, 0.6)
    assert whole.mean_cadence_spm == pytest.approx((10 * 160 + 4 * 168 + 6 * 174) / 20)
    assert whole.steps == pytest.approx((10 * 160 + 4 * 168 + 6 * 174) / 60)
    assert (whole.coverage_ratio, summary.baseline_spm, summary.end_reason) == (1.0, 160.0, EndReason.FINISHED)


def test_a_value_is_held_for_three_seconds() -> None:
    """A sensor that falls silent at 4 s covers 7 of 20 s, and its last cadence makes steps until 7 s."""
    part = summarise(records([stage(0, 0), feet(0, "live"), *seconds(0, 5, 180.0), end(20)])).session
    assert (part.running_s, part.covered_s, part.coverage_ratio) == (7, 7, 0.35)
    assert part.steps == pytest.approx(7 * 3)


def test_an_old_estimate_is_held_for_what_is_left() -> None:
    """An estimate two seconds old stands for one more."""
    part = summarise(records([stage(0, 0), feet(0, "live"), estimate(0, 170.0, age_s=2.0), end(9)])).session
    assert part.running_s == 1


@each_row("state", ["walking", "still", "stale", "lost"])
def test_only_running_counts_as_running(state: str) -> None:
    """Ten seconds of running, ten of something else: the mean and the band know only the first; steps know both."""
    lines = [stage(0, 0, 170.0), feet(0, "live"), *seconds(0, 10, 170.0), feet(10, state), *seconds(10, 20, 110.0)]
    part = summarise(records([*lines, end(20)])).session
    assert (part.running_s, part.mean_cadence_spm, part.band_s, part.in_band_s) == (10, 170.0, 10, 10)
    assert part.steps == pytest.approx((1700 + 1100) / 60)


def test_a_pause_is_left_out_of_everything() -> None:
    """Ten seconds, thirty of pause, ten more: twenty count, and no step of the pause does."""
    lines = [stage(0, 0, 170.0), feet(0, "live"), *seconds(0, 10, 170.0), only(10, "pause"), *seconds(10, 40, 60.0)]
    summary = summarise(records([*lines, only(40, "resume"), *seconds(40, 50, 170.0), end(50)]))
    part = summary.session
    assert (part.duration_s, part.running_s, part.in_band_s, summary.paused_s) == (20, 20, 20, 30)
    assert part.steps == pytest.approx(20 * 170 / 60)


@each_row("nonsense", [810.0, -5.0, MAX_SPM + 1])
def test_a_reading_nobody_can_run_makes_no_steps(nonsense: float) -> None:
    """The value before stands, up to its three seconds."""
    part = summarise(records([stage(0, 0), reading(0, 180.0), reading(1, nonsense), end(10)])).session
    assert (part.steps, part.covered_s) == (9, 3)


def test_missing_is_not_zero() -> None:
    """Every other value missing loses no step; zeros make none."""
    holes = [reading(t, 180.0 if t % 2 == 0 else None) for t in range(20)]
    assert summarise(records([stage(0, 0), *holes, end(20)])).session.steps == 60
    zeros = [reading(t, 180.0 if t < 10 else 0.0) for t in range(20)]
    part = summarise(records([stage(0, 0), *zeros, end(20)])).session
    assert (part.steps, part.covered_s) == (30, 20)


def test_a_target_changed_by_key_is_not_a_new_stage() -> None:
    """The band counts from then on; the seconds before were judged by the old one."""
    lines = [stage(0, 3, 170.0), feet(0, "live"), *seconds(0, 10, 166.0), stage(10, 3, 180.0), *seconds(10, 20, 166.0)]
    summary = summarise(records([*lines, end(20)]))
    assert [(part.target_spm, part.band_s, part.in_band_s) for part in summary.stages] == [(180.0, 20, 10)]


def test_the_ramp_to_a_target_is_not_time_in_band() -> None:
    """Of 20 s at 170 the first 6 lead there; a pause of 10 s in the middle of the ramp does not shorten it."""
    lines = [{**stage(0, 0, 170.0), "ramp_s": 6.0}, feet(0, "live"), *seconds(0, 3, 170.0), only(3, "pause")]
    part = summarise(records([*lines, only(13, "resume"), *seconds(13, 30, 170.0), end(30)])).session
    assert (part.running_s, part.band_s, part.in_band_s) == (20, 14, 14)


def test_a_journal_that_breaks_off_is_summed_up_to_there() -> None:
    """No end line: interrupted, with the numbers of what was written."""
    summary = summarise(records([stage(0, 0), feet(0, "live"), *seconds(0, 10, 170.0)]))
    assert (summary.end_reason, summary.session.duration_s) == (EndReason.INTERRUPTED, 9)


def test_nothing_counts_after_the_end_and_nothing_is_needed_before_it() -> None:
    """Lines after the end, no lines at all, and lines without a stage are all sessions."""
    assert summarise(records([stage(0, 0), end(5, "stopped"), *seconds(5, 9, 170.0)])).session.duration_s == 5
    assert summarise([]).session.mean_cadence_spm is None
    assert [part.name for part in summarise(records([reading(0, 170.0), end(5)])).stages] == ["before the first stage"]


times = st.floats(0, 500)
spms = st.floats(0, 300)
any_line = st.one_of(
    st.builds(reading, times, st.none() | spms),
    st.builds(estimate, times, spms, st.floats(0, 5)),
    st.builds(feet, times, st.sampled_from(["live", "stale", "lost", "walking", "still"])),
    st.builds(stage, times, st.integers(0, 4), st.none() | st.floats(120, 220)),
    st.builds(cue, times, st.sampled_from(["stage", "below", "above", "summary"])),
    st.builds(only, times, st.sampled_from(["pause", "resume", "key", "moon"])),
)


@given(st.lists(any_line, max_size=60))
def test_the_parts_add_up(lines: list[Line]) -> None:
    """Whatever happens, in whatever order: sums of stages are those of the session, and no part exceeds its whole."""
    summary = summarise(records([*sorted(lines, key=lambda line: line["t"]), end(500)]))
    whole, parts = summary.session, summary.stages
    for name in ("duration_s", "running_s", "steps", "covered_s", "n_corrections"):
        assert math.isclose(sum(getattr(part, name) for part in parts), getattr(whole, name), abs_tol=1e-6)
    first_s = min((line["t"] for line in lines), default=500)
    assert math.isclose(whole.duration_s + summary.paused_s, 500 - first_s, abs_tol=1e-6)
    for part in (*parts, whole):
        assert part.running_s <= part.duration_s + 1e-6
        assert part.covered_s <= part.duration_s + 1e-6
        assert (part.in_band_s or 0) <= (part.band_s or 0) + 1e-6 <= part.running_s + 2e-6
        assert part.mean_cadence_spm is None or 0 <= part.mean_cadence_spm <= 300 + 1e-6


@given(st.lists(any_line, max_size=40))
def test_time_that_goes_back_does_no_harm(lines: list[Line]) -> None:
    """Lines out of order never make a negative number."""
    part = summarise(records(lines)).session
    assert min(part.duration_s, part.running_s, part.steps, part.covered_s) >= 0


def rounded(thing: object) -> object:
    """The same with every number rounded: a time counted in two parts may differ in the last digit."""
    match thing:
        case float():
            return round(thing, 9)
        case dict():
            return {key: rounded(value) for key, value in thing.items()}
        case list() | tuple():
            return [rounded(value) for value in thing]
        case _:
            return thing


@given(st.lists(any_line, max_size=30))
def test_asking_in_between_changes_nothing(lines: list[Line]) -> None:
    """A live session may look at its summary at any time."""
    asked = Summariser()
    fold = Fold(asked)
    for line in records(lines):
        fold.add(line)
        asked.summary(fold.course)
    assert rounded(asdict(asked.summary(fold.course))) == rounded(asdict(summarise(records(lines))))


@pytest.mark.slow
@pytest.mark.parametrize(("file", "want_spm"), [("01_steady_stryd.csv", 149.4), ("05_intervals_walkbreaks.csv", 164.8)])
def test_a_recorded_run_gives_the_numbers_of_its_file(file: str, want_spm: float) -> None:
    """Mean over non-zero seconds within 0.5 spm of what the file's own README says, steps within 1 %."""
    rows = [line.split(",") for line in recorded_run(file).read_text().splitlines()[1:]]
    values = [(float(row[0]), float(row[1]) if row[1] else None) for row in rows]
    lines: list[Line] = [stage(values[0][0], 0)]
    for t, spm in values:
        lines.append(reading(t, spm))
        if spm is not None:
            lines += [feet(t, "live" if spm else "still"), estimate(t, spm)]
    part = summarise(records([*lines, end(values[-1][0])])).session
    assert part.mean_cadence_spm == pytest.approx(want_spm, abs=0.5)
    want_steps = sum(spm or 0 for _, spm in values) / 60
    assert part.steps == pytest.approx(want_steps, rel=0.01)
