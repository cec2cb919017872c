"""From one baseline to a later one: by how much, and whether that is more than noise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from each_row import each_row

from cadencecoach.record.baselines import Assessment, assessments_of
from cadencecoach.record.entries import BaselineTaken, Entry, SessionRun
from cadencecoach.record.progress.noise import Noise
from cadencecoach.record.progress.reassessment import change_of, is_within_error

FIRST = date(2026, 3, 2)


def taken(  # each with a default
    spm: float,
    *,
    day: int = 0,
    minutes: float | None = 12,
    mps: float | None = None,
    surface: str = "",
    session: str = "",
    seen: tuple[tuple[str, str], ...] = (),
) -> BaselineTaken:
    """A baseline run."""
    return BaselineTaken(
        at="",
        day=FIRST + timedelta(days=day),
        cadence_spm=spm,
        speed_mps=mps,
        duration_s=None if minutes is None else minutes * 60,
        surface=surface,
        session=session,
        seen=seen,
    )


def trained(day: int, *, item: int | None = 0) -> SessionRun:
    """A session in between."""
    return SessionRun(at="", day=FIRST + timedelta(days=day), session=f"s{day}", item=item)


@each_row(
    ("after", "mdc_percent", "is_change"),
    [
        ((taken(170, day=30), taken(174, day=31)), 4.508, True),  # 2 against 2 runs: 1.96 * 2.3 % * sqrt(1/2 + 1/2)
        ((taken(166, day=30), taken(168, day=31)), 4.508, False),
        ((taken(170, day=30),), 5.521, False),  # 2 against 1: sqrt(1/2 + 1)
    ],
)
def test_a_change_must_exceed_what_chance_makes(
    after: tuple[BaselineTaken, ...], mdc_percent: float, *, is_change: bool
) -> None:
    """The smallest detectable change follows from how many runs stand on each side."""
    first, last = assessments_of([taken(160), taken(164, day=1), trained(2), *after])
    change = change_of(first, last)
    assert change.mdc_ratio * 100 == pytest.approx(mdc_percent, abs=1e-3)
    assert change.is_beyond_noise is is_change


def test_a_faster_run_is_brought_to_the_speed_of_the_first() -> None:
    """1 m/s faster is 6.5 spm for nothing."""
    first, last = assessments_of([taken(160, mps=2.5), trained(1), taken(166.5, day=2, mps=3.5)])
    assert change_of(first, last).change_spm == pytest.approx(0)


@each_row(("after", "is_change"), [(163.9, False), (164.1, True)])
def test_a_change_from_taps_must_exceed_their_error_too(after: float, *, is_change: bool) -> None:
    """3 steps a minute on one side, where chance alone would be less: 1.4 % here."""
    before = replace(taken(161), taken_by="taps")
    first, last = assessments_of([before, trained(2), taken(after, day=3), taken(after, day=4)])
    change = change_of(first, last, Noise(cv_ratio=0.005, n_pairs=9))
    assert change.mdc_spm == pytest.approx(3.0)
    assert change.is_beyond_noise is is_change


QUIET = Noise(cv_ratio=0.005, n_pairs=9)  # chance alone makes 1.4 % at most here, 2.3 spm


@each_row(
    ("before", "after", "least_spm"),
    [
        (("rsc", 0.0), ("taps", 3.0), 3.0),
        (("phone", 1.0), ("mic", 3.0), 4.0),
        (("taps", 3.0), ("taps", 3.0), 6.0),  # a hand errs anew each time
        (("", 0.0), ("taps", 3.0), 3.0),  # an old log
    ],
)
@each_row(("beyond_spm", "is_change"), [(-0.1, False), (0.0, False), (0.1, True)])
def test_a_change_between_two_sources_counts_only_beyond_both_errors(
    before: tuple[str, float], after: tuple[str, float], least_spm: float, beyond_spm: float, *, is_change: bool
) -> None:
    """Below their sum, at it, and above it; upwards and downwards."""
    for sign in (1, -1):
        pair = compared(before, after, sign * (least_spm + beyond_spm))
        change = change_of(*pair, QUIET)
        assert change.error_spm == least_spm
        assert change.is_beyond_noise is is_change
        assert is_within_error(*pair) is not is_change


@each_row("source", [("rsc", 0.0), ("accel", 1.5), ("", 0.0)])
def test_one_source_that_measures_needs_no_more_than_chance(source: tuple[str, float]) -> None:
    """It errs alike on both sides; nothing is within an error then."""
    pair = compared(source, source, 2.5)
    assert change_of(*pair, QUIET).error_spm == 0.0
    assert change_of(*pair, QUIET).is_beyond_noise
    assert not is_within_error(*pair)


def test_a_baseline_is_no_change_from_itself() -> None:
    """However far off its source may be."""
    pair = compared(("taps", 3.0), ("taps", 3.0), 1.0)
    assert not is_within_error(pair[0], pair[0])


def compared(before: tuple[str, float], after: tuple[str, float], by_spm: float) -> tuple[Assessment, Assessment]:
    """Two baselines of two runs each, accepted where they have to be."""
    runs: list[Entry] = []
    for day, spm, (source, error_spm) in ((0, 160.0, before), (10, 160.0 + by_spm, after)):
        one = replace(taken(spm, day=day), taken_by=source, error_spm=error_spm, accepted="fine")
        runs += [one, replace(one, day=one.day + timedelta(days=1)), trained(day + 5)]
    first, last = assessments_of(runs)
    return first, last
