"""A speed as a person writes it."""

import re

from cadencecoach.errors import UsageError
from cadencecoach.units import M_PER_KM, M_PER_MILE, METRIC, S_PER_H, Measures

SLOWEST_MPS, FASTEST_MPS = 0.5, 10.0
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(m/s|km/h|mph)")
_PACE = re.compile(r"(\d{1,2}):([0-5]\d)\s*(?:min\s*)?/\s*(km|mi)")
_MPS_OF = {"m/s": 1.0, "km/h": M_PER_KM / S_PER_H, "mph": M_PER_MILE / S_PER_H}
_METRES_OF = {"km": M_PER_KM, "mi": M_PER_MILE}
FORMS = "10 km/h, 6.2 mph, 5:30 /km or 8:50 /mi"


def speed_mps(text: str, measures: Measures = METRIC) -> float:
    """Metres a second, from a speed or a pace with its unit.

    Args:
        text: as a person typed it
        measures: how the person wants speeds written, for the message
    Raises:
        UsageError: it is none, has no unit, or nobody runs at it
    """
    told = text.strip().lower()
    if (number := _NUMBER.fullmatch(told)) is not None:
        mps = float(number[1].replace(",", ".")) * _MPS_OF[number[2]]
    elif (pace := _PACE.fullmatch(told)) is not None and (seconds := int(pace[1]) * 60 + int(pace[2])):
        mps = _METRES_OF[pace[3]] / seconds
    else:
        raise UsageError(f"--speed {text!a}: not a speed with a unit; write for example {FORMS}")
    if not SLOWEST_MPS <= mps <= FASTEST_MPS:
        told, slowest, fastest = (measures.speed(one_mps) for one_mps in (mps, SLOWEST_MPS, FASTEST_MPS))
        raise UsageError(f"--speed {text}: that is {told}; allowed {slowest} to {fastest}")
    return mps
