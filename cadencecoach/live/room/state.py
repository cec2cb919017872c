"""What is written down of a room while it runs, so that who comes after a killed supervisor finds its sessions again.

Private files of the user's, beside the places of sessions: what each lane has come to, the lock of the supervisor, and
the mark that all were stopped. Nothing of it is a record: that is each session's journal.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from cadencecoach.devices.input_file import real_path
from cadencecoach.devices.lock import hold, is_held
from cadencecoach.devices.private_file import FILE_MODE, read_private, write_private
from cadencecoach.devices.reach.place import places_folder
from cadencecoach.errors import UsageError
from cadencecoach.view.wall import LaneState

ENDING: Final = ".room"
MAX_STATE_BYTES: Final = 65_536


@dataclass(slots=True, kw_only=True)
class LaneRecord:
    """What a lane has come to.

    Attributes:
        state: how it is
        session: name of the place of its session; empty before the first
        journal: path of the session's journal, once it is known
    """

    state: LaneState = LaneState.WAITING
    session: str = ""
    journal: str = ""


@dataclass(slots=True, kw_only=True)
class RoomState:
    """A room that runs, or ran.

    Attributes:
        sha256: of its file
        name: of the room, for people
        sensors: of each lane with Bluetooth sensors, as the room's file names them
        adapters: that are used
        lanes: by number
    """

    sha256: str
    name: str = ""
    sensors: Mapping[int, str] = field(default_factory=dict)
    adapters: tuple[str, ...] = ()
    lanes: dict[int, LaneRecord] = field(default_factory=dict)


def room_id(path: Path) -> str:
    """The id of the room of a file, the same as long as the file lies there."""
    return hashlib.sha256(os.fsencode(real_path(path))).hexdigest()[:12]


class RoomFiles:
    """The files of one room."""

    def __init__(self, id_: str) -> None:
        """Open nothing.

        Raises:
            UsageError: there is no private folder
        """
        self.id = id_
        folder = places_folder()
        self._state = folder / f"{id_}{ENDING}"
        self._lock = folder / f"{id_}.lock"
        self._stop = folder / f"{id_}.stopped"

    def read(self) -> RoomState | None:
        """What is written down; None where nothing is that can be read."""
        raw = read_private(self._state, MAX_STATE_BYTES)
        try:
            return None if raw is None else _state_of(json.loads(raw))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def write(self, state: RoomState) -> None:
        """Write it down.

        Raises:
            OSError: it cannot be written
        """
        # Nobody needs it after a power cut: then there are no sessions to be found.
        write_private(self._state, json.dumps(asdict(state)).encode(), sync=lambda _: None)

    def remove(self) -> None:
        """Leave nothing of a room that is over but its lock."""
        for path in (self._state, self._stop):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @contextmanager
    def supervising(self) -> Iterator[None]:
        """Be the one that starts and restarts.

        Raises:
            UsageError: another process is, or the lock cannot be written
        """
        try:
            fd = os.open(self._lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), FILE_MODE)
        except OSError as error:
            raise UsageError(f"{self._lock} cannot be used: {error.strerror or error}") from error
        try:
            if not hold(fd):
                raise UsageError("this room runs already, in another window: use that one, or end it there")
            yield
        finally:
            os.close(fd)

    @property
    def is_supervised(self) -> bool:
        """Whether a process starts and restarts its sessions now."""
        return is_held(self._lock)

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped all of it: nothing is started any more."""
        return self._stop.exists()

    def mark_stopped(self) -> None:
        """Let nothing be started any more."""
        with suppress(OSError):
            write_private(self._stop, b"")

    def clear_stopped(self) -> None:
        """Let lanes be started again."""
        with suppress(OSError):
            self._stop.unlink(missing_ok=True)


def found_rooms() -> list[str]:
    """Ids of the rooms of which something is written down.

    Raises:
        UsageError: there is no private folder
    """
    return sorted(path.name.removesuffix(ENDING) for path in places_folder().glob(f"*{ENDING}"))


def _state_of(told: Any) -> RoomState:  # noqa: ANN401  # as it was read
    lanes = {
        int(number): LaneRecord(state=LaneState(one["state"]), session=str(one["session"]), journal=str(one["journal"]))
        for number, one in told["lanes"].items()
    }
    return RoomState(
        sha256=str(told["sha256"]),
        name=str(told["name"]),
        sensors={int(number): str(text) for number, text in told["sensors"].items()},
        adapters=tuple(map(str, told["adapters"])),
        lanes=lanes,
    )
