"""What a check found in a plan's text: where, what is wrong, what is allowed. Nothing here knows YAML."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cadencecoach.errors import PlanError

MAX_SHOWN = 50  # a reader mends the first few and runs the check again
MAX_FINDINGS = 500  # nobody reads more, and a file made of mistakes must not take long
CLIP_COLUMNS = 100  # so that the caret stays under its place in a terminal
LEAD_COLUMNS = 60  # how much of a clipped line stands before the caret
INDENT = "    "


class Severity(Enum):
    """Whether a session may start all the same."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"  # what a coach would think twice about; told by the check alone


def visible(text: str) -> str:
    """Text that cannot command a terminal: what does not print is written as an escape, a tab as one space."""
    if text.isprintable():  # nearly every text is
        return text
    return "".join(c if c.isprintable() else " " if c == "\t" else ascii(c)[1:-1] for c in text)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, with dots where something is left out."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _width(text: str) -> int:
    """Columns in a terminal: wide characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake, or one thing to think about.

    Attributes:
        severity: error or warning
        line: from 1
        column: from 1, in characters
        message: what is wrong; what is allowed
        source_line: the line of the file as it stands, not yet safe to print
    """

    severity: Severity
    line: int
    column: int
    message: str
    source_line: str

    def text(self, source: str) -> str:
        """`file:line:column: message`, then the line with a caret; safe to print."""
        mark = "" if self.severity is Severity.ERROR else f"{self.severity.value}: "
        shown, caret = self._line_and_caret()
        head = f"{visible(source)}:{self.line}:{self.column}: {mark}{self.message}"
        return f"{head}\n{INDENT}{shown}\n{INDENT}{caret}".rstrip() if shown.strip() else head

    def _line_and_caret(self) -> tuple[str, str]:
        start = max(0, self.column - 1 - LEAD_COLUMNS) if len(self.source_line) > CLIP_COLUMNS else 0
        dots = "..." if start else ""
        before = dots + visible(self.source_line[start : self.column - 1])
        after = visible(self.source_line[self.column - 1 : start + CLIP_COLUMNS])
        more = "..." if start + CLIP_COLUMNS < len(self.source_line) else ""
        return before + after + more, " " * _width(before) + "^"


def errors_in(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that keep a session from starting."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def render_findings(findings: Sequence[Finding], source: str) -> str:
    """The first findings as text, and how many more there are."""
    shown = [finding.text(source) for finding in findings[:MAX_SHOWN]]
    left = len(findings) - len(shown)
    return "\n".join([*shown, f"... and {left} more"] if left else shown)


class PlanFaults(PlanError):  # noqa: N818  # it holds many
    """A plan's text holds mistakes; the message is every one of them, rendered.

    Attributes:
        findings: errors and warnings, in the order of the file
    """

    def __init__(self, findings: tuple[Finding, ...], source: str) -> None:
        super().__init__(render_findings(errors_in(findings), source))
        self.findings = findings
