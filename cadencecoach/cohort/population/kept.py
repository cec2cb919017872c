"""Courses kept in a file as they are done, so that a long run can be broken off and taken up again.

One JSON object a line. A course belongs to the text of its plans and to the factors of its assumptions; what was run
with another text is left alone. A change of the coach itself is not seen: begin another file then.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from cadencecoach.cohort.pool import Pool
from cadencecoach.cohort.population.courses import BY_NAME, Job, run_job
from cadencecoach.cohort.population.figures import Course
from cadencecoach.cohort.population.tally import Sums
from cadencecoach.cohort.population.traits import Answers
from cadencecoach.devices.input_file import file_bytes, open_plain
from cadencecoach.errors import UsageError
from cadencecoach.store.protocol import TellProgress

MOST_BYTES = 1_000_000_000
FIRST = b'\n{"key": "'  # of every line


def kept_courses(jobs: Sequence[Job], *, pool: Pool, path: Path | None, tell: TellProgress) -> list[Course]:
    """All courses in the order of their jobs: those of the file, and the others, each kept as it is done.

    Args:
        jobs: what is wanted
        pool: who runs them
        path: of the file; None keeps nothing
        tell: how many courses of how many
    Raises:
        UsageError: a course could not be run
    """
    done = {} if path is None else read_kept(path)
    keys = [key_of(job) for job in jobs]
    left = [job for job, key in zip(jobs, keys, strict=True) if key not in done]
    n_done = len(jobs) - len(left)
    tell(n_done, len(jobs))
    for outcome in pool.run(run_job, left):
        if outcome.done is None:
            raise UsageError(f"{outcome.job.policy}, runner {outcome.job.number}: {outcome.wrong}")
        if path is not None:
            keep(path, outcome.job, outcome.done)
        done[key_of(outcome.job)] = outcome.done
        n_done += 1
        tell(n_done, len(jobs))
    return [done[key] for key in keys]


def key_of(job: Job) -> str:
    """What a course is known by in the file."""
    texts = "".join(BY_NAME[job.policy].text(session) for session in range(job.n_sessions))
    asked = (job.policy, job.seed, job.number, sorted(job.scaled.items()), texts)
    return hashlib.sha256(repr(asked).encode()).hexdigest()


def is_kept(path: Path) -> bool:
    """Whether a file is one of courses, or has nothing in it."""
    with open_plain(path, what="courses") as file:
        return file.read(len(FIRST)).strip() in {b"", FIRST.strip()}


def read_kept(path: Path) -> dict[str, Course]:
    """The courses of a file, by key; none if there is no file. A torn last line is dropped."""
    return dict(_courses(path)) if path.exists() else {}


def keep(path: Path, job: Job, one: Course) -> None:
    """Add a course to a file."""
    line = json.dumps({"key": key_of(job), **asdict(one), "answers": one.answers.name})
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}")  # first: the line before may be torn


def _courses(path: Path) -> Iterator[tuple[str, Course]]:
    for line in file_bytes(path, what="courses", limit_bytes=MOST_BYTES).decode("utf-8", "replace").splitlines():
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
