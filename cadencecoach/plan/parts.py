"""Nodes to the keys of the language, each part for itself, so that a mistake in one hides none in another.

What cannot be read is reported and left out; the rest of the part is read all the same. Which keys must, or must not,
stand together is said here.
"""

from dataclasses import dataclass
from typing import Any

from cadencecoach.plan.faults import MAX_SHOWN_CHARS, PLAN_TONGUE, Report, keys_of
from cadencecoach.plan.hints import NO_REASON, is_no_reason
from cadencecoach.plan.language import MAX_STAGES, CueText, PlanText, RepeatText, StageText
from cadencecoach.plan.part import Part, need, read_keys
from cadencecoach.plan.repeats import Repeated, RepeatingList
from cadencecoach.plan.syntax.findings import clip, visible
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, ScalarNode
from cadencecoach.plan.words import nearest

INNER_NEEDS = (
    ("beat", frozenset({"on", "off"}), "an on-and-off beat needs both times; write '{on: 1 min, off: 1 min}'"),
    ("baseline", frozenset({"speeds"}), "there are no speeds; write '{speeds: {8 km/h: 158 spm, 10 km/h: 163 spm}}'"),
)
CUE_KEYS = frozenset(keys_of(CueText))

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
    return WrittenPlan(head=head, parts=STAGE_LIST.read(root, report))


def _stage(node: MapNode, report: Report) -> StagePart:
    part = read_keys(StageText, node, report)
    _check_keys(part, report)
    return part


STAGE_LIST = RepeatingList(
    noun="stage",
    example="- {name: Run, duration: 10 min}",
    keys_hint="'name: ', 'duration: ', 'target: ' ...",
    most=MAX_STAGES,
    repeat=RepeatText,
    has_length=frozenset({"duration", "until"}),
    tongue=PLAN_TONGUE,
    read_one=_stage,
)


def _check_keys(part: StagePart, report: Report) -> None:
    """Keys a stage must have, and keys that do not go together."""
    need(part, "name", "the stage has no name; write 'name: ' and a few words", report)
    if {"duration", "until"} <= part.node.keys:
        report.add(part.at_key("until"), "'until' and 'duration' exclude each other; keep one of them")
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
            report.add(reason, f"'{clip(visible(reason.text), MAX_SHOWN_CHARS)}' {NO_REASON}")


def _check_cue(cue: MapNode, report: Report) -> None:
    if {"at", "every"} <= cue.keys:
        report.add(cue, "the cue has both 'at' and 'every'; keep one of them")
    if not {"at", "every"} & cue.keys:
        report.add(cue, "the cue has no time; write 'at: 2 min' or 'every: 3 min'")
    if "say" not in cue.keys:
        report.add(cue, "the cue has no words; write 'say: ' and the words")
