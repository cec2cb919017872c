"""Who may ask for what: every route names its roles, and nobody else is answered."""

import asyncio
from pathlib import Path

import pytest
from memory_store import MemoryStore
from reached_rig import entry_in
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cadencecoach.web.rows import VISITOR, Role, Row, Visitor, routes_of
from cadencecoach.web.server.app import all_rows

# Route by route: stranger, screen, runner, desk. A route that is new is red here until somebody has said who may.
TABLE = {
    "GET /api/plans": "--rd",
    "GET /api/sensors": "--rd",
    "GET /api/outputs": "--rd",
    "GET /api/sessions": "-srd",
    "POST /api/sessions": "--rd",
    "DELETE /api/sessions/{id}": "--rd",
    "GET /api/sessions/{id}/events": "-srd",
    "POST /api/sessions/{id}/keys": "--rd",
    "POST /api/keys": "---d",
    "GET /": "--rd",
    "GET /plans/{id}/picture.svg": "--rd",
    "GET /live/{id}": "-srd",
    "GET /screen": "-srd",
    "GET /pair": "!srd",
    "POST /api/pair": "!srd",
    "POST /api/desk": "!srd",
    "GET /devices": "---d",
    "GET /api/devices": "---d",
    "POST /api/codes": "---d",
    "DELETE /api/devices/{id}": "---d",
}


def test_the_table_of_routes_and_roles_is_whole(tmp_path: Path) -> None:
    """Each route once, with the roles that stand here."""
    rows = all_rows(MemoryStore(), entry_in(tmp_path))
    signs = dict(zip(Role, "!srd", strict=True))
    found = {f"{row.method} {row.path}": "".join(signs[r] if r in row.roles else "-" for r in Role) for row in rows}
    assert found == TABLE
    assert len(rows) == len(found)


def test_only_whole_paths_are_open_to_strangers(tmp_path: Path) -> None:
    """The doors compare them letter by letter."""
    rows = all_rows(MemoryStore(), entry_in(tmp_path))
    assert [row.path for row in rows if Role.STRANGER in row.roles and "{" in row.path] == []


async def answer(_: Request) -> Response:
    """Whatever is behind the door."""
    return PlainTextResponse("in")


@pytest.mark.parametrize("role", Role)
def test_a_role_that_is_not_named_is_refused(role: Role) -> None:
    """Before anything is looked at; the answer says as what the device was let in."""
    (route,) = routes_of([Row("GET", "/x", frozenset({Role.RUNNER}), answer)])
    request = Request({"type": "http", "method": "GET", "headers": [], VISITOR: Visitor(role)})
    answered = asyncio.run(route.endpoint(request))
    if role is Role.RUNNER:
        assert (answered.status_code, answered.body) == (200, b"in")
    elif role is Role.STRANGER:
        assert answered.status_code == 401
    else:
        assert (answered.status_code, role.encode() in answered.body) == (403, True)
