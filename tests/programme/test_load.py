"""What a session asks more of, and whether it passes a limit."""

from dataclasses import replace

import pytest
from programme_rig import rung

from cadencecoach.programme.load import passes, raised
from cadencecoach.programme.model import ClinicLimits


@pytest.mark.parametrize(
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
    assert raised(rung(*before), rung(*after)) == more


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
