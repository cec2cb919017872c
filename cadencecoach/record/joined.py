"""Two logs of one athlete, kept on two machines: compared, and joined into one that has every entry once.

Entries are compared as they are written, so that kinds of a later version are kept like any other. Two equal lines in
one log are two entries: the first of them is the first of the other log, the second the second. Both logs are in the
order they were made; where they part, the wall time of the entries says which goes first.
"""

import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BY_WHOM = frozenset({"id", "author", "device"})  # what it takes the place of is part of what an entry says
JsonObject = Mapping[str, Any]
_Key = tuple[str, int]  # what an entry says, and how many equal ones stand before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """How two logs differ.

    Attributes:
        only_here, only_there: entries that the other has not, in their order
    """

    only_here: tuple[JsonObject, ...]
    only_there: tuple[JsonObject, ...]

    @property
    def is_behind(self) -> bool:
        """The other has nothing new."""
        return not self.only_there

    @property
    def is_forward(self) -> bool:
        """The other has all of this one."""
        return not self.only_here


def identity_of(line: JsonObject) -> str:
    """All that an entry says, in whatever order its fields stand, whoever wrote it where.

    So what two machines wrote down alike, as when both found a run whose end was missing, is one entry.
    """
    says = {name: value for name, value in line.items() if name not in BY_WHOM}
    return json.dumps(says, sort_keys=True, ensure_ascii=True)


def part(here: Sequence[JsonObject], there: Sequence[JsonObject]) -> Parted:
    """What one has and the other has not."""
    known_here, known_there = dict(_key_entries(here)), dict(_key_entries(there))
    return Parted(
        only_here=tuple(line for key, line in known_here.items() if key not in known_there),
        only_there=tuple(line for key, line in known_there.items() if key not in known_here),
    )


def join(here: Sequence[JsonObject], there: Sequence[JsonObject]) -> tuple[JsonObject, ...]:
    """Every entry of both, once, in the order of both: the same one whichever of the two is here.

    Where they part, the wall time says which goes first, with one exception: what was said of the body on one side
    comes after a programme set on the other. Who set it could not know of it, so it cannot have ended a stop.
    """
    mine, others = dict(_key_entries(here)), dict(_key_entries(there))
    lines = {key: _choose_one(mine.get(key), others.get(key)) for key in {**others, **mine}}
    sides = (deque(mine), deque(others))
    found: dict[_Key, JsonObject] = {}
    while any(sides):
        alone, apart = _before_common(sides[0], others), _before_common(sides[1], mine)
        for key in _side_by_side(alone, apart, lines):
            found[key] = lines[key]
        heads = [side[0] for side in sides if side]
        if heads:  # mostly the same one twice
            first = min(heads, key=lambda key: (_label(lines[key]), key))
            found[first] = lines[first]
        for side in sides:
            while side and side[0] in found:
                side.popleft()
    return tuple(found.values())


def _choose_one(one: JsonObject | None, other: JsonObject | None) -> JsonObject:
    """One of two lines that say the same: the same one whichever of the two is here."""
    return min((line for line in (one, other) if line is not None), key=lambda line: json.dumps(line, sort_keys=True))


def _key_entries(lines: Sequence[JsonObject]) -> Iterator[tuple[_Key, JsonObject]]:
    """Each entry under what it says and how many equal ones stand before it."""
    seen: Counter[str] = Counter()
    for line in lines:
        says = identity_of(line)
        yield (says, seen[says]), line
        seen[says] += 1


def _before_common(keys: deque[_Key], known: Mapping[_Key, JsonObject]) -> deque[_Key]:
    """Take the entries before the first that the other side has too."""
    taken: deque[_Key] = deque()
    while keys and keys[0] not in known:
        taken.append(keys.popleft())
    return taken


def _side_by_side(left: deque[_Key], right: deque[_Key], lines: Mapping[_Key, JsonObject]) -> Iterator[_Key]:
    """The order of entries that one side only has, between the same two of both."""
    sides = (left, right)
    settings = [sum(_is_setting(lines[key]) for key in side) for side in sides]
    while left and right:
        waits = [lines[side[0]].get("what") == "check-in" and settings[1 - at] > 0 for at, side in enumerate(sides)]
        times = [(waits[at] and not waits[1 - at], _label(lines[side[0]]), side[0]) for at, side in enumerate(sides)]
        at = times.index(min(times))
        key = sides[at].popleft()
        settings[at] -= _is_setting(lines[key])
        yield key
    yield from (*left, *right)


def _is_setting(line: JsonObject) -> bool:
    return line.get("what") == "programme" and line.get("counts_from_new") is not True


def _label(line: JsonObject) -> str:
    at = line.get("at")
    return at if isinstance(at, str) else ""
