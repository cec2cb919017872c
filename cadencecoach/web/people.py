"""People who sign in on the page of a clinic's store, and what each of them may do as long as they are signed in.

What the database says of a person is asked for again and again: whoever may not come in any more, or has another
password, is out within seconds. While it does not answer, what it said last counts; no request waits for it for long,
since a key that stops a run is a request too.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cadencecoach.errors import CadencecoachError, UnreachableError
from cadencecoach.store.protocol import UserStore
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.devices import Device
from cadencecoach.web.password_tries import Tries
from cadencecoach.web.rows import PEOPLE, Role, Visitor

if TYPE_CHECKING:
    from cadencecoach.store.clinic_store import ClinicStore
    from cadencecoach.store.people import Standing

IDLE_S: Final = 15 * 60.0  # without a page being opened, a touch that asks for something, or a session being watched
STANDS_S: Final = 2.0  # what the database said of a person is not asked for again before
WITHIN_S: Final = 0.5  # then what it said last counts
AT_ONCE: Final = 2  # passwords being looked at: each takes 32 MB
MAX_KEPT: Final = 64  # stores of those who are signed in
NO_ANSWER: Final = "the database does not answer; nobody can sign in now"
SIGNED_OUT: Final = "you are not signed in any more; load the page again and sign in"
QUIET: Final = ("/api/", "/today/", "/static/")  # asked for by pages without anybody touching them


@dataclass(slots=True, eq=False)
class _Known:
    """What is known of somebody who is in.

    Attributes:
        store: as they see it
        used_s: when they last did something
        asked_s: when the database was last asked about them
        standing: what it said last
        asking: the question that is on its way
        n_watched: sessions that are being watched
    """

    store: "ClinicStore"
    used_s: float
    asked_s: float = float("-inf")
    standing: "Standing | None" = None
    asking: "asyncio.Task[Standing | None] | None" = None
    n_watched: int = 0


class People:
    """Whoever may sign in, and whoever has.

    Args:
        store: the database, as this program reaches it
    """

    def __init__(self, store: "ClinicStore", idle_s: float = IDLE_S) -> None:
        """Nobody is signed in yet."""
        self._store, self._idle_s = store, idle_s
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._looking = asyncio.Semaphore(AT_ONCE)
        self.tries = Tries()

    async def sign_in(self, name: str, password: str) -> "Standing | None":
        """What somebody may do whose password this is; None where it is nobody's of that name.

        Raises:
            RefusedError: the database does not answer, or serves another person than the one who signs in
        """
        async with self._looking:
            try:
                return await asyncio.to_thread(self._store.sign_in, name, password)
            except UnreachableError:
                raise RefusedError(503, NO_ANSWER) from None
            except CadencecoachError as error:
                raise RefusedError(403, str(error), "name") from None

    async def note(self, person: str, what: str) -> None:
        """Keep for the audit that somebody signed in or out; while the database does not answer, it is not kept."""
        with contextlib.suppress(CadencecoachError):
            await asyncio.to_thread(self._store.for_person(person).note, person, what)

    def for_person(self, person: str) -> UserStore:
        """The store as somebody sees it."""
        return self._store.for_person(person)

    def store_of(self, visitor: Visitor) -> UserStore:
        """The store as whoever asks sees it; where no person let them in, as this program itself sees it.

        Raises:
            RefusedError: they are out meanwhile
        """
        if not visitor.person:
            return self._store
        known = self._known.get(visitor.device)
        if known is None:
            raise RefusedError(401, SIGNED_OUT)
        return known.store

    async def visitor(self, device: Device, *, is_use: bool) -> Visitor | None:
        """Somebody who is in, as of now; None for whoever may not be in any more.

        Args:
            device: on which they are
            is_use: a person has asked, and not a page by itself
        """
        now_s, is_person = asyncio.get_running_loop().time(), device.role in PEOPLE
        if not device.person:  # let in at the terminal, by whoever this program serves
            return None if is_person or device.role is Role.DESK else Visitor(device.role, device.athlete, device.id)
        known = self._of(device, now_s)
        if is_person and self._left_s(known, now_s) <= 0:
            return None
        if is_use:
            known.used_s = now_s
        standing = await self._standing(known, now_s)
        role = device.role if standing is None else role_of(standing)
        if standing is not None and (role is None or (is_person and standing.mark != device.mark)):
            return None
        names = await asyncio.to_thread(known.store.local.athlete_names) if standing is None else standing.names
        if device.role is Role.RUNNER and device.athlete is not None and device.athlete not in names:
            return None  # whoever let it in does not see them any more
        return Visitor(
            role if is_person and role else device.role, device.athlete, device.id, device.person, frozenset(names)
        )

    def left_s(self, visitor: Visitor) -> float:
        """In how long somebody will be signed out unless they do something."""
        known = self._known.get(visitor.device)
        return 0.0 if known is None else self._left_s(known, asyncio.get_running_loop().time())

    def forget(self, device: Device) -> None:
        """Keep nothing of somebody who is out."""
        self._known.pop(device.id, None)

    @contextlib.contextmanager
    def watching(self, device: Device, path: str) -> Iterator[None]:
        """While the figures of a session are sent, whoever watches them stays: the page has the key that stops it."""
        known = self._known.get(device.id)
        if known is None or not path.endswith("/events"):
            yield
            return
        known.n_watched += 1
        try:
            yield
        finally:
            known.n_watched -= 1
            known.used_s = asyncio.get_running_loop().time()

    def _left_s(self, known: _Known, now_s: float) -> float:
        return self._idle_s if known.n_watched else known.used_s + self._idle_s - now_s

    def _of(self, device: Device, now_s: float) -> _Known:
        known = self._known.pop(device.id, None) or _Known(self._store.for_person(device.person), now_s)
        self._known[device.id] = known
        while len(self._known) > MAX_KEPT:
            self._known.popitem(last=False)
        return known

    async def _standing(self, known: _Known, now_s: float) -> "Standing | None":
        """What the database says of them, or said last; None where it has not answered since this program began."""
        if known.standing is not None and now_s - known.asked_s < STANDS_S:
            return known.standing
        if known.asking is None:
            known.asked_s = now_s
            known.asking = asyncio.create_task(asyncio.to_thread(_ask, known.store))
        await asyncio.wait({known.asking}, timeout=None if known.standing is None else WITHIN_S)
        if known.asking is not None and known.asking.done():
            known.standing = known.asking.result() or known.standing
            known.asking = None
        return known.standing


def role_of(standing: "Standing") -> Role | None:
    """The role of somebody who may come in; None for nobody, and for a role that only a later version knows."""
    return next((one for one in PEOPLE if one == standing.role), None)


def _ask(store: "ClinicStore") -> "Standing | None":
    try:
        return store.standing()
    except CadencecoachError:
        return None


def people_in(store: UserStore) -> People | None:
    """The people of a store that holds them apart; None where whoever opens it sees everybody."""
    tables = store.tables()
    if tables is None or not tables.is_postgresql:
        return None
    from cadencecoach.store.clinic_store import ClinicStore  # noqa: PLC0415  # only who has a database needs it

    assert isinstance(store, ClinicStore)
    return People(store)


def leaving(visitor: Visitor) -> dict[str, str]:
    """Have a browser leave a page that has no script, when whoever reads it would be signed out."""
    return {"refresh": f"{IDLE_S:.0f}; url=/"} if visitor.role in PEOPLE else {}


def is_use(method: str, path: str) -> bool:
    """Whether a person asks for something, and not a page that looks again by itself."""
    return method != "GET" or not path.startswith(QUIET)
