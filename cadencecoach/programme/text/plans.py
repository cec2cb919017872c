"""The plans of a programme with the values of each session in them: found, checked at their own lines, built once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cadencecoach.plan.faults import Report
from cadencecoach.plan.filling import NO_VALUES, Values, taken
from cadencecoach.plan.findings import Finding, errors_in
from cadencecoach.plan.model import Plan
from cadencecoach.plan.reading import Checked, check_plan, plan_at
from cadencecoach.plan.syntax.nodes import MapNode, Node
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


# From a plan's name to its file, or to one line that says why there is none.
Find = Callable[[str], PlanFile | str]


@dataclass(slots=True, kw_only=True)
class Plans:
    """Every plan of one programme, as its days ask for them.

    Attributes:
        own: those written in the programme, by name
        find: where the others come from
        report: of the programme's file
        sha256: of the programme's text
        cue: the words of the one fault it works on
        files: what was found in plan files, by the file's name
    """

    own: Mapping[str, Node]
    find: Find
    report: Report
    sha256: str
    cue: str
    files: dict[str, dict[Finding, None]] = field(default_factory=dict)
    _built: dict[tuple[str, Values], tuple[Plan | None, bool]] = field(default_factory=dict)
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
        elif name is None:
            self.report.add(place, "this is not a plan; write its name, or its keys below 'plan:'")
            return None
        else:
            plan = self._named(name, place, values)
        if plan is not None:
            self._complain_of_untaken(part, plan, values)
        return plan

    def quietly(self, name: str) -> Plan | None:
        """A plan nobody asked for by name: None where there is none, or none that is sound, without a word."""
        if name in self.own:
            return self._alone(self.own[name])
        file = self._found.setdefault(name, self.find(name))
        return None if isinstance(file, str) else check_plan(file.raw, file.source).plan

    @property
    def files_named(self) -> Mapping[str, PlanFile]:
        """The plan files that were found, by the name the programme calls them."""
        return {name: file for name, file in self._found.items() if isinstance(file, PlanFile)}

    def check_unused(self) -> None:
        """Plans in the programme that no day names are checked all the same."""
        used = {name for name, _ in self._built}
        for name, node in self.own.items():
            if name not in used:
                self._at(node, NO_VALUES)

    def _named(self, name: str, place: Node, values: Values) -> Plan | None:
        """A plan by its name; that the values spoil it is said at the day, since its own lines look innocent."""
        plan, is_sound_alone = self._built_once(name, place, values)
        if plan is None and is_sound_alone:
            message = f"with the values of this day plan '{name}' has mistakes; they are told at its own lines"
            self.report.add(place, message)
        return plan

    def _built_once(self, name: str, place: Node, values: Values) -> tuple[Plan | None, bool]:
        if (name, values) not in self._built:
            self._built[name, values] = self._build(name, place, values)
        elif isinstance(self._found.get(name), str):
            self._build(name, place, values)
        return self._built[name, values]

    def _build(self, name: str, place: Node, values: Values) -> tuple[Plan | None, bool]:
        """The plan, and whether it is sound without the values."""
        node = self.own.get(name)
        if node is not None:
            plan = self._at(node, values)
            return plan, plan is not None or self._alone(node) is not None
        file = self._found.setdefault(name, self.find(name))
        if isinstance(file, str):
            self.report.add(place, file)
            return None, False
        checked = check_plan(file.raw, file.source, values)
        self.files.setdefault(file.source, {}).update(dict.fromkeys(checked.findings))
        if checked.plan is not None:
            return checked.plan, True
        is_sound_alone = check_plan(file.raw, file.source).plan is not None
        if not is_sound_alone:
            self.report.add(place, f"plan '{name}' has mistakes; they are told at its own lines ({file.source})")
        return None, is_sound_alone

    def _at(self, node: Node, values: Values) -> Plan | None:
        """A plan written in the programme; its mistakes go where the programme's go."""
        own = Report(self.report.text, refused=self.report.refused)
        try:
            plan = plan_at(node, own, sha256=self.sha256, values=values)
        finally:
            self.report.found.update(own.found)
        return None if errors_in(tuple(own.found)) else plan

    def _alone(self, node: Node) -> Plan | None:
        """A plan written in the programme as it is by itself; what is wrong with it is not reported."""
        own = Report(self.report.text, refused=self.report.refused)
        plan = plan_at(node, own, sha256=self.sha256)
        return None if errors_in(tuple(own.found)) else plan

    def _complain_of_untaken(self, part: RunPart, plan: Plan, values: Values) -> None:
        for word in replace(values, cue="").given:
            if word not in taken(plan.stages):
                message = f"no stage of plan '{plan.name}' takes {word}; write 'takes: [{word}]' on one, or delete this"
                self.report.add(part.at_key(word), message)


def files_checked(plans: Plans) -> tuple[Checked, ...]:
    """What was found in the plan files, file by file in the order they were met."""
    return tuple(
        Checked(source=source, plan=None, findings=tuple(sorted(found, key=lambda f: (f.line, f.column))))
        for source, found in plans.files.items()
        if found
    )
