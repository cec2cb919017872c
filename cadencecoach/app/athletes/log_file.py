"""An athlete's log on disk: JSON Lines, appended to and never rewritten, on the disk before the caller goes on.

One byte changes in place: the version in the header of a log of version 1, with the first entry this version adds.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.devices.private_file import FILE_MODE, FOLDER_MODE
from cadencecoach.errors import JournalError
from cadencecoach.record.entries import Entry
from cadencecoach.record.entry_lines import (
    LOG_VERSION,
    entries_that_count,
    entry_of_line,
    header_line,
    line_of_entry,
    log_bytes,
)

MAX_LINE_BYTES = 100_000  # a note is a few lines of text
MAX_ENTRIES = 200_000  # ten check-ins a day for fifty years
_BINARY = getattr(os, "O_BINARY", 0)
_VERSION = re.compile(rb'"log"\s*:\s*(\d)\s*[,}]')


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
    try:
        return _read(journal_lines(path, limit_bytes=MAX_LINE_BYTES + 1))
    except JournalError as error:
        raise JournalError(str(error) if str(path) in str(error) else f"{path}: {error}") from error


def append_entries(path: Path, athlete: str, entries: Sequence[Entry]) -> None:
    """Write entries at the end, all of them or none, and wait until they would outlive a power cut.

    A file that is not there is begun, readable by its owner only. A last line that was torn goes: it never was whole.

    Raises:
        JournalError: they cannot be written, or the log is of a newer version
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, FILE_MODE)
        try:
            _raise_version(path)
            _append(fd, athlete, entries)
        finally:
            os.close(fd)
    except OSError as error:
        raise JournalError(f"{path} cannot be written: {error.strerror or error}") from error


def _append(fd: int, athlete: str, entries: Sequence[Entry]) -> None:
    size_bytes = _whole_bytes(fd)
    lines = [line_of_entry(entry) for entry in entries]
    if size_bytes == 0:
        lines.insert(0, header_line(athlete))
    text = b"".join(map(log_bytes, lines))
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
        place = _older_version_at(os.read(fd, MAX_LINE_BYTES).partition(b"\n")[0])
        if place is not None:
            os.lseek(fd, place, os.SEEK_SET)
            os.write(fd, str(LOG_VERSION).encode())
    except JournalError as error:
        raise JournalError(f"{path}: {error}") from error
    finally:
        os.close(fd)


def _older_version_at(header: bytes) -> int | None:
    """Where in a header an older version stands; None in one of this version, and in what reading will complain of."""
    told = json.loads(header) if _is_object(header) else {}
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


def _whole_bytes(fd: int) -> int:
    """How long the file is once a torn last line is cut off."""
    size_bytes = os.lseek(fd, 0, os.SEEK_END)
    start = max(0, size_bytes - MAX_LINE_BYTES)
    os.lseek(fd, start, os.SEEK_SET)
    tail = os.read(fd, size_bytes - start)
    if not tail or tail.endswith(b"\n"):
        return size_bytes
    if _is_object(tail[tail.rfind(b"\n") + 1 :]):  # somebody's editor took the last line end away
        os.write(fd, b"\n")
        return size_bytes + 1
    kept_bytes = start + tail.rfind(b"\n") + 1
    os.ftruncate(fd, kept_bytes)
    return kept_bytes


def _is_object(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _read(raw_lines: Iterable[bytes]) -> Log:
    numbered = _objects(raw_lines)
    number, header = next(numbered, (1, {}))
    if not isinstance(header, dict) or "log" not in header:
        raise JournalError(f'line {number}: not a log; a log begins with {{"log": {LOG_VERSION}, "athlete": ...}}')
    _check_version(header["log"])
    entries: list[Entry] = []
    torn: tuple[int, str] | None = None
    for number, line in numbered:
        if torn is not None:
            raise JournalError(f"line {torn[0]}: {torn[1]}")
        if isinstance(line, str):
            torn = (number, line)
            continue
        entry = _entry(number, line)
        if entry is not None:
            entries.append(entry)
    notes = (f"line {torn[0]} of the log is torn and was dropped",) if torn is not None else ()
    return Log(
        athlete=str(header.get("athlete", "")),
        entries=entries_that_count(entries),
        every=tuple(entries),
        notes=notes,
    )


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
