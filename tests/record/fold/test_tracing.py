"""A session over time, from lines written by hand."""

from typing import Any

from each_row import each_row
from hand_lines import records

from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.trace import CueMark, HelpSpan, Span, SpanKind, Trace

Line = dict[str, Any]


def line(t: float, what: str, **fields: object) -> Line:
    """A line of a journal."""
    return {"t": t, "what": what, **fields}


def stage(t: float, index: int, target: float | None = None, **fields: object) -> Line:
    """A stage begins; its band is the target +-5 spm."""
    low, high = (None, None) if target is None else (target - 5, target + 5)
    given = {"beat": "on", "feedback": "words", "ramp_s": 0.0} | fields
    return line(t, "stage", index=index, name=f"S{index}", target_spm=target, low_spm=low, high_spm=high, **given)


def estimates(start: int, stop: int, spm: float) -> list[Line]:
    """One estimate a second."""
    return [line(float(t), "estimate", cadence_spm=spm, age_s=0.0, quality=1.0) for t in range(start, stop)]


def running(start: int, stop: int, spm: float = 165.0) -> list[Line]:
    """Feet that run, and their estimates."""
    return [line(float(start), "feet", state="live"), *estimates(start, stop, spm)]


def spans(trace: Trace, kind: SpanKind) -> list[tuple[float, float]]:
    """Stretches of one kind."""
    return [(span.start_s, span.end_s) for span in trace.spans if span.kind is kind]


def test_the_cadence_stops_where_the_runner_stops() -> None:
    """Walking, a silent sensor and a pause each break the line; what is no running is told as a stretch."""
    lines = [
        *running(0, 10),
        line(10.0, "feet", state="walking"),
        *estimates(10, 20, 110.0),
        *running(20, 30),
        line(30.0, "feet", state="stale"),
        line(32.0, "feet", state="lost"),
        *running(40, 50),
        line(50.0, "pause"),
        *estimates(50, 60, 165.0),
        line(60.0, "resume"),
        *estimates(60, 70, 165.0),
        line(70.0, "end", reason="finished"),
    ]
    trace = trace_of(records(lines))
    assert [(run[0][0], run[-1][0]) for run in trace.cadence] == [(0, 9), (20, 29), (40, 49), (60, 69)]
    assert spans(trace, SpanKind.WALKING) == [(10, 20)]
    assert spans(trace, SpanKind.NO_SENSOR) == [(30, 40)]
    assert spans(trace, SpanKind.PAUSED) == [(50, 60)]


def test_a_hole_in_the_estimates_is_no_straight_line() -> None:
    """More than three seconds without an estimate break the line, whatever the feet are called."""
    trace = trace_of(records([*running(0, 5), *estimates(12, 15, 165.0)]))
    assert [len(run) for run in trace.cadence] == [5, 3]


def test_an_old_estimate_is_not_drawn() -> None:
    """An estimate made of readings more than three seconds old is none."""
    old = line(5.0, "estimate", cadence_spm=165.0, age_s=3.5, quality=0.2)
    assert [len(run) for run in trace_of(records([*running(0, 5), old])).cadence] == [5]


def test_before_the_first_reading_nothing_is_known() -> None:
    """A pod that wakes up late leaves a stretch without a sensor."""
    assert spans(trace_of(records(running(8, 10))), SpanKind.NO_SENSOR) == [(0, 8)]


HELPED, ALONE = True, False


@each_row(
    ("lines", "expected"),
    [
        ([stage(0, 0), line(9, "end")], []),
        ([stage(0, 0, 170), line(9, "end")], [(HELPED, 0, 9)]),
        ([stage(0, 0, 170, beat="off", feedback="none"), line(9, "end")], [(ALONE, 0, 9)]),
        ([stage(0, 0, 170, beat="off"), line(9, "end")], [(HELPED, 0, 9)]),
        ([stage(0, 0, 170, is_probe=True), line(9, "end")], [(ALONE, 0, 9)]),
        (
            [stage(0, 0, 170), line(3, "help", is_on=False), line(6, "help", is_on=True), line(9, "end")],
            [(HELPED, 0, 3), (ALONE, 3, 6), (HELPED, 6, 9)],
        ),
        (
            [stage(0, 0, 170), line(4, "help", is_on=False), stage(6, 1, 172), line(9, "end")],
            [(HELPED, 0, 4), (ALONE, 4, 6), (HELPED, 6, 9)],
        ),
        (
            [stage(0, 0, 170), line(4, "mute", is_muted=True), line(6, "mute", is_muted=False), line(9, "end")],
            [(HELPED, 0, 4), (ALONE, 4, 6), (HELPED, 6, 9)],
        ),
        ([stage(0, 0, 170), line(4, "pause"), line(6, "resume"), line(9, "end")], [(HELPED, 0, 4), (HELPED, 6, 9)]),
        ([stage(0, 0, 170), stage(4, 1), line(9, "end")], [(HELPED, 0, 4)]),
    ],
)
def test_help_and_silence_are_apart(lines: list[Line], expected: list[tuple[bool, float, float]]) -> None:
    """With a target there is help or there is none; a new stage begins with what it says, muted sound is no help."""
    wanted = tuple(HelpSpan(is_helped=on, start_s=start, end_s=end) for on, start, end in expected)
    assert trace_of(records(lines)).help == wanted


def test_a_target_changed_on_the_way_is_another_stretch_of_the_same_stage() -> None:
    """The key for a higher target does not begin a stage; the ramp starts from the target before."""
    trace = trace_of(records([stage(0, 0, 170), stage(5, 0, 171, ramp_s=2.0), line(9, "end")]))
    assert [(s.index, s.start_s, s.end_s, s.target_spm, s.from_spm) for s in trace.stages] == [
        (0, 0, 5, 170, None),
        (0, 5, 9, 171, 170),
    ]


def test_the_first_target_ramps_from_the_baseline() -> None:
    """What is measured in the session is where the first ramp begins."""
    lines = [
        stage(0, 0),
        line(5, "baseline", cadence_spm=162.0, n_readings=9),
        stage(5, 1, 166, ramp_s=60.0),
        line(9, "end"),
    ]
    assert trace_of(records(lines)).stages[1].from_spm == 162.0


def test_cues_stand_where_they_were_heard() -> None:
    """The time of hearing counts where it is known, that of asking where it is not; countdowns are left out."""
    cue = {"kind": "spoken", "text": "Quicker.", "requested_s": 4.0}
    lines = [
        line(4, "cue", reason="below", actual_s=4.5, **cue),
        line(5, "cue", reason="back", actual_s=None, **cue),
        line(6, "cue", reason="countdown", actual_s=6.0, **cue),
    ]
    assert trace_of(records(lines)).cues == (
        CueMark(time_s=4.5, reason="below", text="Quicker."),
        CueMark(time_s=5, reason="back", text="Quicker."),
    )


def test_what_comes_after_the_end_does_not_count() -> None:
    """A line behind the end is not drawn."""
    trace = trace_of(records([*running(0, 5), line(5, "end", reason="finished"), *estimates(6, 9, 165.0)]))
    assert (trace.end_s, len(trace.cadence)) == (5, 1)


def test_nothing_at_all_is_an_empty_trace() -> None:
    """A journal that broke off at its first line has no course."""
    assert trace_of([]) == Trace(end_s=0.0)


def test_a_span_tells_its_kind() -> None:
    """Standing is told apart from walking."""
    lines = [line(0, "feet", state="still"), line(4, "feet", state="walking"), line(9, "end")]
    assert trace_of(records(lines)).spans == (
        Span(kind=SpanKind.STILL, start_s=0, end_s=4),
        Span(kind=SpanKind.WALKING, start_s=4, end_s=9),
    )
