"""What the YAML parser stumbled over, in words for the author of a plan and at the place that needs mending.

The parser reports where it could not go on, which is often a line late: a colon without its space is noticed at the
next key. The line before is looked at first.
"""

import re
from typing import NamedTuple

import yaml

from cadencecoach.plan.syntax.findings import Finding
from cadencecoach.plan.syntax.text import Text

TIGHT_COLON = re.compile(r"^\s*(?:- +)*[A-Za-z-]+(:)[^\s:]")
MAX_KEY_COLUMNS = 1024  # YAML 1.2, section 7.4.2
MAX_LINES_SEARCHED = 100  # no stage in brackets is as long
KEY_AND_COLON = re.compile(r"^[^:]*:(\s|$)")

COMMENT = re.compile(r"(?:^|\s)(#)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
BULLET = re.compile(r"^\s*(-(?=[A-Za-z{])|[\u2013\u2014\u2022\u00b7*]\s*|[0-9]{1,4}[.)]\s*)(?=\{|[a-z-]+:(?:\s|$))")

CURLY = "curly quotes are letters like any others here; write straight ones, \" or '"
CURLY_ENDS = ("\u201c", "\u201d", "\u201f")
_DOUBLE, _SINGLE = "\u201c\u201d\u201e\u201f", "\u2018\u2019\u201a\u201b"
# All of a text in quotes, or the beginning of one that a comma ended.
CURLY_QUOTED = re.compile(rf"(?s:[{_DOUBLE}](?:[^{_DOUBLE}]*|.*[{_DOUBLE}])|[{_SINGLE}].*[{_SINGLE}])")


class Spot(NamedTuple):
    """A place in the text, from 1."""

    line: int
    column: int


# Part of the parser's message -> what to tell. The pure Python and the C parser differ a little; both are listed.
HINTS: tuple[tuple[str, str], ...] = (
    ("found a tab character", "a tab is used for indentation; use spaces"),
    ("unknown escape", "this '\\' means nothing in double quotes; write '\\\\', or use single quotes"),
    ("escape", "this '\\' escape is not a character; leave it out"),
    ("while scanning a tag", "'!' cannot begin a value; put it in quotes"),
    ("incompatible YAML document", "only YAML 1.2 is read; delete the line that begins with '%'"),
    ("while scanning a directive", "a line cannot begin with '%' here; delete it, or put the value in quotes"),
    ("while scanning a block scalar", "'|' and '>' begin a text on the lines below; put this value in quotes"),
    ("expected node content", "a value cannot begin with this; put it in quotes"),
    ("while parsing a block node", "a value cannot begin with this; put it in quotes"),
    ("sequence entries", "'- ' begins an entry of a list and needs a line of its own; or quote the value"),
    ("<document start>", "this is outside the plan; check the brackets and the indentation before it"),
    ("'-' indicator", "this does not belong to the list above; begin the entry with '- ', indented like the others"),
    ("<block end>", "this does not fit the lines above; check the indentation, the quotes and the ':'"),
    ("expected key", "this does not fit the lines above; check the indentation, the quotes and the ':'"),
)


def syntax_finding(text: Text, error: Exception) -> Finding:
    """One finding for what stopped the parser."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return text.finding(1, 1, "this is not YAML text; save the plan as plain text")
    stopped = Spot(*text.inside(error.problem_mark.line + 1, error.problem_mark.column + 1))
    words = f"{error.context or ''} {error.problem or ''}"
    if finding := _bad_bullet(text, stopped) or _stray_comma(text, stopped):
        return finding
    if error.context_mark:
        opened = Spot(*text.inside(error.context_mark.line + 1, error.context_mark.column + 1))
        if finding := _in_what_was_opened(text, words, opened, stopped):
            return finding
    if "mapping values" in words:
        return _second_colon(text, stopped)
    if "cannot start any token" in words:
        return text.finding(*stopped, _bad_start(_character(text, stopped)))
    hint = next((hint for part, hint in HINTS if part in words), "this is not valid YAML; check quotes and brackets")
    return text.finding(*stopped, hint)


def _in_what_was_opened(text: Text, words: str, opened: Spot, stopped: Spot) -> Finding | None:
    """Faults that show late and are mended where something began."""
    if "quoted scalar" in words and "end of stream" in words:
        return text.finding(*opened, "the quote opened here is never closed; close it on the same line")
    if "while scanning an a" in words:  # an alias or an anchor
        return text.finding(*opened, "'*' and '&' cannot begin a value; put it in quotes")
    if "while parsing a flow" in words:
        return _in_brackets(text, opened, stopped)
    return _missing_colon(text, opened) if "simple key" in words else None


def _in_brackets(text: Text, opened: Spot, stopped: Spot) -> Finding:
    if finding := _find_swallowed(text, opened, stopped):
        return finding
    bracket = _character(text, opened)
    closing = {"[": "]", "{": "}"}.get(bracket)
    if closing is None:  # the mark is on what stands inside
        return text.finding(*stopped, "this does not fit inside the brackets; is a comma, quote or bracket missing?")
    if stopped.line != opened.line:
        return text.finding(*opened, f"the '{bracket}' opened here is not closed; write '{closing}' or a missing comma")
    return text.finding(*stopped, f"this does not fit inside '{bracket} {closing}'; is a comma or a quote missing?")


def _find_swallowed(text: Text, opened: Spot, stopped: Spot) -> Finding | None:
    """A closing bracket that is not read because a comment begins before it."""
    # Of an empty value the parser only knows where it stopped.
    first = opened.line if _character(text, opened) in {"[", "{"} else _line_above(text, opened.line) or 1
    for line in range(first, min(stopped.line, first + MAX_LINES_SEARCHED) + 1):
        bare = QUOTED.sub(lambda quoted: "-" * len(quoted.group()), text.lines[line - 1])
        comment = COMMENT.search(bare)
        if comment and {"]", "}"} & set(bare[comment.end() :]):
            message = "'#' after a space begins a comment, which swallows the closing bracket; put the value in quotes"
            return text.finding(line, comment.start(1) + 1, message)
    return None


def _bad_bullet(text: Text, stopped: Spot) -> Finding | None:
    """An entry of a list that does not begin with '- ': where the parser stopped, or on the line above."""
    for line in (stopped.line, _line_above(text, stopped.line)):
        bullet = BULLET.match(text.lines[line - 1]) if line else None
        if bullet:
            begun = bullet.group(1).strip()
            wrong = "a space is missing after the '-'" if begun == "-" else f"'{begun}' does not begin an entry"
            return text.finding(line, bullet.start(1) + 1, f"{wrong}; write '- ', a hyphen and a space")
    return None


def _stray_comma(text: Text, stopped: Spot) -> Finding | None:
    before = text.lines[stopped.line - 1][: stopped.column - 1].rstrip()
    if _character(text, stopped) != "," or not before.endswith(("]", "}")):
        return None
    return text.finding(*stopped, "there is a comma after the bracket; delete it, each entry has a line of its own")


def _character(text: Text, spot: Spot) -> str:
    return text.lines[spot.line - 1][spot.column - 1 : spot.column]


def _missing_colon(text: Text, spot: Spot) -> Finding:
    tight = TIGHT_COLON.match(text.lines[spot.line - 1])
    if tight:
        return text.finding(spot.line, tight.end(1) + 1, "a space is missing after the ':'; write 'key: value'")
    return text.finding(*spot, "a ':' is missing in this line; write 'key: value'")


def _second_colon(text: Text, spot: Spot) -> Finding:
    """A colon that cannot be one: the second in its line, or the first below a line that went wrong."""
    here = text.lines[spot.line - 1]
    if spot.column > MAX_KEY_COLUMNS:
        return text.finding(*spot, "this ':' ends a key that is far too long; put the text in quotes")
    if any(end in here for end in CURLY_ENDS):
        return text.finding(spot.line, min(here.index(end) for end in (*_DOUBLE,) if end in here) + 1, CURLY)
    if ":" in here[: spot.column - 1]:
        return text.finding(*spot, "a second ': ' in one line; put the value in quotes")
    above = _line_above(text, spot.line)
    before = text.lines[above - 1] if above else ""
    if above and not KEY_AND_COLON.match(before):
        return _missing_colon(text, Spot(above, _indent(before) + 1))
    return text.finding(spot.line, _indent(here) + 1, "this line is indented further than the one above; line them up")


def _line_above(text: Text, line: int) -> int:
    """The nearest line before that says something, from 1; 0 when there is none."""
    numbers = range(line - 1, 0, -1)
    return next((n for n in numbers if text.lines[n - 1].strip() and text.lines[n - 1].lstrip()[0] != "#"), 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _bad_start(character: str) -> str:
    if character == "\t":
        return "a tab is used for indentation; use spaces"
    return f"'{character}' cannot begin a value; put the value in quotes"
