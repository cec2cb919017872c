"""What pydantic found wrong, as findings: at the node it speaks of, in words an author can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from cadencecoach.plan.feedback_keys import FeedbackText
from cadencecoach.plan.hints import HINTS, NO_REASON, STRANGERS, is_no_reason
from cadencecoach.plan.language import (
    MAX_CUES,
    AllowText,
    CueText,
    GateText,
    PlanText,
    RepeatText,
    SpeedsText,
    StageText,
)
from cadencecoach.plan.syntax.findings import MAX_FINDINGS, Finding, Severity, clip, visible
from cadencecoach.plan.syntax.nodes import MapNode, Node, ScalarNode, path_to
from cadencecoach.plan.syntax.text import Text, Unreadable
from cadencecoach.plan.values import ValueFault
from cadencecoach.plan.words import nearest, simplify

MAX_SHOWN_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What the faults of one language need to know of it.

    Attributes:
        homes: where a key belongs that stands in the wrong set; the first that knows it
        inner: the sets of keys that stand below a key
        kinds: where pydantic speaks of kinds of values rather than of one of ours: its error -> what to tell
        hints: (key, word) that is often written and not known -> what to tell
        strangers: keys that are often written and are none -> what to tell
    """

    homes: tuple[tuple[type[BaseModel], str], ...]
    inner: Mapping[str, type[BaseModel]]
    kinds: Mapping[str, str]
    hints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    strangers: Mapping[str, str] = field(default_factory=dict)


PLAN_TONGUE = Tongue(
    homes=(
        (RepeatText, "needs an entry of its own: '- repeat: 3', and 'stages: ' below it"),
        (StageText, "belongs on a stage"),
        (PlanText, "belongs at the top of the plan"),
        (CueText, "belongs in an entry of 'cues'"),
        (FeedbackText, "belongs in 'feedback: {...}'"),
        (AllowText, "belongs in 'allow: {...}'"),
    ),
    inner={
        "cues": CueText,
        "feedback": FeedbackText,
        "allow": AllowText,
        "beat": GateText,
        "baseline": SpeedsText,
    },
    kinds={
        "list_type": "is not a list; write '- {at: 2 min, say: ...}' on lines of its own",
        "model_type": "is not a set of keys; write 'key: value' pairs",
        "dict_type": "is not a set of keys; write 'key: value' pairs",
        "too_long": f"has too many entries; write {MAX_CUES} at most",
    },
    hints=HINTS,
    strangers=STRANGERS,
)


@dataclass(slots=True)
class Report:
    """The findings of one check, gathered as it goes.

    Attributes:
        text: what is checked
        found: in the order they were found
        refused: places where the text itself was refused, so that no more is said there
    """

    text: Text
    found: dict[Finding, None] = field(default_factory=dict)
    refused: frozenset[tuple[int, int]] = frozenset()

    def add(self, place: Node, message: str, severity: Severity = Severity.ERROR) -> None:
        """Report something at a node; the same thing at the same place once only."""
        if (place.line, place.column) in self.refused:
            return
        self.found[self.text.finding(place.line, place.column, message, severity)] = None
        if len(self.found) >= MAX_FINDINGS:
            raise Unreadable


def report_faults(
    model: type[BaseModel], node: MapNode, error: ValidationError, report: Report, tongue: Tongue
) -> frozenset[str]:
    """Report every fault in a set of keys; gives the keys that misspelt ones were meant to be."""
    faults = error.errors(include_url=False)
    return frozenset().union(*(_report(model, node, fault, report, tongue) for fault in faults))


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys a set knows, as they are written."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _report(
    model: type[BaseModel],
    node: MapNode,
    fault: Any,  # noqa: ANN401  # ErrorDetails
    report: Report,
    tongue: Tongue,
) -> frozenset[str]:
    loc = fault["loc"]
    nodes = list(path_to(node, loc))
    if fault["type"] != "extra_forbidden":
        place = _place(nodes, loc)
        report.add(place, _message(loc, place, fault, tongue))
        return frozenset()
    known = keys_of(tongue.inner.get(str(loc[0]), model) if len(loc) > 1 else model)
    holder = next(n for n in reversed(nodes[:-1]) if isinstance(n, MapNode))
    key = str(loc[-1])
    report.add(holder.key(key) or holder, _unknown_key(key, known, tongue))
    meant = None if _home_of(key, known, tongue) else nearest(key, known)
    return frozenset({meant} if meant and len(loc) == 1 else ())


def _place(nodes: list[Node], loc: tuple[int | str, ...]) -> Node:
    """The value a fault is about; the key, where it is about one that is itself a value (`8 km/h: 158 spm`)."""
    if loc[-1] != "[key]":
        return nodes[-1]
    holder = next(n for n in reversed(nodes) if isinstance(n, MapNode))
    return holder.key(str(loc[-2])) or holder


def _unknown_key(key: str, known: tuple[str, ...], tongue: Tongue) -> str:
    shown = clip(visible(key), MAX_SHOWN_CHARS)
    head, colon, rest = key.partition(":")
    if colon and head in known:
        return f"a space is missing after the ':'; write '{clip(visible(f'{head}: {rest}'), MAX_SHOWN_CHARS)}'"
    if stranger := tongue.strangers.get(simplify(key)):
        return f"'{shown}' {stranger}"
    if home := _home_of(key, known, tongue):
        return f"'{shown}' {home}"
    meant = nearest(key, known)
    hint = f"did you mean '{meant}'?" if meant else f"allowed: {', '.join(known)}"
    return f"unknown key '{shown}'; {hint}"


def _home_of(key: str, known: tuple[str, ...], tongue: Tongue) -> str | None:
    """Where a key of the language belongs that this set does not know; None for a key nobody knows."""
    simple = simplify(key)
    return next((home for model, home in tongue.homes if simple in keys_of(model) and simple not in known), None)


def _message(loc: Any, node: Node, fault: Any, tongue: Tongue) -> str:  # noqa: ANN401  # ErrorDetails
    key = _key_in(loc)
    if isinstance(node, ScalarNode) and (node.text.strip() or not node.is_plain):
        told = tongue.hints.get((key, simplify(node.text))) or _fault_text(fault, tongue)
        if loc[0] == "allow" and node.value is not None and is_no_reason(node.text):
            told = NO_REASON
        return f"'{clip(visible(node.text), MAX_SHOWN_CHARS)}' {told}"
    told = _fault_text(fault, tongue)
    return f"'{key}' {told}" if key else f"this {told}"


def _fault_text(fault: Any, tongue: Tongue) -> str:  # noqa: ANN401  # ErrorDetails
    cause = fault.get("ctx", {}).get("error")
    return str(cause) if isinstance(cause, ValueFault) else tongue.kinds.get(fault["type"], fault["msg"])


def _key_in(loc: tuple[int | str, ...]) -> str:
    """The key a fault is about; empty for an entry of a list."""
    named = [step for step in loc if not str(step).startswith("(")]
    return named[-1] if isinstance(named[-1], str) else ""
