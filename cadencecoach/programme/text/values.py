"""How the values of a programme are written that a plan does not know. The parsers are of the kind of `plan.values`."""

import re
from collections.abc import Callable

from cadencecoach.plan import rates, values
from cadencecoach.plan.model import Relative
from cadencecoach.plan.syntax.nodes import Number
from cadencecoach.plan.values import ValueFault, slips_named, tidy

MAX_DAYS = 366
MINUTES_A_DAY = 24 * 60
DAYS_PATTERN = r"([0-9]{1,3}) ?(days?|weeks?)"
PAIN_MOST = 10

WAYS_DAYS = "write '1 day', '3 days' or '2 weeks'"
WAYS_MINUTES = "write minutes, 17 or '17 min', more than 0 and up to 24 h"
WAYS_CHANGE = "write baseline or '+5 %'; a programme counts from the runner's own baseline"


@slips_named
def days(value: object) -> int:
    """A number of days, at least one."""
    match = re.fullmatch(DAYS_PATTERN, tidy(value, WAYS_DAYS, number="has no unit"))
    if match is None:
        raise ValueFault("is not a number of days", WAYS_DAYS)
    number = int(match.group(1)) * (7 if match.group(2).startswith("week") else 1)
    if not 1 <= number <= MAX_DAYS:
        raise ValueFault("is out of range", f"{WAYS_DAYS}, {MAX_DAYS} days at most")
    return number


@slips_named
def minutes_s(value: object) -> float:
    """Seconds of a time in minutes; a bare number is minutes, since the key says so."""
    if not isinstance(value, Number):
        return values.duration_s(value)
    try:
        minutes = float(value.text)
    except ValueError:
        raise ValueFault("is not a number of minutes", WAYS_MINUTES) from None
    if not 0 < minutes <= MINUTES_A_DAY:
        raise ValueFault("is out of range", WAYS_MINUTES)
    return minutes * 60


@slips_named
def change(value: object) -> Relative:
    """A target counted from the baseline; no other can be held against a limit in percent."""
    try:
        target = rates.target(value)
    except ValueFault as fault:
        raise ValueFault(fault.problem, WAYS_CHANGE) from None
    if not isinstance(target, Relative):
        raise ValueFault("does not count from the baseline", WAYS_CHANGE)
    return target


def percent_or_off(low: float, high: float) -> Callable[[object], float | str]:
    """A parser for a percentage within limits, or the word that turns a rule off."""
    percent = values.percent_between(low, high)

    def parse(value: object) -> float | str:
        if isinstance(value, str) and value.strip() == "off":
            return "off"
        try:
            return percent(value)
        except ValueFault as fault:
            raise ValueFault(fault.problem, f"{fault.allowed}, or off") from None

    return parse
