"""Who was forgotten, as hashes of pseudonyms: a backup of before does not bring them back."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FORGOTTEN_FILE: Final = "forgotten.json"
MAX_BYTES: Final = 10_000_000
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def hash_of_name(athlete: str) -> str:
    """What is kept of the name of somebody who was forgotten."""
    return hashlib.sha256(f"cadencecoach forgotten {athlete}".encode()).hexdigest()


def joined_forgotten_names(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Both; of one who was forgotten twice the last time."""
    return {key: max(one.get(key, ""), other.get(key, "")) for key in sorted({*one, *other})}


def forgotten_names_in(path: Path) -> dict[str, str]:
    """When whom was forgotten, by the hashes in a file; none where there is no file or it holds nothing of the kind."""
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError):
        return {}
    found = told.items() if isinstance(told, dict) else ()
    return {key: at for key, at in found if _SHA256.fullmatch(key) and isinstance(at, str)}


def forgotten_names_bytes(forgotten: Mapping[str, str]) -> bytes:
    """The same as the bytes of a file."""
    return f"{json.dumps(dict(sorted(forgotten.items())), indent=0)}\n".encode()


def was_forgotten_since(forgotten: Mapping[str, str], athlete: str, made: str) -> bool:
    """Whether somebody was forgotten after something was made, by its label.

    Times are whole seconds: in the same one a backup was made before, or there would be nobody in it.
    """
    at = forgotten.get(hash_of_name(athlete))
    return at is not None and at >= made
