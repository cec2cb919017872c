"""Numbers and texts as a plan writes them."""

import math

from cadencecoach.plan.values import LONGEST_S
from cadencecoach.plan.words import is_harmful
from cadencecoach.units import mps_from_kmh

HOUR_S, MINUTE_S = 3600, 60
SHORT_S = 120  # below, seconds read better than minutes and seconds
PRECISION = 3  # decimals of a second
KM_M = 1000.0
STANDING_MPS = mps_from_kmh(0.5)  # slower is no pace
NONCHARACTER = 0xFFFE  # the last two of each plane, which no YAML reader takes


def duration_words(seconds: float) -> str:
    """A duration of up to 24 h: "10 min", "90 s", "4 min 45 s"."""
    total_s = round(min(seconds, LONGEST_S), PRECISION)
    if total_s < SHORT_S and total_s % MINUTE_S:
        return f"{_number(total_s)} s"
    hours, rest_s = divmod(total_s, HOUR_S)
    minutes, left_s = divmod(rest_s, MINUTE_S)
    parts = ((hours, "h"), (minutes, "min"), (round(left_s, PRECISION), "s"))
    return " ".join(f"{_number(value)} {unit}" for value, unit in parts if value)


def distance_words(metres: float) -> str:
    """A distance: "400 m", "1.5 km"."""
    return f"{_number(round(metres / KM_M, PRECISION))} km" if metres >= KM_M else f"{_number(round(metres, 1))} m"


def pace_words(slow_mps: float, fast_mps: float) -> str:
    """A pace as runners say it: "4:30-5:00 /km"."""
    fast, slow = _pace(fast_mps), _pace(slow_mps)
    return f"{fast} /km" if fast == slow else f"{fast}-{slow} /km"


def _pace(speed_mps: float) -> str:
    total_s = round(KM_M / max(speed_mps, STANDING_MPS))
    return f"{total_s // MINUTE_S}:{total_s % MINUTE_S:02d}"


def clean(text: str, most_chars: int) -> str:
    """A text on one line that a plan takes, cut between words if it is too long."""
    kept = "".join(c if c.isspace() or not _is_unfit(c) else " " for c in text[: 4 * most_chars])
    line = " ".join(kept.split())
    if len(line) <= most_chars:
        return line
    cut = line[: most_chars - 3]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[most_chars // 2 :] else cut}..."


def quote(text: str) -> str:
    """A text in quotes, as YAML takes it whatever is in it; give it a clean one."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_unfit(character: str) -> bool:
    is_none = ord(character) & NONCHARACTER == NONCHARACTER or "\ufdd0" <= character <= "\ufdef"
    return is_none or is_harmful(character)


def _number(value: float) -> str:
    text = f"{value:.{PRECISION}f}"
    return text.rstrip("0").rstrip(".") if math.isfinite(value) else "0"
