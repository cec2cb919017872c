"""One door for all recorded runs: the ending of the name says which reader."""

from collections.abc import Callable
from pathlib import Path

from cadencecoach.devices.recordings.clock import repaired
from cadencecoach.devices.recordings.csv_table import parse_csv
from cadencecoach.devices.recordings.fit import parse_fit
from cadencecoach.devices.recordings.model import Parsed, Recording
from cadencecoach.devices.recordings.spacing import filled
from cadencecoach.devices.recordings.tcx import parse_tcx
from cadencecoach.errors import RecordingError

READERS: dict[str, Callable[[bytes], Parsed]] = {".fit": parse_fit, ".tcx": parse_tcx, ".csv": parse_csv}
MAX_BYTES = 100_000_000  # a day of FIT at 1 Hz is below 10 MB; anything larger is another kind of file


def read_recording(path: Path) -> Recording:
    """Read a recorded run from a .fit, .tcx or .csv file.

    Raises:
        RecordingError: not such a file, unreadable, or without a single cadence value; the message names the file,
            the place and what is allowed
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise RecordingError(f"{path}: not a recorded run; allowed are files that end in {', '.join(READERS)}")
    try:
        parsed = reader(_bytes_of(path))
    except RecordingError as error:
        raise RecordingError(f"{path}: {error}") from error
    if all(row.raw_per_min is None for row in parsed.rows):
        raise RecordingError(f"{path}: no cadence in it; a recorded run needs cadence values with their times")
    repaired_rows, clock_notes = repaired(parsed.rows)
    rows, spacing_notes = filled(repaired_rows)
    return Recording(rows=tuple(rows), counts=parsed.counts, notes=(*parsed.notes, *clock_notes, *spacing_notes))


def _bytes_of(path: Path) -> bytes:
    """The whole file."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise RecordingError(f"{size} bytes; a recorded run has at most {MAX_BYTES}")
        return path.read_bytes()
    except OSError as error:
        raise RecordingError(f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name
        raise RecordingError(f"cannot be read: {error}") from error
