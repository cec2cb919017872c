"""The process that owns the radio of a room: the sensors of all lanes, as they are written down."""

import asyncio
from typing import Final

from cadencecoach.devices.ble.owner import RadioOwner
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.priority import keep_up
from cadencecoach.devices.reach.lane import RADIO, ROOM_OF, LaneName
from cadencecoach.errors import UsageError
from cadencecoach.live.room.state import RoomFiles
from cadencecoach.live.sensors.lane_pods import lane_wanted

LEFT_ALONE_S: Final = 20.0  # a supervisor that was killed has a successor by then, or nobody needs sensors


def own_radio(room_id: str) -> None:
    """Own it until no session and no supervisor is there any more.

    Raises:
        UsageError: nothing is written down of the room, or another process owns it
    """
    files = RoomFiles(room_id)
    state = files.read()
    if state is None:
        raise UsageError("nothing is known of this room: the process that runs it starts the radio by itself")
    owner = RadioOwner({lane: lane_wanted(text) for lane, text in state.sensors.items()}, state.adapters)
    clock, needed_s = HostClock(), 0.0

    def is_needed() -> bool:
        nonlocal needed_s
        if owner.n_served or files.is_supervised:
            needed_s = clock.now_s()
        return clock.now_s() - needed_s < LEFT_ALONE_S

    keep_up()
    name = LaneName(room_id, 1).radio
    try:
        asyncio.run(owner.serve(name, {"kind": RADIO, ROOM_OF: room_id}, is_needed))
    except FileExistsError:
        raise UsageError("another process owns the radio of this room") from None
