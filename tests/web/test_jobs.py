"""Jobs by hand: real processes, real files, and no server."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from work_samples import refuse, write_until_ended, write_words

from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.user_store import user_machine
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.jobs import AT_ONCE, MAX_OPEN, Job, Jobs, State, Task
from cadencecoach.web.rows import Role, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
DESK, RUNNER, OTHER = Visitor(Role.DESK), Visitor(Role.RUNNER, "r7"), Visitor(Role.RUNNER, "r8")


def task(work: Callable[..., None], *given: object) -> Task:
    """Work with a file of text."""
    return Task(kind="test", work=work, given=given, file_name="a.txt", media_type="text/plain")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results lie in a folder of the test's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "cadencecoach" / "work"


def run(story: Callable[[Jobs], Awaitable[None]], *, kept_s: float = 900.0, fetched_s: float = 60.0) -> None:
    """A story with jobs; what is left of them is over at the end."""

    async def whole() -> None:
        jobs = Jobs(user_machine(), ENGLISH_PAGE, kept_s=kept_s, fetched_s=fetched_s)
        await story(jobs)
        for life in list(jobs._lives.values()):
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)
        if jobs._folder is not None:
            jobs._folder.close()

    asyncio.run(whole())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    tick = threading.Event()
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.to_thread(tick.wait, 0.01)


def files(cache: Path) -> list[str]:
    """What is there of results."""
    return sorted(path.name for path in cache.rglob("*") if path.is_file() and not path.name.startswith(".held"))


def test_a_job_makes_a_file_and_a_request_that_is_repeated_makes_no_other(cache: Path) -> None:
    """The same id is the same job; another device with that id has one of its own."""

    async def story(jobs: Jobs) -> None:
        first = jobs.begin(RUNNER, "tap", task(write_words, "hello"))
        assert jobs.begin(RUNNER, "tap", task(write_words, "hello")) == first
        assert jobs.begin(OTHER, "tap", task(write_words, "hello")) != first
        job = jobs.find(RUNNER, first)
        await job.is_settled.wait()
        assert (job.state, job.ratio, job.n_bytes) == (State.DONE, 1.0, 5)
        assert job.path.read_text() == "hello"
        assert job.path.parent.stat().st_mode & 0o077 == 0

    run(story)
    assert files(cache) == []


def test_a_job_is_for_who_asked_and_for_the_desk() -> None:
    """Another runner's device is told that there is none."""

    async def story(jobs: Jobs) -> None:
        id_ = jobs.begin(RUNNER, "tap", task(write_words, "hello"))
        assert jobs.find(DESK, id_) is jobs.find(RUNNER, id_)
        with pytest.raises(RefusedError) as caught:
            jobs.find(OTHER, id_)
        assert caught.value.status == 404
        await jobs.find(DESK, id_).is_settled.wait()

    run(story)


def test_a_job_that_is_cancelled_ends_within_a_second_and_leaves_nothing(cache: Path) -> None:
    """Neither a process nor a file, whatever it was doing."""

    async def story(jobs: Jobs) -> None:
        id_ = jobs.begin(RUNNER, "tap", task(write_until_ended))
        job = jobs.find(RUNNER, id_)
        await until(lambda: job.ratio == 0.5 and "a.more" in files(cache))
        async with asyncio.timeout(1):
            await jobs.cancel(RUNNER, id_)
        assert files(cache) == []
        with pytest.raises(RefusedError):
            jobs.find(RUNNER, id_)

    run(story)


def test_some_go_on_at_once_and_the_others_wait() -> None:
    """One that ends makes room for the next; one too many is refused."""

    async def story(jobs: Jobs) -> None:
        ids = [jobs.begin(RUNNER, str(n), task(write_until_ended)) for n in range(MAX_OPEN)]
        with pytest.raises(RefusedError) as caught:
            jobs.begin(RUNNER, "more", task(write_until_ended))
        assert str(caught.value) == ENGLISH_PAGE.too_many_jobs
        every = [jobs.find(RUNNER, id_) for id_ in ids]

        def running() -> list[Job]:
            return [job for job in every if job.state is State.RUNNING]

        await until(lambda: len(running()) == AT_ONCE)
        for id_ in ids[3:]:
            await jobs.cancel(RUNNER, id_)
        assert running() == every[:AT_ONCE]
        await jobs.cancel(RUNNER, ids[0])
        await until(lambda: every[2].state is State.RUNNING)

    run(story)


def test_what_was_made_goes_when_it_is_old_or_was_fetched(cache: Path) -> None:
    """Its id is then none any more."""

    async def story(jobs: Jobs) -> None:
        id_ = jobs.begin(RUNNER, "tap", task(write_words, "hello"))
        await until(lambda: id_ not in jobs._jobs)
        assert files(cache) == []

    run(story, kept_s=0.01)

    async def fetched(jobs: Jobs) -> None:
        id_ = jobs.begin(RUNNER, "tap", task(write_words, "hello"))
        job = jobs.find(RUNNER, id_)
        await job.is_settled.wait()
        await jobs.note_fetched(job)
        await until(lambda: id_ not in jobs._jobs)
        assert files(cache) == []

    run(fetched, fetched_s=0.01)


@pytest.mark.parametrize(("limit", "value"), [("MAX_KEPT", 2), ("MAX_KEPT_BYTES", 11)])
def test_the_oldest_results_go_first(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many, or they take too much of the disk; never the newest."""
    monkeypatch.setattr(f"cadencecoach.web.jobs.{limit}", value)

    async def story(jobs: Jobs) -> None:
        ids = list[str]()
        for name in ("a", "b", "c"):
            ids.append(jobs.begin(RUNNER, name, task(write_words, "hello")))
            await jobs.find(RUNNER, ids[-1]).is_settled.wait()
        await until(lambda: list(jobs._jobs) == ids[1:])

    run(story)


def test_work_that_cannot_be_done_says_why() -> None:
    """In its own words; somebody who waits for it is told the same."""

    async def story(jobs: Jobs) -> None:
        job = jobs.find(RUNNER, jobs.begin(RUNNER, "tap", task(refuse)))
        await job.is_settled.wait()
        assert (job.state, job.wrong) == (State.FAILED, "a.txt: no such thing")
        with pytest.raises(RefusedError, match="no such thing"):
            await jobs.make(RUNNER, task(refuse))
        assert await jobs.make(RUNNER, task(write_words, "hello")) == b"hello"

    run(story)
