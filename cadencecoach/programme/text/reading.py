"""The door of the room: bytes of a programme file in, a Programme or its mistakes out. No bytes make it raise."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cadencecoach.errors import PlanError
from cadencecoach.plan.checks.reading import Checked
from cadencecoach.plan.faults import Report
from cadencecoach.plan.syntax.findings import Finding, Severity, errors_in, render_findings
from cadencecoach.plan.syntax.parser import parse
from cadencecoach.plan.syntax.text import Unreadable, decode
from cadencecoach.programme.cues import CUES
from cadencecoach.programme.model import ClinicLimits, Kind, Programme, Session, Treats
from cadencecoach.programme.text.building import Ladder, ladder_of, limits_of, refresher_of, rules_of, session_of
from cadencecoach.programme.text.lints import Ready, lint
from cadencecoach.programme.text.parts import WrittenProgramme, read_programme
from cadencecoach.programme.text.plans import Find, PlanFile, Plans, files_checked
from cadencecoach.programme.text.schema import programme_schema

__all__ = ["CheckedProgramme", "Find", "PlanFile", "check_programme", "load_programme", "programme_schema"]

EMPTY = "there is nothing in the file; begin with 'programme: ' and a title, then 'days:'"
USUAL_REFRESHER = "refresher"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedProgramme:
    """What came of a check.

    Attributes:
        source: the file's name
        programme: None when there is an error anywhere
        findings: those in the programme's own file, in its order
        plans: those in plan files it names, file by file
        named: the plan files it names, by the name it calls them
    """

    source: str
    programme: Programme | None
    findings: tuple[Finding, ...]
    plans: tuple[Checked, ...] = ()
    named: Mapping[str, PlanFile] = field(default_factory=dict)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those of every file."""
        return (*self.findings, *(finding for checked in self.plans for finding in checked.findings))

    @property
    def by_file(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """The findings of each file, the programme's own first."""
        return ((self.source, self.findings), *((checked.source, checked.findings) for checked in self.plans))

    def text(self) -> str:
        """Every finding with its file, line and caret; safe to print."""
        return "\n".join(render_findings(findings, source) for source, findings in self.by_file if findings)

    def lines(self, severity: Severity) -> tuple[str, ...]:
        """A line for every finding of a severity, without the text it is about; safe to print."""
        those = (
            (source, [replace(one, source_line="") for one in found if one.severity is severity])
            for source, found in self.by_file
        )
        return tuple(line for source, found in those if found for line in render_findings(found, source).split("\n"))


def check_programme(raw: bytes, source: str, find: Find) -> CheckedProgramme:
    """Every mistake of a programme file and of the plans it names, and the programme when there is none. Never raises.

    Args:
        raw: the file
        source: its name, for messages
        find: from the name of a plan to its file, or to one line that says why there is none
    """
    try:
        report = Report(decode(raw))
    except Unreadable as stop:
        return CheckedProgramme(source=source, programme=None, findings=stop.findings)
    plans: Plans | None = None
    programme = None
    try:
        programme, plans = _programme_of(raw, report, find)
    except Unreadable as stop:  # so many findings, or so many stages, that nobody would read on
        report.found.update(dict.fromkeys(stop.findings))
    findings = tuple(sorted(report.found, key=lambda f: (f.line, f.column, f.severity is Severity.WARNING)))
    if plans is None:
        return CheckedProgramme(source=source, programme=None, findings=findings)
    files = files_checked(plans)
    checked = CheckedProgramme(
        source=source, programme=programme, findings=findings, plans=files, named=plans.files_named
    )
    return replace(checked, programme=None) if errors_in(checked.all_findings) else checked


def load_programme(raw: bytes, source: str, find: Find) -> Programme:
    """The programme in a file's bytes.

    Raises:
        PlanError: something is wrong with it; the message tells everything
    """
    checked = check_programme(raw, source, find)
    if checked.programme is None:
        raise PlanError(checked.text())
    return checked.programme


def _programme_of(raw: bytes, report: Report, find: Find) -> tuple[Programme | None, Plans | None]:
    root, findings, report.refused = parse(report.text)
    report.found.update(dict.fromkeys(findings))
    if root is None and not findings:
        report.found[report.text.finding(1, 1, EMPTY)] = None
    written = None if root is None else read_programme(root, report)
    if written is None:
        return None, None
    head = written.head.keys
    sha256 = hashlib.sha256(raw).hexdigest()
    cue = head.cue or CUES.get(head.works_on or "", "")
    text = raw.decode("utf-8", "replace")
    plans = Plans(own=written.plans, find=find, report=report, text=text, sha256=sha256, cue=cue)
    limits = limits_of(head.limits)
    ladder = ladder_of(written.days, plans, limits, report)
    refresher = _refresher(written, plans, limits, report)
    plans.check_unused()
    if head.cue and head.works_on is None:
        report.add(written.head.at_key("cue"), "a cue without what it is for; write 'works-on: ' and the one fault")
    ready = Ready(
        placed=ladder.placed, limits=limits, rules=rules_of(head.rules), title=written.head.at_key("programme")
    )
    lint(ready, head.allow, report)
    if not ladder.placed or errors_in(tuple(report.found)):
        return None, plans
    return _programme(written, ready, ladder, refresher, sha256=sha256, cue=cue), plans


def _refresher(written: WrittenProgramme, plans: Plans, limits: ClinicLimits, report: Report) -> Session | None:
    """The refresher named, else the usual one where there is a sound one."""
    if written.refresher is not None:
        return refresher_of(written.refresher, plans, limits, report)
    plan = plans.quietly(USUAL_REFRESHER)
    return None if plan is None else session_of(plan, "Refresher", Kind.REFRESHER, limits)


def _programme(
    written: WrittenProgramme, ready: Ready, ladder: Ladder, refresher: Session | None, *, sha256: str, cue: str
) -> Programme:
    head = written.head.keys
    waived = {} if head.allow is None else {name: str(reason) for name, reason in head.allow if reason is not None}
    return Programme(
        name=head.programme or "",
        about=head.about or "",
        sha256=sha256,
        works_on=head.works_on or "",
        cue=cue,
        treats=None if head.treats is None else Treats(head.treats),
        limits=ready.limits,
        rules=ready.rules,
        sessions=tuple(one.session for one in ladder.placed),
        refresher=refresher,
        refresher_follows=written.refresher is None or written.refresher.keys.target is None,
        lead_days=ladder.lead_days,
        lead_exercises=ladder.lead_exercises,
        waived=waived,
    )
