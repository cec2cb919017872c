"""The wall without a browser: who may do what on it, and what is answered where no room runs."""

import asyncio
import json
from pathlib import Path

import pytest
from athlete_home import Home
from page_visits import Pages
from reached_rig import private_folder
from scripted_sessions import scripted_session

from cadencecoach.devices.command_line import command_line
from cadencecoach.live.room.state import LaneRecord, RoomFiles, RoomState
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.user_store import user_files
from cadencecoach.view.wall import LaneState
from cadencecoach.web.pages.wall import _tile_lines
from cadencecoach.web.rows import Role

ROOM, OTHER = "0123456789ab", "f" * 12


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """All pages, over a home with nothing in it."""
    Home(tmp_path).move_in(monkeypatch)
    private_folder(tmp_path, monkeypatch)
    return Pages(user_files())


def test_a_screen_sees_the_wall_and_has_no_buttons(pages: Pages) -> None:
    """The desk has them; both are told that nothing runs."""
    desk, screen = pages.ask("GET", "/wall"), pages.ask("GET", "/wall", role=Role.SCREEN)
    assert (desk.status, screen.status) == (200, 200)
    assert "stop-all" in desk.shown
    assert "stop-all" not in screen.shown
    assert fill(ENGLISH_PAGE.lanes_none, command=command_line("room ROOM.yaml")) in screen.shown


@pytest.mark.parametrize("role", [Role.SCREEN, Role.RUNNER])
def test_only_the_desk_presses_keys(pages: Pages, role: Role) -> None:
    """One lane, and all."""
    told = {"id": "1", "lane": 1, "key": "stop"}
    assert pages.ask("POST", "/api/wall/keys", told, role=role).status == 403
    assert pages.ask("POST", "/api/wall/stop", {}, role=role).status == 403


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ([], "id"),
        ({"lane": 1, "key": "stop"}, "id"),
        ({"id": "1", "lane": 0, "key": "stop"}, "lane"),
        ({"id": "1", "lane": 9, "key": "stop"}, "lane"),
        ({"id": "1", "lane": True, "key": "stop"}, "lane"),
        ({"id": "1", "lane": 1, "key": "pain"}, "key"),
        ({"id": "1", "lane": 1, "key": "stop", "room": 1}, "room"),
    ],
)
def test_what_is_no_key_of_a_lane_is_refused(pages: Pages, told: object, where: str) -> None:
    """In one line that names the field."""
    answered = pages.ask("POST", "/api/wall/keys", told)
    assert (answered.status, answered.told["where"]) == (400, where)


def test_a_lane_that_does_not_run_is_said_and_nothing_stops_nothing(pages: Pages) -> None:
    """No room, and a room whose lane waits."""
    told = {"id": "1", "lane": 1, "key": "pause"}
    assert pages.ask("POST", "/api/wall/keys", told).status == 409
    assert pages.ask("POST", "/api/wall/stop", {}).told == {"stopped": 0}
    files = RoomFiles(ROOM)
    files.write(RoomState(sha256="", lanes={1: LaneRecord(state=LaneState.DESK)}))
    with files.supervising():
        assert pages.ask("POST", "/api/wall/keys", {**told, "id": "2"}).status == 409
        assert pages.ask("POST", "/api/wall/stop", {}).told == {"stopped": 0}
    assert files.is_stopped


def test_each_room_has_the_wall_to_itself(pages: Pages) -> None:  # noqa: ARG001  # the private folder
    """The first one where none is named; one that has gone shows no lanes, and never those of another."""

    async def first_told(asked: str) -> tuple[str, int]:
        lines = _tile_lines(asked)
        try:
            told = [await anext(lines) for _ in range(3)]
        finally:
            await lines.aclose()
        which, tiles = (json.loads(one.partition("data: ")[2]) for one in told[1:])
        assert which["rooms"] == {ROOM: "Hall", OTHER: "Gym"}
        return which["shown"], len(tiles)

    RoomFiles(ROOM).write(RoomState(sha256="", name="Hall", lanes={1: LaneRecord(), 2: LaneRecord()}))
    RoomFiles(OTHER).write(RoomState(sha256="", name="Gym", lanes={1: LaneRecord()}))
    with RoomFiles(ROOM).supervising(), RoomFiles(OTHER).supervising():
        shown = [asyncio.run(first_told(asked)) for asked in ("", OTHER, "e" * 12)]
    assert shown == [(ROOM, 2), (OTHER, 1), ("", 0)]


def test_a_key_is_for_the_room_it_names_and_for_no_other(pages: Pages) -> None:
    """Two rooms each have a lane 1; a room that has gone has none."""

    async def press(room: str) -> tuple[int, list[str], list[str]]:
        async with scripted_session(ROOM, 1) as one, scripted_session(OTHER, 1) as other:
            told = {"id": room, "lane": 1, "key": "pause", "room": room}
            answered = await asyncio.to_thread(pages.ask, "POST", "/api/wall/keys", told)
            return answered.status, one, other

    for room in (ROOM, OTHER):
        RoomFiles(room).write(RoomState(sha256="", lanes={1: LaneRecord()}))
    assert asyncio.run(press(OTHER)) == (204, [], ["pause"])
    assert asyncio.run(press("e" * 12)) == (409, [], [])


def test_all_lanes_of_all_rooms_are_stopped(pages: Pages) -> None:
    """Also of a room that no page shows: its supervisor has died, and its lanes run."""

    async def stop() -> tuple[int, object, list[str], list[str]]:
        async with scripted_session(ROOM, 1) as one, scripted_session(OTHER, 1) as other:
            answered = await asyncio.to_thread(pages.ask, "POST", "/api/wall/stop", {})
            return answered.status, answered.told, one, other

    for room in (ROOM, OTHER):
        RoomFiles(room).write(RoomState(sha256="", lanes={1: LaneRecord()}))
    assert asyncio.run(stop()) == (200, {"stopped": 2}, ["stop"], ["stop"])
    assert RoomFiles(OTHER).is_stopped


def test_a_lane_that_does_not_stop_is_said(pages: Pages) -> None:
    """It was asked three times, and the others are stopped."""

    async def stop() -> tuple[int, str, list[str], list[str]]:
        async with scripted_session(ROOM, 1) as one, scripted_session(ROOM, 2, answers=False) as other:
            answered = await asyncio.to_thread(pages.ask, "POST", "/api/wall/stop", {})
            return answered.status, answered.told["error"], one, other

    RoomFiles(ROOM).write(RoomState(sha256="", lanes={1: LaneRecord(), 2: LaneRecord()}))
    assert asyncio.run(stop()) == (409, "lane 2: its session does not answer", ["stop"], ["stop"] * 3)


def test_a_waiting_screen_goes_to_the_wall_while_a_room_runs(pages: Pages) -> None:
    """And waits as before when it is over."""
    files = RoomFiles(ROOM)
    files.write(RoomState(sha256="", lanes={1: LaneRecord()}))
    with files.supervising():
        sent = pages.ask("GET", "/screen", role=Role.SCREEN)
        assert (sent.status, sent.headers["location"]) == (303, "/wall")
    assert pages.ask("GET", "/screen", role=Role.SCREEN).status == 200


def test_only_where_there_was_a_room_do_pages_lead_to_the_lanes(pages: Pages) -> None:
    """The wall itself does always."""
    way = 'href="/wall"'
    assert way not in pages.ask("GET", "/metronome").shown
    assert way in pages.ask("GET", "/wall").shown
    RoomFiles(ROOM).write(RoomState(sha256="", lanes={1: LaneRecord()}))
    assert way in pages.ask("GET", "/metronome").shown
