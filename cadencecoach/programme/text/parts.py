"""Nodes to the keys of a programme, each part for itself, so that a mistake in one hides none in another.

What cannot be read is reported and left out. Which keys must, or must not, stand together is said here; what they
come to is looked at in `building`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cadencecoach.plan.faults import Report
from cadencecoach.plan.part import Part, need, read_keys
from cadencecoach.plan.repeats import Repeated, RepeatingList, in_order
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, ScalarNode
from cadencecoach.plan.words import nearest
from cadencecoach.programme.text.language import (
    MAX_SESSIONS,
    RUN_KEYS,
    TONGUE,
    DayText,
    ProgrammeText,
    RefresherText,
    RepeatDaysText,
)

MAX_ENTRIES = 2 * MAX_SESSIONS  # sessions, and rest between them
KINDS_OF_DAY = ("session", "reassessment", "rest")

DayPart = Part[DayText]
Days = tuple[DayPart | Repeated[DayPart], ...]
RunPart = Part[DayText] | Part[RefresherText]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """One time a written day is done.

    Attributes:
        part: the day as written
        number: from 1; which time it is
        n_times: how often in all; 1 outside repeats
    """

    part: DayPart
    number: int
    n_times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProgramme:
    """A programme as it stands in its file, repeats written out."""

    head: Part[ProgrammeText]
    days: tuple[WrittenDay, ...]
    plans: Mapping[str, Node]
    refresher: Part[RefresherText] | None


def read_programme(root: Node, report: Report) -> WrittenProgramme | None:
    """The keys of the programme and its days; None when there are no keys at all."""
    keys = root.keys if isinstance(root, MapNode) else frozenset()
    if not isinstance(root, MapNode) or not any(nearest(key, ("programme", "days")) for key in keys):
        if not report.found:
            report.add(root, _no_programme(keys))
        return None
    head = read_keys(ProgrammeText, root, report, tongue=TONGUE, apart=frozenset({"days", "plans", "refresher"}))
    need(head, "programme", "the programme has no title; write 'programme: ' and a title", report)
    need(head, "days", "the programme has no days; write 'days:' and a list below it", report)
    parts = DAY_LIST.read(root, report)
    days = tuple(_write_out(parts))
    n_runs = sum("rest" not in day.part.written for day in days)
    if parts and not n_runs and not report.found:
        report.add(root.key("days") or root, "no day is a session; write '- session: ' and its name")
    if n_runs > MAX_SESSIONS or len(days) > MAX_ENTRIES:
        report.add(root.key("days") or root, f"the repeats come to more than {MAX_SESSIONS} sessions; write fewer")
        days = days[:MAX_SESSIONS]
    return WrittenProgramme(head=head, days=days, plans=_plans(root, report), refresher=_refresher(root, report))


def _no_programme(keys: frozenset[str]) -> str:
    if "plan" in keys and "stages" in keys:
        return (
            "this is a plan, one session; a programme names plans: begin with 'programme: ' and a title, then 'days:'"
        )
    return "this is not a programme; begin with 'programme: ' and a title, then 'days:'"


def _plans(root: MapNode, report: Report) -> Mapping[str, Node]:
    node = root.get("plans")
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        report.add(node, "'plans' is not a set of plans; write 'name:' and the plan's keys below it")
        return {}
    return {key.text: value for key, value in node.pairs}


def _refresher(root: MapNode, report: Report) -> Part[RefresherText] | None:
    node = root.get("refresher")
    if node is None:
        return None
    if not isinstance(node, MapNode):
        report.add(node, "'refresher' is not a set of keys; write '{plan: refresher, target: +5 %}'")
        return None
    part = read_keys(RefresherText, node, report, tongue=TONGUE, apart=frozenset({"plan"}))
    need(part, "plan", "the refresher has no plan; write 'plan: ' and its name", report)
    return part


def _day(node: MapNode, report: Report) -> DayPart:
    part = read_keys(DayText, node, report, tongue=TONGUE, apart=frozenset({"plan"}))
    _check_day(part, report)
    return part


DAY_LIST = RepeatingList(
    noun="day",
    example="- {session: First run, plan: easy-metronome}",
    keys_hint="'session: ', 'plan: ' ..., or 'rest: 1 day'",
    most=MAX_ENTRIES,
    repeat=RepeatDaysText,
    tongue=TONGUE,
    read_one=_day,
)


def _check_day(part: DayPart, report: Report) -> None:
    """Keys a day must have, and keys that do not go together."""
    kinds = [kind for kind in KINDS_OF_DAY if kind in part.written]
    if not kinds:
        report.add(
            part.node, "the day is nothing yet; write 'session: ' and its name, 'reassessment: ', or 'rest: 1 day'"
        )
    for kind in kinds[1:]:
        report.add(part.at_key(kind), f"'{kind}' and '{kinds[0]}' exclude each other; give each a day of its own")
    if kinds == ["rest"]:
        for key in sorted(set(RUN_KEYS) & part.written):
            report.add(part.at_key(key), f"'{key}' is on a day of rest; give the day a 'session: ', or delete it")
    elif kinds:
        need(part, "plan", f"the {kinds[0]} has no plan; write 'plan: ' and its name", report)
    _check_exercises(part, report)


def _check_exercises(part: DayPart, report: Report) -> None:
    """Looked at one by one, also where another of them could not be read."""
    listed = part.node.get("exercises")
    names: set[str] = set()
    for exercise in listed.items if isinstance(listed, ListNode) else ():
        if not isinstance(exercise, MapNode):
            continue
        name = exercise.get("name")
        if "name" not in exercise.keys:
            report.add(exercise, "the exercise has no name; write 'name: ' and a few words")
        elif isinstance(name, ScalarNode):
            if name.text in names:
                report.add(exercise, f"'{name.text}' is listed twice on this day; keep one, with more sets")
            names.add(name.text)


def _write_out(parts: Days) -> Iterator[WrittenDay]:
    """Every day in the order it is done, at most one more than are allowed."""
    counts: dict[int, int] = {}
    for part, n_times in in_order(parts):
        counts[id(part)] = counts.get(id(part), 0) + 1
        yield WrittenDay(part=part, number=counts[id(part)], n_times=n_times)
        if sum(counts.values()) > MAX_ENTRIES:
            return


def plan_name(part: RunPart) -> str | None:
    """The name a day calls its plan by; None where a plan is written out, or nothing that could be a name."""
    node = part.node.get("plan")
    return node.text if isinstance(node, ScalarNode) and isinstance(node.value, str) and node.text.strip() else None
