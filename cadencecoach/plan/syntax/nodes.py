"""The tree a plan's text stands for: scalars, lists and key-value pairs, each with its place in the file.

Scalars keep the meaning YAML 1.2 gives them, which is what editors show: `on`, `off`, `yes` and `10:00` are words,
only `true` and `false` are truth values, and a date is a word. Numbers stay text, so none is too long to read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# YAML 1.2, section 10.3.2, core schema: int, octal, hexadecimal, float, infinity, not a number.
NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)

BEGUN = re.compile(r"[^\n]{0,59}[0-9]")  # what a comma may have cut in two


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number, as it was written."""

    text: str


Value = str | Number | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarNode:
    """A single value.

    Attributes:
        line, column: from 1
        text: as written, quotes taken off
        is_plain: written without quotes
        is_split: a number with a comma, which brackets make an end of; put together again, to be told about
    """

    line: int
    column: int
    text: str
    is_plain: bool
    is_split: bool = False

    @property
    def value(self) -> Value:
        """What it means."""
        if not self.is_plain:
            return self.text
        if self.text in NULLS:
            return None
        if self.text in TRUTHS:
            return TRUTHS[self.text]
        return Number(self.text) if self.is_split or NUMBER.fullmatch(self.text) else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNode:
    """Values in order."""

    line: int
    column: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapNode:
    """Keys and their values; no key stands twice."""

    line: int
    column: int
    pairs: tuple["Pair", ...]

    def get(self, key: str) -> "Node | None":
        """The value of a key."""
        return next((value for name, value in self.pairs if name.text == key), None)

    def key(self, key: str) -> ScalarNode | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.pairs if name.text == key), None)

    @property
    def keys(self) -> frozenset[str]:
        """Every key written."""
        return frozenset(name.text for name, _ in self.pairs)


Pair = tuple[ScalarNode, "Node"]
Node = ScalarNode | ListNode | MapNode


def data_of(node: Node) -> object:
    """The tree as plain lists and dicts."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode(items=items):
            return [data_of(item) for item in items]
        case MapNode(pairs=pairs):
            return {key.text: data_of(value) for key, value in pairs}


def path_to(node: Node, loc: tuple[int | str, ...]) -> Iterator[Node]:
    """The node and those below it along a path; parts that name nothing (a union's label) are passed over."""
    yield node
    for step in loc:
        below: Node | None = None
        if isinstance(node, ListNode) and isinstance(step, int):
            below = node.items[step]
        elif isinstance(node, MapNode) and isinstance(step, str):
            below = node.get(step)
        if below is not None:
            node = below
            yield node


def rejoin(last: "Pair | None", key: Node, value: Node) -> "Pair | None":
    """A pair with the rest of its number, where brackets took `{duration: 1,5 min}` for two pairs; else None.

    The rest begins right after the comma, with a digit, and has no value of its own.
    """
    match last, key, value:
        case (
            (name, ScalarNode(is_plain=True, text=begun) as number),
            ScalarNode(is_plain=True, text=rest),
            ScalarNode(is_plain=True, text=""),
        ) if BEGUN.fullmatch(begun) and rest[:1].isdecimal() and _follows(number, key):
            return name, replace(number, text=f"{begun},{rest}", is_split=True)
    return None


def _follows(number: ScalarNode, key: Node) -> bool:
    """Whether there is only a comma between them."""
    return (key.line, key.column) == (number.line, number.column + len(number.text) + 1)
