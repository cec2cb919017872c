"""What the audio process is asked to make. Light to import: numpy is loaded there, not here."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.sound.commands import Bus
from cadencecoach.sound.rate import FS_HZ

if TYPE_CHECKING:
    from cadencecoach.sound.engine import Engine


def make_engine(sounds: Path, gains: Mapping[Bus, float], n_channels: int) -> "Engine":
    """The engine with the clips of a folder."""
    from cadencecoach.sound.bank import load_bank  # noqa: PLC0415
    from cadencecoach.sound.engine import Engine  # noqa: PLC0415

    return Engine(clips=load_bank(sounds), fs_hz=FS_HZ, gains=gains, n_channels=n_channels)
