"""Where a running session can be reached: one private file a session, in one private folder of the user's.

The file is held with the system's own lock by the process that wrote it, so it says by itself whether that process
still lives: nobody has to guess from a number that another program may have by now. A file that nobody holds is what
a killed session left behind, and is removed by whoever finds it.
"""

import contextlib
import json
import os
import re
import secrets
import signal
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Final

from cadencecoach.devices.lock import hold, is_held
from cadencecoach.devices.private_file import FILE_MODE, FOLDER_MODE
from cadencecoach.devices.user_folders import runtime_folder
from cadencecoach.errors import UsageError

ENDING: Final = ".place"
HOME: Final = "127.0.0.1"  # nothing of this is heard outside the machine
MAX_PLACE_BYTES: Final = 16_384
SESSION: Final = "session"  # as `about["kind"]`
GIVEN_NAME: Final = "CADENCECOACH_SESSION"  # in the environment of a session that a program has started: its name
GIVEN_DEVICE: Final = "CADENCECOACH_DEVICE"  # and the device that asked for it
_NAME: Final = re.compile("[0-9a-f]{12}")
_CREATE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a program of ours can be reached.

    Attributes:
        name: of the file, without its ending; the id of a session
        pid: of the process
        port: on the loopback interface
        token: whoever knows it may speak to it
        about: what it is, for people and for deciding whether two would be in each other's way
    """

    name: str
    pid: int
    port: int
    token: str = field(repr=False)
    about: Mapping[str, str]


def places_folder() -> Path:
    """The private folder, made if it is not there.

    Raises:
        UsageError: it cannot be made, or others could look into it or have put it there
    """
    folder = runtime_folder()
    try:
        for one in (folder.parent, folder):
            with contextlib.suppress(FileExistsError):
                one.mkdir(mode=FOLDER_MODE, parents=True)
        above, found = folder.parent.lstat(), folder.lstat()
    except OSError as error:
        raise UsageError(f"{folder} cannot be used: {error.strerror or error}") from error
    if sys.platform != "win32":
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        is_open_above = above.st_mode & 0o022 and not above.st_mode & stat.S_ISVTX  # others could put another there
        if not is_ours or found.st_mode & 0o077 or above.st_uid not in {0, os.getuid()} or is_open_above:
            raise UsageError(f"{folder} is not a private folder of yours; delete it, or set XDG_RUNTIME_DIR")
    return folder


def new_name() -> str:
    """A name that no other place has."""
    return secrets.token_hex(6)


def given_name() -> str:
    """The name that whoever started this process has chosen for its session; empty where a person has started it."""
    name = os.environ.get(GIVEN_NAME, "")
    return name if _NAME.fullmatch(name) else ""


def given_device() -> str:
    """The device that asked for this session; empty where a person at this computer started it."""
    return os.environ.get(GIVEN_DEVICE, "") if given_name() else ""


@contextlib.contextmanager
def publish(name: str, *, port: int, token: str, about: Mapping[str, str]) -> Iterator[Place]:
    """A place that others find, until the end of the block or of the process.

    Args:
        name: of the file; a new name of its own where it is empty
        port: where it listens
        token: what a caller must know
        about: what it is
    Raises:
        OSError: it cannot be written
        UsageError: there is no private folder
        FileExistsError: another process has this name
    """
    folder = places_folder()
    place = Place(name=name or new_name(), pid=os.getpid(), port=port, token=token, about=dict(about))
    path = folder / f"{place.name}{ENDING}"
    if is_held(path):
        raise FileExistsError(path)
    # Under its own name only when it is held: nobody takes one that is being written for one left behind. An open file
    # cannot change its name on Windows; there it is found unfinished for some microseconds, and passed over.
    draft = path if sys.platform == "win32" else folder / f".{place.name}.{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    fd = os.open(draft, _CREATE, FILE_MODE)
    try:
        hold(fd)
        os.write(fd, json.dumps(asdict(place)).encode())
        if draft != path:
            draft.replace(path)
        yield place
    finally:
        if sys.platform == "win32":
            os.close(fd)
        with contextlib.suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(fd)


def found_places() -> list[Place]:
    """The places of processes that live, by name; what killed ones left behind is removed.

    Raises:
        UsageError: there is no private folder
    """
    found = []
    for path in sorted(places_folder().glob(f"*{ENDING}")):
        if not is_held(path):
            with contextlib.suppress(OSError):
                path.unlink()
            continue
        place = _read(path)
        if place is not None:
            found.append(place)
    return found


def find_place(name: str) -> Place | None:
    """The place of this name, where its process lives."""
    return next((place for place in found_places() if place.name == name), None)


def kill(place: Place) -> None:
    """End at once the process that answers nobody at a place; nothing where it has ended by itself."""
    if find_place(place.name) != place:
        return
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            os.kill(place.pid, signal.SIGTERM)  # ends it at once there
        else:
            os.kill(place.pid, signal.SIGKILL)


def _read(path: Path) -> Place | None:
    """What a file says; None where it is none of ours, or not written yet."""
    try:
        fd = os.open(path, os.O_RDONLY | _NO_LINK | getattr(os, "O_BINARY", 0))
        with os.fdopen(fd, "rb") as file:
            raw = json.loads(file.read(MAX_PLACE_BYTES))
        values = {one.name: raw[one.name] for one in fields(Place)}
        about = {str(key): str(value) for key, value in values.pop("about").items()}
        place = Place(about=about, **values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    is_whole = isinstance(place.pid, int) and isinstance(place.port, int) and isinstance(place.token, str)
    return place if is_whole and place.name == path.name.removesuffix(ENDING) and 0 < place.port < 1 << 16 else None
