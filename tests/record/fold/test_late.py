"""Readings that could be read only when the unit was known, in the numbers of a session."""

from typing import Any

import pytest
from each_row import each_row
from hand_lines import records

from cadencecoach.record.fold.summary import summarise

Line = dict[str, Any]
DECIDED_S = 10.0


def stage(t: float, index: int) -> Line:
    """A stage begins."""
    line = {"t": t, "what": "stage", "index": index, "name": f"stage {index}", "beat": "on", "feedback": "words"}
    return {**line, "target_spm": 170.0, "low_spm": 165.0, "high_spm": 175.0}


def unread(t: float) -> Line:
    """A message whose steps could not be read; its speed could."""
    return {"t": t, "what": "reading", "cadence_spm": None, "speed_mps": 3.0}


def kept(came_s: float, *, spm: float = 168.0, feet: str = "live") -> Line:
    """The same message, read at the decision."""
    line = {"t": DECIDED_S, "what": "reading", "cadence_spm": spm, "speed_mps": 3.0}
    return {**line, "came_s": came_s, "feet": feet}


def decided(*lines: Line) -> list[Line]:
    """Nine seconds unread, then kept lines, then two seconds of running and the end."""
    waiting = [unread(float(t)) for t in range(1, 10)]
    feet = {"t": DECIDED_S, "what": "feet", "state": "live"}
    after = [
        {"t": t, "what": what, "cadence_spm": 168.0, **more}
        for t in (10.0, 11.0)
        for what, more in (("reading", {"speed_mps": 3.0}), ("estimate", {"age_s": 0.0, "quality": 1.0}))
    ]
    return [stage(0.0, 0), *waiting, *lines, feet, *after, {"t": 12.0, "what": "end", "reason": "finished"}]


def test_readings_before_the_decision_count_as_if_they_had_been_read_at_once() -> None:
    """Steps, running time and its mean from the first message on; the way was known all the time."""
    whole = summarise(records(decided(*(kept(float(t)) for t in range(1, 10))))).session
    assert whole.steps == pytest.approx(11 * 168 / 60)
    assert (whole.running_s, whole.covered_s, whole.duration_s) == pytest.approx((11.0, 11.0, 12.0))
    assert whole.mean_cadence_spm == pytest.approx(168.0)
    assert whole.distance_m == pytest.approx(33.0)
    assert whole.mean_speed_mps == pytest.approx(3.0)


def test_what_nobody_could_judge_is_not_in_the_band() -> None:
    """Two seconds were judged, whatever was kept."""
    with_past, without = (
        summarise(records(lines)).session for lines in (decided(*(kept(float(t)) for t in range(1, 10))), decided())
    )
    assert with_past.band_s == without.band_s == pytest.approx(2.0)


def test_a_kept_walk_is_steps_and_no_running() -> None:
    """The line says what the feet did."""
    whole = summarise(records(decided(*(kept(float(t), spm=100.0, feet="walking") for t in range(1, 10))))).session
    assert whole.running_s == pytest.approx(2.0)
    assert whole.steps == pytest.approx((9 * 100 + 2 * 168) / 60)


def test_a_kept_reading_stands_for_three_seconds_at_most() -> None:
    """A lone one at 1 s speaks until 4 s."""
    assert summarise(records(decided(kept(1.0)))).session.covered_s == pytest.approx(5.0)


def test_a_kept_reading_counts_in_the_stage_it_came_in() -> None:
    """A stage that began before the decision has its own."""
    lines = decided(*(kept(float(t)) for t in range(1, 10)))
    lines.insert(6, stage(5.5, 1))
    first, second = summarise(records(lines)).stages
    assert first.steps == pytest.approx(5 * 168 / 60)
    assert second.steps == pytest.approx(6 * 168 / 60)


def test_seconds_that_were_counted_already_are_not_counted_again() -> None:
    """A reading held until 3 s covers what the first two kept ones say."""
    lines = decided(*(kept(float(t)) for t in range(1, 10)))
    lines.insert(1, {"t": 0.0, "what": "reading", "cadence_spm": 168.0})
    assert summarise(records(lines)).session.covered_s == pytest.approx(12.0)


def test_a_pause_keeps_its_readings_out() -> None:
    """From 3 s to 6 s the session stood still."""
    lines = decided(*(kept(float(t)) for t in range(1, 10)))
    lines.insert(4, {"t": 3.0, "what": "pause"})
    lines.insert(8, {"t": 6.0, "what": "resume"})
    whole = summarise(records(lines)).session
    assert whole.covered_s == pytest.approx(8.0)
    assert whole.running_s == pytest.approx(8.0)


@each_row(("spm", "covered_s"), [(240.0, 11.0), (240.5, 2.0)])
def test_what_is_no_step_rate_is_not_kept(spm: float, covered_s: float) -> None:
    """Nobody runs above 240."""
    lines = decided(*(kept(float(t), spm=spm) for t in range(1, 10)))
    assert summarise(records(lines)).session.covered_s == pytest.approx(covered_s)


def test_a_session_that_ends_with_the_decision_has_its_past() -> None:
    """The last kept reading stands until the end."""
    lines = [stage(0.0, 0), *(unread(float(t)) for t in range(1, 10)), *(kept(float(t)) for t in range(1, 10))]
    assert summarise(records([*lines, {"t": 10.0, "what": "end", "reason": "stopped"}])).session.steps == pytest.approx(
        9 * 168 / 60
    )
