"""Text to nodes: YAML without what a plan has no use for (anchors, aliases, tags, merge keys, second documents).

The parser's events are read one by one and the tree is built here, so that its depth and its size are bounded while
it grows and not after it has filled the memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from cadencecoach.plan.syntax.findings import MAX_FINDINGS, Finding, clip, visible
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, Pair, ScalarNode, rejoin
from cadencecoach.plan.syntax.stumbles import CURLY, CURLY_ENDS, CURLY_QUOTED, syntax_finding
from cadencecoach.plan.syntax.text import FORBIDDEN, Text, Unreadable

MAX_DEPTH = 24  # repeats within repeats need 12
MAX_NODES = 60_000  # the longest plan the limits allow, every key of every stage written, has fewer
MAX_KEY_SHOWN = 40
MERGE = "<<"
# The events are the same. C is 10x faster; from libyaml 0.2.6 on it gives up at a depth of 1000, looking ahead.
FAST, BOUNDLESS = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader, yaml.SafeLoader
TOO_DEEP = "maximum nesting depth"

Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]


class Parsed(NamedTuple):
    """What became of a text.

    Attributes:
        root: None where there is no tree to be had
        findings: what was wrong with the text
        refused: lines and columns of what is in the tree but cannot be judged: nothing more need be said there
    """

    root: Node | None
    findings: tuple[Finding, ...]
    refused: frozenset[tuple[int, int]] = frozenset()


def parse(text: Text) -> Parsed:
    """The tree and its faults."""
    return _parse(text, FAST)


def _parse(text: Text, loader: Loader) -> Parsed:
    builder = _Builder(text=text, events=yaml.parse(text.whole_text(), Loader=loader))
    try:
        root = builder.document()
    except Unreadable as stop:
        return Parsed(None, (*builder.findings, *stop.findings))
    # The pure Python parser lets these two escape for impossible escapes in quotes.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        if TOO_DEEP in str(error) and loader is not BOUNDLESS:
            return _parse(text, BOUNDLESS)  # it comes as far as our own bound, which knows the place
        finding = syntax_finding(text, error)
        # A stray `*` or `!` is refused where it stands; what the parser then stumbles over is no second mistake.
        more = () if any(known.line == finding.line for known in builder.findings) else (finding,)
        return Parsed(None, (*builder.findings, *more))
    return Parsed(root, tuple(builder.findings), frozenset(builder.refused))


@dataclass(slots=True, kw_only=True)
class _Builder:
    """One pass over the events of one file."""

    text: Text
    events: Iterator[yaml.Event]
    findings: list[Finding] = field(default_factory=list)
    n_nodes: int = 0
    n_curly: int = 0
    told: set[str] = field(default_factory=set)
    refused: set[tuple[int, int]] = field(default_factory=set)

    def document(self) -> Node | None:
        """The one document of the file; None when it holds none."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise Unreadable(self._at(event, "a second document begins here; a file holds one plan"))
                root = self._node(next(self.events), depth=0)
        return root

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        self._bound(event, depth)
        self._refuse_extras(event)
        place = line, column = _place(event)
        match event:
            case yaml.SequenceStartEvent():
                return ListNode(line=line, column=column, items=tuple(self._items(depth + 1)))
            case yaml.MappingStartEvent():
                return MapNode(line=line, column=column, pairs=tuple(self._pairs(place, depth + 1)))
            case yaml.ScalarEvent():
                return ScalarNode(line=line, column=column, text=event.value, is_plain=not event.style)
            case _:  # an alias, refused above
                return ScalarNode(line=line, column=column, text="", is_plain=False)

    def _bound(self, event: yaml.Event, depth: int) -> None:
        self.n_nodes += 1
        if depth > MAX_DEPTH:
            raise Unreadable(self._at(event, f"nested more than {MAX_DEPTH} deep; repeats nest 4 deep at most"))
        if self.n_nodes > MAX_NODES:
            raise Unreadable(self._at(event, f"more than {MAX_NODES} values; a plan has 1000 stages at most"))

    def _refuse_extras(self, event: yaml.Event) -> None:
        """One finding per kind: a file built of aliases needs one answer, not a hundred."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "alias", "'*' at the start refers to another place; write the value out, or quote it")
            return
        if isinstance(event, yaml.ScalarEvent) and not event.style and CURLY_QUOTED.fullmatch(event.value):
            self.n_curly += 1
            self._refuse(event, f"curly quotes in line {_place(event)[0]}", CURLY)
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        if tag is not None:
            shown = clip(visible(tag), MAX_KEY_SHOWN)
            self._refuse(event, "tag", f"the tag '{shown}' has no place in a plan; delete it, or quote the value")
        if anchor is not None:
            self._refuse(event, "alias", "'&' at the start names a place; write the value out, or quote it")

    def _refuse(self, event: yaml.Event, kind: str, message: str) -> None:
        if isinstance(event, yaml.AliasEvent | yaml.ScalarEvent):
            self.refused.add(_place(event))
        if kind not in self.told:
            self.told.add(kind)
            self.findings.append(self._at(event, message))

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth=depth)

    def _pairs(self, owner: tuple[int, int], depth: int) -> list[Pair]:
        pairs: list[Pair] = []
        first: dict[str, ScalarNode] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth=depth)
            value = self._node(next(self.events), depth=depth)
            if whole := rejoin(pairs[-1] if pairs else None, key, value):
                pairs[-1] = whole
            elif self._is_fit(key, first) and isinstance(key, ScalarNode):
                first[key.text] = key
                pairs.append((key, value))
            elif isinstance(key, ScalarNode) and (key.text == MERGE or key.text.endswith(CURLY_ENDS)):
                self.refused.add(owner)  # which keys it lacks, nobody can say
        return pairs

    def _is_fit(self, key: Node, first: dict[str, ScalarNode]) -> bool:
        """Whether a key can be used; if not, it has been found fault with."""
        problem = _key_problem(key, first)
        if self.n_curly and isinstance(key, ScalarNode) and key.text.endswith(CURLY_ENDS):
            return False  # in curly quotes, or the rest of a text in them that a comma ended: told at its beginning
        if problem:
            self.findings.append(self.text.finding(key.line, key.column, problem))
        if len(self.findings) >= MAX_FINDINGS:
            raise Unreadable
        return not problem

    def _at(self, event: yaml.Event, message: str) -> Finding:
        return self.text.finding(*_place(event), message)


def _key_problem(key: Node, first: dict[str, ScalarNode]) -> str:
    if not isinstance(key, ScalarNode):
        return "a list or a set of keys is used as a key; write a word and ':'"
    if key.text == MERGE:
        return "merge keys ('<<') have no place in a plan; write the keys out"
    if not key.text.strip():
        return "a key is missing here; write a word before the ':'"
    if harmful := FORBIDDEN.search(key.text):
        return f"the key holds the invisible character U+{ord(harmful.group()):04X}; delete it"
    if key.text in first:
        shown = clip(visible(key.text), MAX_KEY_SHOWN)
        return f"'{shown}' is given twice (first on line {first[key.text].line}); keep one"
    return ""


def _place(event: yaml.Event) -> tuple[int, int]:
    """Line and column from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
