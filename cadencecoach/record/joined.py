"""Two logs of one athlete, kept on two machines: compared, and joined into one that has every entry once.

Entries are compared as they are written, so that kinds of a later version are kept like any other. Both logs are in
the order they were made; where they part, the wall time of the entries says which goes first.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """How two logs differ.

    Attributes:
        only_here, only_there: entries that the other has not, in their order
    """

    only_here: tuple[Line, ...]
    only_there: tuple[Line, ...]

    @property
    def is_behind(self) -> bool:
        """The other has nothing new."""
        return not self.only_there

    @property
    def is_forward(self) -> bool:
        """The other has all of this one."""
        return not self.only_here


def identity_of(line: Line) -> str:
    """By which an entry is known to be the same: all it says."""
    return json.dumps(line, sort_keys=True, ensure_ascii=True)


def parted(here: Sequence[Line], there: Sequence[Line]) -> Parted:
    """What one has and the other has not."""
    known_here, known_there = ({identity_of(line) for line in lines} for lines in (here, there))
    return Parted(
        only_here=tuple(line for line in here if identity_of(line) not in known_there),
        only_there=tuple(line for line in there if identity_of(line) not in known_here),
    )


def joined(here: Sequence[Line], there: Sequence[Line]) -> tuple[Line, ...]:
    """Every entry of both, once, in the order of both: the same one whichever of the two is here.

    Where they part, the wall time says which goes first, with one exception: what was said of the body on one side
    comes after a programme set on the other. Who set it could not know of it, so it cannot have ended a stop.
    """
    mine, others = ({identity_of(line): line for line in lines} for lines in (here, there))
    lines = {**others, **mine}
    sides = (deque(mine), deque(others))
    found: dict[str, Line] = {}
    while any(sides):
        alone, apart = _before_common(sides[0], others), _before_common(sides[1], mine)
        for name in _side_by_side(alone, apart, lines):
            found[name] = lines[name]
        heads = [side[0] for side in sides if side]
        if heads:  # mostly the same one twice
            first = min(heads, key=lambda name: (_label(lines[name]), name))
            found[first] = lines[first]
        for side in sides:
            while side and side[0] in found:
                side.popleft()
    return tuple(found.values())


def _before_common(names: deque[str], known: Mapping[str, Line]) -> deque[str]:
    """Take the entries before the first that the other side has too."""
    taken: deque[str] = deque()
    while names and names[0] not in known:
        taken.append(names.popleft())
    return taken


def _side_by_side(left: deque[str], right: deque[str], lines: Mapping[str, Line]) -> Iterator[str]:
    """The order of entries that one side only has, between the same two of both."""
    sides = (left, right)
    settings = [sum(_is_setting(lines[name]) for name in side) for side in sides]
    while left and right:
        waits = [lines[side[0]].get("what") == "check-in" and settings[1 - at] > 0 for at, side in enumerate(sides)]
        times = [(waits[at] and not waits[1 - at], _label(lines[side[0]]), side[0]) for at, side in enumerate(sides)]
        at = times.index(min(times))
        name = sides[at].popleft()
        settings[at] -= _is_setting(lines[name])
        yield name
    yield from (*left, *right)


def _is_setting(line: Line) -> bool:
    return line.get("what") == "programme" and line.get("counts_from_new") is not True


def _label(line: Line) -> str:
    at = line.get("at")
    return at if isinstance(at, str) else ""
