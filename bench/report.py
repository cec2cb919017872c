"""How fast pages are made: a session of three hours, and a year of an athlete. A rehearsal with a simulated runner.

    uv run python -m bench.report [--year]

Every figure is the best of three in this run; ratios are of figures of the same run. `--year` also rehearses 150
sessions into an empty data folder, which takes a minute or two, and reports on them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.year import write_year

LONG_PLAN = """plan: Three hours
baseline: measured
stages:
  - {name: Warm-up, duration: 10 min, target: free}
  - {name: Baseline, duration: 5 min, measure: baseline}
  - repeat: 4
    stages:
      - {name: First rung, duration: 12 min, target: +2.5 %, ramp: 60 s, tolerance: 1.75 %}
      - {name: Second rung, duration: 12 min, target: +5 %, ramp: 60 s}
      - {name: On your own, duration: 8 min, target: +5 %, beat: off, feedback: none}
      - {name: Walk, duration: 3 min, target: walk}
      - {name: Half, duration: 5 min, target: +5 %, help: 50 %}
  - {name: Cool-down, duration: 5 min, target: free}
"""
RUNNER = "sim:lost_per_hour=3,lost_s=20,wander=2,noise=2"
N_RUNS = 3
PROGRAM = ("-m", "cadencecoach")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--year", action="store_true", help="the progress page of 150 rehearsed sessions too")
    wants_year = parser.parse_args().year
    bare_s = best(lambda: call("-c", "pass"))
    print(f"python -c pass                    {bare_s:6.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        three_hours(Path(folder), bare_s)
        if wants_year:
            a_year(Path(folder), bare_s)


def three_hours(folder: Path, bare_s: float) -> None:
    """The page of a long session, and the same in the terminal."""
    plan, journal, page = folder / "long.yaml", folder / "long.jsonl", folder / "report.html"
    plan.write_text(LONG_PLAN, encoding="utf-8")
    call(*PROGRAM, "rehearse", str(plan), "--feet", RUNNER, "--journal", str(journal))
    page_s = best(lambda: call(*PROGRAM, "history", "report", str(journal), "-o", str(page)))
    show_s = best(lambda: call(*PROGRAM, "history", "show", str(journal)))
    tell("history report, 3 hours", page_s, bare_s, page)
    tell("history show, 3 hours", show_s, bare_s)


def a_year(folder: Path, bare_s: float) -> None:
    """The progress page of 150 journals: the first time, when they are read, and from then on."""
    data, page = folder / "data", folder / "progress.html"
    athlete, n_sessions = write_year(data / "cadencecoach" / "sessions")
    env = os.environ | {"XDG_DATA_HOME": str(data)}
    asked = (*PROGRAM, "history", "report", "--athlete", athlete, "-o", str(page))
    first_s = timed(lambda: call(*asked, env=env))
    then_s = best(lambda: call(*asked, env=env))
    print(f"{n_sessions} sessions rehearsed")
    tell("the journals read, once", first_s, bare_s, page)
    tell("history report --athlete", then_s, bare_s, page)


def tell(what: str, took_s: float, bare_s: float, page: Path | None = None) -> None:
    """One line."""
    size = f"   {page.stat().st_size / 1000:4.0f} kB" if page is not None else ""
    print(f"{what:33} {took_s:6.3f} s   {took_s / bare_s:5.1f} x python -c pass{size}")


def call(*words: str, env: dict[str, str] | None = None) -> None:
    """A process of its own, to its end."""
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=env)


def timed(act: Callable[[], None]) -> float:
    """How long it took."""
    start_s = time.perf_counter()
    act()
    return time.perf_counter() - start_s


def best(act: Callable[[], None]) -> float:
    """The least of some runs."""
    return min(timed(act) for _ in range(N_RUNS))


if __name__ == "__main__":
    main()
