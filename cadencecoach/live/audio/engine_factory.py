"""What the audio process is asked to make. Nearly free to import: numpy and the engine are loaded there, not here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cadencecoach.sound.commands import Bus
    from cadencecoach.sound.engine import Engine


def make_engine(sounds: "Path", gains: "Mapping[Bus, float]", n_channels: int) -> "Engine":
    """The engine with the clips of a folder."""
    from cadencecoach.sound.bank import load_bank  # noqa: PLC0415
    from cadencecoach.sound.engine import Engine  # noqa: PLC0415
    from cadencecoach.sound.rate import FS_HZ  # noqa: PLC0415

    return Engine(clips=load_bank(sounds), fs_hz=FS_HZ, gains=gains, n_channels=n_channels)


def trial_engine() -> "Engine":
    """One to warm up with, before anything is known of what will be played."""
    from cadencecoach.devices.assets import asset  # noqa: PLC0415
    from cadencecoach.sound.engine import DEFAULT_GAINS  # noqa: PLC0415

    return make_engine(asset("sounds"), DEFAULT_GAINS, 1)
