"""The outputs of a room: each is there, and no two lanes are heard on one."""

import pytest
from each_row import each_row

from cadencecoach.desk.room.outputs import check_devices
from cadencecoach.devices.audio_card import SoundDevice
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.destination import destination_of


def device(index: int, name: str, n_channels: int = 2, host_api: str = "ALSA") -> SoundDevice:
    """A device."""
    return SoundDevice(
        index=index,
        name=name,
        host_api=host_api,
        n_channels=n_channels,
        fs_hz=48_000,
        latency_s=0.1,
        is_default=index == 0,
    )


DEVICES = [
    device(0, "pulse", 32),
    device(1, "Scarlett: USB Audio (hw:1,0)", 4),
    device(2, "dmix eight", 8),
    device(3, "system", 8, "JACK Audio Connection Kit"),
]


def check(*outputs: str) -> None:
    """Lanes from 1 on with these outputs."""
    check_devices({number: destination_of(one) for number, one in enumerate(outputs, 1)}, DEVICES)


@each_row(
    "outputs",
    [
        ("default", "device:Scarlett"),
        ("device:dmix eight@1-2", "device:dmix eight@3-4", "device:dmix eight@7-8"),
        ("device:system@1-2", "device:system@5-6"),
        ("device:Scarlett@3-4",),
    ],
)
def test_outputs_of_their_own_are_fine(outputs: tuple[str, ...]) -> None:
    """Devices, and pairs where the host API mixes."""
    check(*outputs)


@each_row(
    ("outputs", "told"),
    [
        (("device:Focus",), "lane 1: no sound device fits Focus"),
        (("device:Scarlett@5-6",), "lane 1: there is no pair of channels 5-6: Scarlett.* has 4 channels"),
        (("device:pulse@1-2",), "lane 1: .* is a sound server, which mixes channels"),
        (("device:Scarlett@3-4", "device:usb audio@1-2"), "plays for one program at a time"),
        (("device:Scarlett", "device:usb audio"), "lanes 1 and 2 are both heard on Scarlett"),
        (("device:dmix", "device:dmix eight@3-4"), "lanes 1 and 2 are both heard on dmix eight"),
        (("default", "device:pulse"), "lanes 1 and 2 are both heard on pulse"),
    ],
)
def test_what_cannot_be_heard_apart_is_told(outputs: tuple[str, ...], told: str) -> None:
    """Also where two texts name one device."""
    with pytest.raises(UsageError, match=told):
        check(*outputs)


def test_a_computer_without_devices_starts_all_the_same() -> None:
    """One may come; each session says that there is none."""
    check_devices({1: destination_of("device:any")}, [])
