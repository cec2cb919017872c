"""What sessions of a room are known by: in the environment they are started with, and in the places they publish."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LANE: Final = "CADENCECOACH_LANE"  # in the environment of a session: id of the room, a colon, the number of the lane
RADIO: Final = "radio"  # as `about["kind"]` of the process that owns the Bluetooth adapters
ROOM_OF, LANE_OF = "room", "lane"  # in what a place says of itself
_LANE: Final = re.compile("([0-9a-f]{12}):([1-8])")


@dataclass(frozen=True, slots=True)
class LaneName:
    """A lane of a room.

    Attributes:
        room: its id
        number: of the lane
    """

    room: str
    number: int

    @property
    def radio(self) -> str:
        """Name of the place of the process that owns the room's radio."""
        return f"{RADIO}-{self.room}"

    @property
    def variable(self) -> Mapping[str, str]:
        """As it is handed to a process."""
        return {LANE: f"{self.room}:{self.number}"}

    @property
    def about(self) -> Mapping[str, str]:
        """As its place says it."""
        return {ROOM_OF: self.room, LANE_OF: f"{self.number}"}


def given_lane() -> LaneName | None:
    """The lane this process was started for; None outside of a room."""
    match = _LANE.fullmatch(os.environ.get(LANE, ""))
    return None if match is None else LaneName(match[1], int(match[2]))
