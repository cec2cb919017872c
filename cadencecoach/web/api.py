"""The interface for programs: JSON, and one stream of events a session. `docs/web.md` describes it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.reach.place import Place
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.web.asked import KeyAsked, RefusedError, key_in, start_in
from cadencecoach.web.choices import Choice, PlanChoice, output_choices, plan_choices, sensor_choices
from cadencecoach.web.passes import Passes
from cadencecoach.web.sessions import Sessions

AGAIN_MS: Final = 500  # a browser whose stream breaks off comes back after this
EVENT_HEADERS: Final = {"x-accel-buffering": "no"}
Answer = Callable[[Request], Awaitable[Response]]


class Api:
    """The routes under `/api`."""

    def __init__(self, sessions: Sessions, passes: Passes, texts: PageTexts) -> None:
        """Answer for these."""
        self._sessions, self._passes, self._texts = sessions, passes, texts

    def routes(self) -> list[Route]:
        """All of them; what is refused is answered in one shape."""
        table: list[tuple[str, str, Answer]] = [
            ("GET", "/api/plans", self._plans),
            ("GET", "/api/sensors", self._sensors),
            ("GET", "/api/outputs", self._outputs),
            ("GET", "/api/sessions", self._live),
            ("POST", "/api/sessions", self._start),
            ("DELETE", "/api/sessions/{id}", self._stop),
            ("GET", "/api/sessions/{id}/events", self._events),
            ("POST", "/api/sessions/{id}/keys", self._press),
            ("POST", "/api/keys", self._new_key),
        ]
        return [Route(path, _refusing(answer), methods=[method]) for method, path, answer in table]

    async def _plans(self, _: Request) -> Response:
        plans = await asyncio.to_thread(plan_choices)
        return JSONResponse({"plans": [_plan_row(one) for one in plans.values()]})

    async def _sensors(self, _: Request) -> Response:
        return JSONResponse(
            {"sensors": _rows(await asyncio.to_thread(sensor_choices, self._sessions.machine, self._texts))}
        )

    async def _outputs(self, _: Request) -> Response:
        return JSONResponse({"outputs": _rows(await asyncio.to_thread(output_choices, self._texts))})

    async def _live(self, _: Request) -> Response:
        return JSONResponse({"sessions": [session_row(place) for place in self._sessions.live()]})

    async def _start(self, request: Request) -> Response:
        id_ = await self._sessions.start(start_in(await _told(request)))
        return JSONResponse({"id": id_}, 201, {"location": f"/api/sessions/{id_}"})

    async def _stop(self, request: Request) -> Response:
        id_ = request.path_params["id"]
        await self._sessions.press(id_, KeyAsked(id=f"stop-{id_}", key="stop", value=None))
        return Response(status_code=204)

    async def _press(self, request: Request) -> Response:
        await self._sessions.press(request.path_params["id"], key_in(await _told(request)))
        return Response(status_code=204)

    async def _events(self, request: Request) -> Response:
        id_ = request.path_params["id"]
        self._sessions.find(id_)
        return StreamingResponse(_event_lines(self._sessions.messages(id_)), 200, EVENT_HEADERS, "text/event-stream")

    async def _new_key(self, request: Request) -> Response:
        """A way in for one more browser; only for a program that shows the token."""
        if "authorization" not in request.headers:
            raise RefusedError(403, "only a program with the token may ask for this")
        return JSONResponse({"key": self._passes.new_key(wall_time_s())}, 201)


def session_row(place: Place) -> dict[str, str]:
    """A live session as lists show it."""
    shown = ("plan", "started", "athlete", "feet", "sound")
    return {"id": place.name, **{name: place.about.get(name, "") for name in shown}}


def _plan_row(one: PlanChoice) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.plan.name,
        "about": one.plan.about,
        "duration_s": one.plan.duration_s,
        "needs_sensor": one.needs_sensor,
    }


def _rows(choices: Mapping[str, Choice]) -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name} for one in choices.values()]


async def _told(request: Request) -> object:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "send JSON") from None


def _refusing(answer: Answer) -> Answer:
    async def answering(request: Request) -> Response:
        try:
            return await answer(request)
        except RefusedError as error:
            told = {"error": str(error)} | ({"where": error.where} if error.where else {})
            return JSONResponse(told, error.status)

    return answering


async def _event_lines(messages: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """Server-sent events. A browser that is late is late by what the network holds, which is little."""
    yield f"retry: {AGAIN_MS}\n\n"
    try:
        async for message in messages:
            what = message.pop("what", "")
            yield f"event: {what}\ndata: {json.dumps(message, separators=(',', ':'))}\n\n"
    except RefusedError:
        yield 'event: end\ndata: {"reason":"gone"}\n\n'
