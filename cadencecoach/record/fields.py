"""What the fields of a line may hold.

A field's name means the same in every kind, so one table by name is enough for what it holds. A reader of a journal
can rely on it: numbers are numbers, words are words. Fields that are not named here may hold anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import NoneType

LARGEST = 1e15  # no number of ours comes near; larger ones would overflow whoever reckons with them


@dataclass(frozen=True, slots=True)
class Form:
    """What a field may hold.

    Attributes:
        fits: whether it holds that
        wanted: the same in words
        types: of values that are right by their type alone, as far as numbers are below `LARGEST`; for a quick look
    """

    fits: Callable[[object], bool]
    wanted: str
    types: frozenset[type] = frozenset()


def _is_number(value: object) -> bool:
    return type(value) in {float, int} and abs(value) < LARGEST  # type: ignore[arg-type]  # True is an int to Python


def _is_number_or_null(value: object) -> bool:
    return value is None or _is_number(value)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_whole(value: object) -> bool:
    return type(value) is int and abs(value) < LARGEST


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_hex(value: object) -> bool:
    try:
        return isinstance(value, str) and bytes.fromhex(value) is not None
    except ValueError:
        return False


_NUMBER = Form(_is_number, "a number", frozenset({float, int}))
_NUMBER_OR_NULL = Form(_is_number_or_null, "a number or null", frozenset({float, int, NoneType}))
_COUNT = Form(_is_count, "a whole number from 0 on")
_WHOLE = Form(_is_whole, "a whole number")
_WORD = Form(_is_word, "a text", frozenset({str}))
_TRUTH = Form(_is_truth, "true or false", frozenset({bool}))
_OBJECT = Form(lambda value: isinstance(value, dict), "an object")
_HEX = Form(_is_hex, "bytes in hex")
FLAT = frozenset({float, int, str, bool, NoneType})  # types of fields that may hold anything, for a quick look

FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("cadence_spm", "speed_mps", "hr_bpm", "age_s", "quality"), _NUMBER_OR_NULL),
    **dict.fromkeys(("spm", "target_spm", "low_spm", "high_spm"), _NUMBER_OR_NULL),
    **dict.fromkeys(("requested_s", "actual_s", "latency_s", "slip_frames", "gap_s"), _NUMBER_OR_NULL),
    **dict.fromkeys(("oscillation_mm", "oscillation_error_mm", "contact_ms", "contact_error_ms"), _NUMBER_OR_NULL),
    **dict.fromkeys(("stride_m", "stride_error_m"), _NUMBER_OR_NULL),
    **dict.fromkeys(
        ("t", "came_s", "ramp_s", "pan", "silent_ratio", "help_ratio", "near_ratio", "mean_ms", "sd_ms"), _NUMBER
    ),
    **dict.fromkeys(("beat_db", "words_db"), _NUMBER),
    **dict.fromkeys(("index", "n_readings", "level", "seed", "n_steps"), _COUNT),
    "grade": _WHOLE,
    **dict.fromkeys(("source", "sensor", "state", "unit", "placement", "name", "beat", "feedback"), _WORD),
    **dict.fromkeys(
        ("kind", "text", "reason", "key", "id", "about", "sound", "song", "every", "accent", "feet"), _WORD
    ),
    **dict.fromkeys(("told_by", "stride_by"), _WORD),
    **dict.fromkeys(("is_running", "is_muted", "is_open", "is_on", "is_probe", "is_off", "is_warm_up"), _TRUTH),
    "hex": _HEX,
    **dict.fromkeys(("resolved", "boot"), _OBJECT),
}


def header_complaint(header: Mapping[str, object]) -> str | None:
    """What is wrong with a header's fields, in words; None when nothing is. All but the version may be missing."""
    plan = header.get("plan", {})
    if not isinstance(plan, dict):
        return "'plan' must be an object with a name"
    words = {name: header.get(name) for name in ("app", "started", "athlete", "feet", "sound")}
    words |= {f"plan.{name}": plan.get(name) for name in ("name", "sha256")}
    wrong = [name for name, value in words.items() if not (value is None or _is_word(value))]
    return f"'{wrong[0]}' must be a text" if wrong else None
