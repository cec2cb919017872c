"""Two logs of one athlete, kept on two machines: compared, and joined into one that has every entry once.

Entries are compared as they are written, so that kinds of a later version are kept like any other. Two equal lines in
one log are two entries: the first of them is the first of the other log, the second the second. Both logs are in the
order they were made; where they part, the wall time of the entries says which goes first.
"""

import heapq
import json
from collections import Counter
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
    """All that an entry says, in whatever order its fields stand."""
    return json.dumps(line, sort_keys=True, ensure_ascii=True)


def parted(here: Sequence[Line], there: Sequence[Line]) -> Parted:
    """What one has and the other has not."""
    known_here, known_there = dict(_keyed(here)), dict(_keyed(there))
    return Parted(
        only_here=tuple(line for key, line in known_here.items() if key not in known_there),
        only_there=tuple(line for key, line in known_there.items() if key not in known_here),
    )


def joined(here: Sequence[Line], there: Sequence[Line]) -> tuple[Line, ...]:
    """Every entry of both, once; in the order of both, and by their wall time where they part."""
    return tuple(dict(heapq.merge(_keyed(here), _keyed(there), key=lambda keyed: _label(keyed[1]))).values())


def _keyed(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, int], Line]]:
    """Each entry under what it says and how many equal ones stand before it."""
    seen: Counter[str] = Counter()
    for line in lines:
        says = identity_of(line)
        yield (says, seen[says]), line
        seen[says] += 1


def _label(line: Line) -> str:
    at = line.get("at")
    return at if isinstance(at, str) else ""
