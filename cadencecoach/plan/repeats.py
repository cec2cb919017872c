"""Parts that are done several times over: as they are written, and in the order they are done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cadencecoach.plan.syntax.nodes import MapNode

MAX_REPEATS_DEEP = 4

One = TypeVar("One")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Generic[One]):
    """Parts done several times over; among them may be repeats."""

    times: int
    node: MapNode
    parts: "tuple[One | Repeated[One], ...]"


def in_order(parts: "Sequence[One | Repeated[One]]", n_times: int = 1) -> Iterator[tuple[One, int]]:
    """Every part in the order it is done, as often as it is, and how often that is in all."""
    for part in parts:
        if isinstance(part, Repeated):
            for _ in range(part.times):
                yield from in_order(part.parts, n_times * part.times)
        else:
            yield part, n_times
