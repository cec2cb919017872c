"""Frozen values with some fields changed, in about a third of the time that `dataclasses.replace` takes.

For what is made again with every reading of a sensor: 3600 times an hour, and a rehearsal lives an hour in a second.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

Frozen = TypeVar("Frozen")


def with_changes(value: Frozen, **changes: object) -> Frozen:
    """A value with some fields changed; nothing is checked, so a class with `__post_init__` is no candidate.

    Args:
        value: of a frozen dataclass with slots
        changes: new values by field; a name that is none is a KeyError
    """
    changed: Frozen = _changer(type(value), tuple(changes))(value, **changes)  # type: ignore[arg-type]  # hashable
    return changed


@cache
def _changer(kind: type[object], changed: tuple[str, ...]) -> Callable[..., Any]:
    """The function that makes a value of a class from another one and new values of these fields.

    Written out field by field and compiled, as dataclasses do it for `__init__`: a loop would take twice as long.
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # of a dataclass
    unknown = [name for name in changed if name not in names]
    if unknown:
        raise KeyError(*unknown)
    setters = {f"_set_{name}": getattr(kind, name).__set__ for name in names}
    lines = [f"_set_{name}(_after, {name if name in changed else f'_value.{name}'})" for name in names]
    body = "\n ".join(("_after = _new(_kind)", *lines, "return _after"))
    made: dict[str, Any] = {"_new": object.__new__, "_kind": kind, **setters}
    exec(f"def change(_value, {', '.join(changed)}):\n {body}", made)  # noqa: S102  # names of our own fields only
    change: Callable[..., Any] = made["change"]
    return change
