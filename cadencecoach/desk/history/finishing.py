"""Sessions that broke off: found, and given the end they lack."""

import json
import os
from contextlib import suppress
from heapq import nlargest
from pathlib import Path

from cadencecoach.devices.journal.broken import end_broken
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.devices.lock import is_held
from cadencecoach.errors import UsageError
from cadencecoach.record.journal import line_text, read_journal
from cadencecoach.record.lines import EndLine
from cadencecoach.store.finding import ENDING
from cadencecoach.store.loading import Recorded, load_session

TAIL_BYTES = 65_536
N_NEWEST = 3  # looked at before a session begins; `history list` knows of older ones


def finish(path: Path) -> Recorded:
    """A session that broke off, with an end: torn bytes are cut off, an `end` line added, all else left as it is.

    Raises:
        UsageError: it has an end already
        JournalError: it is no journal, is being written now, or may not be written
    """
    recorded = load_session(path)
    if recorded.summary.is_ended:
        raise UsageError(f"{path.stem}: nothing to finish; its journal has an end")
    lines = recorded.journal.lines
    end = EndLine(lines[-1].t if lines else 0.0, "interrupted", is_added=True)
    end_broken(path, n_whole_bytes=_n_whole_bytes(path), line=line_text(end))
    return load_session(path)


def newest_broken_off(folder: Path) -> tuple[Path, ...]:
    """Those of the few newest journals in a folder that have no end, and that nobody is writing now."""
    stamped: list[tuple[float, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ENDING) and entry.is_file():
                with suppress(OSError):
                    stamped.append((entry.stat().st_mtime, entry.path))
    newest = (Path(path) for _, path in nlargest(N_NEWEST, stamped))
    return tuple(path for path in newest if _has_no_end(path))


def _has_no_end(path: Path) -> bool:
    """Whether it is the journal of a live session that broke off, as far as its first line and its last ones tell."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(TAIL_BYTES))
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            tail = file.read()
    except (OSError, ValueError, RecursionError):
        return False
    is_session = isinstance(header, dict) and "journal" in header and not header.keys() & {"recording", "rehearsal"}
    return is_session and b'"what":"end"' not in tail and not is_held(path)


def _n_whole_bytes(path: Path) -> int:
    """Length of the journal without a torn last line."""
    raw = list(journal_lines(path))
    while raw and not raw[-1].strip():
        raw.pop()
    n_lines = sum(1 for line in raw if line.strip())
    is_torn = len(read_journal(raw).lines) + 1 < n_lines
    return sum(map(len, raw[:-1] if is_torn else raw))
