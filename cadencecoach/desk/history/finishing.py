"""Sessions that broke off: found, and given the end they lack."""

import json
import os
from contextlib import suppress
from heapq import nlargest
from pathlib import Path

from cadencecoach.devices.command_line import quote
from cadencecoach.devices.journal.broken import end_broken
from cadencecoach.devices.lock import is_held
from cadencecoach.errors import UsageError
from cadencecoach.record.journal import line_text
from cadencecoach.record.lines import EndLine
from cadencecoach.store.finding import ENDING
from cadencecoach.store.loading import Recorded, load_session, whole_lines_of
from cadencecoach.store.protocol import Store

TAIL_BYTES = 65_536
N_NEWEST = 3  # looked at before a session begins; `history list` knows of older ones


def finish(path: Path) -> Recorded:
    """A session that broke off, with an end: torn bytes are cut off, an `end` line added, all else left as it is.

    One that was stopped early gets a second end: it is over for good, and no more offered to go on.

    Raises:
        UsageError: it has an end already
        JournalError: it is no journal, is being written now, or may not be written
    """
    recorded = load_session(path)
    lines = recorded.journal.lines
    ended = next((line for line in reversed(lines) if isinstance(line, EndLine)), None)
    if recorded.summary.is_ended and ended is not None and (ended.is_added or ended.reason == "finished"):
        raise UsageError(f"{path.stem}: nothing to finish; its journal has an end")
    reason = ended.reason if recorded.summary.is_ended and ended is not None else "interrupted"
    end = EndLine(lines[-1].t if lines else 0.0, reason, is_added=True)
    end_broken(path, n_whole_bytes=whole_lines_of(path).n_whole_bytes, line=line_text(end))
    return load_session(path)


def name_of(store: Store, path: Path) -> str:
    """A session as it is named in a command: by its id, or by its path where it lies elsewhere."""
    return path.stem if store.is_among_sessions(path) else quote(str(path))


def newest_broken_off(folder: Path) -> tuple[Path, ...]:
    """Those of the few newest journals in a folder that have no end, and that nobody is writing now."""
    return tuple(path for path in newest_sessions(folder) if _has_no_end(path))


def newest_sessions(folder: Path) -> tuple[Path, ...]:
    """The few newest journals in a folder, the one last written first."""
    stamped: list[tuple[float, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ENDING) and entry.is_file():
                with suppress(OSError):
                    stamped.append((entry.stat().st_mtime, entry.path))
    return tuple(Path(path) for _, path in nlargest(N_NEWEST, stamped))


def ended_early(path: Path) -> bool:
    """Whether it is the journal of a live session that broke off or was stopped, and that nobody has finished since.

    A quick look at its first line and its last ones.
    """
    tail = _tail_of(path)
    if tail is None:
        return False
    last = tail[max(0, tail.rfind(b'"what":"end"')) :]
    return _is_open(tail) or not (b'"finished"' in last or b'"is_added":true' in last)


def _has_no_end(path: Path) -> bool:
    """Whether it is the journal of a live session that broke off, as far as its first line and its last ones tell."""
    tail = _tail_of(path)
    return tail is not None and _is_open(tail)


def _tail_of(path: Path) -> bytes | None:
    """The last bytes of the journal of a session that nobody is writing; None where it is none."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(TAIL_BYTES))
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            tail = file.read().replace(b'": ', b'":')
    except (OSError, ValueError, RecursionError):
        return None
    is_session = isinstance(header, dict) and "journal" in header and not header.keys() & {"recording", "rehearsal"}
    return tail if is_session and not is_held(path) else None


def _is_open(tail: bytes) -> bool:
    """Whether the last lines of a journal hold no end, or it went on after it."""
    return tail.rfind(b'"what":"end"') <= tail.rfind(b'"what":"gap"')
