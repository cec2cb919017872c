"""An athlete's profile on disk."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from cadencecoach.devices.private_file import write_private
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.record.profile import Profile, json_of_profile, profile_of_json
from cadencecoach.store.athlete_folder import PROFILE_NAME, athlete_folder, lock_athletes
from cadencecoach.store.files import file_bytes
from cadencecoach.store.roster import athlete_names, check_kept, is_kept

MAX_PROFILE_BYTES = 200_000


def read_profile(athlete: str) -> Profile:
    """The profile of an athlete; an empty one where there is no file, as when a programme was begun for a new name.

    Raises:
        UsageError: the name is none, or the file cannot be read
        JournalError: the file is no profile
    """
    path = athlete_folder(athlete) / PROFILE_NAME
    if not path.exists():
        return Profile(athlete=athlete)
    profile = profile_in(file_bytes(path, what="profile", limit_bytes=MAX_PROFILE_BYTES + 1), str(path))
    return replace(profile, athlete=athlete)


def profile_in(raw: bytes, source: str) -> Profile:
    """The profile in a file's bytes.

    Raises:
        JournalError: it is none
    """
    try:
        told = json.loads(raw) if len(raw) <= MAX_PROFILE_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise JournalError(f"{source}: not a profile: no JSON object of at most {MAX_PROFILE_BYTES // 1000} kB")
    try:
        return profile_of_json(told)
    except JournalError as error:
        raise JournalError(f"{source}: {error}") from error


def write_profile(profile: Profile) -> Path:
    """Write a profile, whole or not at all.

    Raises:
        UsageError: the name is none, or the file cannot be written
    """
    path = athlete_folder(profile.athlete) / PROFILE_NAME
    return write_profile_at(path, profile)


def write_profile_at(path: Path, profile: Profile) -> Path:
    """The same at a place of its own."""
    text = json.dumps(json_of_profile(profile), ensure_ascii=False, indent=2)
    try:
        write_private(path, f"{text}\n".encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def make_athlete(profile: Profile) -> Path:
    """A new athlete.

    Raises:
        UsageError: there is one of this name, or one that differs in capitals only, which some disks take for the same
    """
    with lock_athletes():
        same = next((name for name in athlete_names() if name.casefold() == profile.athlete.casefold()), None)
        if same is not None or is_kept(profile.athlete):
            raise UsageError(f"an athlete called {same or profile.athlete} already exists; choose another pseudonym")
        return write_profile(profile)


def noted(athlete: str, *, shoes: str = "", sensors: tuple[str, ...] = (), day: date | None = None) -> Profile:
    """Put what a run brought into the profile: shoes and sensors that were not in it.

    Raises:
        UsageError: the athlete was forgotten meanwhile, or the file cannot be read or written
        JournalError: the file is no profile
    """
    with lock_athletes():
        check_kept(athlete)
        before = read_profile(athlete)
        after = _with_run(before, shoes, sensors, day)
        if after != before:
            write_profile(after)
    return after


def _with_run(before: Profile, shoes: str, sensors: tuple[str, ...], day: date | None) -> Profile:
    called = before.shoes_called(shoes)
    return replace(
        before,
        created=before.created or day,
        shoes=before.shoes if not shoes or called in before.shoes else (*before.shoes, called),
        sensors=tuple(dict.fromkeys((*before.sensors, *sensors))),
    )
