"""An athlete packed into one file: profile, log, the programme's texts, every journal."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from cadencecoach.desk.travel.manifest import (
    JOURNALS,
    MANIFEST_NAME,
    MAX_ALL_BYTES,
    Manifest,
    Member,
    is_member_name,
    manifest_bytes,
)
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError
from cadencecoach.session.notebook import APP
from cadencecoach.store.athlete_folder import LOG_NAME, PROFILE_NAME, PROGRAMME_NAME, athlete_folder, lock_athletes
from cadencecoach.store.athlete_journals import journals_of
from cadencecoach.store.placing import output_file

ENDING = ".athlete.zip"
METHOD = zipfile.ZIP_DEFLATED
CHUNK_BYTES = 1 << 20
ALWAYS = (1980, 1, 1, 0, 0, 0)  # of every member, so that the same athlete is the same file


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file that was written.

    Attributes:
        path: of it
        manifest: what is in it
        left_out: journals that are being written now, or have a name that cannot travel
    """

    path: Path
    manifest: Manifest
    left_out: tuple[str, ...]


def pack(athlete: str, path: Path, *, made: str, may_replace: bool = False) -> Packed:
    """Write an athlete into a file, whole or not at all, for its owner only.

    Args:
        athlete: pseudonym
        path: of the new file
        made: wall time, a label
        may_replace: a file that is there may be lost; the athlete's own may not
    Raises:
        UsageError: there is a file already, or it cannot be written
    """
    output = output_file(path, "-o", may_replace=may_replace)
    output.check()
    own, journals, left_out = _sources(athlete)
    sources = (*own.values(), *journals.values())
    if sum(source.stat().st_size for source in sources) > MAX_ALL_BYTES:
        raise UsageError(f"{athlete} has more than {MAX_ALL_BYTES // 1_000_000} MB; move old journals away first")
    output = replace(output, sources=sources)
    output.check()
    try:
        manifest = _written(athlete, output, made, own, journals)
    except OSError as error:
        raise output.refusal(error) from error
    return Packed(path=path, manifest=manifest, left_out=left_out)


def _sources(athlete: str) -> tuple[dict[str, Path], dict[str, Path], tuple[str, ...]]:
    """The files of the folder and the journals that go in, by their names in there; and what cannot."""
    folder = athlete_folder(athlete)
    texts = sorted(path for path in folder.glob("programme-*.yaml"))
    own = [folder / PROFILE_NAME, folder / LOG_NAME, folder / PROGRAMME_NAME, *texts]
    files = {path.name: path for path in own if path.is_file() and is_member_name(path.name)}
    journals: dict[str, Path] = {}
    left_out: list[str] = []
    for path in journals_of(athlete):
        name = f"{JOURNALS}{path.name}"
        if is_held(path) or not is_member_name(name):
            left_out.append(path.stem)
        else:
            journals[name] = path
    return files, journals, tuple(left_out)


def _written(athlete: str, output: OutputFile, made: str, own: dict[str, Path], journals: dict[str, Path]) -> Manifest:
    with output.open() as opened, os.fdopen(opened.fd, "wb") as file, zipfile.ZipFile(file, "w", METHOD) as archive:
        with lock_athletes():  # log, profile and programme as they stand at one moment
            members = [_packed(archive, name, source) for name, source in own.items()]
        members += [_packed(archive, name, source) for name, source in journals.items()]
        manifest = Manifest(athlete=athlete, app=APP, made=made, members=tuple(members))
        archive.writestr(_info(MANIFEST_NAME), manifest_bytes(manifest))
    return manifest


def _packed(archive: zipfile.ZipFile, name: str, source: Path) -> Member:
    digest, n_bytes = hashlib.sha256(), 0
    with source.open("rb") as file, archive.open(_info(name), "w") as target:
        for chunk in chunks(file):
            digest.update(chunk)
            n_bytes += len(chunk)
            target.write(chunk)
    return Member(name=name, n_bytes=n_bytes, sha256=digest.hexdigest())


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file a piece at a time."""
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ALWAYS)
    info.compress_type = METHOD
    info.external_attr = 0o600 << 16
    return info
