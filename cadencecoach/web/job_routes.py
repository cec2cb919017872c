"""Jobs as programs and pages ask for them; `docs/web.md` describes it."""

import asyncio
from dataclasses import asdict
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from cadencecoach.desk.running.sound_files import make_rehearsal, read_heard
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.job_kinds import Asker, task_in
from cadencecoach.web.jobs import Job, State
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site


class JobRoutes:
    """The routes under `/api/jobs`."""

    def __init__(self, site: Site) -> None:
        """Answer for these."""
        self._site, self._jobs = site, site.jobs

    async def begin(self, request: Request) -> Response:
        """Begin a job."""
        visitor = visitor_of(request)
        asker = Asker(store=self._site.store, visitor=visitor)
        asked, task = await asyncio.to_thread(task_in, await json_of(request), asker)
        id_ = self._jobs.begin(visitor, asked, task)
        return JSONResponse({"id": id_}, 201, {"location": f"/api/jobs/{id_}"})

    async def show(self, request: Request) -> Response:
        """Tell how far a job is."""
        return JSONResponse(_job_json(self._job(request)))

    async def cancel(self, request: Request) -> Response:
        """Cancel a job."""
        await self._jobs.cancel(visitor_of(request), request.path_params["id"])
        return Response(status_code=204)

    async def fetch(self, request: Request) -> Response:
        """What it has made. A part of it may be asked for any number of times, as a player does that jumps about."""
        job = self._job(request)
        if job.state is not State.DONE:
            raise RefusedError(409, "it is not done yet")
        is_whole = "range" not in request.headers
        return FileResponse(
            job.path,
            media_type=job.task.media_type,
            filename=job.task.file_name,
            background=BackgroundTask(self._jobs.note_fetched, job) if is_whole else None,
        )

    async def hear(self, request: Request) -> Response:
        """What begins and is said when in a rehearsal that is done."""
        job = self._job(request)
        if job.state is not State.DONE or job.task.work is not make_rehearsal:
            raise RefusedError(409, "it is no rehearsal, or not done yet")
        heard = await asyncio.to_thread(read_heard, job.path)
        return JSONResponse({"heard": [asdict(one) for one in heard]})

    def _job(self, request: Request) -> Job:
        return self._jobs.find(visitor_of(request), request.path_params["id"])


def _job_json(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.task.kind,
        "state": job.state.value,
        "ratio": round(job.ratio, 3),
        "file": job.task.file_name,
        "n_bytes": job.n_bytes,
        "error": job.wrong or None,
    }
