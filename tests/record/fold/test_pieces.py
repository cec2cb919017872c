"""A session in pieces: nothing changes within one, none spans two seconds, and together they are the summary."""

from math import floor
from typing import Any

import pytest
from drawn_sessions import made_lines
from each_row import each_row
from hand_lines import records

from cadencecoach.record.fold.pieces import Piece, pieces_of
from cadencecoach.record.fold.summary import summary_of

Line = dict[str, Any]
HEADER = {"journal": 1, "plan": {"name": "Made"}, "baseline_spm": 160.0}


def stage(t: float, index: int = 0, ramp_s: float = 0.0) -> Line:
    """A stage with a band begins."""
    line = {"t": t, "what": "stage", "index": index, "name": f"stage {index}", "beat": "on", "feedback": "words"}
    return {**line, "target_spm": 170.0, "low_spm": 165.0, "high_spm": 175.0, "ramp_s": ramp_s}


def run(*times_s: float, spm: float = 170.0) -> list[Line]:
    """Readings with their estimates."""
    told: Line = {"cadence_spm": spm}
    return [
        {"t": t, "what": what, **told, **more}
        for t in times_s
        for what, more in (("reading", {}), ("estimate", {"age_s": 0.0, "quality": 1.0}))
    ]


def pieces(*lines: Line) -> list[Piece]:
    """Of lines written by hand."""
    return pieces_of(HEADER, records(lines))[0]


def lasting(found: list[Piece]) -> list[tuple[float, float]]:
    """From when to when those go that last."""
    return [(one.from_s, one.from_s + one.lasts_s) for one in found if not one.event]


LIVE = {"t": 0.0, "what": "feet", "state": "live"}


@each_row("end_s", [2.0, 2.25])
def test_a_piece_ends_with_its_second_and_with_what_changes(end_s: float) -> None:
    """A second with a reading in its middle is two pieces; a whole one is one."""
    found = pieces(stage(0.0), LIVE, *run(0.0, 1.5), {"t": end_s, "what": "end", "reason": "finished"})
    more = [(2.0, end_s)] if end_s > 2.0 else []
    assert lasting(found) == [(0.0, 1.0), (1.0, 1.5), (1.5, 2.0), *more]
    assert [one.is_cut for one in found if not one.event] == [False, True, False, *[True] * len(more)]


def test_a_piece_ends_where_a_ramp_does_and_where_a_value_grows_too_old() -> None:
    """At 0.4 s, and 3 s after the last reading: running ends there, time goes on."""
    found = pieces(stage(0.0, ramp_s=0.4), LIVE, *run(0.0), {"t": 3.5, "what": "end", "reason": "finished"})
    time = [one for one in found if not one.event]
    assert [(one.from_s, one.is_ramp, one.is_running) for one in time] == [
        (0.0, True, True),
        (0.4, False, True),
        (1.0, False, True),
        (2.0, False, True),
        (3.0, False, False),
    ]
    assert (time[-1].cadence_spm, time[-1].estimate_spm) == (None, None)


def test_nothing_runs_in_a_pause() -> None:
    """Its time is told, and is paused."""
    paused = [{"t": 1.0, "what": "pause"}, {"t": 1.5, "what": "resume"}]
    found = pieces(stage(0.0), LIVE, *run(0.0), *paused, {"t": 2.0, "what": "end", "reason": "finished"})
    time = [(one.from_s, one.is_paused, one.is_running) for one in found if not one.event]
    assert time == [(0.0, False, True), (1.0, True, False), (1.5, False, True)]


def test_what_happens_in_a_moment_lasts_no_time() -> None:
    """A stage, a cue, a break and the end; the first and the last moment of an empty session are told, too."""
    cue = {"t": 1.0, "what": "cue", "kind": "spoken", "text": "Go.", "reason": "stage", "requested_s": 1.0}
    gap = {"t": 1.5, "what": "gap", "gap_s": 60.0, "reason": "broken off"}
    found = pieces(stage(0.0), cue, gap, {"t": 2.0, "what": "end", "reason": "finished"})
    moments = [one for one in found if one.event]
    assert [(one.from_s, one.lasts_s, one.event) for one in moments] == [
        (0.0, 0.0, "stage"),
        (1.0, 0.0, "cue"),
        (1.5, 0.0, "gap"),
        (2.0, 0.0, "end"),
    ]
    assert [one.gap_s for one in moments] == [None, None, 60.0, None]
    assert [one.event for one in pieces()] == ["end"]


def test_the_sums_over_the_pieces_are_the_numbers_of_the_summary() -> None:
    """Of a session with walks, silence of the pod, probes and ramps."""
    lines = records(made_lines(20))
    (found, told), whole = pieces_of(HEADER, lines), summary_of(HEADER, lines).session
    run = [one for one in found if one.is_running and not one.event]
    judged = [one for one in run if one.low_spm is not None and not one.is_ramp and not one.is_off_speed]
    steps = sum(one.cadence_spm / 60 * one.lasts_s for one in found if one.cadence_spm and not one.is_paused)
    assert told.session == whole
    assert sum(one.lasts_s for one in found) == pytest.approx(whole.duration_s)
    assert sum(one.lasts_s for one in run) == pytest.approx(whole.running_s)
    assert sum(one.lasts_s for one in judged) == pytest.approx(whole.band_s)
    assert sum(one.lasts_s for one in judged if one.is_helped) == pytest.approx(whole.helped.band_s)
    assert steps == pytest.approx(whole.steps)
    assert all(floor(one.from_s) + 1 >= one.from_s + one.lasts_s - 1e-9 for one in found)
