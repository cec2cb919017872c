"""Devices that were let in: which there are, as what, until when; one that is ended ends at once.

They are kept in a private file, so that a server that is started again knows them. A device that is not in it is not
let in, whatever cookie it shows: also one that another program has taken out, with the athlete it was for.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from cadencecoach.devices.reach.paired import Row, change_paired, paired_rows
from cadencecoach.web.rows import Role

HOLDS_S: Final = 12 * 3600.0
MAX_DEVICES: Final = 32
MAX_ANSWERS: Final = 8  # at once to one device: a page and its pictures, a few streams
# What a browser calls its machine, and what it is called here: nothing that a stranger sends is shown to anybody.
KINDS: Final = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("TV", "TV"),
    ("CrOS", "Chromebook"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device.

    Attributes:
        id: what a request names it by
        role: what it was let in as
        athlete: for a runner's device, the only one it may see and act for; None is a guest
        kind: of machine, as far as its browser tells; a word of `KINDS`, or empty
        address: where it was
        since_s: when it was let in, in seconds since 1970
        until_s: when it has to be let in again
        person: who has signed in on it, or has let it in; empty where the store knows no people
        mark: of the password that they showed; another password lets them in no more
    """

    id: str
    role: Role
    athlete: str | None
    kind: str
    address: str
    since_s: float
    until_s: float
    person: str = ""
    mark: str = ""


def kind_of(browser: str) -> str:
    """What a device is called, by what its browser says of itself."""
    return next((name for sign, name in KINDS if sign in browser), "")


class Devices:
    """The devices of one user.

    Args:
        path: of the private file
    """

    def __init__(self, path: Path) -> None:
        """Know again whoever was let in before."""
        self._path = path
        self._seen: tuple[int, int] | None = None  # of the file that `_devices` are from
        self._devices: dict[str, Device] = {}
        self._leashes: dict[str, list[asyncio.Timeout]] = {}
        self._look()

    def all(self, now_s: float) -> Sequence[Device]:
        """Those that are in, the newest last."""
        self._look()
        return [one for one in self._devices.values() if one.until_s > now_s]

    def find(self, id_: str, now_s: float) -> Device | None:
        """One that is in."""
        self._look()
        device = self._devices.get(id_)
        return device if device is not None and device.until_s > now_s else None

    def add(
        self,
        role: Role,
        athlete: str | None,
        *,
        kind: str,
        address: str,
        now_s: float,
        person: str = "",
        mark: str = "",
    ) -> Device:
        """Let one in; where there are too many, the oldest goes."""
        device = Device(
            id=secrets.token_hex(8),
            role=role,
            athlete=athlete,
            kind=kind,
            address=address,
            since_s=now_s,
            until_s=now_s + HOLDS_S,
            person=person,
            mark=mark,
        )
        self._keep(lambda before: [*(one for one in before if one.until_s > now_s), device][-MAX_DEVICES:])
        return device

    def end(self, id_: str) -> bool:
        """Let one go, in the middle of whatever is sent to it; False where there is none."""
        self._look()
        if id_ not in self._devices:
            return False
        self._keep(lambda before: [one for one in before if one.id != id_])
        return True

    def is_watching(self, id_: str) -> bool:
        """Whether something is being sent to it that goes on, such as the figures of a session."""
        return bool(self._leashes.get(id_))

    def end_all(self) -> None:
        """Let all go."""
        if self._devices:
            self._keep(lambda _: [])

    @contextmanager
    def leash(self, device: Device, now_s: float) -> Iterator[asyncio.Timeout]:
        """A limit for what is sent to a device: its own time, or its end. For too many at once the oldest ends."""
        limit = asyncio.timeout(device.until_s - now_s)
        held = self._leashes.setdefault(device.id, [])
        if len(held) >= MAX_ANSWERS:
            _cut(held.pop(0))
        held.append(limit)
        try:
            yield limit
        finally:
            with contextlib.suppress(ValueError):
                held.remove(limit)
            if not held and self._leashes.get(device.id) is held:
                del self._leashes[device.id]

    def _let_go(self, id_: str) -> None:
        for one in self._leashes.pop(id_, []):
            _cut(one)

    def _keep(self, change: Callable[[Sequence[Device]], Sequence[Device]]) -> None:
        """Write the file first: one that cannot be forgotten there must not look as if it were."""
        change_paired(self._path, lambda rows: [asdict(one) for one in change(_devices_in(rows))])
        self._look()

    def _look(self) -> None:
        """Take note of a file that has changed; whoever is no longer in it is let go."""
        try:
            found = self._path.stat()
        except OSError:
            seen = None
        else:
            seen = (found.st_mtime_ns, found.st_ino)
        if seen == self._seen and seen is not None:
            return
        before, self._seen = self._devices, seen
        self._devices = {one.id: one for one in _devices_in(paired_rows(self._path))}
        for id_ in before.keys() - self._devices.keys():
            self._let_go(id_)


def _cut(limit: asyncio.Timeout) -> None:
    with contextlib.suppress(RuntimeError):  # it is over already
        limit.reschedule(asyncio.get_running_loop().time())


def _devices_in(rows: Sequence[Row]) -> list[Device]:
    """What the rows say; nobody where one of them is none of ours."""
    try:
        return [_device_of(one) for one in rows]
    except (ValueError, KeyError, TypeError):
        return []


def _device_of(raw: Row) -> Device:
    athlete = raw["athlete"]
    if athlete is not None and not isinstance(athlete, str):
        raise TypeError("no athlete")
    return Device(
        id=str(raw["id"]),
        role=Role(raw["role"]),
        athlete=athlete,
        kind=str(raw["kind"]),
        address=str(raw["address"]),
        since_s=float(raw["since_s"]),
        until_s=float(raw["until_s"]),
        person=str(raw.get("person", "")),
        mark=str(raw.get("mark", "")),
    )
