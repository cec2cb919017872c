"""The journal's text: one JSON object a line, in and out. docs/journal.md describes the format.

Writing is total: whatever a session hands over becomes one line of valid JSON. Reading is strict about everything but
the end: a process can be killed in the middle of a line, so a last line that is not whole is dropped with a note.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NoReturn

from cadencecoach.errors import JournalError
from cadencecoach.record.fields import LARGEST, header_complaint
from cadencecoach.record.line_json import json_of_line, line_of_json, plain_line
from cadencecoach.record.lines import Line

VERSION = 1
MAX_LINE_BYTES = 1_000_000  # a longest line of ours is under 2 kB; more is another file, or an attack on memory
MAX_LINES = 400_000  # 35 hours of a foot pod, 3.2 lines a second; more takes longer than anybody waits
MAX_VALUES = 4_000_000  # in all lines, an object counted threefold; a line has seven, and each takes memory
AT_ONCE = 256  # lines parsed in one go

_BOM = b"\xef\xbb\xbf"
# JSON lets these stand as they are, but a terminal obeys the controls and the marks that turn text round, and Python's
# splitlines breaks at the separators; half a surrogate pair cannot be written as UTF-8 at all.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line: which program ran which plan, for whom, with what.

    Attributes:
        app: name and version of the program
        started: wall time in ISO 8601, UTC, ending in Z; a label, never compared with session time
        plan_name: title of the plan
        plan_sha256: of the plan file's bytes
        athlete: pseudonym; None when nobody was named
        feet: where readings come from, as on the command line
        sound: where the sound goes, as on the command line
        extra: further keys (`baseline_spm`, `seed`, `unit`, ...); one with the name of one above is left out
    """

    app: str
    started: str
    plan_name: str
    plan_sha256: str
    athlete: str | None
    feet: str
    sound: str
    extra: Mapping[str, object] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The header as it is written, the version first."""
        fixed: dict[str, object] = {
            "journal": VERSION,
            "app": self.app,
            "started": self.started,
            "plan": {"name": self.plan_name, "sha256": self.plan_sha256},
            "athlete": self.athlete,
            "feet": self.feet,
            "sound": self.sound,
        }
        return fixed | {key: value for key, value in self.extra.items() if key not in fixed}

    @property
    def line(self) -> str:
        """The journal's first line, without its line break."""
        return encode(self.to_dict())


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A journal as read.

    Attributes:
        header: the first line
        lines: every whole line after it, in the order of the file, unknown kinds included
        notes: what a person should know about the file ("the last line is torn: dropped"); mostly empty
    """

    header: dict[str, Any]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def line_text(line: Line) -> str:
    """A line of the journal without its line break."""
    return encode(json_of_line(line))


def encode(line: Mapping[str, object]) -> str:
    """An object as one line without its line break: compact JSON, keys in their order, floats exact.

    A number that is not finite becomes null: JSON has no word for it, and missing is what it means. So does one that
    a reader of journals would refuse as too large.
    """
    for value in line.values():  # ten thousand lines an hour: `any` would take twice as long
        if type(value) is float and not -LARGEST < value < LARGEST:
            line = {name: _bound(value) for name, value in line.items()}
            break
    try:
        text = _ENCODER.encode(line)
    except ValueError:  # further down
        text = _ENCODER.encode(_finite(line))
    return text if text.isprintable() else safe_json(text)


def safe_json(text: str) -> str:
    """JSON whose texts cannot command a terminal: controls and halves of characters are written as escapes."""
    return _UNSAFE.sub(_escape, text)


def read_journal(text_lines: Iterable[bytes]) -> Journal:
    """The journal in a file's lines, with or without their line breaks.

    Raises:
        JournalError: not a journal, written by a newer version, or broken before its last line; names the line
    """
    numbered = _whole_lines(text_lines)
    header = _header(numbered)
    lines: list[Line] = []
    notes: list[str] = []
    torn: tuple[int, str] | None = None
    before_s = -math.inf
    while some := tuple(islice(numbered, AT_ONCE)):
        for (number, raw), plain in zip(some, _plain([raw for _, raw in some]), strict=True):
            if torn is not None:
                raise JournalError(f"line {torn[0]}: {torn[1]}")
            line = plain or _look_at(number, raw)
            if isinstance(line, str):
                torn = (number, line)
                continue
            if line.t < before_s and not notes:
                notes.append(f"line {number}: time goes back from {before_s} s to {line.t} s")
            before_s = line.t
            lines.append(line)
    if torn is not None:
        notes.append(f"line {torn[0]} is torn and was dropped: the session ended while it was being written")
    return Journal(header=header, lines=tuple(lines), notes=tuple(notes))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _bound(value: object) -> object:
    """The value, or None for a number that is no number or too large."""
    return None if type(value) is float and not -LARGEST < value < LARGEST else value


def _finite(value: object) -> object:
    """The same value with null for every number that is not finite."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: _finite(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_finite(inner) for inner in value]
        case _:
            return value


def _whole_lines(text_lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Numbered lines, blank ones left out, none longer than the limit, and not more than the limit."""
    n_values = 0
    for number, raw in enumerate(text_lines, start=1):
        n_values += raw.count(b",") + raw.count(b"[") + 3 * raw.count(b"{")
        if len(raw) > MAX_LINE_BYTES:
            raise JournalError(f"line {number}: longer than {MAX_LINE_BYTES} bytes; this is not a journal")
        if number > MAX_LINES or n_values > MAX_VALUES:
            raise JournalError(
                f"line {number}: more than {MAX_LINES} lines or {MAX_VALUES} values; too many for a session"
            )
        stripped = (raw.removeprefix(_BOM) if number == 1 else raw).strip()
        if stripped:
            yield number, stripped


def _header(numbered: Iterator[tuple[int, bytes]]) -> dict[str, Any]:
    number, raw = next(numbered, (0, b""))
    if number == 0:
        raise JournalError("the file is empty; a journal has at least a header")
    parsed = _parse(raw)
    if isinstance(parsed, str) or "journal" not in parsed:
        raise JournalError(f'line {number}: not a journal; a journal begins with {{"journal": {VERSION}, ...}}')
    version = parsed["journal"]
    if type(version) is not int or version < 1:
        raise JournalError(f"line {number}: the version must be a whole number from 1 on")
    if version > VERSION:
        raise JournalError(
            f"this journal has version {version}; this program reads up to version {VERSION}: install a newer one"
        )
    problem = header_complaint(parsed)
    if problem is not None:
        raise JournalError(f"line {number}: {problem}")
    return parsed


def _plain(some: list[bytes]) -> Sequence[Line | None]:
    """The lines that are as this program writes them, read in one go, which takes half the time; None for any other.

    No line break can be taken for a part of a line: JSON has none within strings, each line begins with an object, no
    plain one holds another one, and there are as many objects as lines.
    """
    none = [None] * len(some)
    if not all(raw.startswith(b"{") for raw in some):
        return none
    try:
        objects = _BARE_DECODER.decode((b"[" + b",\n".join(some) + b"]").decode("utf-8"))
    except (ValueError, RecursionError):
        return none
    return list(map(plain_line, objects)) if len(objects) == len(some) else none


def _look_at(number: int, raw: bytes) -> Line | str:
    """The line in a text, or what is wrong with the text.

    Raises:
        JournalError: a field holds what it cannot
    """
    parsed = _parse(raw)
    if isinstance(parsed, str):
        return parsed
    try:
        return line_of_json(parsed)
    except JournalError as error:
        raise JournalError(f"line {number}: {error}") from None


def _parse(raw: bytes) -> dict[str, Any] | str:
    """The object in a line, or what is wrong with the line. Hostile text ends in a sentence, never in a crash."""
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"not UTF-8 at byte {error.start + 1}"
    except json.JSONDecodeError as error:
        return f"not JSON at column {error.colno}: {error.msg}"
    except RecursionError:
        return "nested too deeply"
    except ValueError as error:
        return f"not JSON: {error}"
    return value if isinstance(value, dict) else "not a JSON object"


def _finite_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(parse_float=_finite_float, parse_constant=_no_constant)
_BARE_DECODER = json.JSONDecoder(parse_constant=_no_constant)  # the size of numbers is looked at afterwards
