"""The table of routes: who may ask for what. A route that names no role answers nobody."""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cadencecoach.web.asked import RefusedError

MAX_UPLOAD_BYTES: Final = 50_000_000  # a picture or a short video; it has ten seconds to arrive
VISITOR: Final = "cadencecoach.visitor"  # where a request carries who asks
NO_PASS: Final = "this page is not open to you: run cadencecoach open, and open the address that it prints"  # noqa: S105
NOT_YOURS: Final = "this device may not do that: it was let in as a {role}"
OTHER_PERSON: Final = "{person} is signed in on this browser now; load the page again"
Answer = Callable[[Request], Awaitable[Response]]


class Role(StrEnum):
    """What a device was let in as; in the database of a clinic, what the person is who has signed in on it."""

    STRANGER = "stranger"  # not let in yet
    SCREEN = "screen"  # live figures, and nothing of a person
    RUNNER = "runner"  # one athlete, or a guest
    RESEARCHER = "researcher"  # nothing on the page
    READER = "reader"  # sees a caseload
    CLINICIAN = "clinician"  # sees and changes it
    LEAD = "lead"  # everything of the clinic
    DESK = "desk"  # everything, where the store knows no people


EVERYONE: Final = frozenset(Role)
PEOPLE: Final = frozenset({Role.RESEARCHER, Role.READER, Role.CLINICIAN, Role.LEAD})
WRITERS: Final = frozenset({Role.CLINICIAN, Role.LEAD, Role.DESK})
READERS: Final = WRITERS | {Role.READER}
MAY_SEE_RUNS: Final = READERS | {Role.RUNNER}
MAY_RUN: Final = WRITERS | {Role.RUNNER}
LET_IN: Final = MAY_SEE_RUNS | {Role.SCREEN}
MAY_NOT: Final = {
    Role.READER: "a reader looks at a caseload, and changes nothing",
    Role.RESEARCHER: "a researcher makes research tables in a terminal, and nothing else",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        role: what the device was let in as
        athlete: for a runner, the only one it may see and act for; None is a guest
        device: its id, where it was let in; empty for a browser or a program on this computer that needs no sign-in
        person: who has signed in on it, or has let it in; empty where the store knows no people
        names: the athletes that a person sees
    """

    role: Role
    athlete: str | None = None
    device: str = ""
    person: str = ""
    names: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_desk(self) -> bool:
        """Whether it is a clinician's, and no runner's or screen."""
        return self.role in READERS

    def owns(self, athlete: str, device: str) -> bool:
        """Whether a session is one of its own. Guests have no name to be told apart by: theirs is what they started.

        Args:
            athlete: who runs it; empty for a guest
            device: that started it; empty where a program or a person at this computer did
        """
        if self.role is Role.DESK:
            return True
        if self.is_desk:
            return not athlete or athlete in self.names
        if self.role is not Role.RUNNER or athlete != (self.athlete or ""):
            return False
        return bool(athlete) or device == self.device != ""

    def sees(self, athlete: str, device: str) -> bool:
        """Whether it may look at a session; a screen sees the figures of every one, and nothing else of it."""
        return self.role is Role.SCREEN or self.owns(athlete, device)


def athlete_meant(visitor: Visitor, named: str | None) -> str | None:
    """Whom a request is for: at the desk the one it names, for a runner's device its own, whose limits then hold.

    Raises:
        RefusedError: another one is named
    """
    if visitor.is_desk:
        return named
    if named not in {None, visitor.athlete}:
        raise RefusedError(403, NOT_YOURS.format(role=visitor.role), "athlete")
    return visitor.athlete


@dataclass(frozen=True, slots=True)
class Row:
    """One route.

    Attributes:
        method: GET, POST, DELETE
        path: as Starlette writes it
        roles: who may
        answer: what is answered to them; a `RefusedError` becomes JSON of one shape
    """

    method: str
    path: str
    roles: frozenset[Role]
    answer: Answer


def routes_of(rows: Iterable[Row]) -> list[Route]:
    """The rows as routes that look at the role first."""
    return [Route(row.path, _guard(row), methods=[row.method]) for row in rows]


def visitor_of(request: Request) -> Visitor:
    """Who asks; the doors have found it out."""
    visitor = request.scope[VISITOR]
    assert isinstance(visitor, Visitor)
    return visitor


async def json_of(request: Request) -> Any:  # noqa: ANN401  # whatever was sent
    """What was sent, as JSON.

    Raises:
        RefusedError: it is none
    """
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "send JSON") from None


def _guard(row: Row) -> Answer:
    async def answering(request: Request) -> Response:
        role = visitor_of(request).role
        if role not in row.roles and role is Role.STRANGER:
            return _refusal(RefusedError(401, NO_PASS))
        if role not in row.roles:
            return _refusal(RefusedError(403, MAY_NOT.get(role, NOT_YOURS.format(role=role))))
        try:
            return await row.answer(request)
        except RefusedError as error:
            return _refusal(error)

    return answering


def _refusal(error: RefusedError) -> Response:
    told = {"error": str(error)} | ({"where": error.where} if error.where else {})
    return JSONResponse(told, error.status)
