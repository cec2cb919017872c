"""Sessions that broke off: found, and given the end they lack."""

import json
from pathlib import Path
from typing import IO

from cadencecoach.devices.command_line import quote
from cadencecoach.devices.lock import is_held
from cadencecoach.errors import UsageError
from cadencecoach.record.journal import line_text
from cadencecoach.record.lines import EndLine
from cadencecoach.store.finding import newest_journals
from cadencecoach.store.loading import Recorded, end_file, load_session
from cadencecoach.store.protocol import Store

TAIL_BYTES = 65_536
N_NEWEST = 3  # looked at before a session begins; `history list` knows of older ones


def finish(store: Store, found: str | Path) -> Recorded:
    """A session that broke off, with an end: torn bytes are cut off, an `end` line added, all else left as it is.

    One that was stopped early gets a second end: it is over for good, and no more offered to go on.

    Args:
        store: where sessions are kept
        found: the id of one in the store, or the path of a journal elsewhere
    Raises:
        UsageError: it has an end already
        JournalError: it is no journal, is being written now, or may not be written
    """
    recorded = _load(store, found)
    lines = recorded.journal.lines
    ended = _end_of(recorded)
    if not may_finish(recorded):
        raise UsageError(f"{recorded.id}: nothing to finish; its journal has an end")
    reason = "interrupted" if ended is None else ended.reason
    end = line_text(EndLine(lines[-1].t if lines else 0.0, reason, is_added=True))
    if isinstance(found, str):
        store.end_journal(found, end)
    else:
        end_file(found, end)
    return _load(store, found)


def may_finish(recorded: Recorded) -> bool:
    """Whether a session lacks an end, or has only that of somebody who stopped it early."""
    ended = _end_of(recorded)
    return ended is None or not (ended.is_added or ended.reason == "finished")


def name_of(store: Store, path: Path) -> str:
    """A session as it is named in a command: by its id, or by its path where it lies elsewhere."""
    return path.stem if store.is_among_sessions(path) else quote(str(path))


def newest_broken_off(store: Store) -> tuple[str, ...]:
    """Those of the few newest sessions that have no end and do not run now."""
    return tuple(session for session in store.newest_sessions(N_NEWEST) if _broke_off(store, session))


def newest_broken_off_in(folder: Path) -> tuple[Path, ...]:
    """The same of the journals in a folder."""
    tails = ((path, _tail_at(path)) for path in newest_journals(folder, N_NEWEST))
    return tuple(path for path, tail in tails if tail is not None and _is_open(tail))


def ended_early(path: Path) -> bool:
    """Whether it is the journal of a live session that broke off or was stopped, and that nobody has finished since.

    A quick look at its first line and its last ones.
    """
    tail = _tail_at(path)
    if tail is None:
        return False
    last = tail[max(0, tail.rfind(b'"what":"end"')) :]
    return _is_open(tail) or not (b'"finished"' in last or b'"is_added":true' in last)


def _end_of(recorded: Recorded) -> EndLine | None:
    """The end that a session has; None where it broke off, or went on after it."""
    ends = (line for line in reversed(recorded.journal.lines) if isinstance(line, EndLine))
    return next(ends, None) if recorded.summary.is_ended else None


def _load(store: Store, found: str | Path) -> Recorded:
    return store.load_session(found) if isinstance(found, str) else load_session(found)


def _broke_off(store: Store, session: str) -> bool:
    """Whether a live session broke off, as far as the first line of its journal and the last ones tell."""
    try:
        with store.open_journal(session) as file:
            tail = _tail_in(file)
    except UsageError:  # gone since
        return False
    return tail is not None and _is_open(tail) and not store.is_running(session)


def _tail_at(path: Path) -> bytes | None:
    """The last bytes of the journal of a session that nobody is writing; None where it is none."""
    try:
        with path.open("rb") as file:
            tail = _tail_in(file)
    except OSError:
        return None
    return None if is_held(path) else tail


def _tail_in(file: IO[bytes]) -> bytes | None:
    """The last bytes of the journal of a live session; None where it is none."""
    try:
        header = json.loads(file.readline(TAIL_BYTES))
        n_bytes = file.seek(0, 2)
        file.seek(max(0, n_bytes - TAIL_BYTES))
        tail = file.read().replace(b'": ', b'":')
    except (OSError, ValueError, RecursionError):
        return None
    is_session = isinstance(header, dict) and "journal" in header and not header.keys() & {"recording", "rehearsal"}
    return tail if is_session else None


def _is_open(tail: bytes) -> bool:
    """Whether the last lines of a journal hold no end, or it went on after it."""
    return tail.rfind(b'"what":"end"') <= tail.rfind(b'"what":"gap"')
