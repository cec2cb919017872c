"""What has arrived taken in: journals first, then the programme's texts, the log, the profile.

A journal that is here is never written over. What is interrupted can be done again: the same file gives the same end.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

from cadencecoach.desk.travel.comparing import (
    Compared,
    compared_again,
    journal_path,
    log_lines,
    programme_set,
    sha256_of,
)
from cadencecoach.desk.travel.opening import Arrived
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder, write_private
from cadencecoach.errors import UsageError
from cadencecoach.record.entry_lines import header_line, log_bytes
from cadencecoach.record.joined import joined
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_folder import LOG_NAME, PROGRAMME_NAME, athlete_folder, lock_athletes
from cadencecoach.store.athlete_programme import SHA_DIGITS
from cadencecoach.store.profile_file import write_profile

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class How(Enum):
    """What to do where both sides have what the other has not."""

    ASK = "ask"  # nothing: it is told, and nothing is written
    MERGE = "merge"  # every entry of both; the programme set last holds
    REPLACE = "replace"  # the file's log, profile and programme


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What was written.

    Attributes:
        n_entries: in the log before and after
        n_journals: that were not here
        lost: entries that were here and are not any more, after a replacement
        programme: sha256 of the text in force; empty for none
        notes: what a person should know
    """

    n_entries: tuple[int, int]
    n_journals: int
    lost: int
    programme: str
    notes: tuple[str, ...]


def take_in(arrived: Arrived, found: Compared, how: How) -> TakenIn:
    """Write what has arrived.

    Raises:
        UsageError: it cannot be written, or both sides differ and nobody said what holds
    """
    _check_conflicts(found, how)
    folder = athlete_folder(arrived.manifest.athlete)
    try:
        n_journals = sum(_placed(arrived, member.name, journal_path(member)) for member in found.new)
        with lock_athletes():
            now = compared_again(arrived, found)  # somebody may have written meanwhile
            _check_conflicts(now, how)
            return _texts_taken_in(arrived, now, how, n_journals)
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be written: {error.strerror or error}") from error


def _check_conflicts(found: Compared, how: How) -> None:
    if found.conflicts and how is How.ASK:
        raise UsageError(f"not imported ({'; '.join(found.conflicts)}): use --merge or --replace")


def _texts_taken_in(arrived: Arrived, found: Compared, how: How, n_journals: int) -> TakenIn:
    """Log, profile and programme, under the lock; `found` says how they differ now."""
    athlete = arrived.manifest.athlete
    folder = athlete_folder(athlete)
    here, there = log_lines(folder / LOG_NAME), log_lines(arrived.folder / LOG_NAME)
    lines = there if how is How.REPLACE else joined(here, there)
    make_private_folder(folder)
    notes = _programme(arrived, folder, lines)
    if lines != here:
        _write_log(folder / LOG_NAME, athlete, lines)
    write_profile(replace(_profile(athlete, found, how), athlete=athlete))
    return TakenIn(
        n_entries=(len(here), len(lines)),
        n_journals=n_journals,
        lost=len(found.log.only_here) if how is How.REPLACE else 0,
        programme=programme_set(lines),
        notes=notes,
    )


def _placed(arrived: Arrived, name: str, target: Path) -> bool:
    """A journal put where it belongs, unless something has come to lie there."""
    make_private_folder(target.parent)
    try:
        fd = os.open(target, _CREATE, FILE_MODE)
    except FileExistsError:
        return False
    with os.fdopen(fd, "wb") as out, (arrived.folder / name).open("rb") as file:
        shutil.copyfileobj(file, out)
    return True


def _programme(arrived: Arrived, folder: Path, lines: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The text that the log says is in force becomes so; every other text of both sides is kept beside it."""
    texts = {member.sha256: arrived.folder / member.name for member in arrived.texts}
    texts |= {sha256_of(path): path for path in folder.glob("programme*.yaml") if path.is_file()}
    wanted = programme_set(lines)
    contents = {sha256: path.read_bytes() for sha256, path in texts.items()}
    for sha256, raw in contents.items():
        kept = folder / f"programme-{sha256[:SHA_DIGITS]}.yaml"
        if sha256 != wanted and not kept.exists():
            write_private(kept, raw)
    if wanted in contents:
        if not (folder / PROGRAMME_NAME).is_file() or sha256_of(folder / PROGRAMME_NAME) != wanted:
            write_private(folder / PROGRAMME_NAME, contents[wanted])
        return ()
    return (
        (f"the text of the programme in force ({wanted[:SHA_DIGITS]}) is neither here nor in the file",)
        if wanted
        else ()
    )


def _write_log(path: Path, athlete: str, lines: Sequence[Mapping[str, Any]]) -> None:
    write_private(path, b"".join(map(log_bytes, (header_line(athlete), *lines))))


def _profile(athlete: str, found: Compared, how: How) -> Profile:
    here, there = found.profiles
    if here is None or there is None or how is How.REPLACE:
        return there or here or Profile(athlete=athlete)
    before = [one.shoes_before for one in (here, there) if one.shoes_before is not None]
    days = [day for day in (here.created, there.created) if day is not None]
    return Profile(
        athlete=athlete,
        created=min(days, default=None),
        language=here.language or there.language,
        voice=here.voice or there.voice,
        shoes=tuple(dict.fromkeys((*here.shoes, *there.shoes))),
        shoes_before=tuple(dict.fromkeys(chain.from_iterable(before))) if before else None,
        sensors=tuple(dict.fromkeys((*here.sensors, *there.sensors))),
    )
