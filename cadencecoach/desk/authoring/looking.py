"""A plan's text looked at while it is being written: what is wrong with it, and what would be run."""

from dataclasses import dataclass
from typing import Final

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.syntax.findings import Finding, Severity
from cadencecoach.store.plan_files import is_programme
from cadencecoach.view.plan.svg import plan_svg
from cadencecoach.view.plan.table import length_words
from cadencecoach.view.plan.words import InWords, minutes_of

NO_PLAN: Final = "this is a programme: weeks, and no single session; a plan begins with 'plan:'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a plan prescribes, for a person.

    Attributes:
        name: of the plan
        about: in a sentence
        length: of the session, in words
        picture: SVG, with a style of its own
        minutes: stage by stage
    """

    name: str
    about: str
    length: str
    picture: str
    minutes: tuple[InWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of a look.

    Attributes:
        findings: errors, warnings and advice, in the order of the text
        seen: None where there is an error
    """

    findings: tuple[Finding, ...]
    seen: Seen | None


def look_at(raw: bytes, source: str) -> Looked:
    """Every mistake of a plan's text, and the plan in words and as a picture where there is no error.

    Args:
        raw: the text
        source: what it is called, for messages
    """
    if is_programme(raw):
        wrong = Finding(severity=Severity.ERROR, line=1, column=1, message=NO_PLAN, source_line="")
        return Looked(findings=(wrong,), seen=None)
    checked = check_plan(raw, source)
    findings = tuple(sorted((*checked.findings, *checked.advice), key=lambda one: (one.line, one.column)))
    plan = checked.plan
    if plan is None:
        return Looked(findings=findings, seen=None)
    seen = Seen(
        name=plan.name,
        about=plan.about,
        length=length_words(plan),
        picture=plan_svg(plan, None),
        minutes=tuple(minutes_of(plan, None)),
    )
    return Looked(findings=findings, seen=seen)
