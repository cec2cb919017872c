"""A travelling file opened with suspicion, as `archive` does; what is in it is read as strictly as what lies here."""

import contextlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cadencecoach.desk.travel.archive import MAX_MEMBER_BYTES, Member, manifest_raw, tell_damage, unpack
from cadencecoach.desk.travel.encryption import is_encrypted, open_encrypted
from cadencecoach.desk.travel.manifest import (
    FILES,
    JOURNALS,
    MAX_MEMBERS,
    Manifest,
    manifest_in,
)
from cadencecoach.devices.input_file import open_plain
from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.store.athlete_journals import athlete_in
from cadencecoach.store.attached_files import SHA_DIGITS
from cadencecoach.store.log_file import read_log
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME
from cadencecoach.store.profile_file import MAX_PROFILE_BYTES, profile_in
from cadencecoach.store.protocol import Store

MAX_LOG_BYTES = 100_000_000


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
    def files(self) -> tuple[Member, ...]:
        """Pictures and videos in it."""
        return tuple(member for member in self.manifest.members if member.name.startswith(FILES))

    @property
    def texts(self) -> tuple[Member, ...]:
        """The programme's texts in it, the one in force and older ones."""
        return tuple(member for member in self.manifest.members if member.name.endswith(".yaml"))


def _check_files(arrived: Arrived) -> None:
    """What a file is named by is its hash, so that one name is one file everywhere."""
    for member in arrived.files:
        if not member.name.removeprefix(FILES).startswith(member.sha256[:SHA_DIGITS]):
            raise UsageError(f"{member.name} is not the file that it is named after")


def _no_passphrase() -> str:
    raise UsageError("it is encrypted; give the passphrase")


@contextlib.contextmanager
def open_file(store: Store, path: Path, passphrase: Callable[[], str] = _no_passphrase) -> Iterator[Arrived]:
    """A travelling file, unpacked for as long as it is looked at.

    Args:
        store: where athletes are kept
        path: of the file
        passphrase: asked for where the file is encrypted
    Raises:
        UsageError: it cannot be read, or is not what it says; nothing was written but to a folder that is gone again
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_plain(path, what="file of an athlete"))
        folder = stack.enter_context(store.staging_folder())
        with tell_damage(path, "an athlete's file", "nothing was imported"):
            arrived = _unpack(open_encrypted(file, passphrase) if is_encrypted(file) else file, folder)
            _check_inside(arrived)
        yield arrived


def _unpack(file: BinaryIO, folder: Path) -> Arrived:
    with zipfile.ZipFile(file) as archive:
        wanted = "an athlete that this program exported can be imported"
        manifest = manifest_in(manifest_raw(archive, most=MAX_MEMBERS, wanted=wanted))
        unpack(archive, file, manifest.members, folder, _most_bytes)
    return Arrived(manifest=manifest, folder=folder)


def _most_bytes(name: str) -> int:
    if name.startswith((JOURNALS, FILES)):
        return MAX_MEMBER_BYTES
    return {PROFILE_NAME: MAX_PROFILE_BYTES, LOG_NAME: MAX_LOG_BYTES}.get(name, MAX_PLAN_BYTES)


def _check_inside(arrived: Arrived) -> None:
    """Whose things these are, and that they can be read."""
    _check_files(arrived)
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
