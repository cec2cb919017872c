"""Who may ask for what: every route names its roles, and nobody else is answered."""

import asyncio
import inspect
from importlib import import_module
from pathlib import Path

from each_row import each_row
from reached_rig import entry_in
from route_roles import SIGNS, WHO_MAY
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cadencecoach.store.file_store import FileStore
from cadencecoach.web.rows import VISITOR, Role, Row, Visitor, routes_of
from cadencecoach.web.server.routes import TABLE as ROUTES
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site


def test_the_table_of_routes_and_roles_is_whole(tmp_path: Path) -> None:
    """Each route once, with the roles that stand in tests/support/route_roles.py."""
    rows = all_rows(Site(FileStore(tmp_path), entry_in(tmp_path)))
    signs = dict(zip(Role, SIGNS, strict=True))
    found = {f"{row.method} {row.path}": "".join(signs[r] if r in row.roles else "-" for r in Role) for row in rows}
    assert found == WHO_MAY
    assert len(rows) == len(found)


def test_only_whole_paths_are_open_to_strangers(tmp_path: Path) -> None:
    """The doors compare them letter by letter."""
    rows = all_rows(Site(FileStore(tmp_path), entry_in(tmp_path)))
    assert [row.path for row in rows if Role.STRANGER in row.roles and "{" in row.path] == []


@each_row("name", ROUTES)
def test_every_row_has_something_that_answers_it(name: str) -> None:
    """A page is loaded when it is first asked for: its name and its methods are looked up here before anybody asks."""
    module, _, kind = name.rpartition(".")
    page = getattr(import_module(module), kind)
    answers = [getattr(page, answer) for *_, answer in ROUTES[name]]
    assert answers
    assert all(inspect.iscoroutinefunction(one) for one in answers)


# Session by session, of whom and by which device it was started: screen, devices of r7, of a guest and of another
# guest, desk. `+` sees it and presses its keys, `o` sees its figures.
SESSIONS = {
    ("r7", "phone of r7"): "o+--+",
    ("r7", "tablet of r7"): "o+--+",
    ("r7", ""): "o+--+",
    ("r8", ""): "o---+",
    ("", ""): "o---+",
    ("", "phone of a guest"): "o-+-+",
    ("", "phone of another guest"): "o--++",
    ("", "desk on a tablet"): "o---+",
}


@each_row("session", SESSIONS)
def test_whose_a_session_is(session: tuple[str, str]) -> None:
    """An athlete's on each device of the athlete; a guest's on the device that started it; all at the desk."""
    visitors = (
        Visitor(Role.SCREEN, None, "wall"),
        Visitor(Role.RUNNER, "r7", "phone of r7"),
        Visitor(Role.RUNNER, None, "phone of a guest"),
        Visitor(Role.RUNNER, None, "phone of another guest"),
        Visitor(Role.DESK),
    )
    signs = "".join("+" if one.owns(*session) else "o" if one.sees(*session) else "-" for one in visitors)
    assert signs == SESSIONS[session]
    assert not Visitor(Role.STRANGER).sees(*session)
    assert not Visitor(Role.RUNNER).owns("", "")


async def answer(_: Request) -> Response:
    """Whatever is behind the door."""
    return PlainTextResponse("in")


@each_row("role", Role)
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
