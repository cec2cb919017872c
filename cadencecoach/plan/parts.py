"""Nodes to the keys of the language, each part for itself, so that a mistake in one hides none in another.

What cannot be read is reported and left out; the rest of the part is read all the same. Which keys must, or must not,
stand together is said here.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from cadencecoach.plan.faults import MAX_SHOWN_CHARS, PLAN_TONGUE, Report, Tongue, keys_of, report_faults
from cadencecoach.plan.hints import NO_REASON, is_no_reason
from cadencecoach.plan.language import MAX_STAGES, CueText, PlanText, RepeatText, StageText
from cadencecoach.plan.repeats import MAX_REPEATS_DEEP, Repeated
from cadencecoach.plan.syntax.findings import clipped, visible
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, ScalarNode, data_of, path_to
from cadencecoach.plan.words import nearest

STAGES = frozenset({"stages"})
INNER_NEEDS = (
    ("beat", frozenset({"on", "off"}), "a beat that comes and goes needs both; write '{on: 1 min, off: 1 min}'"),
    ("baseline", frozenset({"speeds"}), "there are no speeds; write '{speeds: {8 km/h: 158 spm, 10 km/h: 163 spm}}'"),
)
CUE_KEYS = frozenset(keys_of(CueText))

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


StagePart = Part[StageText]
Stages = tuple[StagePart | Repeated[StagePart], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """A plan as it stands in its file."""

    head: Part[PlanText]
    parts: Stages


def read_plan(root: Node, report: Report) -> WrittenPlan | None:
    """The keys of the plan and its parts; None when there are no keys at all."""
    keys = root.keys if isinstance(root, MapNode) else frozenset()
    if not isinstance(root, MapNode) or not any(nearest(key, ("plan", "stages")) for key in keys):
        if not report.found:  # of a file that is no plan, one mistake is enough to know
            report.add(root, "this is not a plan; begin with 'plan: ' and a title, then 'stages:'")
        return None
    head = read_keys(PlanText, root, report)
    _check_inner(head, report)
    need(head, "plan", "the plan has no title; write 'plan: ' and a title", report)
    need(head, "stages", "the plan has no stages; write 'stages:' and a list below it", report)
    return WrittenPlan(head=head, parts=_read_list(root, report, depth=0))


def _read_list(owner: MapNode, report: Report, *, depth: int) -> Stages:
    stages = owner.get("stages")
    if stages is None:
        return ()
    if isinstance(stages, ListNode) and not stages.items:
        report.add(
            stages, "the list of stages is empty; write '- {name: Run, duration: 10 min}' in it, or below 'stages:'"
        )
        return ()
    if not isinstance(stages, ListNode):
        report.add(stages, "'stages' is not a list of stages; begin each with '- ' on a line of its own")
        return ()
    if len(stages.items) > MAX_STAGES:
        report.add(stages.items[MAX_STAGES], f"too many stages; {MAX_STAGES} are allowed")
        return ()
    parts = (_read_part(item, report, depth=depth) for item in stages.items)
    return tuple(part for part in parts if part is not None)


def _read_part(node: Node, report: Report, *, depth: int) -> StagePart | Repeated[StagePart] | None:
    if not isinstance(node, MapNode):
        report.add(node, "a stage is a set of keys; write 'name: ', 'duration: ', 'target: ' ...")
        return None
    if "repeat" in node.keys or ("stages" in node.keys and not node.keys & {"duration", "until"}):
        return _read_repeat(node, report, depth=depth)
    part = read_keys(StageText, node, report)
    _check_keys(part, report)
    return part


def _read_repeat(node: MapNode, report: Report, *, depth: int) -> Repeated[StagePart] | None:
    part = read_keys(RepeatText, node, report)
    need(part, "repeat", "stages stand here without 'repeat: '; write how many times, or take them out a level", report)
    need(part, "stages", "the repeat has no stages; write 'stages:' and a list below it", report)
    if depth == MAX_REPEATS_DEEP:
        report.add(node, f"repeats stand more than {MAX_REPEATS_DEEP} deep; write the stages out")
        return None
    return Repeated(times=part.keys.repeat or 1, node=node, parts=_read_list(node, report, depth=depth + 1))


def _check_keys(part: StagePart, report: Report) -> None:
    """Keys a stage must have, and keys that do not go together."""
    need(part, "name", "the stage has no name; write 'name: ' and a few words", report)
    if {"duration", "until"} <= part.node.keys:
        report.add(part.at_key("until"), "'until' stands beside 'duration'; keep one of them")
    if not {"duration", "until"} & part.written:
        report.add(part.node, "the stage has no length; write 'duration: 10 min', or 'until: key'")
    _check_inner(part, report)
    cues = part.node.get("cues")
    for cue in cues.items if isinstance(cues, ListNode) else ():
        if isinstance(cue, MapNode) and cue.keys <= CUE_KEYS:
            _check_cue(cue, report)


def _check_inner(part: Part[Any], report: Report) -> None:
    """Sets of keys that stand as a value, and what they cannot be without; reasons that are none."""
    for key, wanted, message in INNER_NEEDS:
        inner = part.node.get(key)
        if isinstance(inner, MapNode) and inner.keys and key not in part.bad and not wanted <= inner.keys:
            report.add(inner, message)
    allow = part.node.get("allow")
    for _, reason in allow.pairs if isinstance(allow, MapNode) and "allow" not in part.bad else ():
        if isinstance(reason, ScalarNode) and reason.text.strip() and is_no_reason(reason.text):
            report.add(reason, f"'{clipped(visible(reason.text), MAX_SHOWN_CHARS)}' {NO_REASON}")


def _check_cue(cue: MapNode, report: Report) -> None:
    if {"at", "every"} <= cue.keys:
        report.add(cue, "the cue has both 'at' and 'every'; keep one of them")
    if not {"at", "every"} & cue.keys:
        report.add(cue, "the cue has no time; write 'at: 2 min' or 'every: 3 min'")
    if "say" not in cue.keys:
        report.add(cue, "the cue has no words; write 'say: ' and the words")


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
