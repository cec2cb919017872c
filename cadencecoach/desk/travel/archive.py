"""A zip with a manifest of its members, packed, and unpacked with suspicion: an athlete's file, a backup.

Nothing in it is believed before its size, name and hash are checked. It is unpacked into a folder of its own, under
names that we allow; where a member says it would like to lie does not matter.
"""

import hashlib
import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder
from cadencecoach.errors import CadencecoachError, UsageError

MANIFEST_NAME = "manifest.json"
MAX_MANIFEST_BYTES = 200_000_000  # a member takes about 160
MAX_MEMBER_BYTES = 500_000_000  # an hour of a strap's acceleration is a tenth of it
MAX_RATIO = 60  # of what is in it to the file itself: journals come to a tenth; more is made to fill a disk
METHOD = zipfile.ZIP_DEFLATED
METHODS = {zipfile.ZIP_STORED, METHOD}
CHUNK_BYTES = 1 << 20
ALWAYS = (1980, 1, 1, 0, 0, 0)  # of every member, so that the same things are the same file
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
ENCRYPTED = 0x1  # APPNOTE 4.4.4, bit 0
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in it.

    Attributes:
        name: within the file
        n_bytes: as it was packed
        sha256: of those bytes
        changed_ns: when the file was last changed, in a backup; else 0
    """

    name: str
    n_bytes: int
    sha256: str
    changed_ns: int = 0


def add_member(archive: zipfile.ZipFile, name: str, content: IO[bytes], *, changed_ns: int = 0) -> Member:
    """Pack one file.

    Raises:
        UsageError: it is larger than what would be unpacked again
    """
    digest, n_bytes = hashlib.sha256(), 0
    with archive.open(_info(name), "w") as target:
        for chunk in chunks(content):
            digest.update(chunk)
            n_bytes += len(chunk)
            if n_bytes > MAX_MEMBER_BYTES:
                raise UsageError(f"{name} has more than {MAX_MEMBER_BYTES // 1_000_000} MB; move it away first")
            target.write(chunk)
    return Member(name=name, n_bytes=n_bytes, sha256=digest.hexdigest(), changed_ns=changed_ns)


def add_manifest(archive: zipfile.ZipFile, raw: bytes) -> None:
    """Pack the manifest, when everything else is in."""
    archive.writestr(_info(MANIFEST_NAME), raw)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file a piece at a time."""
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def members_json(members: Sequence[Member]) -> dict[str, dict[str, object]]:
    """Members as a manifest lists them."""
    return {
        one.name: {
            "bytes": one.n_bytes,
            "sha256": one.sha256,
            **({"changed_ns": one.changed_ns} if one.changed_ns else {}),
        }
        for one in members
    }


def members_in(
    told: object, *, is_allowed: Callable[[str], bool], most: int, most_all_bytes: int
) -> tuple[Member, ...]:
    """The members that a manifest lists.

    Args:
        told: what stands in it
        is_allowed: whether a member may have a name
        most: how many there may be
        most_all_bytes: how large they may be together
    Raises:
        UsageError: it is no list of members, or of some that may not be there
    """
    if not isinstance(told, dict) or len(told) > most:
        raise UsageError(f"its manifest must list at most {most} members")
    members = tuple(_member(name, about, is_allowed) for name, about in told.items())
    if sum(member.n_bytes for member in members) > most_all_bytes:
        raise UsageError(f"it holds more than {most_all_bytes // 1_000_000} MB unpacked")
    return members


def manifest_raw(archive: zipfile.ZipFile, *, most: int, wanted: str) -> bytes:
    """The bytes of the manifest.

    Args:
        archive: open
        most: how many members there may be
        wanted: what kind of file can be used, for the message
    Raises:
        UsageError: there is none, or far too much else
    """
    infos = {info.filename: info for info in archive.infolist()}
    if len(infos) != len(archive.infolist()) or len(infos) > most + 1:
        raise UsageError("it holds a member twice, or far too many")
    if MANIFEST_NAME not in infos:
        raise UsageError(f"it has no manifest.json; only {wanted}")
    _check_form(infos[MANIFEST_NAME])
    with archive.open(infos[MANIFEST_NAME]) as file:
        raw = file.read(MAX_MANIFEST_BYTES + 1)
    if len(raw) > MAX_MANIFEST_BYTES:
        raise UsageError(f"{MANIFEST_NAME} is longer than {MAX_MANIFEST_BYTES // 1_000_000} MB")
    return raw


def manifest_json(raw: bytes) -> Mapping[str, Any]:
    """What a manifest says; nothing where it is none."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {}


def manifest_word(value: object) -> str:
    """A word of a manifest, that nobody checks further; empty where it is none."""
    return value[:200] if isinstance(value, str) else ""


@contextmanager
def tell_damage(path: Path, what: str, undone: str) -> Iterator[None]:
    """Say of which file it is what goes wrong while it is unpacked.

    Args:
        path: of the file
        what: it should be: `a backup`
        undone: that nothing has come of it
    Raises:
        UsageError: it is damaged, or is not what it should be, or cannot be unpacked here
    """
    try:
        yield
    except DAMAGED as error:
        raise UsageError(f"{clean_name(path)}: not {what}, or a damaged one: {error}") from error
    except OSError as error:
        raise UsageError(f"{clean_name(path)} cannot be unpacked: {error.strerror or error}") from error
    except CadencecoachError as error:
        raise UsageError(f"{clean_name(path)}: {error}; {undone}") from error


def unpack(
    archive: zipfile.ZipFile,
    file: BinaryIO,
    members: Sequence[Member],
    folder: Path,
    limit_of: Callable[[str], int] = lambda _: MAX_MEMBER_BYTES,
) -> None:
    """Write every member into a folder, never more of it than the manifest says there is.

    Args:
        archive: open
        file: what it is read from
        members: of the manifest
        folder: private, empty, and gone if this fails
        limit_of: the most bytes of a member by its name
    Raises:
        UsageError: manifest and members differ, or the disk would be full
    """
    infos = {info.filename: info for info in archive.infolist()}
    if odd := {member.name for member in members} ^ (infos.keys() - {MANIFEST_NAME}):
        raise UsageError(f"manifest and members differ: {', '.join(ascii(name)[:60] for name in sorted(odd)[:3])}")
    _check_room(sum(member.n_bytes for member in members), file, folder)
    for member in members:
        if member.n_bytes > limit_of(member.name):
            raise UsageError(f"{member.name} is longer than {limit_of(member.name) // 1000} kB")
        make_private_folder((folder / member.name).parent)
        with (folder / member.name).open("xb") as out:
            (folder / member.name).chmod(FILE_MODE)
            for chunk in _chunks_checked(archive, infos[member.name], member):
                out.write(chunk)


def check_packed(archive: zipfile.ZipFile, file: BinaryIO, members: Sequence[Member]) -> None:
    """Read everything once more, as it would be unpacked.

    Raises:
        UsageError: something is not what was packed
    """
    _check_ratio(sum(member.n_bytes for member in members), file)
    infos: Mapping[str, zipfile.ZipInfo] = archive.NameToInfo
    for member in members:
        for _ in _chunks_checked(archive, infos[member.name], member):
            pass


def _chunks_checked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Member) -> Iterator[bytes]:
    """A member a piece at a time, until it is more than it should be; at the end it must be what it should be."""
    _check_form(info)
    digest, left_bytes = hashlib.sha256(), member.n_bytes
    with archive.open(info) as file:
        while chunk := file.read(min(CHUNK_BYTES, left_bytes + 1)):
            left_bytes -= len(chunk)
            if left_bytes < 0:
                break
            digest.update(chunk)
            yield chunk
    if left_bytes or digest.hexdigest() != member.sha256:
        raise UsageError(f"{member.name} does not match its manifest: damaged or changed")


def _check_room(n_bytes: int, file: BinaryIO, folder: Path) -> None:
    _check_ratio(n_bytes, file)
    free_bytes = shutil.disk_usage(folder).free
    if n_bytes > free_bytes:
        raise UsageError(f"it holds {n_bytes / 1e6:.0f} MB, and the disk has {free_bytes / 1e6:.0f} MB left")


def _check_ratio(n_bytes: int, file: BinaryIO) -> None:
    before = file.tell()
    size_bytes = file.seek(0, os.SEEK_END)  # a file on the disk, or what was decrypted from one
    file.seek(before)
    if n_bytes > MAX_RATIO * size_bytes:
        raise UsageError(f"it says it holds {n_bytes / 1e6:.0f} MB, more than {MAX_RATIO} times its own size; refused")


def _check_form(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED or info.compress_type not in METHODS or info.is_dir():
        raise UsageError(f"{info.filename[:100]!a} is encrypted, or packed in an unsupported way")


def _member(name: str, about: object, is_allowed: Callable[[str], bool]) -> Member:
    if not is_allowed(name):
        raise UsageError(f"its manifest lists {name[:100]!a}, which is not allowed")
    told = about if isinstance(about, dict) else {}
    n_bytes, sha256, changed_ns = told.get("bytes"), told.get("sha256"), told.get("changed_ns", 0)
    if type(n_bytes) is not int or not 0 <= n_bytes <= MAX_MEMBER_BYTES:
        raise UsageError(f"{name}: its size must be 0 to {MAX_MEMBER_BYTES // 1_000_000} MB")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise UsageError(f"{name}: its sha256 is missing")
    if type(changed_ns) is not int or not 0 <= changed_ns < 1 << 62:
        raise UsageError(f"{name}: the time of its last change is missing")
    return Member(name=name, n_bytes=n_bytes, sha256=sha256, changed_ns=changed_ns)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ALWAYS)
    info.compress_type = METHOD
    info.external_attr = 0o600 << 16
    return info
