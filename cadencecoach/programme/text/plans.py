"""The plans of a programme with the values of each session in them: found, checked at their own lines, built once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NoReturn

from cadencecoach.plan.checks.reading import Checked, check_plan, plan_at
from cadencecoach.plan.faults import Report
from cadencecoach.plan.filling import NO_VALUES, Values, taken_names
from cadencecoach.plan.model import Plan
from cadencecoach.plan.syntax.findings import Finding, errors_in
from cadencecoach.plan.syntax.nodes import MapNode, Node
from cadencecoach.plan.syntax.text import Unreadable
from cadencecoach.programme.text.parts import RunPart, plan_name


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan that stands in a file of its own.

    Attributes:
        raw: its bytes
        source: its name, for messages
    """

    raw: bytes
    source: str


MAX_STAGES_IN_ALL = 10_000  # 200 sessions of 50 stages

# From a plan's name to its file, or to one line that says why there is none.
Find = Callable[[str], PlanFile | str]


@dataclass(slots=True, kw_only=True)
class Plans:
    """Every plan of one programme, as its days ask for them.

    Attributes:
        own: those written in the programme, by name
        find: where the others come from
        report: of the programme's file
        text: of the programme, word for word
        sha256: of it
        cue: the words of the one fault it works on
        files: what was found in plan files, by the file's name
        n_stages: how many stages of sessions were built so far
        n_alone: how many stages of plans by themselves
    """

    own: Mapping[str, Node]
    find: Find
    report: Report
    text: str
    sha256: str
    cue: str
    files: dict[str, dict[Finding, None]] = field(default_factory=dict)
    n_stages: int = 0
    n_alone: int = 0
    _by_itself: dict[str, tuple[Plan | None, tuple[Finding, ...]]] = field(default_factory=dict)
    _built: dict[tuple[str, Values], Plan | None] = field(default_factory=dict)
    _found: dict[str, PlanFile | str] = field(default_factory=dict)

    def plan_for(self, part: RunPart) -> Plan | None:
        """The plan of a day with its values; None when it has mistakes, which are reported."""
        keys = part.keys
        values = Values(duration_s=keys.minutes, target=keys.target, help_ratio=keys.help, cue=self.cue)
        place = part.node.get("plan")
        if place is None:
            return None
        name = plan_name(part)
        if isinstance(place, MapNode):
            plan = self._at(place, values)
            self._count(plan)
        elif name is None:
            self.report.add(place, "this is not a plan; write its name, or its keys below 'plan:'")
            return None
        else:
            plan = self._find_plan(name, place, values)
        if plan is not None:
            self._complain_of_untaken(part, plan, values)
        return plan

    def quietly(self, name: str) -> Plan | None:
        """A plan nobody asked for by name: None where there is none, or none that is sound, without a word."""
        return self._alone(name)[0]

    @property
    def files_named(self) -> Mapping[str, PlanFile]:
        """The plan files that were found, by the name the programme calls them."""
        return {name: file for name, file in self._found.items() if isinstance(file, PlanFile)}

    def check_unused(self) -> None:
        """Plans in the programme that no day names are checked all the same."""
        for name, node in self.own.items():
            if name not in self._by_itself:
                self._count_alone(self._at(node, NO_VALUES))

    def _find_plan(self, name: str, place: Node, values: Values) -> Plan | None:
        """A plan by its name; that the values spoil it is said at the day, since its own lines look innocent."""
        alone, findings = self._alone(name)
        if alone is None:
            self._complain_of_unsound(name, place, findings)
            return None
        if (name, values) not in self._built:
            self._count(alone)
            self._built[name, values] = self._build(name, values)
        plan = self._built[name, values]
        if plan is None:
            message = f"with the values of this day plan '{name}' has mistakes; they are told at its own lines"
            self.report.add(place, message)
        return plan

    def _alone(self, name: str) -> tuple[Plan | None, tuple[Finding, ...]]:
        """A plan as it is by itself, and what is wrong with it; read once, reported by nobody yet."""
        if name not in self._by_itself:
            node = self.own.get(name)
            if node is not None:
                own = Report(self.report.text, refused=self.report.refused)
                plan = self._within(_plan_or_none(node, own, self.sha256, NO_VALUES))
                self._by_itself[name] = plan, tuple(own.found)
            else:
                file = self._found.setdefault(name, self.find(name))
                checked = None if isinstance(file, str) else _check_cached(file.raw, file.source, NO_VALUES)
                self._by_itself[name] = (None, ()) if checked is None else (checked.plan, checked.findings)
            self._count_alone(self._by_itself[name][0])
        return self._by_itself[name]

    def _complain_of_unsound(self, name: str, place: Node, findings: tuple[Finding, ...]) -> None:
        file = self._found.get(name)
        if isinstance(file, str):
            self.report.add(place, file)
        elif file is None:
            self.report.found.update(dict.fromkeys(findings))
        else:
            self.files.setdefault(file.source, {}).update(dict.fromkeys(findings))
            self.report.add(place, f"plan '{name}' has mistakes; they are told at its own lines ({file.source})")

    def _build(self, name: str, values: Values) -> Plan | None:
        file = self._found.get(name)
        if not isinstance(file, PlanFile):
            return self._at(self.own[name], values)
        checked = _check_cached(file.raw, file.source, values)
        self.files.setdefault(file.source, {}).update(dict.fromkeys(checked.findings))
        return checked.plan

    def _at(self, node: Node, values: Values) -> Plan | None:
        """A plan written in the programme; its mistakes go where the programme's go."""
        own = Report(self.report.text, refused=self.report.refused)
        plan = self._within(_plan_or_none(node, own, self.sha256, values))
        self.report.found.update(own.found)
        return plan

    def _within(self, plan: Plan | None) -> Plan | None:
        """A plan written in the programme: its text is the programme's, as its hash is."""
        return None if plan is None else replace(plan, text=self.text)

    def _count(self, plan: Plan | None) -> None:
        """Give up on a text that would take minutes to read: every session of 200 could have a thousand stages."""
        self.n_stages += 0 if plan is None else len(plan.stages)
        if self.n_stages > MAX_STAGES_IN_ALL:
            self._give_up("sessions")

    def _count_alone(self, plan: Plan | None) -> None:
        """Give up likewise on plans that no day names: each is read all the same."""
        self.n_alone += 0 if plan is None else len(plan.stages)
        if self.n_alone > MAX_STAGES_IN_ALL:
            self._give_up("plans")

    def _give_up(self, what: str) -> NoReturn:
        message = f"the {what} come to more than {MAX_STAGES_IN_ALL} stages in all; write shorter plans"
        raise Unreadable(self.report.text.finding(1, 1, message))

    def _complain_of_untaken(self, part: RunPart, plan: Plan, values: Values) -> None:
        for word in replace(values, cue="").given:
            if word not in taken_names(plan.stages):
                message = f"no stage of plan '{plan.name}' takes {word}; write 'takes: [{word}]' on one, or delete this"
                self.report.add(part.at_key(word), message)


@lru_cache(maxsize=64)  # of plan files with the values of a day
def _check_cached(raw: bytes, source: str, values: Values) -> Checked:
    """A plan file with the values of a day; most programmes name the same few, and a page asks for each again."""
    return check_plan(raw, source, values)


def _plan_or_none(node: Node, report: Report, sha256: str, values: Values) -> Plan | None:
    """The plan at a node, or None where there is an error in its report."""
    try:
        plan = plan_at(node, report, sha256=sha256, values=values)
    except Unreadable:  # so many findings that nobody would read on
        return None
    return None if errors_in(tuple(report.found)) else plan


def files_checked(plans: Plans) -> tuple[Checked, ...]:
    """What was found in the plan files, file by file in the order they were met."""
    return tuple(
        Checked(source=source, plan=None, findings=tuple(sorted(found, key=lambda f: (f.line, f.column))))
        for source, found in plans.files.items()
        if found
    )
