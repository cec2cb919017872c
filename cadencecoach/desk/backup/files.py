"""The files that a backup holds: everything in the user's folders of data and settings but what passes by itself.

What begins with a dot passes: locks, marks, drafts, what an import was unpacked in. Links are followed, so that a
folder on another disk is packed too.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.desk.backup.manifest import OF_DATA, OF_SETTINGS, is_kept_name
from cadencecoach.store.indexing import INDEX_NAME

ATHLETES = f"{OF_DATA}athletes/"
SESSIONS = f"{OF_DATA}sessions/"
INDEX = f"{OF_DATA}{INDEX_NAME}"
OF_THE_INDEX = tuple(f"{INDEX}{ending}" for ending in ("-journal", "-wal", "-shm"))  # of a change that goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file.

    Attributes:
        name: in the backup
        path: on the disk
    """

    name: str
    path: Path


def kept_files(folder: Path, prefix: str) -> tuple[list[KeptFile], list[str]]:
    """The files in a folder, sorted by name, and what is left out of it: pipes, devices, names that cannot travel."""
    files: list[KeptFile] = []
    left_out: list[str] = []
    for path in _below(folder, frozenset({os.path.realpath(folder)})):
        name = f"{prefix}{path.relative_to(folder).as_posix()}"
        if name in OF_THE_INDEX:
            continue
        if is_kept_name(name) and _is_plain(path):
            files.append(KeptFile(name=name, path=path))
        else:
            left_out.append(name)
    return sorted(files, key=lambda one: one.name), sorted(left_out)


def place_of(name: str, data: Path, settings: Path) -> Path:
    """Where a file of a backup belongs on this machine."""
    folder, prefix = (data, OF_DATA) if name.startswith(OF_DATA) else (settings, OF_SETTINGS)
    return folder / name.removeprefix(prefix)


def athlete_of(name: str) -> str:
    """The folder of an athlete that a file is in; empty for any other file."""
    athlete, _, rest = name.removeprefix(ATHLETES).partition("/")
    return athlete if name.startswith(ATHLETES) and rest else ""


def _below(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    """Every entry that is no folder; a link that leads back up is not followed round and round."""
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    for path in entries:
        if path.name.startswith("."):
            continue
        real = os.path.realpath(path)
        if not path.is_dir():
            yield path
        elif real not in above:
            yield from _below(path, above | {real})


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:  # gone since, or a link that leads nowhere
        return False
