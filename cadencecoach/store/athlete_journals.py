"""Whose a journal is: by its first line, as it lies on the disk, whatever an index may say."""

import json
import re
from pathlib import Path
from typing import Any

from cadencecoach.devices.input_file import open_plain
from cadencecoach.errors import UsageError

HEADER_BYTES = 65_536
_NAMED = re.compile(rb'"athlete": ?"([A-Za-z0-9_.-]+)"')


def athlete_in(path: Path) -> str | None:
    """Whom a journal's header names, as far as it can be read; None for nobody, and for what is no journal."""
    return athlete_of_line(_first_line(path))


def athlete_of_line(raw: bytes) -> str | None:
    """The same of a first line."""
    header = header_of_line(raw)
    if not header:
        found = _NAMED.search(raw)
        return None if found is None else found[1].decode()
    named = header.get("athlete")
    return named if isinstance(named, str) else None


def header_in(path: Path) -> dict[str, Any]:
    """A journal's header; empty where there is none that can be read."""
    return header_of_line(_first_line(path))


def _first_line(path: Path) -> bytes:
    try:
        with open_plain(path, what="journal") as file:
            return file.readline(HEADER_BYTES)
    except (OSError, UsageError):
        return b""


def header_of_line(raw: bytes) -> dict[str, Any]:
    """The header in a first line; empty where it is none."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
