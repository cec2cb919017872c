"""A travelling file opened with suspicion: nothing in it is believed before its size, name and hash are checked.

It is unpacked into a folder of its own, under names that we make; where a member says it would like to lie does not
matter. What is in it is then read as strictly as what lies here.
"""

import contextlib
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cadencecoach.desk.travel.manifest import (
    JOURNALS,
    MANIFEST_NAME,
    MAX_MEMBERS,
    Manifest,
    Member,
    manifest_in,
)
from cadencecoach.desk.travel.packing import CHUNK_BYTES
from cadencecoach.devices.input_file import open_plain, shown
from cadencecoach.devices.private_file import FILE_MODE
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.store.athlete_journals import athlete_in
from cadencecoach.store.log_file import read_log
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME
from cadencecoach.store.profile_file import MAX_PROFILE_BYTES, profile_in
from cadencecoach.store.protocol import Store

MAX_MANIFEST_BYTES = 10_000_000
MAX_LOG_BYTES = 100_000_000
MAX_RATIO = 60  # of what is in it to the file itself: journals come to a tenth; more is made to fill a disk
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
ENCRYPTED = 0x1  # APPNOTE 4.4.4, bit 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A travelling file, unpacked and checked.

    Attributes:
        manifest: as it says
        folder: where its members lie, under the names of the manifest
    """

    manifest: Manifest
    folder: Path

    @property
    def journals(self) -> tuple[Member, ...]:
        """The sessions in it."""
        return tuple(member for member in self.manifest.members if member.name.startswith(JOURNALS))

    @property
    def texts(self) -> tuple[Member, ...]:
        """The programme's texts in it, the one in force and older ones."""
        return tuple(member for member in self.manifest.members if member.name.endswith(".yaml"))


@contextlib.contextmanager
def open_file(store: Store, path: Path) -> Iterator[Arrived]:
    """A travelling file, unpacked for as long as it is looked at.

    Raises:
        UsageError: it cannot be read, or is not what it says; nothing was written but to a folder that is gone again
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_plain(path, what="file of an athlete"))
        folder = stack.enter_context(store.staging_folder())
        try:
            arrived = _unpack(file, folder)
            _check_inside(arrived)
        except DAMAGED as error:
            raise UsageError(f"{shown(path)}: not an athlete's file, or a damaged one: {error}") from error
        except OSError as error:
            raise UsageError(f"{shown(path)} cannot be unpacked: {error.strerror or error}") from error
        except CadencecoachError as error:
            raise UsageError(f"{shown(path)}: {error}; nothing was imported") from error
        yield arrived


def _unpack(file: BinaryIO, folder: Path) -> Arrived:
    with zipfile.ZipFile(file) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        if len(infos) != len(archive.infolist()) or len(infos) > MAX_MEMBERS + 1:
            raise UsageError("it holds a member twice, or far too many")
        if MANIFEST_NAME not in infos:
            raise UsageError("it has no manifest.json; only an athlete that this program exported can be imported")
        manifest = manifest_in(_read(archive, infos[MANIFEST_NAME], MAX_MANIFEST_BYTES))
        listed = {member.name for member in manifest.members}
        if odd := listed ^ (infos.keys() - {MANIFEST_NAME}):
            raise UsageError(f"manifest and members differ: {', '.join(ascii(name)[:60] for name in sorted(odd)[:3])}")
        _check_ratio(manifest, file)
        (folder / JOURNALS).mkdir()
        for member in manifest.members:
            _unpack_member(archive, infos[member.name], member, folder / member.name)
    return Arrived(manifest=manifest, folder=folder)


def _check_ratio(manifest: Manifest, file: BinaryIO) -> None:
    n_bytes = sum(member.n_bytes for member in manifest.members)
    if n_bytes > MAX_RATIO * os.fstat(file.fileno()).st_size:
        raise UsageError(f"it says it holds {n_bytes / 1e6:.0f} MB, more than {MAX_RATIO} times its own size; refused")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit_bytes: int) -> bytes:
    _check_form(info)
    with archive.open(info) as file:
        raw = file.read(limit_bytes + 1)
    if len(raw) > limit_bytes:
        raise UsageError(f"{info.filename} is longer than {limit_bytes // 1_000_000} MB")
    return raw


def _unpack_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Member, target: Path) -> None:
    """One member, never more of it than the manifest says there is."""
    _check_form(info)
    if member.n_bytes > _most_bytes(member.name):
        raise UsageError(f"{member.name} is longer than {_most_bytes(member.name) // 1000} kB")
    digest, left_bytes = hashlib.sha256(), member.n_bytes
    with archive.open(info) as file, target.open("xb") as out:
        target.chmod(FILE_MODE)
        while chunk := file.read(min(CHUNK_BYTES, left_bytes + 1)):
            left_bytes -= len(chunk)
            if left_bytes < 0:
                break
            digest.update(chunk)
            out.write(chunk)
    if left_bytes or digest.hexdigest() != member.sha256:
        raise UsageError(f"{member.name} does not match its manifest: damaged or changed")


def _most_bytes(name: str) -> int:
    if name.startswith(JOURNALS):
        return 1 << 62  # the manifest's own limits hold
    return {PROFILE_NAME: MAX_PROFILE_BYTES, LOG_NAME: MAX_LOG_BYTES}.get(name, MAX_PLAN_BYTES)


def _check_form(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & ENCRYPTED or info.compress_type not in METHODS or info.is_dir():
        raise UsageError(f"{info.filename[:100]!a} is encrypted, or packed in an unsupported way")


def _check_inside(arrived: Arrived) -> None:
    """Whose things these are, and that they can be read."""
    athlete = arrived.manifest.athlete
    profile = arrived.folder / PROFILE_NAME
    if profile.is_file():
        named = profile_in(profile.read_bytes(), PROFILE_NAME).athlete
        _check_whose(PROFILE_NAME, named, athlete)
    log = arrived.folder / LOG_NAME
    if log.is_file():
        _check_whose(LOG_NAME, read_log(log).athlete, athlete)
    for member in arrived.journals:
        _check_whose(member.name, athlete_in(arrived.folder / member.name), athlete)


def _check_whose(name: str, named: str | None, athlete: str) -> None:
    if named != athlete:
        raise UsageError(f"{name} belongs to {named!a}, not to {athlete}")
