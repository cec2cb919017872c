"""The outputs of a room held against the sound system: that each lane's is there, and no other lane's."""

from collections.abc import Sequence
from typing import Final

from cadencecoach.devices.audio_card import ALSA, HARDWARE, SoundDevice, check_pair, meant_device
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.audio_sinks import sound_sinks
from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.live.audio.destination import Destination, destination_of
from cadencecoach.live.room.model import Lane, Room
from cadencecoach.plan.words import nearest

SYSTEMS_OWN: Final = "default"


def check_outputs(room: Room) -> None:
    """Refuse a room whose outputs are not there, or are one. Where nobody can tell, the sessions say what is wrong.

    Raises:
        UsageError: one is not there, or two lanes would be heard on it
    """
    asked = {lane.number: destination_of(lane.output) for lane in room.lanes if lane.output != "none"}
    if any(one.sink for one in asked.values()):
        _check_sinks(room.lanes, sound_sinks())
    if any(not one.sink for one in asked.values()):
        try:
            devices = sound_devices()
        except DeviceError:
            return
        check_devices({number: one for number, one in asked.items() if not one.sink}, devices)


def _check_sinks(lanes: Sequence[Lane], sinks: tuple[str, ...] | None) -> None:
    for lane in lanes if sinks is not None else ():
        sink = destination_of(lane.output).sink
        if sink and sink not in (sinks or ()):
            meant = nearest(sink, sinks or ())
            hint = f"did you mean {meant}?" if meant else f"there are: {', '.join(sinks or ()) or 'none'}"
            raise UsageError(f"lane {lane.number}: there is no sink {sink}; {hint}")


def check_devices(asked: dict[int, Destination], devices: Sequence[SoundDevice]) -> None:
    """The same for devices, by lane."""
    if not devices:
        return
    taken: dict[int, list[tuple[int, Destination]]] = {}
    for number, one in asked.items():
        name = None if one.device in {None, SYSTEMS_OWN} else one.device
        try:
            device = meant_device(devices, name)
            check_pair(device, one.pair)
        except ValueError as error:
            raise UsageError(f"lane {number}: {error}") from None
        for other, before in taken.setdefault(device.index, []):
            _check_pair(number, one, other, before, device)
        taken[device.index].append((number, one))


def _check_pair(number: int, one: Destination, other: int, before: Destination, device: SoundDevice) -> None:
    """Whether two lanes may be heard on one device."""
    if one.pair is None or before.pair is None or one.pair == before.pair:
        raise UsageError(f"lanes {other} and {number} are both heard on {device.name}; give each an output of its own")
    if device.host_api == ALSA and HARDWARE in device.name:
        raise UsageError(
            f"lanes {other} and {number}: {device.name} plays for one program at a time; use JACK, a dmix device, or "
            "a sink of PipeWire for each pair"
        )
