"""What kind of file some bytes are, by how they begin; and how a kind is shown. No name is believed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

HEAD_BYTES: Final = 16


class Shown(Enum):
    """How a browser shows a file."""

    PICTURE = "picture"
    VIDEO = "video"
    FILE = "file"  # not in a page: it is saved


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        ending: of its name
        media_type: as a browser is told
        shown: how
        begins: whether bytes begin as it does
    """

    ending: str
    media_type: str
    shown: Shown
    begins: Callable[[bytes], bool]


def _with(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(heads)


def _in_riff(name: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == name


def _of_brand(*brands: bytes) -> Callable[[bytes], bool]:
    """A file of the MP4 family; without a brand, any of it."""
    return lambda head: head[4:8] == b"ftyp" and (not brands or head[8:12] in brands)


# The first that fits.
KINDS: Final[tuple[FileKind, ...]] = (
    FileKind("jpg", "image/jpeg", Shown.PICTURE, _with(b"\xff\xd8\xff")),
    FileKind("png", "image/png", Shown.PICTURE, _with(b"\x89PNG\r\n\x1a\n")),
    FileKind("gif", "image/gif", Shown.PICTURE, _with(b"GIF87a", b"GIF89a")),
    FileKind("webp", "image/webp", Shown.PICTURE, _in_riff(b"WEBP")),
    FileKind("avi", "video/x-msvideo", Shown.FILE, _in_riff(b"AVI ")),
    FileKind("heic", "image/heic", Shown.FILE, _of_brand(b"heic", b"heix", b"mif1", b"msf1")),
    FileKind("mov", "video/quicktime", Shown.VIDEO, _of_brand(b"qt  ")),
    FileKind("mp4", "video/mp4", Shown.VIDEO, _of_brand()),
    FileKind("webm", "video/webm", Shown.VIDEO, _with(b"\x1a\x45\xdf\xa3")),
    FileKind("pdf", "application/pdf", Shown.FILE, _with(b"%PDF-")),
)


def kind_of_head(head: bytes) -> FileKind | None:
    """The kind of a file that begins so; None for any other."""
    return next((kind for kind in KINDS if kind.begins(head)), None)


def kind_of_file(path: Path) -> FileKind | None:
    """The kind of a file; OSError where it cannot be read."""
    with path.open("rb") as file:
        return kind_of_head(file.read(HEAD_BYTES))
