"""How well steps are found in acceleration: simulated motion, and recordings.

    uv run python bench/steps.py [FILE.csv[.gz] ...]

A recording has the columns seconds, x, y, z in g, under one line of headings. Where FILE.steps.txt stands beside it,
it holds the true time of each step, one a line. Simulated figures are of simulations and say so; where one is over its
limit it is marked, and the exit status is 1. With 8 seeds it takes a quarter of an hour on two cores.
"""

import argparse
import gzip
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from simulated_bodies import (
    RUN,
    WALK,
    Motion,
    Shoe,
    Style,
    car_ride,
    lying_still,
    moving,
    shod,
    step_times,
)

from cadencecoach.gait.movement import vertical_oscillation_mm
from cadencecoach.gait.steps import Placement, StepDetector

Floats = NDArray[np.float64]
Harm = Callable[[Motion, int], Motion]

MOVES_S = 30.0
FRAME_S = 0.36  # as an H10 sends at 100 Hz
COUNT_LIMIT_PERCENT, CADENCE_LIMIT_SPM, LATENCY_LIMIT_S = 5.0, 3.0, 3.0
PLACES = ("hip", "chest", "wrist", "foot", "shoe")  # a shoe is a foot drawn in another way, another one for each seed
RATES_HZ = (12.5, 25.0, 26.0, 50.0, 52.0, 100.0, 200.0, 400.0)
HARMED_RATES_HZ = (12.5, 25.0, 52.0, 100.0)
WALKS_SPM, RUNS_SPM = (80.0, 100.0, 120.0, 138.0), (145.0, 165.0, 185.0, 205.0)
CHANGES = ((RUN, 160.0, RUN, 176.0), (RUN, 176.0, RUN, 160.0), (WALK, 105.0, WALK, 120.0), (WALK, 110.0, RUN, 160.0))
STOPS = ((RUN, 165.0, WALK, 115.0), (RUN, 0.0, RUN, 165.0), (WALK, 0.0, WALK, 110.0))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a detector made of a recording.

    Attributes:
        told: time and cadence after each frame; None before there was enough to tell
        steps_s: when steps were
        placement: where it seemed to sit
    """

    told: list[tuple[float, float | None]]
    steps_s: Floats
    placement: str

    def cadences(self, from_s: float, to_s: float) -> list[float]:
        """Cadences above 0 told between two times."""
        return [spm for time_s, spm in self.told if spm and from_s <= time_s < to_s]


def heard(times_s: Floats, accel_g: Floats) -> Heard:
    """A detector's report on a recording, fed in frames."""
    detector, told, steps = StepDetector(), [], []
    frame = max(round(FRAME_S / float(np.median(np.diff(times_s)))), 1)
    for first in range(0, len(times_s), frame):
        steps += detector.feed(times_s[first : first + frame], accel_g[first : first + frame])
        told.append((float(times_s[first : first + frame][-1]), detector.cadence_spm))
    steps += detector.finish()
    where = detector.placement
    return Heard(told, np.array([step.time_s for step in steps]), "?" if where is None else where.value)


def simulated(place: str, style: Style, spm: float, rate_hz: float, seed: int) -> Motion:
    """Thirty seconds of steps after a second of standing."""
    steps_s = step_times([(MOVES_S, spm)], jitter=style.jitter, seed=seed)
    if place == "shoe":
        return shod(steps_s, Shoe.any(style, spm, seed), rate_hz=rate_hz, seed=seed)
    return moving(Placement(place), steps_s, style, rate_hz=rate_hz, seed=seed)


def harmed(motion: Motion, seed: int) -> Motion:
    """The same with times uneven by a fifth of a period, every 30th frame lost, and another strength and noise."""
    random = np.random.default_rng(seed + 500)
    period_s = float(motion.times_s[1] - motion.times_s[0])
    times_s = np.sort(motion.times_s + 0.2 * period_s * random.standard_normal(len(motion.times_s)))
    is_kept = random.random(int(times_s[-1] / FRAME_S) + 2)[np.maximum(times_s / FRAME_S, 0).astype(int)] > 1 / 30
    rest_g = motion.accel_g[:1]
    accel_g = rest_g + random.uniform(0.8, 1.3) * (motion.accel_g - rest_g)
    accel_g += 0.04 * random.standard_normal(accel_g.shape)
    return replace(motion, times_s=times_s[is_kept], accel_g=accel_g[is_kept])


@dataclass(frozen=True, slots=True)
class Case:
    """A simulation to hear: where, how, how fast, sampled how often, with which seed, and what is done to it."""

    place: str
    style: Style
    spm: float
    rate_hz: float
    seed: int
    harm: Harm | None = None


def found(case: Case) -> tuple[float, float, bool]:
    """Count error in percent, cadence error in spm, and whether the place was told."""
    motion = simulated(case.place, case.style, case.spm, case.rate_hz, case.seed)
    given = motion if case.harm is None else case.harm(motion, case.seed)
    report = heard(given.times_s, given.accel_g)
    true_spm = 60 * (len(motion.steps_s) - 1) / (motion.steps_s[-1] - motion.steps_s[0])
    cadence = float(np.mean(report.cadences(6.0, MOVES_S) or [0.0]))
    want = {"hip": "hip or chest", "chest": "hip or chest", "shoe": "foot"}.get(case.place, case.place)
    count = 100 * (len(report.steps_s) / len(motion.steps_s) - 1)
    return count, cadence - true_spm, report.placement == want


def print_counts(pool: Executor, given: argparse.Namespace, rates_hz: tuple[float, ...], harm: Harm | None) -> int:
    """The worst count and cadence of each place and rate; how many limits were missed."""
    n_missed = 0
    print("place        rate Hz   walk count  cadence    run count  cadence   placed right")
    for place, rate_hz in product(given.places, rates_hz):
        cells: list[str] = []
        right: list[bool] = []
        for style, rates_spm in ((WALK, WALKS_SPM), (RUN, RUNS_SPM)):
            cases = [Case(place, style, spm, rate_hz, seed, harm) for spm in rates_spm for seed in range(given.seeds)]
            counts, cadences, placed = zip(*pool.map(found, cases, chunksize=4), strict=True)
            count, cadence = max(counts, key=abs), max(cadences, key=abs)
            n_missed += (abs(count) > COUNT_LIMIT_PERCENT) + (abs(cadence) > CADENCE_LIMIT_SPM)
            cells.append(f"{marked(count, COUNT_LIMIT_PERCENT):>10s} {marked(cadence, CADENCE_LIMIT_SPM):>8s}")
            right += placed
        print(f"{place:12s} {rate_hz:7g} {cells[0]}  {cells[1]}   {np.mean(right):8.0%}", flush=True)
    return n_missed


def marked(value: float, limit: float) -> str:
    """A figure, and MISSED where it is over its limit."""
    return f"{value:+.1f}" if abs(value) <= limit else f"{value:+.1f} MISSED"


def print_latencies(pool: Executor, n_seeds: int) -> int:
    """From the first step at a new cadence until it is told within 3 spm; how many limits were missed."""
    print(f"\nSimulated: seconds to a new cadence, median and longest of {n_seeds}, frames of {FRAME_S} s at 100 Hz")
    n_missed = 0
    for place in PLACES[:4]:
        cells = []
        for change in (*CHANGES, *STOPS):
            late_s = list(pool.map(latency_s, [(place, *change, seed) for seed in range(n_seeds)]))
            n_missed += max(late_s) > LATENCY_LIMIT_S
            cells.append(
                f"{change[1]:g}->{change[3]:g}: {np.median(late_s):.1f}/{marked(max(late_s), LATENCY_LIMIT_S)}"
            )
        print(f"{place:6s} {'  '.join(cells)}", flush=True)
    return n_missed


def latency_s(change: tuple[str, Style, float, Style, float, int]) -> float:
    """Seconds from the first new step until the cadence told is within 3 spm of the steps made since.

    The simulated steps are uneven: over the first second or two they may be 4 spm off what was asked for.
    """
    place, before, from_spm, after, to_spm, seed = change
    steps_s = step_times([(12.0, from_spm), (10.0, to_spm)], jitter=before.jitter, seed=seed)
    first = int(np.searchsorted(steps_s, 12.999))
    change_s = float(steps_s[first])
    old, new = (moving(Placement(place), steps_s, style, rate_hz=100.0, seed=seed) for style in (before, after))
    accel_g = np.where((old.times_s < change_s)[:, np.newaxis], old.accel_g, new.accel_g)
    for time_s, spm in heard(old.times_s, accel_g).told:
        since = steps_s[first:][steps_s[first:] <= time_s]
        if spm and len(since) > 1 and abs(spm - 60 * (len(since) - 1) / (since[-1] - since[0])) <= CADENCE_LIMIT_SPM:
            return time_s - change_s
    return float("inf")


def print_others(n_seeds: int) -> None:
    """What must count nothing, and what is held in a hand."""
    rides = [car_ride(seconds=300.0, rate_hz=rate, seed=seed) for seed in range(n_seeds) for rate in (25.0, 100.0)]
    n_steps = sum(len(heard(ride.times_s, ride.accel_g).steps_s) for ride in rides)
    print(f"\nSimulated car, {len(rides)} rides of 300 s: {n_steps} steps")
    still = lying_still(seconds=300.0, rate_hz=100.0, seed=1)
    print(f"Simulated table, 300 s: {len(heard(still.times_s, still.accel_g).steps_s)} steps")
    for name, arm_deg in (("held still", 2.0), ("swinging", 22.0), ("swinging hard", 40.0)):
        style = replace(WALK, arm_deg=arm_deg)
        worst = max((found(Case("wrist", style, spm, 50.0, 1))[0] for spm in WALKS_SPM[1:]), key=abs)
        print(f"Simulated phone in a hand, {name}: worst count {worst:+.1f} %")


def print_recording(path: Path) -> None:
    """What is heard in a recording, at its own rate, thinned out, and with gaps."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    times_s, accel_g = rows[:, 0], rows[:, 1:4]
    truth = path.with_name(path.name.split(".")[0] + ".steps.txt")
    true_s = np.loadtxt(truth) if truth.is_file() else None
    print(f"\n{path.name}: {times_s[-1] - times_s[0]:.0f} s, {1 / np.median(np.diff(times_s)):.0f} Hz")
    for name, kept in variants(times_s):
        begin_s = time.perf_counter()
        report = heard(times_s[kept], accel_g[kept])
        print(f"  {name:22s} {words(report, true_s)}; {(times_s[-1]) / (time.perf_counter() - begin_s):.0f}x real time")
    detector = StepDetector()
    middle = times_s < times_s.mean()
    detector.feed(times_s[middle], accel_g[middle])
    print(
        f"  vertical oscillation   {vertical_oscillation_mm(detector.recent, detector.cadence_spm, detector.placement)}"
    )


def variants(times_s: Floats) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Names and masks: the whole recording, fewer samples, and gaps."""
    index = np.arange(len(times_s))
    yield "as it is", index >= 0
    yield "every fourth sample", index % 4 == 0
    yield "every eighth sample", index % 8 == 0
    yield "0.5 s of 7 s missing", times_s % 7 > 0.5
    yield "1.5 s of 20 s missing", times_s % 20 > 1.5


def words(report: Heard, true_s: Floats | None) -> str:
    """Count and cadence, beside the truth where it is known."""
    cadence = report.cadences(20.0, float(report.steps_s[-1]) - 20.0)
    found = f"{len(report.steps_s)} steps, median {np.median(cadence):.1f} spm, {report.placement}"
    if true_s is None:
        return found
    steady = true_s[(true_s > 20) & (true_s < report.steps_s[-1] - 20)]
    true_spm = 60 * (len(steady) - 1) / (steady[-1] - steady[0])
    off = report.steps_s[np.abs(report.steps_s[:, np.newaxis] - true_s).argmin(axis=0)] - true_s
    return (
        f"{found}; true {len(true_s)} ({100 * (len(report.steps_s) / len(true_s) - 1):+.1f} %), "
        f"mean cadence {np.mean(cadence):.1f} of {true_spm:.1f}, "
        f"steps {1000 * np.median(off):+.0f} ms (SD {1000 * off.std():.0f})"
    )


def main() -> int:
    """Print everything; 1 if a limit was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--places", nargs="+", choices=PLACES, default=PLACES)
    given = parser.parse_args()
    for path in given.files:
        print_recording(path)
    if given.files:
        return 0
    with ProcessPoolExecutor() as pool:
        print_others(min(given.seeds, 4))
        n_missed = print_latencies(pool, given.seeds)
        print(
            f"\nSimulated, 30 s each: worst count (%) and worst mean cadence (spm) of 4 cadences, {given.seeds} seeds"
        )
        n_missed += print_counts(pool, given, RATES_HZ, None)
        print("\nThe same with uneven times, every 30th frame lost, other strengths, twice the noise")
        n_missed += print_counts(pool, given, HARMED_RATES_HZ, harmed)
    print(f"\nlimits missed: {n_missed}")
    return min(n_missed, 1)


if __name__ == "__main__":
    sys.exit(main())
