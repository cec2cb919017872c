"""An athlete's log on disk: JSON Lines, appended to under a lock, on the disk before the caller goes on.

It is rewritten only where its header is not the one first line it should be: two programs of version 0.1.0 that wrote
the first entries at once left a header each. Entries are never changed.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.devices.lock import locked
from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import JournalError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import LOG_VERSION, entry_of_line, header_line, line_of_entry
from cadencecoach.record.journal import encode

MAX_LINE_BYTES = 100_000  # a note is a few lines of text
MAX_ENTRIES = 200_000  # ten check-ins a day for fifty years
_BINARY = getattr(os, "O_BINARY", 0)
_HEADER_KEY = b'"log"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log as read.

    Attributes:
        athlete: pseudonym; empty when there is no file yet
        entries: oldest first, as they stand in the file
        notes: what a person should know about the file; mostly empty
    """

    athlete: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


def read_log(path: Path) -> Log:
    """The log in a file; one without entries when there is no file.

    Raises:
        JournalError: it cannot be read, is no log, or is broken before its last line; names file and line
    """
    if not path.exists():
        return Log()
    try:
        return _read(journal_lines(path, limit_bytes=MAX_LINE_BYTES + 1))
    except JournalError as error:
        raise JournalError(str(error) if str(path) in str(error) else f"{path}: {error}") from error


def append_entries(path: Path, athlete: str, entries: Sequence[Entry]) -> None:
    """Write entries at the end, all of them or none, and wait until they would outlive a power cut.

    A file that is not there is begun, readable by its owner only. A last line that was torn goes: it never was whole.
    The lock is that of the folder of all athletes, which outlives the folder of one.

    Raises:
        JournalError: they cannot be written, or what is there is no log
        UsageError: another program holds the lock
    """
    with locked(path.parent.parent):
        try:
            if not path.exists():
                write_private(path, _bytes_of([header_line(athlete), *map(line_of_entry, entries)]))
                return
            _put_one_header_first(path)
            fd = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)
            try:
                _append(fd, athlete, entries)
            finally:
                os.close(fd)
        except OSError as error:
            raise JournalError(f"{path} cannot be written: {error.strerror or error}") from error


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


def _bytes_of(lines: Iterable[Mapping[str, object]]) -> bytes:
    return "".join(f"{encode(line)}\n" for line in lines).encode("utf-8", "backslashreplace")


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


def _read(raw_lines: Iterable[bytes]) -> Log:
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
            notes += _checked_header(number, line, is_first=number == first, athlete=athlete)
            athlete = str(line.get("athlete", ""))
        elif number == first and "what" not in line:
            break
        elif (entry := _entry(number, line)) is not None:
            entries.append(entry)
    if athlete is None:
        raise JournalError(f'line {first or 1}: not a log; a log begins with {{"log": {LOG_VERSION}, "athlete": ...}}')
    if torn is not None:
        notes.append(f"line {torn[0]} of the log is torn and was dropped")
    return Log(athlete=athlete, entries=tuple(entries), notes=tuple(notes))


def _checked_header(number: int, line: dict[str, Any], *, is_first: bool, athlete: str | None) -> tuple[str, ...]:
    """What a person should know about a header, mostly nothing; `athlete` is that of the header before it.

    Raises:
        JournalError: it is of a version we do not read, or of another athlete
    """
    version, named = line["log"], str(line.get("athlete", ""))
    if type(version) is not int or not 1 <= version <= LOG_VERSION:
        raise JournalError(f"this log has version {version}; this program reads version {LOG_VERSION}")
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
