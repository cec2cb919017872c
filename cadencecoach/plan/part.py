"""One set of keys as read: what could be read, where it stands, and what was wrong with it."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from cadencecoach.plan.faults import PLAN_TONGUE, Report, Tongue, report_faults
from cadencecoach.plan.syntax.nodes import MapNode, Node, data_of, path_to

STAGES = frozenset({"stages"})

Keys = TypeVar("Keys", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Keys]):
    """A set of keys as read.

    Attributes:
        keys: the values that could be read; the others are None
        node: where they stand
        written: every key written, misspelt ones also under the name they were meant to have
        bad: those whose value could not be read
    """

    keys: Keys
    node: MapNode
    written: frozenset[str]
    bad: frozenset[str]

    def at(self, *path: str | int) -> Node:
        """The node of a value, or the nearest one above it."""
        return list(path_to(self.node, path))[-1]

    def at_key(self, key: str) -> Node:
        """The node of a key, or of the part when it is not written."""
        return self.node.key(key) or self.node


def need(part: Part[Any], key: str, message: str, report: Report) -> None:
    """Report a key that must be written and is not."""
    if key not in part.written:
        report.add(part.node, message)


def read_keys(
    model: type[Keys],
    node: MapNode,
    report: Report,
    *,
    tongue: Tongue = PLAN_TONGUE,
    apart: frozenset[str] = STAGES,
) -> Part[Keys]:
    """The keys of one set; those that cannot be read are reported and left out.

    Args:
        model: which keys there are
        node: where they stand
        report: takes what is wrong
        tongue: the language they belong to
        apart: keys whose values are read one by one, each for itself, by the caller
    """
    data = {key.text: None if key.text in apart else data_of(value) for key, value in node.pairs}
    meant: frozenset[str] = frozenset()
    bad: set[str] = set()
    try:
        keys = model.model_validate(data)
    except ValidationError as error:
        meant = report_faults(model, node, error, report, tongue)
        bad = {str(fault["loc"][0]) for fault in error.errors(include_url=False)}
        keys = model.model_validate({key: value for key, value in data.items() if key not in bad})
    for key in sorted(data.keys() - bad - apart):
        if data[key] is None:
            report.add(node.get(key) or node, f"'{key}' is empty; write a value, or delete the key")
    return Part(keys=keys, node=node, written=node.keys | meant, bad=frozenset(bad) | meant)
