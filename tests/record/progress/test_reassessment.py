"""From one baseline to a later one: by how much, and whether that is more than noise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cadencecoach.record.baselines import assessments_of
from cadencecoach.record.entries import BaselineTaken, SessionRun
from cadencecoach.record.progress.noise import Noise
from cadencecoach.record.progress.reassessment import change_of

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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(("after", "is_change"), [(163.9, False), (164.1, True)])
def test_a_change_from_taps_must_exceed_their_error_too(after: float, *, is_change: bool) -> None:
    """3 steps a minute on one side, where chance alone would be less: 1.4 % here."""
    before = replace(taken(161), taken_by="taps")
    first, last = assessments_of([before, trained(2), taken(after, day=3), taken(after, day=4)])
    change = change_of(first, last, Noise(cv_ratio=0.005, n_pairs=9))
    assert change.mdc_spm == pytest.approx(3.0)
    assert change.is_beyond_noise is is_change
