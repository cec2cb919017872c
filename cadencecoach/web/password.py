"""The password by which the desk is opened from another device, over an encrypted connection only."""

import hmac
import json
import secrets
from hashlib import scrypt
from pathlib import Path
from typing import Final

from cadencecoach.devices.private_file import read_private, write_private

NAME: Final = "page-password.json"
LEAST_CHARS: Final = 10
MOST_CHARS: Final = 200
TRIES: Final = 5
LOCKED_S: Final = 120.0
MAX_FILE_BYTES: Final = 1024
COST: Final = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}  # some 100 ms and 32 MB a try


class Password:
    """The password that is kept, as what cannot be turned back into it.

    Args:
        path: of the private file
    """

    def __init__(self, path: Path) -> None:
        """Read what is kept."""
        self._path = path
        self._kept = _read(path)
        self._n_wrong, self._locked_until_s = 0, 0.0

    @property
    def is_set(self) -> bool:
        """Whether there is one."""
        return self._kept is not None

    def set(self, text: str) -> None:
        """Keep another one.

        Raises:
            OSError: it cannot be written
        """
        salt = secrets.token_bytes(16)
        told = {"salt": salt.hex(), "hash": _hash(text, salt).hex()}
        write_private(self._path, json.dumps(told).encode())
        self._kept = (salt, _hash(text, salt))

    def begin_try(self, now_s: float) -> bool:
        """Whether one may be tried now; to be asked before `is_it`, which takes its time."""
        if now_s < self._locked_until_s:
            return False
        self._n_wrong += 1  # until it has proved right: many at once are counted before any is looked at
        if self._n_wrong >= TRIES:
            self._n_wrong, self._locked_until_s = 0, now_s + LOCKED_S
        return True

    def is_it(self, text: str) -> bool:
        """Whether it is the one that is kept."""
        if self._kept is None or len(text) > MOST_CHARS:
            return False
        salt, kept = self._kept
        return hmac.compare_digest(_hash(text, salt), kept)

    def note_right(self) -> None:
        """Forget the tries before it."""
        self._n_wrong, self._locked_until_s = 0, 0.0


def _hash(text: str, salt: bytes) -> bytes:
    return scrypt(text.encode("utf-8", "surrogatepass"), salt=salt, **COST)


def _read(path: Path) -> tuple[bytes, bytes] | None:
    try:
        told = json.loads(read_private(path, MAX_FILE_BYTES) or b"{}")
        return bytes.fromhex(told["salt"]), bytes.fromhex(told["hash"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
