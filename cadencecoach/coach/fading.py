"""Help below 100 %: helped and silent stretches in turn, always the same for the same plan.

A stage is cut into cycles. Each is one helped and one silent stretch; with help at 25 % and a cycle of 2 min there are
30 s of help and 90 s without. The first cycle begins with help. Which stretch comes first in the others is drawn from
a word of the plan (its title), the stage's name and the cycle's number: the runner cannot count on it, and every run
of the plan is the same. A gated beat comes and goes by the clock alone.
"""

import hashlib
import math
from itertools import count

from cadencecoach.plan.defaults import REGULAR
from cadencecoach.plan.model import Stage

# Two computations of one edge may differ by rounding; a stretch is never shorter than this.
EDGE_S = 1e-6
LEAST_S = 1.0  # a click or two is no help, and a second without is no silence


def is_always_the_same(stage: Stage) -> bool:
    """Whether help is there all the time, or never."""
    to_ratio = stage.help_ratio if stage.help_to_ratio is None else stage.help_to_ratio
    return stage.help_ratio == to_ratio and (stage.help_ratio >= 1 or stage.help_ratio <= 0)


def is_helped(stage: Stage, since_s: float) -> bool:
    """Whether beat and corrections are offered `since_s` after the start of the stage."""
    if is_always_the_same(stage):
        return stage.help_ratio >= 1
    from_s, to_s = _help_span_s(stage, _cycle_at(stage, since_s))
    return from_s - EDGE_S <= since_s < to_s - EDGE_S


def next_edge_s(stage: Stage, since_s: float) -> float:
    """When help next begins or ends, after `since_s`; infinite when it never changes."""
    if is_always_the_same(stage):
        return math.inf
    now = is_helped(stage, since_s)
    for cycle in count(_cycle_at(stage, since_s)):
        start_s = cycle * stage.feedback.cycle_s
        if start_s > since_s + 2 * stage.feedback.cycle_s and start_s > (stage.duration_s or 0.0):
            return math.inf
        for edge_s in (start_s, *_help_span_s(stage, cycle)):
            if edge_s > since_s + EDGE_S and is_helped(stage, edge_s) is not now:
                return edge_s
    raise AssertionError  # the count has no end


def next_helped_s(stage: Stage, since_s: float) -> float:
    """The first moment at or after `since_s` with help; infinite when there is none."""
    return since_s if is_helped(stage, since_s) else next_edge_s(stage, since_s)


def help_start_s(stage: Stage, since_s: float) -> float:
    """When the helped stretch began in which `since_s` lies; two that follow each other without a silence are one."""
    if is_always_the_same(stage):
        return 0.0
    cycle = _cycle_at(stage, since_s)
    from_s, _ = _help_span_s(stage, cycle)
    while cycle > 0 and is_helped(stage, from_s - 2 * EDGE_S):
        cycle -= 1
        from_s, _ = _help_span_s(stage, cycle)
    return from_s


def _cycle_at(stage: Stage, since_s: float) -> int:
    return max(0, math.floor((since_s + EDGE_S) / stage.feedback.cycle_s))


def _help_span_s(stage: Stage, cycle: int) -> tuple[float, float]:
    """From when to when a cycle is helped, in seconds of the stage."""
    length_s = stage.feedback.cycle_s
    start_s, end_s = cycle * length_s, (cycle + 1) * length_s
    helped_s = _whole(_ratio(stage, (start_s + end_s) / 2) * length_s, length_s)
    return (start_s, start_s + helped_s) if _begins_helped(stage, cycle) else (end_s - helped_s, end_s)


def _whole(helped_s: float, length_s: float) -> float:
    if helped_s < LEAST_S:
        return 0.0
    return length_s if helped_s > length_s - LEAST_S else helped_s


def _ratio(stage: Stage, since_s: float) -> float:
    """The help in the middle of a cycle."""
    if stage.help_to_ratio is None or stage.duration_s is None:
        return stage.help_ratio
    part = min(1.0, since_s / stage.duration_s)
    return stage.help_ratio + part * (stage.help_to_ratio - stage.help_ratio)


def _begins_helped(stage: Stage, cycle: int) -> bool:
    pattern = stage.feedback.pattern or stage.of_plan or REGULAR
    if cycle == 0 or pattern == REGULAR:
        return True
    return hashlib.sha256(f"{pattern}\n{stage.name}\n{cycle}".encode()).digest()[0] % 2 == 0


def is_gate_open(stage: Stage, since_s: float) -> bool:
    """Whether a gated beat sounds `since_s` after the start of the stage; it begins with sound."""
    return (since_s + EDGE_S) % (stage.gate_on_s + stage.gate_off_s) < stage.gate_on_s


def gate_from_s(stage: Stage, since_s: float) -> float:
    """When the turn of sound and silence began in which `since_s` lies, of a gated beat."""
    whole_s = stage.gate_on_s + stage.gate_off_s
    return math.floor((since_s + EDGE_S) / whole_s) * whole_s


def next_gate_s(stage: Stage, since_s: float) -> float:
    """When a gated beat next comes or goes, after `since_s`; infinite where it does not."""
    whole_s = stage.gate_on_s + stage.gate_off_s
    if whole_s <= 0:
        return math.inf
    start_s = gate_from_s(stage, since_s)
    return start_s + (stage.gate_on_s if is_gate_open(stage, since_s) else whole_s)
