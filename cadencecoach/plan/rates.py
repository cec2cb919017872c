"""How step rates are written: targets, tolerances, baselines. The parsers are of the same kind as those of `values`."""

import re
from collections.abc import Callable

from cadencecoach.plan.model import (
    AthleteBaseline,
    Baseline,
    Between,
    Fixed,
    FixedBaseline,
    Free,
    MeasuredBaseline,
    RatioTolerance,
    Relative,
    SpmTolerance,
    Target,
    Tolerance,
    Walk,
)
from cadencecoach.plan.values import NUM, PERCENT_PATTERN, ValueFault, ratio_of, slips_named, tidy
from cadencecoach.plan.words import nearest
from cadencecoach.units import MAX_CADENCE_SPM, MIN_RUNNING_SPM

LOW_SPM, HIGH_SPM = MIN_RUNNING_SPM, MAX_CADENCE_SPM
MAX_RATIO = 0.2  # twice the most any protocol asks for: beyond it is a slip of the pen, `allow` or not
MAX_TOLERANCE_RATIO = 0.1
MAX_TOLERANCE_SPM = 20.0

SPM_PATTERN = rf"({NUM}) ?spm"
CHANGE_PATTERN = rf"([-+\u2212\u2013]) ?({NUM}) ?%"
RANGE_PATTERN = rf"({NUM}) ?[-\u2013] ?({NUM}) ?spm"
TARGET_PATTERN = rf"free|walk|baseline|{CHANGE_PATTERN}|{SPM_PATTERN}|{RANGE_PATTERN}"
TOLERANCE_PATTERN = rf"(?:\u00b1 ?)?(?:{PERCENT_PATTERN}|{SPM_PATTERN})"
BASELINE_PATTERN = rf"measured|athlete|{SPM_PATTERN}"

WORDY_CHANGE = rf"([a-z ]*)([-+\u2212\u2013])? ?({NUM}) ?%([a-z ]*)"
FILLERS = frozenset({"baseline", "cadence", "of", "from", "to", "the", "my", "own", "than", "measured"})
SIGNS = {
    **dict.fromkeys(("plus", "above", "over", "more", "faster", "quicker"), "+"),
    **dict.fromkeys(("minus", "below", "under", "less", "slower"), "-"),
}

WAYS_TARGET = "write free, walk, baseline, '+5 %', '172 spm' or '168-176 spm'"
WAYS_TOLERANCE = "write '3 %' or '4 spm'"
WAYS_BASELINE = "write measured, athlete or '164 spm'"
WAYS_RATIO = "write '-20 %' to '+20 %', and above '+10 %' also the reason in 'allow'"
WAYS_WIDTH = "write more than 0, up to '10 %' or '20 spm'"


def spm_between(low_spm: float, high_spm: float) -> Callable[[object], float]:
    """A parser for a step rate within limits."""
    allowed = f"write '{low_spm:g} spm' to '{high_spm:g} spm'"

    @slips_named
    def parse(value: object) -> float:
        match = re.fullmatch(SPM_PATTERN, tidy(value, allowed, number="has no unit"))
        if match is None:
            raise ValueFault("is not a step rate", allowed)
        return _within(match.group(1), low_spm, high_spm)

    return parse


@slips_named
def target(value: object) -> Target:
    """A target in any of its ways."""
    text = tidy(value, WAYS_TARGET, number="has no unit")
    match text:
        case "free":
            return Free()
        case "walk":
            return Walk()
        case "baseline":
            return Relative(0.0)
    if change := re.fullmatch(CHANGE_PATTERN, text):
        return _relative(change.group(1), ratio_of(change.group(2)))
    if single := re.fullmatch(SPM_PATTERN, text):
        return Fixed(_within(single.group(1), LOW_SPM, HIGH_SPM))
    if both := re.fullmatch(RANGE_PATTERN, text):
        return _between(*(_within(part, LOW_SPM, HIGH_SPM) for part in both.groups()))
    raise ValueFault(*_no_target(text))


@slips_named
def tolerance(value: object) -> Tolerance:
    """Half the width of a band."""
    text = tidy(value, WAYS_TOLERANCE, number="has no unit").removeprefix("\u00b1").strip()
    if percent := re.fullmatch(PERCENT_PATTERN, text):
        return RatioTolerance(_tolerable(ratio_of(percent.group(1)), MAX_TOLERANCE_RATIO))
    if spm := re.fullmatch(SPM_PATTERN, text):
        return SpmTolerance(_tolerable(float(spm.group(1)), MAX_TOLERANCE_SPM))
    raise ValueFault("is not a tolerance", WAYS_TOLERANCE)


@slips_named
def baseline(value: object) -> Baseline:
    """Where the runner's own cadence comes from."""
    text = tidy(value, WAYS_BASELINE, number="has no unit")
    match text:
        case "measured":
            return MeasuredBaseline()
        case "athlete":
            return AthleteBaseline()
    if spm := re.fullmatch(SPM_PATTERN, text):
        return FixedBaseline(_within(spm.group(1), LOW_SPM, HIGH_SPM))
    meant = nearest(text, ("measured", "athlete"))
    raise ValueFault("is not a baseline", f"did you mean {meant}? {WAYS_BASELINE}" if meant else WAYS_BASELINE)


def _within(digits: str, low_spm: float, high_spm: float) -> float:
    spm = float(digits)
    if not low_spm <= spm <= high_spm:
        raise ValueFault("is out of range", f"step rates of both feet go from {low_spm:g} to {high_spm:g} spm")
    return spm


def _relative(sign: str, ratio: float) -> Relative:
    if ratio > MAX_RATIO:
        raise ValueFault("is out of range", WAYS_RATIO)
    return Relative(ratio if sign == "+" or not ratio else -ratio)


def _between(low_spm: float, high_spm: float) -> Between:
    if low_spm >= high_spm:
        raise ValueFault("is empty: its low end is not below its high end", "write it as '168-176 spm'")
    return Between(low_spm, high_spm)


def _tolerable(width: float, most: float) -> float:
    if not 0 < width <= most:
        raise ValueFault("is out of range", WAYS_WIDTH)
    return width


def _no_target(text: str) -> tuple[str, str]:
    """What is wrong with a text that is no target, and what is allowed."""
    if change := _change_in(text):
        return change
    if "stride" in text or "rpm" in text:
        return "counts one foot", f"a plan counts the steps of both; {WAYS_TARGET}"
    meant = nearest(text, ("free", "walk", "baseline"))
    return "is not a target", f"did you mean {meant}? {WAYS_TARGET}" if meant else WAYS_TARGET


def _change_in(text: str) -> tuple[str, str] | None:
    """What to tell of a percentage without its sign, or with more words than it needs ("baseline + 5 %")."""
    said = re.fullmatch(WORDY_CHANGE, text)
    if said is None:
        return None
    before, sign, digits, after = said.groups()
    words = {*before.split(), *after.split()}
    if words - FILLERS - SIGNS.keys():
        return None
    sign = sign or next((sign for word, sign in SIGNS.items() if word in words), "")
    problem = "has no sign" if not words else "is not a target"
    if not sign:
        return problem, _sign_hint(digits)
    way = f"write '{sign}{digits} %'" if float(digits) <= MAX_RATIO * 100 else WAYS_RATIO
    return problem, f"{way}; it counts from the baseline"


def _sign_hint(digits: str) -> str:
    """How a percentage without a sign may be meant: as a change, or as all of the cadence."""
    percent = float(digits)
    if percent <= MAX_RATIO * 100:
        return f"write '+{digits} %' or '-{digits} %' of the baseline"
    change = percent - 100
    if abs(change) > MAX_RATIO * 100:
        return WAYS_RATIO
    return f"write '{change:+.6g} %', the change from the baseline" if change else "write baseline"
