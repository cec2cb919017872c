from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from each_row import each_row
from hand_lines import records
from made_sessions import activity, end, only, running, stage

from cadencecoach.gait.dynamics import Measured
from cadencecoach.record.dynamics import (
    LEAST_TOLD,
    NOTHING_TOLD,
    DynamicsFigures,
    are_same_speed,
    compare,
    figures_of,
    figures_of_row,
    mean_of,
)
from cadencecoach.record.entries import BaselineTaken, Entry
from cadencecoach.record.exports.fit_file import fit_bytes
from cadencecoach.record.fold.summary import row_of, summarise
from cadencecoach.record.lines import DynamicsLine, Line
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.record.row import SessionRow

DAY = date(2026, 3, 2)


def told(
    oscillation_mm: float | None = 90.0, *, at_mps: float | None = 3.0, placement: str | None = "chest", n: int = 10
) -> list[DynamicsLine]:
    """Lines of a strap, every five seconds."""
    error_mm = None if oscillation_mm is None else 9.0
    return [
        DynamicsLine(
            5.0 * place,
            *(oscillation_mm, error_mm, None, None, None, None),
            speed_mps=at_mps,
            placement=placement,
            told_by="signal",
            sensor="Strap",
        )
        for place in range(n)
    ]


def figures(oscillation_mm: float, error_mm: float = 9.0, **changed: Any) -> DynamicsFigures:  # noqa: ANN401  # fields
    """A strap's figures at 3 m/s."""
    one = DynamicsFigures(
        speed_mps=3.0, placement="chest", by="signal Strap", oscillation_mm=Measured(oscillation_mm, error_mm)
    )
    return replace(one, **changed)


def test_a_mean_has_the_error_of_one_value() -> None:
    """A strap sits where it sits: many values are as far off as one."""
    assert figures_of(told(90.0) + told(94.0)) == figures(92.0)


@each_row(("n", "is_known"), [(LEAST_TOLD - 1, False), (LEAST_TOLD, True)])
def test_half_a_minute_is_needed(n: int, *, is_known: bool) -> None:
    """Fewer values say too little."""
    assert bool(figures_of(told(n=n)).known) is is_known


def test_only_running_at_the_middle_speed_counts() -> None:
    """A sprint and a jog in one run are not one number."""
    assert figures_of(told(90.0, n=20) + told(60.0, at_mps=3.2)) == figures(90.0)
    assert figures_of(told(90.0, n=20) + told(60.0, at_mps=3.2), at_mps=3.2) == figures(60.0, speed_mps=3.2)


def test_without_speeds_all_of_it_counts_and_nothing_is_compared() -> None:
    """Nobody can say that two runs were alike."""
    one = figures_of(told(at_mps=None))
    assert one == figures(90.0, speed_mps=None)
    assert compare(one, figures(50.0)) == compare(one, one) == ()


def test_of_two_places_the_one_told_most_counts() -> None:
    """A sensor that was taken for another place at first does not spoil the mean."""
    assert figures_of(told(90.0) + told(70.0, placement="hip", n=8)) == figures(90.0)


@each_row(("other_mps", "is_same"), [(3.15, True), (3.16, False), (2.86, True), (2.85, False)])
def test_two_speeds_are_the_same_within_five_percent(other_mps: float, *, is_same: bool) -> None:
    """At, and beyond; an unknown one is the same as none."""
    assert are_same_speed(3.0, other_mps) is are_same_speed(other_mps, 3.0) is is_same
    assert not are_same_speed(3.0, None)
    assert bool(compare(figures(90.0), figures(60.0, speed_mps=other_mps))) is is_same


@each_row(
    "changed",
    [{"placement": "hip"}, {"placement": ""}, {"by": "signal Other"}, {"by": "watch"}, {"speed_mps": None}],
)
def test_another_place_sensor_or_way_of_telling_is_not_compared(changed: dict[str, Any]) -> None:
    """Nor an unknown one with itself."""
    assert compare(figures(90.0), figures(60.0, **changed)) == ()
    assert compare(figures(90.0, placement=""), figures(60.0, placement="")) == ()


@each_row(("after_mm", "is_beyond"), [(72.1, False), (72.0, False), (71.9, True), (108.1, True)])
def test_a_change_is_one_where_the_error_is_under_half_of_it(after_mm: float, *, is_beyond: bool) -> None:
    """With an error of 9 mm, from more than 18 mm on, in either direction."""
    (one,) = compare(figures(90.0), figures(after_mm))
    assert one.is_beyond_error is is_beyond
    (larger,) = compare(figures(90.0), figures(after_mm, error_mm=15.0))
    assert not larger.is_beyond_error


def a_session(*, own_mm: float, asked_mm: float, asked_mps: float = 3.0, is_paused: bool = False) -> list[Line]:
    """A minute of baseline, then two for a target, told by a strap every five seconds."""

    def line(t: float, oscillation_mm: float, speed_mps: float) -> dict[str, object]:
        unknown = dict.fromkeys(("contact_ms", "contact_error_ms", "stride_m", "stride_error_m"))
        known = {"oscillation_mm": oscillation_mm, "oscillation_error_mm": 9.0, "speed_mps": speed_mps}
        return {"t": t, "what": "dynamics", **unknown, **known, "placement": "chest", "told_by": "signal"}

    lines = [stage(0.0, 0, "Baseline"), *running(0, 60, 160), *(line(float(t), own_mm, 3.0) for t in range(1, 60, 5))]
    lines += [{"t": 59.5, "what": "baseline", "cadence_spm": 160.0, "n_readings": 55}]
    lines += [stage(60.0, 1, "Run", 170.0), *running(60, 180, 170, asked_mps)]
    lines += [line(float(t), asked_mm, asked_mps) for t in range(61, 180, 5)]
    lines += [only(60.5, "pause")] if is_paused else []
    return records(sorted([*lines, end(180.0)], key=lambda one: float(one["t"])))


def test_a_session_compares_running_for_a_target_with_its_baseline() -> None:
    """At the same speed; the means over all of it stand beside."""
    summary = summarise(a_session(own_mm=100.0, asked_mm=80.0))
    (one,) = summary.dynamics_compared
    assert (one.quantity, one.before.value, one.after.value, one.placement) == ("oscillation_mm", 100.0, 80.0, "chest")
    assert one.is_beyond_error
    assert summary.dynamics.known.keys() == {"oscillation_mm"}
    faster = summarise(a_session(own_mm=100.0, asked_mm=80.0, asked_mps=3.3))
    assert faster.dynamics_compared == ()


def test_what_is_told_in_a_pause_or_of_no_running_does_not_count() -> None:
    """A line of another program may stand there; the fold believes the feet."""
    summary = summarise(a_session(own_mm=100.0, asked_mm=80.0, is_paused=True))
    assert summary.dynamics_compared == ()
    assert summary.dynamics.oscillation_mm == Measured(100.0, 9.0)


def test_a_row_keeps_the_figures() -> None:
    """And a session without any has none, not zeros."""
    row = row_of({}, a_session(own_mm=90.0, asked_mm=90.0), id="x")
    assert figures_of_row(row) == figures(90.0, by="signal")
    assert figures_of_row(row_of({}, records([stage(0.0, 0, "Run"), end(9.0)]), id="x")) == NOTHING_TOLD


def row(n: int, oscillation_mm: float | None, **changed: object) -> SessionRow:
    """The session of a day."""
    day = DAY + timedelta(days=n)
    given = {
        "running_s": 1200.0,
        "mean_cadence_spm": 165.0,
        "dynamics_speed_mps": 3.0,
        "dynamics_placement": "chest",
        "dynamics_by": "signal Strap",
        "oscillation_mm": oscillation_mm,
        "oscillation_error_mm": None if oscillation_mm is None else 9.0,
    }
    return SessionRow(id=f"{n}", started=f"{day}T07:00:00Z", day=day, **(given | changed))  # type: ignore[arg-type]


def test_progress_compares_the_last_runs_with_the_baselines() -> None:
    """Those of the same place and speed; others between them are left out."""
    entries: list[Entry] = [
        BaselineTaken(day=DAY, at="2026-03-02T08:00:00Z", cadence_spm=160.0, session="0", duration_s=900.0)
    ]
    rows = [row(0, 100.0), row(1, 40.0, dynamics_placement="hip"), row(2, 40.0, dynamics_speed_mps=3.3)]
    rows += [row(n, 76.0) for n in range(3, 8)]
    (one,) = progress_of(rows, entries).moved
    assert (one.before.value, one.after.value, one.is_beyond_error) == (100.0, 76.0, True)
    assert progress_of(rows[:3], entries).moved == ()
    assert progress_of([row(0, None), row(1, None)], entries).moved == progress_of([]).moved == ()


def test_progress_without_a_baselines_figures_begins_with_the_first_that_has_some() -> None:
    """A strap that came later."""
    (one,) = progress_of([row(0, None), row(1, 100.0), row(2, 90.0)]).moved
    assert (one.before.value, one.after.value, one.is_beyond_error) == (100.0, 90.0, False)


def test_a_mean_over_sessions_leaves_out_what_is_not_like_the_first() -> None:
    """Another sensor, another speed."""
    others = [figures(50.0, by="watch"), figures(50.0, speed_mps=3.3)]
    assert mean_of([figures(90.0), *others, figures(92.0)]) == figures(91.0)
    assert mean_of([]) == NOTHING_TOLD


@each_row("value", [1e14, 6553.5, -5.0, 0.0, 1e-300])
def test_a_journal_that_tells_what_no_runner_does_is_not_believed(value: float) -> None:
    """Nor a number without an error; a speed that is none is not known."""
    names = ("oscillation_mm", "oscillation_error_mm", "contact_ms", "contact_error_ms", "stride_m", "stride_error_m")
    about = {"placement": "chest", "told_by": "signal", "stride_by": "speed", "speed_mps": value}
    wild = [{"t": float(t), "what": "dynamics", **dict.fromkeys(names, value), **about} for t in range(1, 60, 2)]
    bare = [{**one, "oscillation_mm": 90.0, "oscillation_error_mm": None} for one in wild]
    exact = [{**one, "oscillation_mm": 90.0, "oscillation_error_mm": 0.0} for one in wild]
    for told in (wild, bare, exact):
        lines = sorted([stage(0.0, 0, "Run"), *running(0, 60, 170), *told, end(60.0)], key=lambda one: float(one["t"]))
        assert summarise(records(lines)).dynamics == NOTHING_TOLD
        made = activity(lines)
        assert all(second.dynamics_value(name) is None for second in made.series.seconds for name in names)
        assert fit_bytes(made)
