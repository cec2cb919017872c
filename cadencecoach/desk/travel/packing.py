"""An athlete packed into one file: profile, log, the programme's texts, every journal."""

import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cadencecoach.desk.travel.archive import METHOD, add_manifest, add_member
from cadencecoach.desk.travel.encryption import MAX_ENCRYPTED_BYTES, encrypt
from cadencecoach.desk.travel.manifest import (
    FILES,
    JOURNALS,
    MAX_ALL_BYTES,
    Manifest,
    is_member_name,
    manifest_bytes,
)
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError
from cadencecoach.session.recorder import APP
from cadencecoach.store.placing import output_file
from cadencecoach.store.protocol import Store

ENDING = ".athlete.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file that was written.

    Attributes:
        path: of it
        manifest: what is in it
        left_out: journals that are being written now, or have a name that cannot travel
        n_files_left: pictures and videos that stay here
    """

    path: Path
    manifest: Manifest
    left_out: tuple[str, ...]
    n_files_left: int = 0


def pack(
    store: Store,
    athlete: str,
    path: Path,
    *,
    made: str,
    may_replace: bool = False,
    passphrase: str | None = None,
    with_files: bool = False,
) -> Packed:
    """Write an athlete into a file, whole or not at all, for its owner only.

    Args:
        store: where the athlete is kept
        athlete: pseudonym
        path: of the new file
        made: wall time, a label
        may_replace: a file that is there may be lost; the athlete's own may not
        passphrase: that the file is encrypted with; None is not
        with_files: pictures and videos of findings go along
    Raises:
        UsageError: there is a file already, or it cannot be written
    """
    output = output_file(store.machine, path, "-o", may_replace=may_replace)
    output.check()
    sessions, left_out = _sessions(store, athlete)
    if store.is_among_sessions(path) and path.stem in sessions.values():
        raise UsageError(f"{output.name}: this is the file that is read; choose another name")
    try:
        files = store.file_names(athlete)
        manifest = _write(_Contents(store, athlete, sessions, files if with_files else ()), output, made, passphrase)
    except OSError as error:
        raise output.refusal(error) from error
    return Packed(path=path, manifest=manifest, left_out=left_out, n_files_left=0 if with_files else len(files))


def _sessions(store: Store, athlete: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The sessions that go in, by the names of their journals in there; and those that cannot."""
    sessions: dict[str, str] = {}
    left_out: list[str] = []
    for session in store.journals_of(athlete):
        name = f"{JOURNALS}{session}.jsonl"
        if store.is_running(session) or not is_member_name(name):
            left_out.append(session)
        else:
            sessions[name] = session
    return sessions, tuple(left_out)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What goes in.

    Attributes:
        store, athlete: whose
        sessions: ids by the names of their journals in there
        files: names of pictures and videos
    """

    store: Store
    athlete: str
    sessions: Mapping[str, str]
    files: tuple[str, ...]

    def open_each(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Everything by its name in there, each opened when it is asked for."""
        with self.store.lock_athletes():  # log, profile and programme as they are at one moment
            own = {name: raw for name, raw in self.store.own_files(self.athlete).items() if is_member_name(name)}
        yield from ((name, io.BytesIO(raw)) for name, raw in own.items())
        yield from ((name, self.store.open_journal(session)) for name, session in self.sessions.items())
        yield from ((f"{FILES}{name}", self.store.open_file(self.athlete, name)) for name in self.files)


def _write(contents: _Contents, output: OutputFile, made: str, passphrase: str | None) -> Manifest:
    with output.open() as opened, os.fdopen(opened.fd, "wb") as file:
        if passphrase is None:
            return _write_zip(contents, file, made, MAX_ALL_BYTES)
        plain = io.BytesIO()  # never a file: what a disk has held can be found on it
        manifest = _write_zip(contents, plain, made, MAX_ENCRYPTED_BYTES)
        file.write(encrypt(plain.getvalue(), passphrase))
    return manifest


def _write_zip(contents: _Contents, file: IO[bytes], made: str, most_bytes: int) -> Manifest:
    """Write the athlete into an open file, which may have so many bytes at most."""
    athlete, left_bytes = contents.athlete, MAX_ALL_BYTES
    members = []
    with zipfile.ZipFile(file, "w", METHOD) as archive:
        for name, content in contents.open_each():
            with content:
                members.append(add_member(archive, name, content))
            left_bytes -= members[-1].n_bytes
            if left_bytes < 0:
                raise UsageError(
                    f"{athlete} has more than {MAX_ALL_BYTES // 1_000_000} MB; move old journals away first"
                )
            if file.tell() > most_bytes:
                raise UsageError(f"{athlete} has more than {most_bytes // 1_000_000} MB packed, too much to encrypt")
        manifest = Manifest(athlete=athlete, app=APP, made=made, members=tuple(members))
        add_manifest(archive, manifest_bytes(manifest))
    return manifest
