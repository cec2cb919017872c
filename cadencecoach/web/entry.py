"""How devices of the network come in and are let go: everything that terminal and pages ask of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Device, Devices
from cadencecoach.web.pairing import Code, Pairing, Refused
from cadencecoach.web.passes import Passes
from cadencecoach.web.password import Password
from cadencecoach.web.people import People, role_of
from cadencecoach.web.rows import Role

LOCKED = (
    "Five wrong tries: these digits are locked. If nobody here has mistyped them, somebody in this network guesses."
)


def _say_nothing(_: str) -> None:
    """Where nobody reads."""


@dataclass(slots=True)
class Entry:
    """The ways in.

    Attributes:
        passes: of this computer, and signatures
        devices: those that are in
        addresses: where they come from
        password: of the desk, from the network
        people: who sign in instead of opening the desk; None where the store does not hold people apart
        tell: says a line to whoever sits at this computer
    """

    passes: Passes
    devices: Devices
    addresses: Addresses
    password: Password
    tell: Callable[[str], None] = _say_nothing
    people: People | None = None
    pairing: Pairing = field(default_factory=Pairing)
    _last_login: tuple[str, str] = ("", "")  # id of the request, and of the device

    def open_code(self, role: Role, athlete: str | None, id_: str, person: str = "") -> Code:
        """Six digits for one device."""
        return self.pairing.open(role, athlete, id_=id_, now_s=_now_s(), person=person)

    def pair(self, id_: str, digits: str, *, kind: str, address: str) -> Device | Refused:
        """Let a device in, by the digits that were typed on it."""
        if (before := self.pairing.again(id_, digits, _now_s())) is not None:
            return self.devices.find(before, wall_time_s()) or Refused.CLOSED
        had = self.pairing.n_left(_now_s())
        code = self.pairing.take(digits, _now_s())
        if isinstance(code, Refused):
            if had and code is Refused.LOCKED:
                self.tell(LOCKED)
            return code
        device = self._let_in(code.role, code.athlete, kind, address, person=code.person)
        self.pairing.note(id_, code, device.id)
        return device

    async def log_in(self, id_: str, text: str, *, kind: str, address: str) -> Device | Refused:
        """Let the desk in, by its password."""
        if not self.password.begin_try(_now_s()):
            return Refused.LOCKED
        if not await asyncio.to_thread(self.password.is_it, text):
            return Refused.WRONG
        self.password.note_right()
        if self._last_login[0] == id_:  # its answer was lost on the way
            return self.devices.find(self._last_login[1], wall_time_s()) or Refused.CLOSED
        device = self._let_in(Role.DESK, None, kind, address)
        self._last_login = (id_, device.id)
        return device

    async def sign_in(self, id_: str, name: str, password: str, *, kind: str, address: str) -> Device | Refused:
        """Let a person in; where there is nobody of that name it takes as long, and says the same.

        Raises:
            RefusedError: the database does not answer, or serves somebody else
        """
        assert self.people is not None
        tries = self.people.tries
        if not tries.begin(name, address, _now_s()):
            return Refused.LOCKED
        standing = await self.people.sign_in(name, password)
        role = None if standing is None else role_of(standing)
        if standing is None or role is None:
            return Refused.WRONG
        tries.note_right(name, address)
        asked = f"{name} {id_}"
        if self._last_login[0] == asked:
            return self.devices.find(self._last_login[1], wall_time_s()) or Refused.CLOSED
        device = self._let_in(role, None, kind, address, person=name, mark=standing.mark)
        self._last_login = (asked, device.id)
        await self.people.note(name, "sign in")
        return device

    def end(self, device: Device) -> None:
        """Let a device go, whoever is signed in on it."""
        self.devices.end(device.id)
        if self.people is not None:
            self.people.forget(device)

    def cookie(self, device: Device, *, is_encrypted: bool) -> str:
        """What the device is sent, to be shown from then on."""
        value = self.passes.device_cookie(device.id, device.until_s)
        flags = f"HttpOnly; SameSite=Strict; Path=/; Max-Age={max(0, round(device.until_s - wall_time_s()))}"
        return f"{self.addresses.cookie_name}={value}; {flags}{'; Secure' if is_encrypted else ''}"

    def _let_in(
        self, role: Role, athlete: str | None, kind: str, address: str, *, person: str = "", mark: str = ""
    ) -> Device:
        device = self.devices.add(
            role, athlete, kind=kind, address=address, now_s=wall_time_s(), person=person, mark=mark
        )
        self.tell(f"Let in: {device_words(device)}.")
        return device


def device_words(device: Device) -> str:
    """A device in words, for the terminal."""
    whose = (device.athlete or "guest") if device.role is Role.RUNNER else device.person
    who = f" ({whose})" if whose and device.role is not Role.SCREEN else ""
    return f"{device.role}{who}, {device.kind or 'a device'} at {device.address}"


def _now_s() -> float:
    """Of a clock that only goes on."""
    return asyncio.get_running_loop().time()
