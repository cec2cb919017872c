"""One door for all recorded runs: the ending of the name says which reader."""

import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.devices.recordings.clock import repair_times
from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.fit import parse_fit
from cadencecoach.devices.recordings.gpx import parse_gpx
from cadencecoach.devices.recordings.model import Parsed, Recording
from cadencecoach.devices.recordings.spacing import hold_sparse
from cadencecoach.devices.recordings.tcx import parse_tcx
from cadencecoach.errors import RecordingError

READERS: dict[str, Callable[[bytes], Parsed]] = {
    ".fit": parse_fit,
    ".tcx": parse_tcx,
    ".csv": parse_csv,
    ".gpx": parse_gpx,
}
PACKED = ".gz"
GZIP = 31  # zlib's word for a gzip header and the largest window
MAX_MEMBERS = 100  # one is usual; each costs a copy of what follows it
MAX_BYTES = 50_000_000  # a day of GPX with all its extensions at 1 Hz; anything larger is another kind of file
FIT_EPOCH_S = 631_065_600.0  # FIT profile, type date_time: its clock begins on 1989-12-31, in UTC
EARLIEST_S, LATEST_S = 883_612_800.0, 4_102_444_800.0  # 1998 to 2100: no watch wrote before, and FIT ends soon after
SIGNS = (  # how files begin, whatever they are called
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet; unpack it, or save it as CSV"),
    (b"\x1f\x8b", "packed with gzip; call it .gz, or unpack it"),
    (b"%PDF", "a PDF"),
)
# What exports of this program hold: the owner of a FIT file's own fields, the maker in a TCX, neighbours in a table.
OF_OURS = re.compile(rb"cadencecoach\.fit|<Name>cadencecoach</Name>|estimate_spm\W{1,3}target_spm")


def ending_of(path: Path) -> str:
    """What says which reader: the ending of the name, before `.gz` where it ends in that; in small letters."""
    suffixes = [suffix.lower() for suffix in path.suffixes] or [""]
    return suffixes[-2] if suffixes[-1] == PACKED and len(suffixes) > 1 else suffixes[-1]


def is_recording(path: Path) -> bool:
    """Whether the name is that of a recorded run."""
    return ending_of(path) in READERS


def is_export_of_ours(path: Path) -> bool:
    """Whether this program wrote a recorded run: it was a session then, whose journal knows more.

    Raises:
        RecordingError, UsageError: as `read_recording`
    """
    return OF_OURS.search(_content_of(path)) is not None


def read_recording(path: Path) -> Recording:
    """Read a recorded run from a .fit, .tcx, .csv or .gpx file, packed with gzip or not.

    Raises:
        RecordingError: not such a file, unreadable, or without a single cadence value; the message names the file,
            the place and what is allowed
        UsageError: there is no such file, or it may not be read
    """
    reader = READERS.get(ending_of(path))
    if reader is None:
        allowed = ", ".join(READERS)
        raise RecordingError(
            f"{clean_name(path)}: not a recorded run; allowed are files that end in {allowed}, and those with {PACKED}"
        )
    try:
        parsed = reader(_content_of(path))
    except RecordingError as error:
        raise RecordingError(f"{clean_name(path)}: {error}") from error
    if all(row.raw_per_min is None for row in parsed.rows):
        raise RecordingError(f"{clean_name(path)}: {parsed.lacks}")
    repaired_rows, clock_notes = repair_times(parsed.rows)
    rows, spacing_notes = hold_sparse(repaired_rows)
    return Recording(
        rows=tuple(rows),
        counts=parsed.counts,
        notes=(*parsed.notes, *clock_notes, *spacing_notes),
        started=_start_label(parsed.rows[0].time_s + (FIT_EPOCH_S if ending_of(path) == ".fit" else 0.0)),
    )


def _start_label(unix_s: float) -> str:
    """A time of the calendar as a label; empty where it is none, as in tables that count from the start."""
    if not EARLIEST_S <= unix_s < LATEST_S:
        return ""
    return datetime.fromtimestamp(unix_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _content_of(path: Path) -> bytes:
    """What the reader is to read.

    Raises:
        RecordingError: nothing, or something that is plainly another kind of file
    """
    data = _bytes_of(path)
    if path.suffix.lower() == PACKED:
        data = unpack(data, MAX_BYTES)
    if not data:
        raise RecordingError("the file is empty; a recorded run has rows with times and cadence")
    for sign, kind in SIGNS:
        if data.startswith(sign):
            raise RecordingError(f"this is {kind}")
    return data


def _bytes_of(path: Path) -> bytes:
    """The whole file."""
    data = file_bytes(path, what="recorded run", limit_bytes=MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RecordingError(f"more than {MAX_BYTES // 1_000_000} MB; a recorded run has less")
    return data


def unpack(data: bytes, limit_bytes: int) -> bytes:
    """What is in a gzip file.

    Raises:
        RecordingError: not gzip, or more in it than the limit
    """
    parts: list[bytes] = []
    left_bytes = limit_bytes + 1
    for _ in range(MAX_MEMBERS):  # several may stand one after the other
        if not data or left_bytes <= 0:
            break
        unpacker = zlib.decompressobj(GZIP)
        try:
            parts.append(unpacker.decompress(data, left_bytes))
        except zlib.error as error:
            if not any(parts):
                raise RecordingError(f"not a readable gzip file: {error}") from error
            break  # zeros that fill up the end
        left_bytes -= len(parts[-1])
        data = unpacker.unused_data
    if left_bytes <= 0:
        raise RecordingError(f"more than {limit_bytes} bytes in it; a recorded run has at most that")
    return b"".join(parts)
