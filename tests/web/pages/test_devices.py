"""The page of devices, whatever names there are."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from reached_rig import entry_in
from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.store.file_store import FileStore
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.entry import Entry
from cadencecoach.web.rows import VISITOR, Role, Visitor
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

HOSTILE = ("<script>alert(1)</script>\"'&", "\x1b[2Jr7", "{{ 7 * 7 }}")


class HostileStore(FileStore):
    """A store whose athletes have names that no check has looked at."""

    def athlete_names(self) -> tuple[str, ...]:
        """All of them."""
        return HOSTILE


def answered(entry: Entry, method: str, path: str, body: object = None) -> Response:
    """What the desk is answered; in whatever store."""
    rows = all_rows(Site(HostileStore(Path("/nowhere")), entry))
    row = next(one for one in rows if (one.method, one.path) == (method, path))
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b"", "scheme": "http"}
    told = {**scope, "server": ("127.0.0.1", 8712), VISITOR: Visitor(Role.DESK)}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def answering() -> Response:
        return await row.answer(Request(told, receive))

    return asyncio.run(answering())


def test_names_are_text_and_nothing_else(tmp_path: Path) -> None:
    """In the list, in the form, in what a button says."""
    entry = entry_in(tmp_path, "192.168.1.7")
    for name in HOSTILE:
        entry.devices.add(Role.RUNNER, name, kind="iPad", address="192.168.1.9", now_s=4e9)
    page = bytes(answered(entry, "GET", "/devices").body).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "49" not in re.sub(r'data-device="[0-9a-f]+"', "", main)  # an id is drawn by chance, and may hold it


@pytest.mark.parametrize(
    ("asked", "status", "where"),
    [
        ({"id": "a"}, 400, "role"),
        ({"role": "screen"}, 400, "id"),
        ({"id": "a", "role": "desk"}, 400, "role"),
        ({"id": "a", "role": "stranger"}, 400, "role"),
        ({"id": "a", "role": "screen", "athlete": HOSTILE[2]}, 400, "athlete"),
        ({"id": "a", "role": "runner", "athlete": "r9", "network_is_mine": True}, 400, "athlete"),
        ({"id": "a", "role": "runner"}, 409, "network_is_mine"),
        ({"id": "a", "role": "runner", "network_is_mine": "yes"}, 400, "network_is_mine"),
        ({"id": "a", "role": "screen", "address": "10.0.0.1"}, 400, "address"),
    ],
)
def test_digits_are_not_made_for_what_there_is_not(
    tmp_path: Path, asked: dict[str, object], status: int, where: str
) -> None:
    """The answer names the field, and no code is open."""
    entry = entry_in(tmp_path, "192.168.1.7")
    with pytest.raises(RefusedError) as caught:
        answered(entry, "POST", "/api/codes", asked)
    assert (caught.value.status, caught.value.where) == (status, where)
    assert entry.pairing._code is None


def test_digits_come_with_the_address_and_a_picture(tmp_path: Path) -> None:
    """For a screen, and for an athlete where the network is vouched for."""
    entry = entry_in(tmp_path, "192.168.1.7")
    told = json.loads(bytes(answered(entry, "POST", "/api/codes", {"id": "a", "role": "screen"}).body))
    assert told["address"] == "http://192.168.1.7:8712/pair"
    assert told["picture"].startswith("data:image/svg+xml")
    assert told["for_s"] == 120
    asked = {"id": "b", "role": "runner", "athlete": HOSTILE[2], "network_is_mine": True}
    assert answered(entry, "POST", "/api/codes", asked).status_code == 201
    assert entry.pairing._code is not None
    assert entry.pairing._code.athlete == HOSTILE[2]


def test_without_a_network_no_digits_are_made_and_the_page_says_how(tmp_path: Path) -> None:
    """With the command to type."""
    entry = entry_in(tmp_path)
    with pytest.raises(RefusedError, match="open --lan"):
        answered(entry, "POST", "/api/codes", {"id": "a", "role": "screen"})
    assert "open --lan" in bytes(answered(entry, "GET", "/devices").body).decode()
