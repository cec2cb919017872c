"""Pictures and videos of a patient's findings, for the desk alone: taken in, and shown as what their bytes are."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from cadencecoach.errors import CadencecoachError
from cadencecoach.store.attached_files import tail_of
from cadencecoach.store.file_kinds import HEAD_BYTES, KINDS, FileKind, Shown, kind_of_file, kind_of_head
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import MAX_UPLOAD_BYTES
from cadencecoach.web.site import Site

POLICY: Final = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"
PIECE_BYTES: Final = 65_536
UNKNOWN: Final = "application/octet-stream"


class FilesPage:
    """The routes."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site
        self._one_at_a_time = asyncio.Lock()  # each is held in memory until it is whole

    async def take(self, request: Request) -> Response:
        """Copy what is sent into the athlete's folder; the finding that it belongs to names it afterwards."""
        athlete = await self._athlete(request)
        measure = request.query_params.get("what", "")
        async with self._one_at_a_time:
            raw = await _body_of(request)
            kind = kind_of_head(raw[:HEAD_BYTES])
            if kind is None:
                raise RefusedError(415, f"allowed are {', '.join(one.ending for one in KINDS)}", "file")
            tail = tail_of(measure, Path(f"file.{kind.ending}"))
            name = await asyncio.to_thread(self._keep, athlete, raw, tail)
        return JSONResponse({"file": name}, 201)

    async def send(self, request: Request) -> Response:
        """Send a file as what its bytes are; what no browser is to show in a page is saved."""
        athlete = await self._athlete(request)
        name = request.path_params["file"]
        place = await asyncio.to_thread(self._site.store.place_of_file, athlete, name)
        if not place:
            raise RefusedError(404, "that file is not on this machine", "file")
        try:
            whole, kind = await asyncio.to_thread(self._open, athlete, name, Path(place))
        except OSError as error:
            raise RefusedError(409, f"the file cannot be read: {error.strerror or error}", "file") from None
        except CadencecoachError as error:
            raise RefusedError(409, str(error), "file") from None
        is_shown = kind is not None and kind.shown is not Shown.FILE
        headers = {"content-security-policy": POLICY}
        if not is_shown:
            headers["content-disposition"] = f'attachment; filename="{name}"'
        media_type = UNKNOWN if kind is None else kind.media_type
        if whole is not None:
            return StreamingResponse(_pieces(whole), 200, headers, media_type)
        return FileResponse(place, 200, headers, media_type)

    def _open(self, athlete: str, name: str, place: Path) -> tuple[IO[bytes] | None, FileKind | None]:
        """What is in a file, open where it is in tables, and its kind; raises where it is gone."""
        if self._site.store.tables() is None or place.is_file():
            return None, kind_of_file(place)
        whole = self._site.store.open_file(athlete, name)
        return whole, _kind_of(whole)

    def _keep(self, athlete: str, raw: bytes, tail: str) -> str:
        try:
            with self._site.store.hold_athlete(athlete):  # who is forgotten meanwhile leaves no file behind
                return self._site.store.add_file(athlete, io.BytesIO(raw), tail)
        except CadencecoachError as error:
            raise RefusedError(409, str(error), "file") from None

    async def _athlete(self, request: Request) -> str:
        name: str = request.path_params["name"]
        if name not in await asyncio.to_thread(self._site.store.athlete_names):
            raise RefusedError(404, "nobody of that name is kept here", "athlete")
        return name


def _kind_of(whole: IO[bytes]) -> FileKind | None:
    """Of a file that is open at its beginning, and is so afterwards."""
    head = whole.read(HEAD_BYTES)
    whole.seek(0)
    return kind_of_head(head)


def _pieces(whole: IO[bytes]) -> Iterator[bytes]:
    with whole:
        while piece := whole.read(PIECE_BYTES):
            yield piece


async def _body_of(request: Request) -> bytes:
    """What is sent, bounded whatever its head said."""
    parts: list[bytes] = []
    n_bytes = 0
    try:
        async for part in request.stream():
            n_bytes += len(part)
            if n_bytes > MAX_UPLOAD_BYTES:
                raise RefusedError(413, f"at most {MAX_UPLOAD_BYTES // 1_000_000} MB; a terminal takes more", "file")
            parts.append(part)
    except ClientDisconnect:
        raise RefusedError(400, "the file did not arrive whole", "file") from None
    return b"".join(parts)
