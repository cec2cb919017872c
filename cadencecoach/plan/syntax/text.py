"""Bytes to text that is safe to parse: size, encoding, line ends, and characters that have no business in a plan."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cadencecoach.plan.syntax.findings import Finding, Severity

MAX_PLAN_BYTES = 1_000_000  # the largest plan the limits allow is a fifth of this
MAX_SPOTS = 20  # of bad characters; a file full of them is no plan

# Longest first: the mark of UTF-32 begins with that of UTF-16.
FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

# Word processors put these between a number and its unit. Each becomes one plain space, so columns stay.
SPACES = dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F), " ")

# Controls, line ends that editors do not count, marks that turn the direction of what follows, halves of pairs.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


class Unreadable(Exception):  # noqa: N818  # a message between two functions of this room, never seen outside
    """The text cannot be read on; the findings say where."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Text:
    """A plan's text with its lines, so that a place can be shown.

    Attributes:
        lines: without line ends; there is at least one
    """

    lines: tuple[str, ...]

    def whole_text(self) -> str:
        """The whole text, lines ended by a line feed."""
        return "\n".join(self.lines)

    def finding(self, line: int, column: int, message: str, severity: Severity = Severity.ERROR) -> Finding:
        """A finding at a place (from 1), moved inside the file should it lie outside."""
        line, column = self.inside(line, column)
        source_line = self.lines[line - 1]
        return Finding(severity=severity, line=line, column=column, message=message, source_line=source_line)

    def inside(self, line: int, column: int) -> tuple[int, int]:
        """The place in the file nearest to one that may lie past its end."""
        line = min(max(line, 1), len(self.lines))
        return line, min(max(column, 1), len(self.lines[line - 1]) + 1)


def decode(raw: bytes) -> Text:
    """The text of a plan file, or `Unreadable`."""
    if len(raw) > MAX_PLAN_BYTES:
        raise Unreadable(
            _first_place(f"the file is larger than {MAX_PLAN_BYTES // 1000} kB; a plan is a few kB of text")
        )
    for mark, encoding in FOREIGN_MARKS:
        if raw.startswith(mark):
            raise Unreadable(_first_place(f"the file is {encoding}; save it as UTF-8"))
    text = _text_of(_utf8(raw.removeprefix(codecs.BOM_UTF8)))
    spots = tuple(_find_forbidden(text))
    if spots:
        raise Unreadable(*spots)
    return text


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _text_of(raw[: error.start].decode("utf-8"))
        rest = raw[error.start : error.start + 200].decode("utf-8", errors="replace")
        shown = Text((*before.lines[:-1], before.lines[-1] + rest.splitlines()[0]))
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Unreadable(shown.finding(len(shown.lines), len(before.lines[-1]) + 1, message)) from None


def _text_of(content: str) -> Text:
    content = content.replace("\r\n", "\n").replace("\r", "\n").translate(SPACES)
    return Text(tuple(content.split("\n")))


def _find_forbidden(text: Text) -> Iterator[Finding]:
    n_found = 0
    for number, line in enumerate(text.lines, start=1):
        for match in FORBIDDEN.finditer(line):
            yield text.finding(number, match.start() + 1, _about(match.group()))
            n_found += 1
            if "\0" in line or n_found == MAX_SPOTS:
                return


def _about(character: str) -> str:
    if character == "\0":
        return "a NUL byte: this is not a text file in UTF-8; save the plan as plain text, UTF-8"
    return f"the invisible character U+{ord(character):04X} has no place in a plan; delete it"


def _first_place(message: str) -> Finding:
    return Finding(severity=Severity.ERROR, line=1, column=1, message=message, source_line="")
