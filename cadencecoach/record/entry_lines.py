"""Entries of an athlete's log as lines of JSON, and back. docs/athletes.md describes the file.

What holds its default is left out of a line. A reader passes over kinds and fields it does not know: they belong to a
later version. A field that it knows and cannot read is an error and never a guess: a flag must not get lost.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from cadencecoach.errors import JournalError
from cadencecoach.record.entries import (
    AlertClosed,
    AlertOwned,
    BaselineTaken,
    CheckIn,
    Decided,
    Entry,
    Finding,
    Flag,
    ItemDone,
    Message,
    MessageRead,
    Moment,
    PracticeBegun,
    ProfileEdited,
    ProgrammeSet,
    SessionRun,
    Side,
    Site,
    To,
    Withdrawn,
)
from cadencecoach.record.journal import encode

LOG_VERSION = 2  # 1 knew of no withdrawals; a program that reads 1 only would count what was withdrawn
ID_DIGITS = 12
MAX_RATING = 10
LARGEST = 1e15
IDENTITY = frozenset({"id", "author", "device", "supersedes"})  # of a line: not part of what it says
NOT_IN_ID = IDENTITY | {
    "recorded",
    "by_hand",
    "ends",
}  # older programs work out ids without these fields, so no id may depend on them
RUNNER, DESK = "runner", "desk"  # who wrote an entry, where nobody gave a name

KINDS: Mapping[str, type[Entry]] = {
    "check-in": CheckIn,
    "baseline": BaselineTaken,
    "finding": Finding,
    "message": Message,
    "read": MessageRead,
    "item": ItemDone,
    "session": SessionRun,
    "programme": ProgrammeSet,
    "decided": Decided,
    "withdrawn": Withdrawn,
    "profile": ProfileEdited,
    "practice": PracticeBegun,
    "alert owned": AlertOwned,
    "alert closed": AlertClosed,
}
BY_RUNNER = (CheckIn, ItemDone, MessageRead, SessionRun)
_NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a field is written.

    Attributes:
        wanted: in words, for the error
        read: from JSON to the value; raises ValueError, TypeError, KeyError or AttributeError for anything else
        write: from the value to JSON
    """

    wanted: str
    read: Callable[[Any], object]
    write: Callable[[Any], object] = lambda value: value


def line_of_entry(entry: Entry) -> dict[str, object]:
    """An entry as an object of JSON: the kind under `what`, then every field that differs from its default."""
    line: dict[str, object] = {"what": _NAMES[type(entry)]}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.default is MISSING or value != field.default:
            line[field.name] = _form(type(entry), field.name).write(value)
    return line


def entry_of_line(line: Mapping[str, Any]) -> Entry | None:
    """The entry in a line; None for a kind of a later version.

    Raises:
        JournalError: it has no kind, lacks a field it must have, or holds what cannot be read
    """
    name = line.get("what")
    if not isinstance(name, str):
        raise JournalError("'what' must name the kind of entry")
    kind = KINDS.get(name)
    if kind is None:
        return None
    values: dict[str, Any] = {}
    for field, is_needed, read in _READERS[kind]:
        if field in line:
            try:
                values[field] = read(line[field])
            except (ValueError, TypeError, KeyError, AttributeError):
                raise JournalError(f"'{field}' must be {_form(kind, field).wanted}") from None
        elif is_needed:
            raise JournalError(f"an entry of kind '{name}' must have '{field}'")
    return kind(**values)


def log_bytes(line: Mapping[str, object]) -> bytes:
    """A line as it stands in a log, with its line break."""
    return f"{encode(line)}\n".encode("utf-8", "backslashreplace")


def entry_id(entry: Entry) -> str:
    """The id of an entry: as it was written, or what it says as `id_by_content` where it has none."""
    return entry.id or id_by_content(entry)


def id_by_content(entry: Entry) -> str:
    """The id that follows from what an entry says, whoever wrote it where: the same on every machine.

    Programs that stored no ids work out the same one for each kind of entry they know, so that their withdrawals hold.
    """
    line = {name: value for name, value in line_of_entry(entry).items() if name not in NOT_IN_ID}
    return hashlib.sha256(log_bytes(line).rstrip(b"\n")).hexdigest()[:ID_DIGITS]


def sign_entry(entry: Entry, *, author: str, device: str) -> Entry:
    """The entry as it is written down on a machine: with its id, who wrote it, and where."""
    is_runners = isinstance(entry, BY_RUNNER) or (isinstance(entry, Message) and entry.to is To.CLINICIAN)
    who = author or (RUNNER if is_runners else DESK)
    return replace(entry, id=id_by_content(entry), author=who, device=device)


def header_line(athlete: str) -> dict[str, object]:
    """The first line of a log."""
    return {"log": LOG_VERSION, "athlete": athlete}


def _form(kind: type[Entry], name: str) -> _Form:
    return _ITEM_INDEX if (kind, name) == (SessionRun, "item") else _FORMS[name]


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> float:
    if type(value) not in {int, float} or not abs(value) < LARGEST:  # type: ignore[arg-type]  # True is an int
        raise TypeError
    return float(value)  # type: ignore[arg-type]


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _part(value: object) -> float:
    number = _number(value)
    if not 0 <= number <= 1:
        raise ValueError
    return number


def _rating(value: object) -> int:
    number = _count(value)
    if number > MAX_RATING:
        raise ValueError
    return number


def _or_null(read: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: None if value is None else read(value)


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((_word(name), _word(seen)) for name, seen in value)  # type: ignore[attr-defined]  # TypeError is caught


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError
    return tuple(_word(one) for one in value)  # type: ignore[attr-defined]  # as above


def _one_of(kind: type[Enum], wanted: str) -> _Form:
    return _Form(wanted=wanted, read=lambda value: None if value is None else kind(value), write=_value_of)


def _value_of(value: Enum | None) -> object:
    return None if value is None else value.value


def _flags(value: object) -> frozenset[Flag]:
    return frozenset(Flag(one) for one in _words(value))


_WORD = _Form(wanted="a text", read=_word)
_NUMBER = _Form(wanted="a number", read=_number)
_NUMBER_OR_NULL = _Form(wanted="a number or null", read=_or_null(_number))
_RATING = _Form(wanted="a whole number from 0 to 10, or null", read=_or_null(_rating))
_COUNT = _Form(wanted="a whole number from 0 on", read=_count)
_ITEM_INDEX = _Form(wanted="a whole number from 0 on, or null", read=_or_null(_count))
_DAY = _Form(wanted="a day like 2026-11-23", read=date.fromisoformat, write=date.isoformat)
_PAIRS = _Form(wanted="a list of pairs of texts", read=_pairs, write=lambda pairs: [list(pair) for pair in pairs])

_FORMS: Mapping[str, _Form] = {
    **dict.fromkeys(("at", "session", "note", "surface", "shoes", "item", "taken_by", "accepted"), _WORD),
    **dict.fromkeys(("name", "sha256", "because", "verdict", "entry", "recorded", "id", "author", "device"), _WORD),
    **dict.fromkeys(("story", "alert", "owner", "closed_by"), _WORD),
    **dict.fromkeys(("pain", "soreness", "readiness", "effort", "mood"), _RATING),
    **dict.fromkeys(("measure", "unit", "method", "file", "text", "message"), _WORD),
    "to": _one_of(To, "one of: " + ", ".join(one.value for one in To)),
    **dict.fromkeys(("soreness_h", "speed_mps", "duration_s", "incline_percent", "value"), _NUMBER_OR_NULL),
    "day": _DAY,
    "moment": _one_of(Moment, "one of: " + ", ".join(one.value for one in Moment)),
    "site": _one_of(Site, "null or one of: " + ", ".join(one.value for one in Site)),
    "side": _one_of(Side, "null or one of: " + ", ".join(one.value for one in Side)),
    "flags": _Form(
        wanted="a list of: " + ", ".join(one.value for one in Flag),
        read=_flags,
        write=lambda flags: sorted(one.value for one in flags),
    ),
    **dict.fromkeys(("cadence_spm", "error_spm"), _NUMBER),
    "part": _Form(wanted="a number from 0 to 1", read=_part),
    "level": _COUNT,
    "seen": _PAIRS,
    "changes": _PAIRS,
    **dict.fromkeys(("counts_from_new", "by_hand"), _Form(wanted="true or false", read=_truth)),
    **dict.fromkeys(("reasons", "supersedes", "ends"), _Form(wanted="a list of texts", read=_words, write=list)),
}

# Logs are read whole, for every athlete of a caseload: what reads a field is looked up once for each kind.
_READERS: Mapping[type[Entry], tuple[tuple[str, bool, Callable[[Any], object]], ...]] = {
    kind: tuple((one.name, one.default is MISSING, _form(kind, one.name).read) for one in fields(kind))
    for kind in KINDS.values()
}
