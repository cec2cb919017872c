"""The interface for programs: JSON, and one stream of events a session. `docs/web.md` describes it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.web.asked import KeyAsked, RefusedError, key_in
from cadencecoach.web.choices import Choice, PlanChoice, output_choices, plan_choices, sensor_choices
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.sessions import session_row
from cadencecoach.web.site import Site

AGAIN_MS: Final = 500  # a browser whose stream breaks off comes back after this
EVENT_HEADERS: Final = {"x-accel-buffering": "no"}


class Api:
    """The routes under `/api`."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._sessions, self._passes, self._texts = site.sessions, site.entry.passes, site.texts

    async def list_plans(self, _: Request) -> Response:
        """Tell which plans there are."""
        plans = await asyncio.to_thread(plan_choices, self._sessions.machine)
        return JSONResponse({"plans": [_plan_row(one) for one in plans.values()]})

    async def list_sensors(self, request: Request) -> Response:
        """Tell where steps can come from."""
        found = await asyncio.to_thread(sensor_choices, self._sessions.machine, self._texts)
        is_desk = visitor_of(request).is_desk
        return JSONResponse(
            {"sensors": _rows({id_: one for id_, one in found.items() if is_desk or not one.is_of_desk})}
        )

    async def list_outputs(self, _: Request) -> Response:
        """Tell where the sound can go."""
        return JSONResponse({"outputs": _rows(await asyncio.to_thread(output_choices, self._texts))})

    async def list_live(self, request: Request) -> Response:
        """Tell which sessions run."""
        visitor = visitor_of(request)
        return JSONResponse({"sessions": [session_row(one, visitor) for one in self._sessions.live(visitor)]})

    async def stop(self, request: Request) -> Response:
        """Stop a session."""
        id_ = request.path_params["id"]
        await self._sessions.press(id_, KeyAsked(id=f"stop-{id_}", key="stop", value=None), visitor_of(request))
        return Response(status_code=204)

    async def press(self, request: Request) -> Response:
        """Press a key in a session."""
        await self._sessions.press(request.path_params["id"], key_in(await json_of(request)), visitor_of(request))
        return Response(status_code=204)

    async def stream_events(self, request: Request) -> Response:
        """Send the moments of a session as they come."""
        id_, visitor = request.path_params["id"], visitor_of(request)
        self._sessions.find(id_, visitor)
        lines = _event_lines(self._sessions.messages(id_, visitor))
        return StreamingResponse(lines, 200, EVENT_HEADERS, "text/event-stream")

    async def make_key(self, request: Request) -> Response:
        """A way in for one more browser; only for a program that shows the token."""
        if "authorization" not in request.headers:
            raise RefusedError(403, "only a program with the token may ask for this")
        return JSONResponse({"key": self._passes.new_key(wall_time_s())}, 201)


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


async def _event_lines(messages: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """Server-sent events. A browser that is late is late by what the network holds, which is little."""
    yield f"retry: {AGAIN_MS}\n\n"
    try:
        async for message in messages:
            what = message.pop("what", "")
            yield f"event: {what}\ndata: {json.dumps(message, separators=(',', ':'))}\n\n"
    except RefusedError:
        yield 'event: end\ndata: {"reason":"gone"}\n\n'
