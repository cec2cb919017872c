"""Numbers and texts out of files that anybody may have written: what is no number is none."""

import math
from collections.abc import Mapping

LARGEST = 1e9  # nothing in a workout is larger, and nothing that is multiplied overflows


def number(value: object) -> float | None:
    """A number, or a text that is one; None for anything else, and for what no workout holds."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and abs(found) <= LARGEST else None


def number_at(values: Mapping[str, object], *names: str) -> float | None:
    """The first of some values that is a number."""
    return next((found for name in names if (found := number(values.get(name))) is not None), None)


def text(value: object) -> str:
    """A text, or nothing."""
    return value if isinstance(value, str) else ""


def ends_words(low: float | None, high: float | None) -> str:
    """A range as a person reads it, whichever end is missing."""
    ends = sorted({round(end, 2) for end in (low, high) if end is not None})
    return "-".join(f"{end:g}" for end in ends)
