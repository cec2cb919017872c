"""Where an athlete's things lie on this machine."""

import re
from contextlib import AbstractContextManager
from pathlib import Path

from cadencecoach.devices.lock import locked
from cadencecoach.devices.user_folders import data_folder
from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.findings import clipped

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_-])?")
ALLOWED = (
    "1 to 40 letters a-z, digits, '-', '_' or '.', the first a letter or digit, the last no '.', "
    "and is no device of Windows (con, nul, ...)"
)
# Windows gives these to devices, whatever stands behind a dot.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
LOG_NAME = "log.jsonl"
PROFILE_NAME = "profile.json"
PROGRAMME_NAME = "programme.yaml"


def athletes_folder() -> Path:
    """The folder of all athletes; each has one in it by the pseudonym."""
    return data_folder() / "athletes"


def lock_athletes() -> AbstractContextManager[None]:
    """Keep other processes and threads from changing what is kept of any athlete, while something is decided on it.

    One lock for all of them: it outlives a folder that is deleted, and two names that differ in capitals only are seen.

    Raises:
        UsageError: another has it for too long, or the folder cannot be written
    """
    return locked(athletes_folder())


def athlete_folder(name: str) -> Path:
    """The folder of one athlete, whether it is there or not.

    Raises:
        UsageError: the name cannot be that of a folder
    """
    return athletes_folder() / checked_name(name)


def checked_name(name: str) -> str:
    """A pseudonym that is a safe name of a folder on every system.

    Raises:
        UsageError: it is none; the message says what is allowed
    """
    if not NAME.fullmatch(name) or name.partition(".")[0].casefold() in RESERVED:
        given = clipped(ascii(name), 60)
        raise UsageError(f"--athlete {given}: a pseudonym has {ALLOWED}; not a person's name, please")
    return name
