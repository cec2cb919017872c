"""Numbers of cadence as step rates: what they count is told by their size, and said."""

from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.units import STEPS_PER_STRIDE
from cadencecoach.workouts.model import Cadence, Counts

# A running cadence is 140 to 200 steps a minute, so 70 to 100 strides. Whatever lies below this is no step rate that
# a plan may ask for but for the last ten; as strides it would be a sprint. It is the middle of the two.
STRIDES_BELOW = 110.0


def step_rate(cadence: Cadence) -> tuple[str | None, str]:
    """A cadence as a plan's target, and what has to be said about it, which may be nothing.

    The target is None when no plan can ask for it.
    """
    ends = sorted(end for end in (cadence.low, cadence.high) if end is not None)
    if not ends:
        return None, "a cadence target without a number; the stage is free"
    asked = _range(ends)
    is_strides = cadence.counts is Counts.UNSAID and sum(ends) / len(ends) < STRIDES_BELOW
    rates = [end * STEPS_PER_STRIDE for end in ends] if is_strides else ends
    unit = "strides a minute of one foot" if is_strides else "steps a minute"
    if not LOW_SPM <= rates[0] <= rates[-1] <= HIGH_SPM:
        return None, f"cadence {asked}, read as {unit}, is outside {LOW_SPM:g} to {HIGH_SPM:g} spm; the stage is free"
    target = f"{_range(rates)} spm"
    said = [f"cadence {asked} is read as {unit}: {target}"] if cadence.counts is Counts.UNSAID else []
    if None in (cadence.low, cadence.high):
        side = "at least" if cadence.high is None else "at most"
        said.append(f"{side} {target} is written as {target}")
    return target, "; ".join(said)


def cadence_words(cadence: Cadence) -> str:
    """A cadence as the file has it: "cadence 85-90"."""
    ends = sorted(end for end in (cadence.low, cadence.high) if end is not None)
    return f"cadence {_range(ends)}" if ends else "a cadence"


def _range(ends: list[float]) -> str:
    low, high = round(ends[0], 2), round(ends[-1], 2)
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"
