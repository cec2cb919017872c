"""The private list of devices that were let in: the server keeps it, and whoever deletes an athlete takes theirs out.

A row is what `web/devices.py` writes; here only whose device it is matters. Rows change under the folder's lock.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from cadencecoach.devices.lock import hold_lock
from cadencecoach.devices.private_file import read_private, write_private

NAME: Final = "devices.json"  # beside the places of sessions
MAX_FILE_BYTES: Final = 65_536
Row = dict[str, Any]


def paired_rows(path: Path) -> list[Row]:
    """What the file says; nobody where it is not there, or is none of ours."""
    try:
        rows = json.loads(read_private(path, MAX_FILE_BYTES) or b"[]")
    except (ValueError, RecursionError):
        return []
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def change_paired(path: Path, change: Callable[[list[Row]], Sequence[Row]]) -> list[Row]:
    """Write the rows that become of those that are there now, and return them.

    Raises:
        UsageError: another program has the folder for too long
        OSError: it cannot be written
    """
    with hold_lock(path.parent):
        rows = list(change(paired_rows(path)))
        write_private(path, json.dumps(rows).encode(), sync=lambda _: None)
    return rows


def unpair(path: Path, athlete: str) -> None:
    """Let the devices of an athlete go: the next one of that name is somebody else.

    Raises:
        UsageError: another program has the folder for too long
        OSError: it cannot be written
    """
    if any(row.get("athlete") == athlete for row in paired_rows(path)):
        change_paired(path, lambda rows: [row for row in rows if row.get("athlete") != athlete])
