"""Sessions started for somebody else: processes of their own that outlive whoever started them."""

import threading
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cadencecoach.devices.own_command import OwnCommand
from cadencecoach.devices.reach.lane import LaneName
from cadencecoach.devices.reach.place import GIVEN_DEVICE, GIVEN_NAME, Place, find_place


class StartedSession(OwnCommand):
    """A session on its way to its first beat.

    Attributes:
        name: of its place, once it can be reached
    """

    def __init__(
        self,
        words: Sequence[str],
        name: str,
        *,
        device: str = "",
        lane: LaneName | None = None,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Start it, apart from this process: it hears no Ctrl-C of ours, and nothing closes with us.

        Args:
            words: of the command line, without the program's name
            name: of its place
            device: the id of the one that asked for it, of those that were let in; empty for others
            lane: of a room, if it is started for one
            more: of the environment: who is served
        """
        self.name = name
        environment = {**more, GIVEN_NAME: name, GIVEN_DEVICE: device, **({} if lane is None else lane.variable)}
        super().__init__(words, environment, outlives=True)
        # Whoever starts processes must also take note of their end.
        threading.Thread(target=self._process.wait, name="reaper", daemon=True).start()

    @property
    def place(self) -> Place | None:
        """Where it can be reached; None before."""
        return find_place(self.name)

    def kill(self) -> None:
        """End it at once; what it has written stays."""
        self._process.kill()

    @property
    def has_ended(self) -> bool:
        """Whether its process is over."""
        return self._process.returncode is not None

    @property
    def is_done(self) -> bool:
        """Whether it has come to its end by itself; not where it was killed, or has failed."""
        return self._process.returncode == 0
