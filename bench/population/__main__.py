"""Five policies on the same simulated runners, in closed loop through the coach.

    python -m bench.population                       40 runners, 8 sessions: some minutes
    python -m bench.population --full --keep FILE    200 runners, 20 sessions: over an hour; can be taken up again
    python -m bench.population --sensitivity         every assumed number halved and doubled
    python -m bench.population --assumptions         the table of them

docs/simulation.md says what is assumed, what is shared with a live session, and what came of it.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.population.courses import BY_NAME, Size
from bench.population.figures import Course, claims
from bench.population.kept import kept_courses
from bench.population.report import FIRST_LINE, lines
from bench.population.sensitivity import sensitivity
from bench.population.traits import ASSUMPTIONS, assumptions_table

FULL = (200, 20)
LEAST_FACTOR, MOST_FACTOR = 0.1, 10.0


def main() -> int:
    """Run, print, and answer 1 if a claim fails."""
    asked = _arguments()
    if asked.assumptions:
        print(assumptions_table())
        return 0
    n_runners, n_sessions = FULL if asked.full else (asked.runners, asked.sessions)
    size = Size(
        n_runners=n_runners,
        n_sessions=n_sessions,
        seeds=tuple(range(asked.seed, asked.seed + asked.seeds)),
        scaled=dict(asked.scale),
    )
    print(FIRST_LINE, file=sys.stderr if asked.json else sys.stdout, flush=True)
    if asked.sensitivity:
        for line in sensitivity(size, n_processes=asked.processes, path=asked.keep):
            print(line, flush=True)
        return 0
    began_s = time.perf_counter()
    jobs = tuple(size.jobs())
    done = kept_courses(jobs, n_processes=asked.processes, path=asked.keep)
    courses = list(_watched(done, len(jobs)))
    if asked.json:
        print(json.dumps([{**asdict(one), "answers": one.answers.value} for one in courses]))
    else:
        print(f"{n_runners} runners, {n_sessions} sessions of 30 min, seeds {size.seeds}, {len(BY_NAME)} policies")
        print("\n".join(lines(courses)))
        print(f"{time.perf_counter() - began_s:.0f} s on {asked.processes} processes")
    return 0 if all(claim.holds for claim in claims(courses)) else 1


def _watched(courses: Iterable[Course], n_all: int) -> Iterator[Course]:
    """The courses, counted on a terminal as they come."""
    for n_done, one in enumerate(courses, start=1):
        if sys.stderr.isatty():
            print(f"\r{n_done} of {n_all} courses", end="\n" if n_done == n_all else "", file=sys.stderr, flush=True)
        yield one


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.population", description=FIRST_LINE)
    parser.add_argument("--runners", type=_whole, default=40, help="of each seed (default 40)")
    parser.add_argument("--sessions", type=_whole, default=8, help="of each runner, 30 min each (default 8)")
    parser.add_argument("--seed", type=int, default=1, help="the first (default 1)")
    parser.add_argument("--seeds", type=_whole, default=1, help="how many in a row (default 1)")
    parser.add_argument("--full", action="store_true", help="200 runners, 20 sessions")
    parser.add_argument("--sensitivity", action="store_true", help="halve and double what is assumed")
    parser.add_argument("--assumptions", action="store_true", help="print the table of the runner's numbers")
    parser.add_argument(
        "--scale", type=_factor, action="append", default=[], metavar="NAME=FACTOR", help="change an assumption"
    )
    parser.add_argument("--processes", type=_whole, default=2, help="(default 2)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where courses are kept, and taken from")
    parser.add_argument("--json", action="store_true", help="all counts, for further work")
    return parser.parse_args()


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is a whole number from 1")
    return int(text)


def _factor(text: str) -> tuple[str, float]:
    name, _, factor = text.partition("=")
    units = {one.name: one.unit for one in ASSUMPTIONS}
    if name not in units:
        raise argparse.ArgumentTypeError(f"{text!r}: no such assumption; allowed: {', '.join(units)}")
    try:
        value = float(factor)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: write for example {name}=0.5") from None
    low = 0.0 if units[name] == "ratio" else LEAST_FACTOR  # no time is zero
    if not low <= value <= MOST_FACTOR:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is {low:g} to {MOST_FACTOR:g}")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
