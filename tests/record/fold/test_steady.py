"""The steady part of a run: after five minutes of running, before any help."""

from collections.abc import Iterator
from typing import Any

import pytest
from each_row import each_row
from hand_lines import records

from cadencecoach.record.fold.steady import steady_part

Line = dict[str, Any]


def stage(t: float, *, target: float | None = None, beat: str = "on", feedback: str = "words") -> Line:
    """A stage begins."""
    return {"t": t, "what": "stage", "target_spm": target, "beat": beat, "feedback": feedback}


def running(start: int, end: int, spm: float = 160.0, *, mps: float | None = None, age: float = 0.0) -> Iterator[Line]:
    """Seconds of running."""
    yield {"t": start, "what": "feet", "state": "live"}
    for t in range(start, end):
        if mps is not None:
            yield {"t": t, "what": "reading", "cadence_spm": spm, "speed_mps": mps}
        yield {"t": t, "what": "estimate", "cadence_spm": spm, "age_s": age, "quality": 1.0}


def test_the_warm_up_is_left_out() -> None:
    """Five minutes of running, whatever their cadence."""
    found = steady_part(records([stage(0), *running(0, 300, 150), *running(300, 1021, 164, mps=2.8)]))
    assert found is not None
    assert found.cadence_spm == pytest.approx(164, abs=0.05)
    assert found.duration_s == pytest.approx(720, abs=1)
    assert found.speed_mps == pytest.approx(2.8)


@each_row(
    "help_line",
    [
        stage(600, target=170.0),
        stage(600, target=170.0, beat="off"),
        stage(600, target=170.0, feedback="none"),
        {"t": 600, "what": "tempo", "spm": 170.0, "ramp_s": 0.0},
        {"t": 600, "what": "cue", "kind": "spoken", "text": "Quicker.", "reason": "below"},
    ],
)
def test_it_ends_with_the_first_help(help_line: Line) -> None:
    """What comes after help tells of the help."""
    found = steady_part(records([stage(0), *running(0, 600, 160), help_line, *running(600, 1200, 172)]))
    assert found is not None
    assert found.cadence_spm == pytest.approx(160)
    assert found.duration_s == pytest.approx(300, abs=1)


def test_a_silent_probe_before_any_help_counts() -> None:
    """A reassessment has a target and is not helped."""
    silent = stage(300, target=172.0, beat="off", feedback="none")
    found = steady_part(records([stage(0), *running(0, 301, 160), silent, *running(301, 1021, 170)]))
    assert found is not None
    assert found.cadence_spm == pytest.approx(170, abs=0.05)


@each_row(
    "lines",
    [
        [],
        [stage(0), *running(0, 299)],
        [stage(0), *running(0, 900, age=4.0)],
        [stage(0), {"t": 0, "what": "feet", "state": "walking"}, *list(running(0, 900))[1:]],
        [stage(0, target=170.0), *running(0, 900)],
    ],
    ids=["nothing", "warm-up only", "stale", "walking", "helped from the start"],
)
def test_nothing_is_made_of_nothing(lines: list[Line]) -> None:
    """No steady part is none, and not zero."""
    assert steady_part(records(lines)) is None


def test_a_measuring_stage_ends_it() -> None:
    """The cool-down after it is another pace."""
    measured = {"t": 1020, "what": "baseline", "cadence_spm": 164.0, "n_readings": 720}
    at_the_start = {"t": 0, "what": "baseline", "cadence_spm": 160.0, "n_readings": 0}
    lines = [stage(0), at_the_start, *running(0, 1020, 164), measured, *running(1020, 1200, 150)]
    found = steady_part(records(lines))
    assert found is not None
    assert found.cadence_spm == pytest.approx(164)


def test_a_pause_is_no_time() -> None:
    """Neither the pause nor the gap behind it is counted."""
    pause, resume = {"t": 600, "what": "pause"}, {"t": 900, "what": "resume"}
    found = steady_part(
        records([stage(0), *running(0, 600), pause, *running(600, 900, 10), resume, *running(900, 1000)])
    )
    assert found is not None
    assert found.cadence_spm == pytest.approx(160)
    assert found.duration_s == pytest.approx(400, abs=3)


def test_it_tells_how_long_the_part_was_that_it_comes_from() -> None:
    """A hundred seconds of running in four hundred after the warm-up, a pause left out."""
    walk = [{"t": 401, "what": "feet", "state": "walking"}, {"t": 500, "what": "pause"}, {"t": 600, "what": "resume"}]
    found = steady_part(records([stage(0), *running(0, 401), *walk, {"t": 801, "what": "end", "reason": "finished"}]))
    assert found is not None
    assert [found.duration_s, found.length_s] == pytest.approx([100, 400], abs=1)


def test_an_estimate_of_unknown_age_is_not_counted() -> None:
    """Unknown is not fresh."""
    ageless = [{**line, "age_s": None} if line["what"] == "estimate" else line for line in running(0, 600)]
    assert steady_part(records([stage(0), *ageless])) is None


def test_a_stop_is_no_part_of_its_speed() -> None:
    """A belt that stands for a minute, and tells a late speed after it: 2.8 m/s were run."""
    stop = [*running(600, 604, 164, mps=0.0), {"t": 604, "what": "feet", "state": "still"}]
    late, rest = running(660, 669, 164, mps=1.1), list(running(669, 1000, 164, mps=2.8))[1:]
    found = steady_part(records([stage(0), *running(0, 600, 164, mps=2.8), *stop, *late, *rest]))
    assert found is not None
    assert found.speed_mps == pytest.approx(2.8)


def lead(t: float, source: str) -> Line:
    """A sensor is listened to from now on."""
    return {"t": t, "what": "lead", "source": source, "name": "one"}


@each_row(
    ("leads", "source"),
    [
        ([], ""),  # an old journal, and a recording
        ([lead(0, "rsc")], "rsc"),
        ([lead(0, "taps")], "taps"),
        ([lead(0, "rsc"), lead(600, "taps")], "taps"),  # the coarsest of what is in it
        ([lead(0, "taps"), lead(200, "rsc")], "rsc"),  # in the warm-up only
        ([lead(0, "accel"), lead(600, "rsc")], "accel"),
        ([lead(0, "of a later version")], "of a later version"),
    ],
)
def test_the_source_is_that_of_the_steps_that_count(leads: list[Line], source: str) -> None:
    """Whoever led while the mean was taken."""
    lines = sorted([stage(0), *running(0, 1021), *leads], key=lambda line: float(line["t"]))
    found = steady_part(records(lines))
    assert found is not None
    assert found.source == source
