"""What has to be read before a page can be shown, where that takes a while: a page that says how far it is.

It is a job, behind all else that the computer does. What was read is kept, so that one that is stopped, or a server
that ends, has read nothing in vain. The page asks again by itself, with or without a script.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from cadencecoach.devices.reach.place import new_name
from cadencecoach.store.protocol import TellProgress, UserStore
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.jobs import Job, Jobs, Task
from cadencecoach.web.rows import Visitor, visitor_of

T = TypeVar("T")

MANY_UNREAD: Final = 100  # journals; they take longer than a second
MANY_CHANGED: Final = 50  # athletes whose lines are to be worked out; likewise
SESSIONS, PATIENTS = "sessions", "patients"


@dataclass(frozen=True, slots=True)
class Begun:
    """A job that reads.

    Attributes:
        job: its id
        n_all: how many there are to be read
    """

    job: str
    n_all: int


class MuchToDoError(Exception):
    """There is more to be worked out than anybody waits for with an empty page.

    Attributes:
        n_all: how much
    """

    def __init__(self, n_all: int) -> None:
        """So much."""
        super().__init__(n_all)
        self.n_all = n_all


def refuse_much(n_done: int, n_all: int) -> None:
    """Stop before the first of many.

    Raises:
        MuchToDoError: there are many
    """
    if n_done == 0 and n_all >= MANY_CHANGED:
        raise MuchToDoError(n_all)


class Reading:
    """What the pages of a site have read for them: what one of them waits for, the others wait for, too.

    Args:
        store: of which
        jobs: that read
        page: fills in a template for whoever asks
    """

    def __init__(self, store: UserStore, jobs: Jobs, page: Callable[..., Awaitable[Response]]) -> None:
        """Nothing is read yet."""
        self._store, self._jobs, self._fill_in = store, jobs, page
        self._begun, self._is_read = dict[tuple[Visitor, str], Begun](), False

    async def sessions(self, request: Request, *, athlete: str | None = None, again: bool = False) -> Response | None:
        """The page to be shown while many sessions are read; None where there are none to be read.

        Args:
            request: for the page that needs them
            athlete: in whose words
            again: look each time, since all of them are listed; else only until once nothing was to be read, because
                the look is at every journal and what comes later is a few
        """
        if self._is_read and not again:
            return None
        n_unread = await asyncio.to_thread(self._store.n_unread_sessions)
        if n_unread < MANY_UNREAD:
            self._is_read = True
            self._begun.pop((visitor_of(request), SESSIONS), None)
            return None
        from cadencecoach.web.job_kinds import reading_task  # noqa: PLC0415  # with numpy; the first page waits for none

        return await self._page(request, athlete, SESSIONS, n_unread, reading_task(self._store))

    async def lines(self, request: Request, look: Callable[[TellProgress], T]) -> T | Response:
        """What a look at all patients comes to; the page to be shown while many of their lines are worked out.

        Args:
            request: for the page that needs them
            look: told whom to tell how far it is
        """
        try:
            found = await asyncio.to_thread(look, refuse_much)
        except MuchToDoError as much:
            from cadencecoach.web.job_kinds import lines_task  # noqa: PLC0415  # likewise

            waits = await self._page(request, None, PATIENTS, much.n_all, lines_task(self._store))
            if waits is not None:
                return waits
            return await asyncio.to_thread(look, lambda _done, _all: None)  # what was worked out cannot be kept
        self._begun.pop((visitor_of(request), PATIENTS), None)
        return found

    async def _page(self, request: Request, athlete: str | None, what: str, n_all: int, task: Task) -> Response | None:
        """How far the job is, begun where there is none; None where it is over and has not helped: nothing is kept."""
        visitor = visitor_of(request)
        begun = self._begun.get((visitor, what))
        job = None if begun is None else self._job(visitor, begun)
        if begun is None or job is None:
            begun = Begun(self._jobs.begin(visitor, new_name(), task), n_all)
            self._begun[visitor, what] = begun
            job = self._jobs.find(visitor, begun.job)
        if job.is_settled.is_set():
            return None
        return await self._fill_in(
            request, "reading.html", athlete, job=begun.job, what=what, n_all=begun.n_all, n_done=done_of(job, begun)
        )

    def _job(self, visitor: Visitor, begun: Begun) -> Job | None:
        with suppress(RefusedError):
            return self._jobs.find(visitor, begun.job)
        return None  # it was stopped, or is long over


def done_of(job: Job, begun: Begun) -> int:
    """How many have been read."""
    return round(job.ratio * begun.n_all)
