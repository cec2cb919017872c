"""Two logs of one athlete, kept on two machines: compared, and joined into one that has every entry once.

Entries are compared as they are written, so that kinds of a later version are kept like any other. Both logs are in
the order they were made; where they part, the wall time of the entries says which goes first.
"""

import heapq
import json
from collections.abc import Mapping, Sequence
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
    """Every entry of both, once; in the order of both, and by their wall time where they part."""
    entries = {identity_of(line): line for line in heapq.merge(here, there, key=_label)}
    return tuple(entries.values())


def _label(line: Line) -> str:
    at = line.get("at")
    return at if isinstance(at, str) else ""
