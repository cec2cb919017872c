"""What a session asks more of, and whether it passes a limit."""

from dataclasses import replace

import pytest
from each_row import each_row
from programme_rig import programme, rung

from cadencecoach.programme.load import most_over_first_spm, passes, raised_loads
from cadencecoach.programme.model import ClinicLimits


@each_row(
    ("before", "after", "more"),
    [
        ((0.05, 20), (0.05, 20), ()),
        ((0.05, 20), (0.075, 20), ("the target",)),
        ((0.05, 20), (0.05, 21), ("the minutes",)),
        ((0.05, 20), (0.075, 21), ("the target", "the minutes")),
        ((0.075, 21), (0.05, 20), ()),
        ((0.05, 20), (0.075, 15), ("the target",)),
    ],
)
def test_what_is_raised(before: tuple[float, float], after: tuple[float, float], more: tuple[str, ...]) -> None:
    """Target, minutes, both or neither."""
    assert raised_loads(rung(*before), rung(*after)) == more


def test_what_passes_a_limit() -> None:
    """By how much; a session without a length passes any."""
    limits = ClinicLimits(target_ratio=0.05, session_s=1200.0)
    assert passes(rung(0.05, 20), limits) == ""
    assert passes(rung(0.075, 20), limits) == "+7.5 %, at most +5 %"
    assert passes(rung(0.05, 21), limits) == "21 min, at most 20 min"
    session = rung(0.05, 20)
    stage = replace(session.plan.stages[0], duration_s=None)
    assert passes(replace(session, plan=replace(session.plan, stages=(stage,))), limits).startswith("it has no length")
    assert passes(rung(0.2, 600), ClinicLimits()) == ""


@each_row(
    ("first_spm", "counted_spm", "most_spm"),
    [(None, None, None), (160.0, None, None), (None, 165.0, None), (160.0, 160.0, None), (160.0, 165.0, 176.0)],
)
def test_counted_anew_targets_stay_ten_percent_over_the_first(
    first_spm: float | None, counted_spm: float | None, most_spm: float | None
) -> None:
    """No limit where it counts from the first still, or one of them is not known; `allow: {sum: ...}` lifts it."""
    told = most_over_first_spm(programme(), first_spm=first_spm, counted_spm=counted_spm)
    assert told == (most_spm if most_spm is None else pytest.approx(most_spm))
    allowed = replace(programme(), waived={"sum": "seen in the lab"})
    assert most_over_first_spm(allowed, first_spm=first_spm, counted_spm=counted_spm) is None
