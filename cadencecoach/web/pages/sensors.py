"""Sensors and sound: which pod is mine, what it counts, a test beat, and what works on this computer."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from cadencecoach.desk.doctor.checkup import look
from cadencecoach.devices.command_line import command_line
from cadencecoach.web.api import EVENT_HEADERS
from cadencecoach.web.asked import RefusedError, fields_in, number_in, text_in
from cadencecoach.web.choices import NOTHING, output_choices
from cadencecoach.web.rows import json_of
from cadencecoach.web.sensing import Sensing
from cadencecoach.web.site import Site

TEST_SPM: Final = 170.0
TEST_S: Final = 10.0
FAR_S: Final = 3600.0  # a time that is further ahead is none


class SensorsPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site, self._sensing = site, Sensing(site.store.machine, site.sessions.radio, site.texts)
        self._examining = asyncio.Lock()

    async def show(self, request: Request) -> Response:
        """Show the page."""
        texts = (await self._site.words(None)).page
        outputs, known = await asyncio.gather(
            asyncio.to_thread(output_choices, texts), asyncio.to_thread(self._sensing.list_known)
        )
        return await self._site.page(
            request,
            "sensors.html",
            None,
            outputs=outputs.values(),
            known_json=json.dumps([one.row(texts) for one in known]),
            delay_command=command_line("doctor --delay"),
            test={"spm": TEST_SPM, "for_s": TEST_S},
        )

    async def scan(self, _: Request) -> Response:
        """Look for sensors."""
        texts = (await self._site.words(None)).page
        found, session = await self._sensing.scan(texts)
        return JSONResponse({"sensors": [one.row(texts) for one in found], "session": session})

    async def stream_values(self, request: Request) -> Response:
        """Events `value`, until a minute has passed or nobody listens any more."""
        ids = [id_ for id_ in request.query_params.get("ids", "").split(",") if id_]
        values = self._sensing.values(ids, (await self._site.words(None)).page)
        first: dict[str, Any] = await anext(values, {})  # what is refused is refused before the stream begins
        return StreamingResponse(_event_lines(first, values), 200, EVENT_HEADERS, "text/event-stream")

    async def choose(self, request: Request) -> Response:
        """Remember a sensor."""
        told = await json_of(request)
        unit = told.get("unit") if isinstance(told, Mapping) and told.keys() <= {"unit"} else 0
        if unit is not None and not isinstance(unit, str):
            raise RefusedError(400, 'send {"unit": auto, steps, strides or doubled}, or {}', "unit")
        await asyncio.to_thread(self._sensing.choose, request.path_params["id"], unit)
        return Response(status_code=204)

    async def forget(self, request: Request) -> Response:
        """Forget a sensor."""
        await asyncio.to_thread(self._sensing.forget, request.path_params["id"])
        return Response(status_code=204)

    async def measure_delay(self, request: Request) -> Response:
        """Play a slow beat and take taps to it: lines of JSON, how far it is and what came of it."""
        texts = (await self._site.words(None)).page
        fields = fields_in(await json_of(request), {"sound"})
        output = (await asyncio.to_thread(output_choices, texts)).get(text_in(fields, "sound"))
        if output is None or output.word == NOTHING:
            raise RefusedError(400, texts.no_such_choice, "sound")
        self._site.sessions.check_silent(output.word)
        told = self._site.sessions.delay.measure(self._site.store.machine, output.word, texts)
        first = await anext(told)  # what is refused is refused before the answer begins
        return StreamingResponse(_json_lines(first, told), 200, EVENT_HEADERS, "application/x-ndjson")

    async def tell_time(self, _: Request) -> Response:
        """The clock that taps are on."""
        return JSONResponse({"now_s": asyncio.get_running_loop().time()})

    async def tap(self, request: Request) -> Response:
        """One tap, with its time by that clock."""
        now_s = asyncio.get_running_loop().time()
        fields = fields_in(await json_of(request), {"id", "at_s"})
        at_s = number_in(fields, "at_s", 0, now_s + FAR_S)
        if at_s is None:
            raise RefusedError(400, "at_s is a number", "at_s")
        texts = (await self._site.words(None)).page
        self._site.sessions.delay.send(text_in(fields, "id"), now_s - at_s, now_s, texts)
        return Response(status_code=204)

    async def examine(self, _: Request) -> Response:
        """What `doctor` finds; one look at a time."""
        words, store = await self._site.words(None), self._site.store
        async with self._examining:
            report = await asyncio.to_thread(look, store.machine, store.places(), None, words)
        return JSONResponse({"findings": [asdict(one) for one in report.findings]})


async def _event_lines(first: dict[str, Any], values: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """Server-sent events; a line now and then also while nothing is heard, so that a browser that left is noticed."""
    yield _event(first)
    async for value in values:
        yield _event(value)
    yield "event: end\ndata: {}\n\n"


async def _json_lines(first: dict[str, Any], told: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    yield f"{json.dumps(first)}\n"
    async for one in told:
        yield f"{json.dumps(one)}\n"


def _event(value: dict[str, Any]) -> str:
    return f"event: value\ndata: {json.dumps(value)}\n\n" if value else ": still here\n\n"
