"""Pictures and videos of an athlete's findings: copied beside the log, or linked on this machine.

A file is named by its hash and what it shows. Its own name, which may be that of a person, is not kept.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import IO

from cadencecoach.devices.private_file import make_private_folder, not_written, write_private
from cadencecoach.errors import UsageError

FOLDER = "files"
LINK_ENDING = ".link"
SHA_DIGITS = 12
MAX_FILE_BYTES = 500_000_000  # ten minutes of a phone's video; as much as a member of a travelling file may have
MAX_PATH_BYTES = 4_096
ENDINGS = (
    *("jpg", "jpeg", "png", "gif", "webp", "heic", "pdf", "csv", "txt"),
    *("mp4", "mov", "m4v", "avi", "mkv", "webm", "mpg"),
)
FILE_NAME = re.compile(rf"[0-9a-f]{{{SHA_DIGITS}}}-[a-z0-9-]{{1,40}}\.[a-z0-9]{{3,4}}")
_CHUNK_BYTES = 1 << 20
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def tail_of(measure: str, path: Path) -> str:
    """The end of the name of a file: what it shows, and its kind.

    Raises:
        UsageError: it is no picture, video or table
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise UsageError(f"{path.name}: allowed are files that end in {', '.join(ENDINGS)}")
    return f"{_NOT_PLAIN.sub('-', measure.casefold()).strip('-')[:40].strip('-') or 'finding'}.{ending}"


def copy_file(folder: Path, content: IO[bytes], tail: str) -> str:
    """Copy a file in, whole or not at all; the answer is its name.

    Args:
        folder: of the athlete
        content: open at its beginning
        tail: the end of its name, of `tail_of`
    Raises:
        UsageError: it is larger than allowed, or cannot be written
    """
    target = folder / FOLDER
    try:
        make_private_folder(target)
        handle, draft = tempfile.mkstemp(dir=target, prefix=".draft-")  # mode 0600
    except OSError as error:
        raise UsageError(not_written(target, error)) from error
    try:
        digest, n_bytes = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as file:
            while chunk := content.read(_CHUNK_BYTES):
                n_bytes += len(chunk)
                if n_bytes > MAX_FILE_BYTES:
                    raise UsageError(f"more than {MAX_FILE_BYTES // 1_000_000} MB; cut the video, or use --link")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        name = f"{digest.hexdigest()[:SHA_DIGITS]}-{tail}"
        Path(draft).replace(target / name)
    except OSError as error:
        raise UsageError(not_written(target, error)) from error
    finally:
        Path(draft).unlink(missing_ok=True)
    return name


def link_file(folder: Path, path: Path, tail: str) -> str:
    """Remember where a file is on this machine; the answer is the name it is known by.

    Raises:
        UsageError: it cannot be written
    """
    where = os.fsencode(path.absolute())
    name = f"{hashlib.sha256(where).hexdigest()[:SHA_DIGITS]}-{tail}"
    target = folder / FOLDER / f"{name}{LINK_ENDING}"
    try:
        write_private(target, where)
    except OSError as error:
        raise UsageError(not_written(target, error)) from error
    return name


def file_names(folder: Path) -> tuple[str, ...]:
    """The names of the files that were copied in, sorted."""
    found = folder / FOLDER
    return tuple(sorted(path.name for path in found.glob("*") if FILE_NAME.fullmatch(path.name)))


def links(folder: Path) -> dict[str, Path]:
    """Where the linked files are, by the names they are known by."""
    found = sorted((folder / FOLDER).glob(f"*{LINK_ENDING}"))
    names = ((path, path.name.removesuffix(LINK_ENDING)) for path in found)
    return {
        name: Path(os.fsdecode(path.read_bytes()[:MAX_PATH_BYTES])) for path, name in names if FILE_NAME.fullmatch(name)
    }


def place_of_file(folder: Path, name: str) -> Path | None:
    """Where a file is, by its name; None where it is not on this machine."""
    if not FILE_NAME.fullmatch(name):
        return None
    copied, link = folder / FOLDER / name, folder / FOLDER / f"{name}{LINK_ENDING}"
    try:
        path = copied if copied.is_file() else Path(os.fsdecode(link.read_bytes()[:MAX_PATH_BYTES]))
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None
