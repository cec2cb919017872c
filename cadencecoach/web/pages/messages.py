"""Messages on the page Today: a runner reads what the clinician wrote, and writes back. Nobody else is shown them."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.athletes.messages import mark_read, unread_of, write_message
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import To
from cadencecoach.record.entry_lines import RUNNER, entry_id
from cadencecoach.store.protocol import UserStore
from cadencecoach.web.asked import RefusedError, fields_in, text_in
from cadencecoach.web.once import Once
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site

MAX_READ: Final = 100


class MessagesPage:
    """The routes."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._written: Once[JSONResponse] = Once()

    async def _athlete(self, request: Request) -> tuple[str, UserStore]:
        """Whose messages they are, and the store as who writes.

        Raises:
            RefusedError: it is a guest
        """
        athlete, visitor = await self._site.athlete(request), visitor_of(request)
        if athlete is None:
            raise RefusedError(400, (await self._site.words(None)).page.guest_check_in, "athlete")
        is_desk = visitor.is_desk
        return athlete, self._site.store if is_desk else self._site.store.with_author(RUNNER)

    async def write(self, request: Request) -> Response:
        """Write to the clinician, once however often it is sent."""
        fields = fields_in(await json_of(request), {"id", "text"})
        text, id_ = fields.get("text"), text_in(fields, "id")
        if not isinstance(text, str):
            raise RefusedError(400, "text is what you write", "text")
        athlete, store = await self._athlete(request)
        texts = (await self._site.words(athlete)).page

        async def send() -> JSONResponse:
            try:
                await asyncio.to_thread(write_message, store, athlete, To.CLINICIAN, text)
            except CadencecoachError as error:
                raise RefusedError(409, str(error), "text") from None
            return JSONResponse({"says": texts.message_sent})

        return await self._written.do(f"{visitor_of(request).role}/{athlete}/{id_}", send)

    async def mark(self, request: Request) -> Response:
        """Mark messages that were shown as read."""
        ids = fields_in(await json_of(request), {"messages"}).get("messages")
        if not isinstance(ids, list) or len(ids) > MAX_READ or not all(isinstance(one, str) for one in ids):
            raise RefusedError(400, f"messages are at most {MAX_READ} ids", "messages")
        athlete, store = await self._athlete(request)

        def mark_all() -> None:
            mark_read(store, athlete, (one for one in unread_of(store, athlete) if entry_id(one) in ids))

        try:
            await asyncio.to_thread(mark_all)
        except CadencecoachError as error:
            raise RefusedError(409, str(error)) from None
        return Response(status_code=204)
