"""The table of routes: who may ask for what. A route that names no role answers nobody."""

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cadencecoach.web.asked import RefusedError

VISITOR: Final = "cadencecoach.visitor"  # where a request carries who asks
NOT_YOURS: Final = "this device may not do that: it was let in as a {role}"
Answer = Callable[[Request], Awaitable[Response]]


class Role(StrEnum):
    """What a device was let in as, from the least to the most."""

    SCREEN = "screen"  # live figures, and nothing of a person
    RUNNER = "runner"  # one athlete, or a guest
    DESK = "desk"  # everything


ANYBODY: Final = frozenset(Role)
RUNNERS: Final = frozenset({Role.RUNNER, Role.DESK})
DESK: Final = frozenset({Role.DESK})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        role: what the device was let in as
        athlete: for a runner, the only one it may see and act for; None is a guest
    """

    role: Role
    athlete: str | None = None


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
    return [Route(row.path, _guarded(row), methods=[row.method]) for row in rows]


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


def _guarded(row: Row) -> Answer:
    async def answering(request: Request) -> Response:
        role = visitor_of(request).role
        if role not in row.roles:
            return _refusal(RefusedError(403, NOT_YOURS.format(role=role)))
        try:
            return await row.answer(request)
        except RefusedError as error:
            return _refusal(error)

    return answering


def _refusal(error: RefusedError) -> Response:
    told = {"error": str(error)} | ({"where": error.where} if error.where else {})
    return JSONResponse(told, error.status)
