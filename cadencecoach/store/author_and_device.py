"""Who writes an entry, and on which machine: a name from the settings, and one drawn by chance that says nothing."""

import re
import secrets
from pathlib import Path

from cadencecoach.devices.private_file import not_written, read_private, write_private
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.store.machine import Machine

DEVICE_NAME = ".device"  # what begins with a dot is in no backup: a second machine must not get the name of the first
N_DEVICE_BYTES = 8
_DEVICE = re.compile(rf"[0-9a-f]{{{2 * N_DEVICE_BYTES}}}")


def author_named(machine: Machine) -> str:
    """The author that the settings name; empty where they name none, or cannot be read.

    An answer about pain is written down all the same: settings that are broken are complained of by whoever needs them.
    """
    from cadencecoach.store.settings import find_settings  # noqa: PLC0415  # only who writes needs them

    try:
        return find_settings(machine, None).desk.author.strip()
    except CadencecoachError:
        return ""


def kept_device(athletes_folder: Path) -> str:
    """The name of this machine in entries, for whoever does not wait for the lock; empty where none was drawn yet."""
    kept = (read_private(athletes_folder / DEVICE_NAME, 2 * N_DEVICE_BYTES) or b"").decode("ascii", "replace")
    return kept if _DEVICE.fullmatch(kept) else ""


def device_name(athletes_folder: Path) -> str:
    """The name of this machine in entries, drawn when it is first asked for; to be asked under the lock of the folder.

    Raises:
        UsageError: it cannot be kept
    """
    if kept := kept_device(athletes_folder):
        return kept
    path = athletes_folder / DEVICE_NAME
    drawn = secrets.token_hex(N_DEVICE_BYTES)
    try:
        write_private(path, drawn.encode())
    except OSError as error:
        raise UsageError(not_written(path, error)) from error
    return drawn
