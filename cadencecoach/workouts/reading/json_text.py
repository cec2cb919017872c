"""JSON out of files that anybody may have written."""

import json

from cadencecoach.errors import WorkoutError


def json_value(data: bytes) -> object:
    """What stands in a file.

    Raises:
        WorkoutError: not JSON, or nested deeper than any workout
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise WorkoutError("nested too deeply for a workout; it is refused") from None
    except UnicodeDecodeError as error:
        raise WorkoutError(f"not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise WorkoutError(f"not readable as JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:  # a number of thousands of digits
        raise WorkoutError("not readable as JSON: it holds a number larger than any") from error


def keys_of(value: object) -> dict[str, object]:
    """The keys of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def items_of(value: object) -> list[object]:
    """The items of a list; none of anything else."""
    return value if isinstance(value, list) else []


def word_at(value: object, *names: str) -> str:
    """The word at the end of a way through objects, in small letters; empty where there is none."""
    for name in names:
        value = keys_of(value).get(name)
    return value.strip().lower() if isinstance(value, str) else ""
