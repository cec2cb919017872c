"""What the audio process is asked to make. Nearly free to import: numpy and the engine are loaded there, not here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cadencecoach.sound.commands import Bus
    from cadencecoach.sound.engine import Engine


def make_engine(sounds: "Path", gains: "Mapping[Bus, float]", n_channels: int, fs_hz: int) -> "Engine":
    """The engine with the clips of a folder, at the rate of a card."""
    from cadencecoach.sound.bank import load_bank  # noqa: PLC0415
    from cadencecoach.sound.engine import Engine  # noqa: PLC0415
    from cadencecoach.sound.noise import pink_noise  # noqa: PLC0415

    pink_noise(fs_hz)  # no callback waits until it is made
    return Engine(clips=load_bank(sounds, fs_hz), fs_hz=fs_hz, gains=gains, n_channels=n_channels)


def trial_engine(fs_hz: int) -> "Engine":
    """One to warm up with, before anything is known of what will be played."""
    from cadencecoach.devices.assets import asset  # noqa: PLC0415
    from cadencecoach.sound.engine import DEFAULT_GAINS  # noqa: PLC0415

    return make_engine(asset("sounds"), DEFAULT_GAINS, 1, fs_hz)
