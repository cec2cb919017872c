"""The fields of a table as values: numbers of many countries, and times of many programs."""

import re
from datetime import UTC, date, datetime

MISSING = frozenset({"", "-", "--", "---", "na", "n/a", "null", "none", "#n/a"})
ALLOWED = "allowed are numbers, or nothing for missing"
ALLOWED_TIMES = "allowed are seconds, h:mm:ss, a date with a time such as 2026-03-01 09:30:00, or nothing for missing"
MILLISECONDS_FROM = 1e11  # as seconds it would be the year 5138
SECONDS_PER_DAY = 86_400.0
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)\s*([ap]m)?", re.IGNORECASE)
_ZONE = re.compile(r"\s+([+-]\d\d:?\d\d)$")
_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})[ ,T]+(.+)")


def number_of(text: str, decimal: str) -> float | None:
    """A field's number; None where it is missing.

    Raises:
        ValueError: something else
    """
    text = text.strip()
    try:
        if "_" not in text:  # with it a number to Python, and to nobody else
            return float(text.replace(decimal, "."))
    except ValueError:
        pass
    if text.lower() in MISSING:
        return None
    return _quoted_number(text)


def seconds_of(text: str, decimal: str, scale: float | None) -> float | None:
    """Seconds of any origin that a field of the time column tells; None where it is missing.

    Args:
        text: a number, a clock, or a date with a clock; without a zone it is taken as UTC
        decimal: the mark before decimals
        scale: seconds of a bare number's unit; None where that is not known
    Raises:
        ValueError: something else
    """
    try:
        number = number_of(text, decimal)
    except ValueError:
        return _moment(text.strip())
    if number is None or scale is not None:
        return number if number is None else number * (scale or 1.0)
    return number / 1000 if number > MILLISECONDS_FROM else number


def _quoted_number(text: str) -> float:
    """A number with a decimal comma in a table parted by commas, where quotation marks kept it together."""
    if text.count(",") != 1 or "." in text or "_" in text:
        raise ValueError(text)
    return float(text.replace(",", "."))


def _moment(text: str) -> float:
    match = _CLOCK.fullmatch(text)
    if match:
        return _clock_s(match)
    match = _DATE.fullmatch(text)
    if match:
        return _day_s(match) + _moment(match[5])
    moment = datetime.fromisoformat(_ZONE.sub(r"\1", text.replace("/", "-").removesuffix(" UTC")))
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except OverflowError as error:
        raise ValueError(text) from error


def _clock_s(match: re.Match[str]) -> float:
    """Seconds of h:mm:ss or m:ss, of a day or of a run."""
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), float(match[3].replace(",", "."))
    if match[4]:
        hours = hours % 12 + (12 if match[4].lower() == "pm" else 0)
    return hours * 3600.0 + minutes * 60.0 + seconds


def _day_s(match: re.Match[str]) -> float:
    """A day as countries write it. With points the day comes first; else the month, unless there is no such month.

    A run has one day, or two: the worst a wrong guess can do is a jump of the clock at midnight, which is repaired.
    """
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    day, month = (first, second) if match[2] == "." or first > 12 else (second, first)  # noqa: PLR2004  # months
    return date(year, month, day).toordinal() * SECONDS_PER_DAY
