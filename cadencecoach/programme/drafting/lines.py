"""Words and numbers as both kinds of file write them."""

import math

from cadencecoach.plan.model import AthleteBaseline, FixedBaseline, MeasuredBaseline
from cadencecoach.programme.drafting.answers import Answers, Own

USUAL_MOST_RATIO = 0.075  # further is for a clinician to decide (Willy 2016, 10.1111/sms.12413)
RUNG_RATIO = 0.025  # a change people hardly notice, and a week's worth (Van Dyck 2015, 10.1186/s40798-015-0025-9)
DECIMALS = 4  # of a ratio: a hundredth of a percent
EPSILON = 1e-9


def percent(ratio: float) -> str:
    """A change as a plan writes it: `+7.5 %`."""
    return f"{ratio * 100:+.4g} %"


def baseline_words(baseline: Own) -> str:
    """A baseline as a plan writes it."""
    match baseline:
        case MeasuredBaseline():
            return "measured"
        case AthleteBaseline():
            return "athlete"
        case FixedBaseline(spm=spm):
            return f"{spm:g} spm"


def rungs(aim_ratio: float, n_most: int) -> tuple[float, ...]:
    """The targets on the way, evenly apart and by 2.5 % at most, the aim last; the first are left out if too many.

    Args:
        aim_ratio: where they lead
        n_most: at most so many
    """
    n_rungs = math.ceil(aim_ratio / RUNG_RATIO - EPSILON)
    on_the_way = (round(aim_ratio * n / n_rungs, DECIMALS) for n in range(1, n_rungs))
    return (*on_the_way, aim_ratio)[-n_most:]


def allow_line(answers: Answers) -> tuple[str, ...]:
    """The line that a target above the usual ones needs; none where it is not above them."""
    if answers.aim_ratio <= USUAL_MOST_RATIO + EPSILON:
        return ()
    return (
        "# Above +7.5 % is for a clinician to decide (Willy 2016, 10.1111/sms.12413); write here who did, and why.",
        f"allow: {{target: {percent(answers.aim_ratio)} was asked for when this file was made}}",
    )
