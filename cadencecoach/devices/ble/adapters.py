"""Which Bluetooth adapters Linux has."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path("/sys/class/bluetooth")


def adapters_here() -> tuple[str, ...] | None:
    """Their names, such as hci0; None where the system does not tell."""
    try:
        return tuple(sorted(one.name for one in FOLDER.iterdir() if ":" not in one.name))  # hci0:11 is a connection
    except OSError:
        return None
