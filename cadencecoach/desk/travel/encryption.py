"""A travelling file encrypted with a passphrase, in the format of age (age-encryption.org), which others open too.

What is decrypted is held in memory and never a file of its own. Nothing is asked of the passphrase's work and of the
size before both are within bounds, because a stranger chose them.
"""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cadencecoach.devices.input_file import clean_name, file_bytes
from cadencecoach.errors import UsageError

ENCRYPTED_ENDING = ".age"
FORMAT = b"age-encryption.org/"
MARK = FORMAT + b"v1\n"
MAX_ENCRYPTED_BYTES = 500_000_000  # it is held in memory; five years of three runs a week are a tenth of it
MAX_LOG_WORK = 21  # 2^21 rounds take two gigabytes; written is what takes a second where it is: 2^16 to 2^20
LEAST_CHARS, MOST_CHARS = 8, 1000
# The library takes what this computer does in 16 s, by a look of some milliseconds at how fast it is. A busy one looks
# slow and refuses its own files, so it is asked again: what a stranger may ask for is bounded above as it is.
TOO_MUCH_WORK = "Excessive work"
TRIES = 20
_HEADER_BYTES = 1000
_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")


def is_encrypted(file: BinaryIO) -> bool:
    """Whether a file that is open at its beginning is encrypted, in whatever version, or begins so and is cut off."""
    head = file.read(len(FORMAT))
    file.seek(0)
    return bool(head) and FORMAT.startswith(head)


def encrypt(raw: bytes, passphrase: str) -> bytes:
    """The bytes of a file, encrypted.

    Raises:
        UsageError: they are more than what would be decrypted again
    """
    import pyrage  # noqa: PLC0415  # only a file that is encrypted needs it

    if len(raw) > MAX_ENCRYPTED_BYTES - _HEADER_BYTES - len(raw) // 1000:  # 16 bytes are added to each 64 kB
        raise UsageError(f"it has more than {MAX_ENCRYPTED_BYTES // 1_000_000} MB, too much to be encrypted")
    encrypted: bytes = pyrage.passphrase.encrypt(raw, passphrase)
    return encrypted


def open_encrypted(file: BinaryIO, ask: Callable[[], str]) -> BinaryIO:
    """What is in an encrypted file, as one in memory.

    Args:
        file: open at its beginning
        ask: for the passphrase, once all else is found in order
    Raises:
        UsageError: another passphrase opens it, it was changed or cut off, or it asks for more than a stranger may
    """
    import pyrage  # noqa: PLC0415  # as above

    raw = file.read(MAX_ENCRYPTED_BYTES + 1)
    check_work(raw)
    passphrase = ask()
    why = ""
    for _ in range(TRIES):
        try:
            return io.BytesIO(pyrage.passphrase.decrypt(raw, passphrase))
        except pyrage.DecryptError as error:
            why = str(error).partition("\n")[0]
        if not why.startswith(TOO_MUCH_WORK):
            break
    raise refusal_of(why)


def refusal_of(why: str) -> UsageError:
    """What a person is told when a file cannot be decrypted.

    Args:
        why: as the library says it
    """
    if why == "Decryption failed":
        return UsageError("this passphrase does not open it")
    if why.startswith(TOO_MUCH_WORK):
        return UsageError("this computer is too busy or too slow to open it now; close other programs, and try again")
    return UsageError(f"it was encrypted, and is cut off, damaged or changed since ({why})")


def check_work(raw: bytes) -> None:
    """Refuse what would take too much memory or time to decrypt.

    Raises:
        UsageError: it would, or no passphrase opens it
    """
    if len(raw) > MAX_ENCRYPTED_BYTES:
        raise UsageError(f"it has more than {MAX_ENCRYPTED_BYTES // 1_000_000} MB; such a file is not decrypted")
    if not raw.startswith(MARK) and b"\n" in raw:
        first = raw[len(FORMAT) : _HEADER_BYTES].partition(b"\n")[0].decode("ascii", "replace")
        raise UsageError(f"it is encrypted in version {first!a} of the format of age; this program reads v1")
    found = _SCRYPT.match(raw[len(MARK) : _HEADER_BYTES])
    if found is None:
        raise UsageError("it is cut off, or encrypted for a key; only what a passphrase opens can be imported")
    if int(found[1]) > MAX_LOG_WORK:
        raise UsageError(
            f"its passphrase takes 2^{int(found[1])} rounds to check, at most 2^{MAX_LOG_WORK} are allowed"
        )


def passphrase_in(path: Path) -> str:
    """The passphrase in a file: its first line.

    Raises:
        UsageError: the file cannot be read, or its first line is no passphrase
    """
    raw = file_bytes(path, what="passphrase file", limit_bytes=4 * MOST_CHARS + 1)
    try:
        line = next(iter(raw.decode("utf-8-sig").splitlines()), "")
    except UnicodeDecodeError:
        raise UsageError(f"{clean_name(path)}: its first line must be the passphrase, in UTF-8") from None
    try:
        return passphrase_of(line)
    except UsageError as error:
        raise UsageError(f"{clean_name(path)}: its first line is the passphrase; {error}") from None


def passphrase_of(typed: str) -> str:
    """A passphrase as it is used: the same one from whichever keyboard.

    Raises:
        UsageError: it is too short or too long
    """
    if not LEAST_CHARS <= len(typed) <= MOST_CHARS:
        raise UsageError(f"a passphrase has {LEAST_CHARS} to {MOST_CHARS} characters; four words are a good one")
    return unicodedata.normalize("NFC", typed)
