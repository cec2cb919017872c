"""Help below 100 %: helped and silent stretches in turn, always the same for the same plan.

Each cycle begins helped; with help at 25 % and a cycle of 2 min there are 30 s of help and 90 s without.
"""

import math

from cadencecoach.plan.model import Stage

# Two computations of one edge may differ by rounding; a stretch is never shorter than this.
EDGE_S = 1e-6


def is_helped(stage: Stage, since_s: float) -> bool:
    """Whether beat and corrections are offered `since_s` after the start of the stage."""
    return _within(stage, since_s) < _helped_s(stage) - EDGE_S


def next_edge_s(stage: Stage, since_s: float) -> float:
    """When help next begins or ends, after `since_s`; infinite when it never changes."""
    if not 0 < stage.help_ratio < 1:
        return math.inf
    cycle_start_s = since_s - _within(stage, since_s)
    return cycle_start_s + (_helped_s(stage) if is_helped(stage, since_s) else stage.feedback.cycle_s)


def next_helped_s(stage: Stage, since_s: float) -> float:
    """The first moment at or after `since_s` with help; infinite when there is none."""
    if stage.help_ratio <= 0:
        return math.inf
    return since_s if is_helped(stage, since_s) else next_edge_s(stage, since_s)


def _helped_s(stage: Stage) -> float:
    return stage.help_ratio * stage.feedback.cycle_s


def _within(stage: Stage, since_s: float) -> float:
    if stage.help_ratio >= 1:
        return 0.0
    cycle_s = stage.feedback.cycle_s
    return max(0.0, since_s - math.floor((since_s + EDGE_S) / cycle_s) * cycle_s)
