"""Jobs: a few at a time in processes of their own, the others wait; what they make is kept until it is fetched."""

import asyncio
import shutil
from collections import OrderedDict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from cadencecoach.devices.background.folder import WorkFolder
from cadencecoach.devices.background.process import Work, WorkProcess
from cadencecoach.devices.reach.place import new_name
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import Role, Visitor

AT_ONCE: Final = 2
QUICK_AT_ONCE: Final = 1  # of what a person waits for with an empty page; it does not queue behind an hour of sound
MAX_OPEN: Final = 16  # that wait or go on
MAX_KEPT: Final = 16  # that have made something
KEPT_S: Final = 900.0
FETCHED_S: Final = 60.0  # a second tap, or a connection that broke
MAX_KEPT_BYTES: Final = 2_000_000_000
LOOK_EVERY_S: Final = 0.05
REMEMBERED: Final = 256  # ids of requests


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a job does.

    Attributes:
        kind: as a request names it
        work: called with a function to tell how far it is, the path of the file to write, and what is given
        given: to it; nothing that came over HTTP unchecked
        file_name: of what it makes
        media_type: likewise
    """

    kind: str
    work: Work
    given: tuple[object, ...]
    file_name: str
    media_type: str


@dataclass(slots=True, kw_only=True)
class Job:
    """One piece of work, from being asked for to being forgotten.

    Attributes:
        id: names it
        visitor: who has asked; for nobody else but the desk
        task: what is done
        path: of what it makes; others may be made beside it
        state: how far it is
        ratio: the same as a number from 0 to 1
        wrong: why it has failed
        is_settled: set when it has made something, or has failed
    """

    id: str
    visitor: Visitor
    task: Task
    path: Path
    state: State = State.WAITING
    ratio: float = 0.0
    wrong: str = ""
    is_settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def n_bytes(self) -> int | None:
        """Of what it has made; None before."""
        return self.path.stat().st_size if self.state is State.DONE else None


class Jobs:
    """The jobs of one server.

    Args:
        machine: where what is made waits to be fetched
        texts: for what a person is told
        kept_s: how long what was made waits to be fetched
        fetched_s: how long it is still there afterwards
    """

    def __init__(
        self, machine: Machine, texts: PageTexts, *, kept_s: float = KEPT_S, fetched_s: float = FETCHED_S
    ) -> None:
        """Nothing is asked for yet; the folder is made for the first job."""
        self._machine, self._texts, self._kept_s, self._fetched_s = machine, texts, kept_s, fetched_s
        self._room, self._quick_room = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(QUICK_AT_ONCE)
        self._folder: WorkFolder | None = None
        self._jobs: dict[str, Job] = {}
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._asked: OrderedDict[tuple[Visitor, str], str] = OrderedDict()

    def begin(self, visitor: Visitor, asked: str, task: Task) -> str:
        """Begin a job; the answer is its id, the same for a request that is repeated.

        Args:
            visitor: who asks
            asked: id of the request
            task: what is to be done
        Raises:
            RefusedError: there are too many
        """
        known = self._asked.get((visitor, asked))
        if known is not None:
            return known
        job = self._new(visitor, task, self._room)
        self._asked[visitor, asked] = job.id
        while len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        return job.id

    def find(self, visitor: Visitor, id_: str) -> Job:
        """A job, for who asked for it and for the desk.

        Raises:
            RefusedError: there is none, or none any more
        """
        job = self._jobs.get(id_)
        if job is None or (job.visitor != visitor and visitor.role is not Role.DESK):
            raise RefusedError(404, self._texts.job_gone)
        return job

    async def cancel(self, visitor: Visitor, id_: str) -> None:
        """End a job, and remove what it has made so far.

        Raises:
            RefusedError: as `find`
        """
        life = self._lives[self.find(visitor, id_).id]
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)

    async def make(self, visitor: Visitor, task: Task) -> bytes:
        """Do something short, and wait for what it makes. Where the waiting ends before, so does the work.

        Raises:
            RefusedError: it has failed, with why, or there are too many
        """
        job = self._new(visitor, task, self._quick_room)
        life = self._lives[job.id]
        try:
            await job.is_settled.wait()
            if job.state is not State.DONE:
                raise RefusedError(409, job.wrong or self._texts.job_gone)
            return await asyncio.to_thread(job.path.read_bytes)
        finally:
            life.cancel()

    async def note_fetched(self, job: Job) -> None:
        """Keep what was fetched for only a little longer."""
        life = self._lives.get(job.id)
        if life is not None:
            asyncio.get_running_loop().call_later(self._fetched_s, life.cancel)

    def _new(self, visitor: Visitor, task: Task, room: asyncio.Semaphore) -> Job:
        if sum(not job.is_settled.is_set() for job in self._jobs.values()) >= MAX_OPEN:
            raise RefusedError(409, self._texts.too_many_jobs)
        if self._folder is None:
            self._folder = WorkFolder(self._machine.work_folder)
        id_ = new_name()
        folder = self._folder.path / id_
        folder.mkdir(mode=0o700)
        job = Job(id=id_, visitor=visitor, task=task, path=folder / task.file_name)
        self._jobs[id_] = job
        self._lives[id_] = asyncio.create_task(self._live(job, room))
        return job

    async def _live(self, job: Job, room: asyncio.Semaphore) -> None:
        """The life of a job, to its last trace."""
        try:
            async with room:
                await self._work(job)
            job.is_settled.set()
            self._make_room()
            await asyncio.sleep(self._kept_s)
        finally:
            job.is_settled.set()
            del self._jobs[job.id], self._lives[job.id]
            shutil.rmtree(job.path.parent, ignore_errors=True)

    async def _work(self, job: Job) -> None:
        process = WorkProcess(job.task.work, job.path, *job.task.given)
        job.state = State.RUNNING
        try:
            while not process.is_over:
                await asyncio.sleep(LOOK_EVERY_S)
                process.look()
                job.ratio = process.ratio
        finally:
            process.end()
        is_there = job.path.is_file()
        job.wrong = process.wrong or ("" if is_there else self._texts.job_gone)
        job.state = State.FAILED if job.wrong else State.DONE

    def _make_room(self) -> None:
        """Forget the oldest results where there are too many, or together they take too much of the disk."""
        done = [job for job in self._jobs.values() if job.state is State.DONE]
        n_bytes = sum(job.n_bytes or 0 for job in done)
        for n_newer, job in zip(range(len(done) - 1, 0, -1), done, strict=False):
            if n_bytes <= MAX_KEPT_BYTES and n_newer < MAX_KEPT:
                return
            n_bytes -= job.n_bytes or 0
            self._lives[job.id].cancel()
