"""An athlete's log on disk: JSON Lines, appended to under a lock, on the disk before the caller goes on.

Entries are never changed. Two things are, with the first entry that this version adds: the version in the header of a
log of version 1, one byte in place; and a log with more headers than one, which two programs of version 0.1.0 left that
wrote their first entries at once, is written anew with one.
"""

import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.journal.reading import journal_lines, name_in_errors
from cadencecoach.devices.lock import hold_lock
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import JournalError
from cadencecoach.record.counting import contest_notes, entries_that_count
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import (
    ID_DIGITS,
    LOG_VERSION,
    entry_id,
    entry_of_line,
    header_line,
    line_of_entry,
    log_bytes,
)

MAX_LINE_BYTES = 100_000  # a note is a few lines of text
MAX_ENTRIES = 200_000  # ten check-ins a day for fifty years
_BINARY = getattr(os, "O_BINARY", 0)
_VERSION = re.compile(rb'"log"\s*:\s*(\d)\s*[,}]')
_HEADER_KEY = b'"log"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log as read.

    Attributes:
        athlete: pseudonym; empty when there is no file yet
        entries: those that count, oldest first, as they stand in the file
        every: all that stand in the file, with those withdrawn and their withdrawals
        notes: what a person should know about the file; mostly empty
    """

    athlete: str = ""
    entries: tuple[Entry, ...] = ()
    every: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


def read_log(path: Path) -> Log:
    """The log in a file; one without entries when there is no file.

    Raises:
        JournalError: it cannot be read, is no log, or is broken before its last line; names file and line
    """
    if not path.exists():
        return Log()
    with name_in_errors(clean_name(path)):
        return log_in(journal_lines(path, limit_bytes=MAX_LINE_BYTES + 1))


def append_entries(path: Path, athlete: str, entries: Sequence[Entry]) -> None:
    """Write entries at the end, all of them or none, and wait until they would outlive a power cut.

    A file that is not there is begun, readable by its owner only. A last line that was torn goes: it never was whole.
    The lock is that of the folder of all athletes, which outlives the folder of one.

    Raises:
        JournalError: they cannot be written, what is there is no log, or it is of a newer version
        UsageError: another program holds the lock
    """
    with hold_lock(path.parent.parent):
        try:
            if not path.exists():
                write_private(path, _bytes_of([header_line(athlete), *map(line_of_entry, entries)]))
                return
            _put_one_header_first(path)
            _raise_version(path)
            fd = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)
            try:
                _append(fd, athlete, entries)
            finally:
                os.close(fd)
        except OSError as error:
            raise JournalError(not_written(path, error)) from error


def lines_in(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The entries of a log as they are written, kinds of a later version too; headers and a torn line left out.

    Raises:
        JournalError: it cannot be read
    """
    if not path.is_file():
        return ()
    read_log(path)  # complains of what is broken
    return entry_lines(path.read_bytes().splitlines())


def entry_lines(raw_lines: Iterable[bytes]) -> tuple[Mapping[str, Any], ...]:
    """The entries among the lines of a log that was read already; headers and a torn line left out."""
    lines = map(_object, raw_lines)
    return tuple(line for line in lines if line and not is_header(line))


def entry_in(raw: bytes) -> str:
    """The id of the entry in a line of a log; empty for a header and for what is torn."""
    line = _object(raw)
    if not line or is_header(line):
        return ""
    named = line.get("id")
    if isinstance(named, str) and named:
        return named
    try:
        entry = entry_of_line(line)
    except JournalError:
        entry = None
    return hashlib.sha256(raw.strip()).hexdigest()[:ID_DIGITS] if entry is None else entry_id(entry)


def is_current_header(raw: bytes) -> bool:
    """Whether a line is the header of a log of this program's version."""
    line = _object(raw)
    return is_header(line) and line.get("log") == LOG_VERSION


def log_with(raw: bytes, athlete: str, entries: Sequence[Entry]) -> bytes:
    """A log as `append_entries` would leave its file.

    Raises:
        JournalError: it is no log, or of a newer version
    """
    lines = io.BytesIO(raw).readlines()
    if lines and not lines[-1].endswith(b"\n"):  # torn, or somebody's editor took the last line end away
        lines[-1:] = [lines[-1] + b"\n"] if _object(lines[-1]) else []
    places = [n for n, line in enumerate(lines) if _HEADER_KEY in line and is_header(_object(line))]
    if lines and places != [0]:
        named = log_in(lines).athlete  # complains of the header of another athlete, and where there is none
        lines = [*(line for n, line in enumerate(lines) if n not in places)]
        lines.insert(0, _bytes_of([header_line(named)]))
    elif lines and (place := _older_version_at(lines[0])) is not None:
        lines[0] = lines[0][:place] + str(LOG_VERSION).encode() + lines[0][place + 1 :]
    if not lines:
        lines.append(_bytes_of([header_line(athlete)]))
    return b"".join(lines) + _bytes_of(map(line_of_entry, entries))


def log_text(athlete: str, lines: Iterable[Mapping[str, object]]) -> bytes:
    """A log as the bytes of its file."""
    return _bytes_of([header_line(athlete), *lines])


def is_header(line: Mapping[str, Any]) -> bool:
    """Whether a line of a log is a header and no entry."""
    return "log" in line and "what" not in line


def _append(fd: int, athlete: str, entries: Sequence[Entry]) -> None:
    size_bytes = _whole_bytes(fd)
    lines = [line_of_entry(entry) for entry in entries]
    if size_bytes == 0:
        lines.insert(0, header_line(athlete))
    text = _bytes_of(lines)
    try:
        left = memoryview(text)
        while left:
            left = left[os.write(fd, left) :]
        os.fsync(fd)
    except OSError:
        os.ftruncate(fd, size_bytes)  # all or none
        raise


def _raise_version(path: Path) -> None:
    """Make the header say the version of this program: 1 and 2 are as long, so one byte changes and nothing moves.

    Raises:
        JournalError: the log is of a newer version, or its header is not one that a log begins with
    """
    fd = os.open(path, os.O_RDWR | _BINARY)  # where a file is open for appending, every write goes to its end
    try:
        with name_in_errors(clean_name(path)):
            place = _older_version_at(os.read(fd, MAX_LINE_BYTES).partition(b"\n")[0])
        if place is not None:
            os.lseek(fd, place, os.SEEK_SET)
            os.write(fd, str(LOG_VERSION).encode())
    finally:
        os.close(fd)


def _older_version_at(header: bytes) -> int | None:
    """Where in a header an older version stands; None in one of this version, and in what reading will complain of."""
    told = json.loads(header) if _object(header) else {}
    version = told.get("log", LOG_VERSION)
    _check_version(version)
    if version == LOG_VERSION:
        return None
    found = _VERSION.search(header)
    if found is None:
        raise JournalError(f'its first line must be like {{"log": {LOG_VERSION}, "athlete": ...}}')
    return found.start(1)


def _check_version(version: object) -> None:
    if type(version) is not int or not 1 <= version <= LOG_VERSION:
        raise JournalError(
            f"this log has version {version!a}; this program reads up to version {LOG_VERSION}: install a newer one"
        )


def _bytes_of(lines: Iterable[Mapping[str, object]]) -> bytes:
    return b"".join(map(log_bytes, lines))


def _put_one_header_first(path: Path) -> None:
    """Write a log anew that has more headers than one, or has it further down; every other line stays as it is."""
    raw = path.read_bytes()
    if not raw or (raw.count(_HEADER_KEY) == 1 and _HEADER_KEY in raw.partition(b"\n")[0]):
        return
    lines = raw.splitlines(keepends=True)
    places = [n for n, line in enumerate(lines) if _HEADER_KEY in line and is_header(_object(line))]
    if places == [0]:  # an entry holds the word
        return
    log = read_log(path)  # complains of the header of another athlete, and where there is none
    others = b"".join(line for n, line in enumerate(lines) if n not in places)
    write_private(path, _bytes_of([header_line(log.athlete)]) + others)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _whole_bytes(fd: int) -> int:
    """How long the file is once a torn last line is cut off."""
    size_bytes = os.lseek(fd, 0, os.SEEK_END)
    start = max(0, size_bytes - MAX_LINE_BYTES)
    os.lseek(fd, start, os.SEEK_SET)
    tail = os.read(fd, size_bytes - start)
    if not tail or tail.endswith(b"\n"):
        return size_bytes
    if _object(tail[tail.rfind(b"\n") + 1 :]):  # somebody's editor took the last line end away
        os.write(fd, b"\n")
        return size_bytes + 1
    kept_bytes = start + tail.rfind(b"\n") + 1
    os.ftruncate(fd, kept_bytes)
    return kept_bytes


def log_in(raw_lines: Iterable[bytes]) -> Log:
    """The log in its lines; a line longer than any entry is refused.

    Raises:
        JournalError: it is no log, or is broken before its last line; names the line
    """
    entries: list[Entry] = []
    notes: list[str] = []
    athlete: str | None = None
    torn: tuple[int, str] | None = None
    first = 0
    for number, line in _objects(raw_lines):
        first = first or number
        if torn is not None:
            raise JournalError(f"line {torn[0]}: {torn[1]}")
        if isinstance(line, str):
            torn = (number, line)
        elif is_header(line):
            notes += _check_header(number, line, is_first=number == first, athlete=athlete)
            athlete = str(line.get("athlete", ""))
        elif number == first and "what" not in line:
            break
        elif (entry := _entry(number, line)) is not None:
            entries.append(entry)
    if athlete is None:
        raise JournalError(f'line {first or 1}: not a log; a log begins with {{"log": {LOG_VERSION}, "athlete": ...}}')
    if torn is not None:
        notes.append(f"line {torn[0]} of the log is torn and was dropped")
    notes += contest_notes(entries)
    return Log(athlete=athlete, entries=entries_that_count(entries), every=tuple(entries), notes=tuple(notes))


def _check_header(number: int, line: dict[str, Any], *, is_first: bool, athlete: str | None) -> tuple[str, ...]:
    """What a person should know about a header, mostly nothing; `athlete` is that of the header before it.

    Raises:
        JournalError: it is of a version we do not read, or of another athlete
    """
    named = str(line.get("athlete", ""))
    _check_version(line["log"])
    if athlete is None:
        moved = f"the header of the log is on line {number}: two programs wrote at once; the next entry puts it first"
        return () if is_first else (moved,)
    if named != athlete:
        raise JournalError(
            f"line {number}: a header of another athlete, {named!a}, in the log of {athlete!a}; "
            "move the lines from there on into the log they belong to"
        )
    return (f"line {number} of the log is a second header: two programs wrote at once; the next entry removes it",)


def _entry(number: int, line: dict[str, Any]) -> Entry | None:
    try:
        return entry_of_line(line)
    except JournalError as error:
        raise JournalError(f"line {number}: {error}") from error


def _objects(raw_lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Numbered objects; in place of one that is none, what is wrong with it."""
    for number, raw in enumerate(raw_lines, start=1):
        if len(raw) > MAX_LINE_BYTES or number > MAX_ENTRIES:
            raise JournalError(f"line {number}: too long for a log")
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            yield number, "not JSON"
            continue
        yield number, value if isinstance(value, dict) else "not a JSON object"
