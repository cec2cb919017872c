"""The pods of one lane as its session has them: from the process that owns the radio, over a local socket.

If the owner dies, the session sees its sensors lost and goes on; they come back with the next owner.
"""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from cadencecoach.devices.ble.event_lines import MAX_LINE_BYTES, event_of_line
from cadencecoach.devices.ble.events import Event, Linked, Unlinked
from cadencecoach.devices.reach.place import HOME, find_place
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.devices.ble.link import Wanted

MOST_WAITING: Final = 2000  # of what has come and was not taken; the oldest goes
CONNECT_S: Final = 2.0
AGAIN_S: Final = (0.1, 0.2, 0.5, 1.0)  # between two looks for an owner
CLOSE_S: Final = 2.0


class RemotePods:
    """What a session has of the radio, as `Radio` has it, but for looking around.

    Threads: all methods are for one thread; another one fills what they look at, and calls `ring`.

    Args:
        owner: name of the place of the process that owns the radio
        lane: whose pods they are
    """

    def __init__(self, owner: str, lane: int) -> None:
        """Begin to look for the owner."""
        self._owner, self._lane = owner, lane
        self._events: deque[Event] = deque(maxlen=MOST_WAITING)
        self._linked: dict[str, Linked] = {}  # by address
        self._ring: Callable[[], None] = lambda: None
        self._is_over = threading.Event()
        self._connection: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name="pods", daemon=True)
        self._thread.start()

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Call this, from another thread, whenever something has come."""
        self._ring = ring

    def keep(self, wanted: "Wanted") -> None:
        """The owner keeps the sensors of a lane connected by itself."""

    def peek(self) -> Event | None:
        """The oldest event that has not been taken; None when there is none. Never waits."""
        return self._events[0] if self._events else None

    def take(self) -> Event | None:
        """The same, taken."""
        return self._events.popleft() if self._events else None

    def close(self) -> None:
        """Part from the owner, which keeps the sensors; a second call does nothing."""
        self._is_over.set()
        connection = self._connection
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(CLOSE_S)

    def _run(self) -> None:
        n_tries = 0
        while not self._is_over.is_set():
            with suppress(OSError, ValueError, UsageError):
                if self._listen():
                    n_tries = 0
            self._lose_all()
            self._is_over.wait(AGAIN_S[min(n_tries, len(AGAIN_S) - 1)])
            n_tries += 1

    def _listen(self) -> bool:
        """Take what the owner sends until it ends; whether anything came."""
        place = find_place(self._owner)
        if place is None:
            return False
        has_come = False
        with socket.create_connection((HOME, place.port), CONNECT_S) as connection:
            self._connection = connection
            connection.sendall(json.dumps({"token": place.token, "lane": self._lane}).encode() + b"\n")
            connection.settimeout(None)
            with connection.makefile("rb") as lines:
                while not self._is_over.is_set() and (line := lines.readline(MAX_LINE_BYTES)).endswith(b"\n"):
                    has_come = True
                    self._note(event_of_line(line))
        return has_come

    def _note(self, event: Event) -> None:
        match event:
            case Linked():
                if self._linked.get(event.sensor.address) == event:
                    return  # said again to whoever comes back
                self._linked[event.sensor.address] = event
            case Unlinked():
                self._linked.pop(event.sensor.address, None)
        self._events.append(event)
        self._ring()

    def _lose_all(self) -> None:
        """Say of every sensor that it is lost: nobody knows how it is without the owner."""
        for linked in tuple(self._linked.values()):
            lost = Unlinked(
                time_s=time.monotonic(), sensor=linked.sensor, sources=linked.sources, why="dropped", n_doubles=0
            )
            self._note(lost)
