"""Which refresher fits a runner: at the target of the level, within the limits, and no more than the level asks for."""

from dataclasses import replace

from cadencecoach.plan.filling import retarget, taken_names
from cadencecoach.plan.model import Relative
from cadencecoach.programme.load import passes
from cadencecoach.programme.model import Programme, Session

EPSILON = 1e-9


def refresher_at(programme: Programme, level: int) -> Session | None:
    """The refresher for a runner at a level; None where there is none that fits.

    A refresher recalls a cadence. To somebody on a programme without targets, who may be walking half of the time, it
    would be a session longer and quicker than any before; there the level itself is the better answer.
    """
    session = programme.refresher
    upto = programme.sessions[: level + 1]
    ratios = [one.target_ratio for one in upto if one.target_ratio is not None]
    if session is None or not upto:
        return None
    if not ratios and session.run_s > upto[-1].run_s + EPSILON:
        return None
    if programme.refresher_follows and "target" in taken_names(session.plan.stages):
        ratio = ratios[-1] if ratios else 0.0
        session = replace(session, plan=retarget(session.plan, Relative(ratio)), target_ratio=ratio)
    is_more = (session.target_ratio or 0.0) > max(ratios, default=0.0) + EPSILON
    return None if is_more or passes(session, programme.limits) else session
