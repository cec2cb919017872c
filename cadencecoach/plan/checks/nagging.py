"""How many corrections the numbers of `feedback:` let through at most: more than one in 10 s is nagging (design)."""

from collections.abc import Iterator

from cadencecoach.plan.feedback import Feedback

FIRST_S = 60.0
MANY = 6  # in the first minute: one in 10 s; a phrase takes two seconds, and a change of cadence some more (design)


def n_in_first_minute(feedback: Feedback) -> int:
    """Corrections in a minute on a runner who stays out of the band and heeds none."""
    at_s, n = 0.0, 0
    for gap_s in _gaps_s(feedback):
        if at_s >= FIRST_S:
            break
        n += 1
        at_s += gap_s
    return n


def _gaps_s(feedback: Feedback) -> Iterator[float]:
    """The time from each correction to the next, as the coach has it: spaced, and with rests once patience is over."""
    n_given = 1
    while True:
        grown_s = feedback.spacing_s * feedback.growth_times ** min(n_given - 1, MANY)
        spaced_s = max(feedback.spacing_s, min(grown_s, feedback.spacing_limit_s))
        yield spaced_s if n_given < feedback.patience_cues else max(spaced_s, feedback.rest_s)
        n_given += 1
