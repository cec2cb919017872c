"""Everything that is kept, packed into one file and read back before it takes its name.

A session that runs is packed as far as it has come: whole lines, as a program that was killed would leave them. An
athlete's files are packed under the lock, so that log, profile and programme are of one moment.
"""

import io
import os
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cadencecoach.desk.backup.files import ATHLETES, INDEX, SESSIONS, KeptFile, kept_files
from cadencecoach.desk.backup.manifest import OF_DATA, OF_SETTINGS, Manifest, manifest_bytes
from cadencecoach.desk.travel.archive import METHOD, Member, add_manifest, add_member, check_packed
from cadencecoach.devices.index_file import index_bytes
from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError
from cadencecoach.session.recorder import APP
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.placing import output_file
from cadencecoach.store.secrets import LEFT_OUT, without_secrets

LOOK_BACK_BYTES = 1 << 16
MAX_TEXT_BYTES = 1_000_000  # of a settings file; larger ones are no texts of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was written.

    Attributes:
        path: of it
        manifest: what is in it
        notes: what is not, or not whole
    """

    path: Path
    manifest: Manifest
    notes: tuple[str, ...]


def back_up(store: FileStore, path: Path, *, made: str, may_replace: bool = False) -> BackedUp:
    """Write everything that is kept into a file, whole or not at all, for its owner only.

    Args:
        store: where athletes and sessions are kept
        path: of the new file
        made: wall time, a label
        may_replace: a file that is there may be lost
    Raises:
        UsageError: there is a file already, it cannot be written, or nothing is kept yet
    """
    settings = store.machine.settings_folder
    output = output_file(store.machine, path, "", may_replace=may_replace)
    output.check()
    _check_outside(output, (store.folder, settings))
    packer = _Packer(store, settings)
    if not packer.n_files:
        raise UsageError("nothing is kept yet, so there is nothing to back up")
    try:
        with output.open() as opened, os.fdopen(opened.fd, "w+b") as file:
            with zipfile.ZipFile(file, "w", METHOD) as archive:
                packer.pack(archive)
                manifest = Manifest(app=APP, made=made, members=tuple(packer.members))
                add_manifest(archive, manifest_bytes(manifest))
            with zipfile.ZipFile(file) as archive:
                check_packed(archive, file, manifest.members)
    except OSError as error:
        raise output.refusal(error) from error
    return BackedUp(path=path, manifest=manifest, notes=tuple(packer.notes))


def _check_outside(output: OutputFile, folders: Iterable[Path]) -> None:
    real = Path(os.path.realpath(output.path))
    if any(Path(os.path.realpath(folder)) in real.parents for folder in folders):
        raise UsageError(f"{output.name}: this folder is itself backed up; choose a place outside of it")


class _Packer:
    """Puts the files into the archive, one after the other."""

    def __init__(self, store: FileStore, settings: Path) -> None:
        """Look what there is."""
        self._store = store
        self._data, left_data = kept_files(store.folder, OF_DATA)
        self._settings, left_settings = kept_files(settings, OF_SETTINGS)
        self.members: list[Member] = []
        self.notes = [
            f"left out: {name!a}, which is no plain file, or has a name that not every system takes"
            for name in (*left_data, *left_settings)
        ]

    @property
    def n_files(self) -> int:
        """How many were found."""
        return len(self._data) + len(self._settings)

    def pack(self, archive: zipfile.ZipFile) -> None:
        """Athletes first: what their logs name is then among the journals, which come after."""
        with self._store.lock_athletes():
            again, _ = kept_files(self._store.folder / "athletes", ATHLETES)
            for one in again:
                self._add(archive, one)
        journals, _ = kept_files(self._store.folder / "sessions", SESSIONS)
        others = (one for one in self._data if not one.name.startswith((ATHLETES, SESSIONS)))
        for one in (*journals, *others):
            self._add(archive, one)
        for one in self._settings:
            self._add(archive, one)

    def _add(self, archive: zipfile.ZipFile, one: KeptFile) -> None:
        try:
            changed_ns = max(one.path.stat().st_mtime_ns, 0)
            content = self._content(one)
        except FileNotFoundError:  # forgotten since
            return
        except OSError as error:
            raise UsageError(
                f"{clean_name(one.path)} cannot be read: {error.strerror or error}; nothing was written"
            ) from error
        with content:
            self.members.append(add_member(archive, one.name, content, changed_ns=changed_ns))

    def _content(self, one: KeptFile) -> BinaryIO:
        if one.name == INDEX:
            return io.BytesIO(index_bytes(one.path))
        if one.name.startswith(OF_SETTINGS) and one.path.stat().st_size <= MAX_TEXT_BYTES:
            return io.BytesIO(self._open_text(one))
        file = one.path.open("rb")
        n_bytes = os.fstat(file.fileno()).st_size  # what is written from now on is not of this moment
        if one.name.startswith(SESSIONS) and is_held(one.path):
            n_bytes = _end_of_lines(file, n_bytes)
            self.notes.append(f"session {one.path.stem} is running: it is packed as far as it has come")
        return io.BufferedReader(_Beginning(file, n_bytes))

    def _open_text(self, one: KeptFile) -> bytes:
        raw = one.path.read_bytes()
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return raw
        safe = without_secrets(text)
        if safe != text:
            self.notes.append(f"{one.path.name}: a password in an address is left out ({LEFT_OUT}); set it again there")
        return safe.encode()


class _Beginning(io.RawIOBase):
    """The beginning of a file that grows."""

    def __init__(self, file: BinaryIO, n_bytes: int) -> None:
        self._file, self._left_bytes = file, n_bytes
        file.seek(0)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill a buffer, not beyond the beginning."""
        part = self._file.read(min(len(buffer), self._left_bytes))
        buffer[: len(part)] = part
        self._left_bytes -= len(part)
        return len(part)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


def _end_of_lines(file: BinaryIO, n_bytes: int) -> int:
    """How far a file goes in whole lines; a last line that is being written is none."""
    end = n_bytes
    while end > 0:
        begin = max(0, end - LOOK_BACK_BYTES)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0
