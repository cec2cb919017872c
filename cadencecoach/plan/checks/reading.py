"""The door of the room: bytes of a plan file in, a Plan or its mistakes out. No bytes make it raise anything else.

This module and what it needs import yaml and pydantic; the plan's values (`model`, `targets`, `timeline`) do not.
"""

import hashlib
from dataclasses import dataclass, replace

from cadencecoach.plan.building import Turn, n_stages, once, plan_of, turns_of
from cadencecoach.plan.checks.advice import check_advice
from cadencecoach.plan.checks.cancelling import check_cancelling
from cadencecoach.plan.checks.limits import check_limits
from cadencecoach.plan.faults import Report
from cadencecoach.plan.filling import NO_VALUES, Values, fill_stages
from cadencecoach.plan.language import MAX_STAGES, PlanText
from cadencecoach.plan.model import Plan
from cadencecoach.plan.part import Part
from cadencecoach.plan.parts import WrittenPlan, read_plan
from cadencecoach.plan.schema import plan_schema
from cadencecoach.plan.syntax.findings import Finding, PlanFaults, Severity, errors_in
from cadencecoach.plan.syntax.nodes import Node
from cadencecoach.plan.syntax.parser import parse
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES, Unreadable, decode

__all__ = ["MAX_PLAN_BYTES", "Checked", "Finding", "PlanFaults", "Severity", "check_plan", "load_plan", "plan_schema"]

EMPTY = "there is nothing in the file; begin with 'plan: ' and a title, then 'stages:'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a check.

    Attributes:
        source: the file's name
        plan: None when there is an error among the findings
        findings: in the order of the file; of two at one place the error comes first
        advice: what a coach would think twice about; only for a plan without errors
    """

    source: str
    plan: Plan | None
    findings: tuple[Finding, ...]
    advice: tuple[Finding, ...] = ()


def check_plan(raw: bytes, source: str, values: Values = NO_VALUES) -> Checked:
    """Every mistake of a plan file, and the plan when there is none. Never raises.

    Args:
        raw: the file; callers need not read further than one byte beyond MAX_PLAN_BYTES
        source: the file's name, for messages
        values: what a programme fills in; the plan is checked with them
    """
    try:
        report = Report(decode(raw))
    except Unreadable as stop:
        return Checked(source=source, plan=None, findings=stop.findings)
    try:
        plan = _plan_of(raw, report, values)
    except Unreadable:  # so many findings that nobody would read on
        plan = None
    found = sorted(report.found, key=lambda f: (f.line, f.column, f.severity is Severity.WARNING))
    advice = tuple(finding for finding in found if finding.severity is Severity.ADVICE)
    findings = tuple(finding for finding in found if finding.severity is not Severity.ADVICE)
    return Checked(source=source, plan=None if errors_in(findings) else plan, findings=findings, advice=advice)


def load_plan(raw: bytes, source: str) -> Plan:
    """The plan in a file's bytes.

    Raises:
        PlanFaults: something is wrong with it; the message tells everything
    """
    checked = check_plan(raw, source)
    if checked.plan is None:
        raise PlanFaults(checked.findings, source)
    return checked.plan


def plan_at(root: Node, report: Report, *, sha256: str, values: Values = NO_VALUES) -> Plan | None:
    """The plan that stands at a node, or None and its mistakes in the report.

    Args:
        root: where it stands: the whole file, or a part of a programme
        report: of this plan alone
        sha256: of the text it stands in
        values: what a programme fills in
    """
    sound = _sound(root, report, values)
    return None if sound is None else plan_of(sound.head.keys, sound.turns, sha256)


@dataclass(frozen=True, slots=True)
class _Sound:
    """A plan without an error: its head, and its stages in order with the values in them."""

    head: Part[PlanText]
    turns: tuple[Turn, ...]


def _plan_of(raw: bytes, report: Report, values: Values) -> Plan | None:
    """The plan in a file, with advice; a plan inside a programme gets the programme's own, which knows the weeks."""
    root, findings, report.refused = parse(report.text)
    report.found.update(dict.fromkeys(findings))
    if root is None and not findings:
        report.found[report.text.finding(1, 1, EMPTY)] = None
    sound = None if root is None else _sound(root, report, values)
    if sound is None:
        return None
    check_advice(sound.head, sound.turns, report)
    plan = plan_of(sound.head.keys, sound.turns, hashlib.sha256(raw).hexdigest())
    return replace(plan, text=raw.decode("utf-8", "replace"))


def _sound(root: Node, report: Report, values: Values) -> _Sound | None:
    written = read_plan(root, report)
    if written is None:
        return None
    turns = fill_stages(turns_of(_bound_repeats(written, report)), values)
    check_limits(written.head, turns, report)
    check_cancelling(written.head, turns, report)
    is_sound = bool(turns) and not errors_in(tuple(report.found))
    return _Sound(written.head, turns) if is_sound else None


def _bound_repeats(written: WrittenPlan, report: Report) -> WrittenPlan:
    """The plan itself, or, when its repeats come to too much, each stage once, so that the rest is checked too."""
    n_written_out = n_stages(written.parts)
    if n_written_out <= MAX_STAGES:
        return written
    message = f"the repeats come to {n_written_out} stages; {MAX_STAGES} are allowed"
    report.add(written.head.at_key("stages"), message)
    return WrittenPlan(head=written.head, parts=once(written.parts))
