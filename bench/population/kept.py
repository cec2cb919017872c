"""Courses kept in a file as they are done, so that a long run can be broken off and taken up again.

One JSON object a line. A course belongs to the text of its plans and to the factors of its assumptions; what was run
with another text is left alone. A change of the coach itself is not seen: begin another file then.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.population.courses import BY_NAME, Job, run_jobs
from bench.population.figures import Course
from bench.population.tally import Sums
from bench.population.traits import Answers


def kept_courses(jobs: Iterable[Job], *, n_processes: int, path: Path | None) -> Iterator[Course]:
    """All courses: those in the file, then the others, each kept as it is done. Without a file, none is kept."""
    done = {} if path is None else read_kept(path)
    asked = [(job, key_of(job)) for job in jobs]
    yield from (done[key] for _, key in asked if key in done)
    left = [job for job, key in asked if key not in done]
    for job, one in zip(left, run_jobs(left, n_processes=n_processes), strict=True):
        if path is not None:
            keep(path, job, one)
        yield one


def key_of(job: Job) -> str:
    """What a course is known by in the file."""
    texts = "".join(BY_NAME[job.policy].text(session) for session in range(job.n_sessions))
    asked = (job.policy, job.seed, job.number, sorted(job.scaled.items()), texts)
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def read_kept(path: Path) -> dict[str, Course]:
    """The courses of a file, by key; none if there is no file. A torn last line is dropped."""
    return dict(_courses(path)) if path.exists() else {}


def keep(path: Path, job: Job, one: Course) -> None:
    """Add a course to a file."""
    line = json.dumps({"key": key_of(job), **asdict(one), "answers": one.answers.name})
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}")  # first: the line before may be torn


def _courses(path: Path) -> Iterator[tuple[str, Course]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield (
            said.pop("key"),
            Course(
                policy=said["policy"],
                seed=said["seed"],
                number=said["number"],
                answers=Answers[said["answers"]],
                sessions=tuple(Sums(**sums) for sums in said["sessions"]),
            ),
        )
