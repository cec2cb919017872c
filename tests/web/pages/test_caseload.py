"""The caseload on the page: the desk's first page in a clinic, and what becomes of an alert there."""

import asyncio
import json
from pathlib import Path

import pytest
from reached_rig import entry_in
from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.desk.caseload.knowing import stand_of
from cadencecoach.record.entries import AlertClosed, AlertOwned, CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.file_store import FileStore
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import VISITOR, Role, Visitor
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """Two athletes, one of whom has said what alarms."""
    kept = FileStore(tmp_path / "data")
    for name in ("r7", "r8"):
        kept.write_profile(Profile(athlete=name))
    said = CheckIn(at="2026-03-02T07:00:00Z", day=today_here(), moment=Moment.BEFORE, pain=7, note="<b>ow</b>")
    kept.add_entries("r7", said)
    return kept


def asked(
    store: FileStore, tmp_path: Path, method: str, path: str, body: object = None, query: str = "", cookie: str = ""
) -> Response:
    """What the desk is answered."""
    rows = all_rows(Site(store, entry_in(tmp_path)))
    row = next(one for one in rows if (one.method, one.path) == (method, path))
    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": query.encode()}
    told = {**scope, "scheme": "http", "server": ("127.0.0.1", 8712), VISITOR: Visitor(Role.DESK)}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def answering() -> Response:
        return await row.answer(Request(told, receive))

    return asyncio.run(answering())


@pytest.mark.slow
def test_the_desk_of_a_clinic_begins_with_the_caseload(store: FileStore, tmp_path: Path) -> None:
    """Once, where more than one athlete is kept and none is named; from then on Today is Today."""
    first = asked(store, tmp_path, "GET", "/")
    assert (first.status_code, first.headers["location"]) == (303, "/caseload")
    page = asked(store, tmp_path, "GET", "/caseload")
    assert "cadencecoach-athlete" in page.headers["set-cookie"]
    assert asked(store, tmp_path, "GET", "/", cookie="cadencecoach-athlete=").status_code == 200
    assert asked(store, tmp_path, "GET", "/", query="athlete=r7").status_code == 200
    store.forget("r8")
    assert asked(store, tmp_path, "GET", "/").status_code == 200


def test_the_page_holds_no_markup_of_a_runner(store: FileStore, tmp_path: Path) -> None:
    """A note is text; sections and the alert with its id are there."""
    page = bytes(asked(store, tmp_path, "GET", "/caseload").body).decode()
    assert "<b>ow" not in page
    assert "&lt;b&gt;ow&lt;/b&gt;" in page
    assert "Ask today (1)" in page
    assert f'data-alert="{stand_of(store, "r7", today_here()).alerts[0].id}"' in page


def test_an_alert_is_taken_on_and_closed_once(store: FileStore, tmp_path: Path) -> None:
    """Each is an entry of the log; a close needs its reason."""
    alert = stand_of(store, "r7", today_here()).alerts[0].id
    own = {"id": "tap-1", "athlete": "r7", "alert": alert, "act": "own", "by": "KM"}
    assert asked(store, tmp_path, "POST", "/api/alerts", own).status_code == 201
    close = {**own, "id": "tap-2", "act": "close", "more": 0}
    with pytest.raises(RefusedError, match="reason is a text"):
        asked(store, tmp_path, "POST", "/api/alerts", close)
    assert asked(store, tmp_path, "POST", "/api/alerts", {**close, "reason": "called"}).status_code == 201
    assert [type(one) for one in store.log_of("r7").every][1:] == [AlertOwned, AlertClosed]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"act": "hold"}, 400),
        ({"athlete": "r9"}, 404),
        ({"alert": "ffffffff"}, 409),
        ({"by": ""}, 400),
        ({"x": 1}, 400),
        ({"more": -1}, 400),
        ({"more": "0"}, 400),
        ({"act": "close", "reason": "called", "more": 1}, 409),
    ],
)
def test_what_is_no_act_on_an_open_alert_is_refused(
    store: FileStore, tmp_path: Path, change: dict[str, object], status: int
) -> None:
    """With the status that says why; nothing is written."""
    alert = stand_of(store, "r7", today_here()).alerts[0].id
    told = {"id": "tap-1", "athlete": "r7", "alert": alert, "act": "own", "by": "KM", **change}
    with pytest.raises(RefusedError) as caught:
        asked(store, tmp_path, "POST", "/api/alerts", told)
    assert caught.value.status == status
    assert len(store.log_of("r7").every) == 1


def test_the_patients_of_one_owner_are_a_touch_away(store: FileStore, tmp_path: Path) -> None:
    """Whoever owns an alert has a link with the number of patients; all is the other way."""
    alert = stand_of(store, "r7", today_here()).alerts[0].id
    store.add_entries("r7", AlertOwned(at="2026-03-02T07:00:00Z", day=today_here(), alert=alert, owner="K & M"))
    page = bytes(asked(store, tmp_path, "GET", "/caseload").body).decode()
    assert 'href="/caseload?owner=K+%26+M"' in page
    assert "K &amp; M (1)" in page
    assert "2 patients on" in page
    page = bytes(asked(store, tmp_path, "GET", "/caseload", query="owner=K+%26+M").body).decode()
    assert "1 patient on" in page


def test_an_empty_caseload_says_how_to_keep_a_patient(store: FileStore, tmp_path: Path) -> None:
    """And says so no more where there is one."""
    assert "athlete new NAME" not in bytes(asked(store, tmp_path, "GET", "/caseload").body).decode()
    for name in store.athlete_names():
        store.forget(name)
    assert "athlete new NAME" in bytes(asked(store, tmp_path, "GET", "/caseload").body).decode()
