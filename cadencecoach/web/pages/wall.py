"""The wall: the lanes of a room, readable from afar, with nothing of a person; at the desk a clinician's keys too."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.link import UnreachableError
from cadencecoach.devices.reach.place import Place
from cadencecoach.live.room.model import MOST_LANES
from cadencecoach.live.room.state import RoomFiles
from cadencecoach.live.room.watching import RoomWatch, lane_places, press, press_again, rooms_now
from cadencecoach.plan.forms import fill
from cadencecoach.view.wall import LaneState, Tile, mark_worst, tile_of
from cadencecoach.web.api import EVENT_HEADERS
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.once import Once
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site

SEND_EVERY_S: Final = 0.5
KEYS: Final = ("pause", "stop")
FIELDS: Final = ("id", "lane", "key", "room")


class WallPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._done: Once[str] = Once()

    async def show(self, request: Request) -> Response:
        """Show the page; its script fills it."""
        texts = (await self._site.words(None)).page
        no_lanes = fill(texts.lanes_none, command=command_line("room ROOM.yaml"))
        return await self._site.page(request, "wall.html", None, no_lanes=no_lanes)

    async def stream(self, request: Request) -> Response:
        """Send the tiles of a room that runs, twice a second, and which rooms there are."""
        lines = _tile_lines(request.query_params.get("room", ""))
        return StreamingResponse(lines, 200, EVENT_HEADERS, "text/event-stream")

    async def press(self, request: Request) -> Response:
        """Pause a lane, let it go on, or stop it.

        Raises:
            RefusedError: there is no such lane or key, or its session refuses
        """
        told, device = await json_of(request), visitor_of(request).device
        id_, lane, key, room = (told.get(name) if isinstance(told, dict) else None for name in FIELDS)
        if not isinstance(id_, str) or not id_:
            raise RefusedError(400, "an id is needed", "id")
        if type(lane) is not int or not 1 <= lane <= MOST_LANES:
            raise RefusedError(400, f"a lane is a number from 1 to {MOST_LANES}", "lane")
        if key not in KEYS:
            raise RefusedError(400, f"allowed are {', '.join(KEYS)}", "key")
        if room is not None and not isinstance(room, str):
            raise RefusedError(400, "a room is named by its id", "room")
        wrong = await self._done.do(f"{device} {id_}", lambda: self._press(room or "", lane, str(key)))
        if wrong:
            raise RefusedError(409, wrong, "key")
        return Response(status_code=204)

    async def stop_all(self, _: Request) -> Response:
        """Stop every lane at once, and let none be started again by itself; answers how many ran.

        Raises:
            RefusedError: a session does not answer; those of the other lanes are stopped all the same
        """
        places: list[tuple[int, Place]] = []
        for room in await asyncio.to_thread(rooms_now):  # also of one that this page does not show
            RoomFiles(room).mark_stopped()
            places += (await asyncio.to_thread(lane_places, room)).items()
        wrongs = await asyncio.gather(*(press_again(place, "stop") for _, place in places))
        left = [f"lane {number}: {wrong}" for (number, _), wrong in zip(places, wrongs, strict=True) if wrong]
        if left:
            raise RefusedError(409, "; ".join(left), "key")
        return JSONResponse({"stopped": len(places)})

    async def _press(self, asked: str, lane: int, key: str) -> str:
        """Press it; what is wrong, mostly nothing."""
        room = _room_of(asked, await asyncio.to_thread(rooms_now))
        place = None if room is None else (await asyncio.to_thread(lane_places, room)).get(lane)
        if place is None:
            return self._site.texts.session_gone
        try:
            return await press(place, key)
        except UnreachableError:
            return self._site.texts.session_gone


def _room_of(asked: str, rooms: Sequence[str]) -> str | None:
    """The room that is asked for, the first one where none is; never another one in its place."""
    return next((room for room in rooms if asked in {"", room}), None)


async def _tile_lines(asked: str) -> AsyncGenerator[str]:
    """Server-sent events, each with all tiles of a room; and which room that is, and which there are, where it changes.

    Without a room that was asked for, it is the first, and stays it as long as it runs.
    """
    watch, told_before, room = RoomWatch(), "", None
    yield "retry: 500\n\n"
    try:
        while True:
            rooms = await asyncio.to_thread(_rooms_named)
            room = room if room in rooms else _room_of(asked, list(rooms))
            lanes = await asyncio.to_thread(_lanes_now, room)
            which = json.dumps({"shown": room or "", "rooms": rooms})
            if which != told_before:
                told_before = which
                yield f"event: rooms\ndata: {which}\n\n"
            watch.tend({number: lane.place for number, lane in lanes.items() if lane.place is not None})
            told = [asdict(tile) for tile in _tiles(lanes, watch)]
            yield f"event: tiles\ndata: {json.dumps(told, separators=(',', ':'))}\n\n"
            await asyncio.sleep(SEND_EVERY_S)
    finally:
        await watch.close()


@dataclass(frozen=True, slots=True)
class _Lane:
    """A lane as far as it is known without its session, and where that is."""

    state: LaneState
    place: Place | None


def _rooms_named() -> dict[str, str]:
    """The names of the rooms that run, by their ids."""
    states = {room: RoomFiles(room).read() for room in rooms_now()}
    return {room: (state.name if state else "") or room for room, state in states.items()}


def _lanes_now(room: str | None) -> dict[int, _Lane]:
    """Every lane of a room that runs. A session says by itself that it runs; the rest is written down."""
    if room is None:
        return {}
    state, places = RoomFiles(room).read(), lane_places(room)
    lanes = {number: _Lane(_between(record.state), None) for number, record in state.lanes.items()} if state else {}
    return lanes | {number: _Lane(LaneState.RUNNING, place) for number, place in places.items()}


def _between(state: LaneState) -> LaneState:
    """A session that was there and is not is ending, or starts again."""
    return LaneState.STARTING if state is LaneState.RUNNING else state


def _tiles(lanes: dict[int, _Lane], watch: RoomWatch) -> tuple[Tile, ...]:
    return mark_worst(
        tile_of(number, lane.state, watch.moments.get(number), has_sensor=_has_sensor(lane))
        for number, lane in lanes.items()
    )


def _has_sensor(lane: _Lane) -> bool:
    return lane.place is not None and lane.place.about.get("feet") != "none"
