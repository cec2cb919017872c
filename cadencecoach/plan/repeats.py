"""Lists in which entries may be repeated, such as the stages of a plan: as written, and in the order they are done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cadencecoach.plan.faults import Report, Tongue
from cadencecoach.plan.keys import RepeatKeys
from cadencecoach.plan.part import need, read_keys
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node

MAX_REPEATS_DEEP = 4

One = TypeVar("One")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Generic[One]):
    """Parts done several times over; among them may be repeats."""

    times: int
    parts: "tuple[One | Repeated[One], ...]"


def in_order(parts: "Sequence[One | Repeated[One]]", n_times: int = 1) -> Iterator[tuple[One, int]]:
    """Every part in the order it is done, as often as it is, and how often that is in all."""
    for part in parts:
        if isinstance(part, Repeated):
            for _ in range(part.times):
                yield from in_order(part.parts, n_times * part.times)
        else:
            yield part, n_times


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatingList(Generic[One]):
    """How such a list is read: each entry for itself, so that a mistake in one hides none in another.

    Attributes:
        noun: what an entry is called; the list stands below the key of that name with an `s`
        example: an entry, for messages
        keys_hint: its keys, for messages
        most: how many entries one list may have
        repeat: the keys of a repeat
        has_length: keys that make an entry with a list in it no repeat
        tongue: the language of the keys
        read_one: reads an entry that is no repeat
    """

    noun: str
    example: str
    keys_hint: str
    most: int
    repeat: type[RepeatKeys]
    has_length: frozenset[str] = frozenset()
    tongue: Tongue
    read_one: Callable[[MapNode, Report], One]

    @property
    def key(self) -> str:
        """Below which the list stands."""
        return f"{self.noun}s"

    def read(self, owner: MapNode, report: Report, *, depth: int = 0) -> "tuple[One | Repeated[One], ...]":
        """The entries of the list below a set of keys; what cannot be read is reported and left out."""
        node = owner.get(self.key)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            report.add(node, f"'{self.key}' is not a list of {self.key}; begin each with '- ' on a line of its own")
            return ()
        if not node.items:
            report.add(node, f"the list of {self.key} is empty; write '{self.example}' in it, or below '{self.key}:'")
            return ()
        if len(node.items) > self.most:
            report.add(node.items[self.most], f"too many {self.key}; {self.most} are allowed")
            return ()
        parts = (self._entry(item, report, depth) for item in node.items)
        return tuple(part for part in parts if part is not None)

    def _entry(self, node: Node, report: Report, depth: int) -> "One | Repeated[One] | None":
        if not isinstance(node, MapNode):
            report.add(node, f"a {self.noun} is a set of keys; write {self.keys_hint}")
            return None
        is_repeat = "repeat" in node.keys or (self.key in node.keys and not node.keys & self.has_length)
        return self._repeat(node, report, depth) if is_repeat else self.read_one(node, report)

    def _repeat(self, node: MapNode, report: Report, depth: int) -> "Repeated[One] | None":
        part = read_keys(self.repeat, node, report, tongue=self.tongue, apart=frozenset({self.key}))
        stray = f"these {self.key} have no 'repeat: '; write how many times, or take them out a level"
        need(part, "repeat", stray, report)
        need(part, self.key, f"the repeat has no {self.key}; write '{self.key}:' and a list below it", report)
        if depth == MAX_REPEATS_DEEP:
            report.add(node, f"repeats are nested more than {MAX_REPEATS_DEEP} deep; write the {self.key} out")
            return None
        parts = self.read(node, report, depth=depth + 1)
        # Nothing done a thousand times over, and that a thousand times, would still take its time.
        return Repeated(times=part.keys.repeat or 1, parts=parts) if parts else None
