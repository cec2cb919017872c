"""How well steps are found in acceleration: simulated motion, and recordings.

    uv run python bench/steps.py [FILE.csv[.gz] ...]

A recording has the columns seconds, x, y, z in g, under one line of headings. Where FILE.steps.txt stands beside it,
it holds the true time of each step, one a line. Simulated figures are of simulations and say so.
"""

import argparse
import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps import Placement, StepDetector
from cadencecoach.gait.steps.movement import vertical_oscillation_m
from cadencecoach.gait.steps.simulated import RUN, WALK, Motion, Style, car_ride, lying_still, moving, step_times

Floats = NDArray[np.float64]

FRAME_S = 0.36  # as an H10 sends at 100 Hz
PLACES = (Placement.HIP, Placement.CHEST, Placement.WRIST, Placement.FOOT)
RATES_HZ = (12.5, 25.0, 52.0, 100.0, 200.0, 400.0)
WALKS_SPM, RUNS_SPM = (80.0, 100.0, 117.0, 135.0), (145.0, 160.0, 175.0, 190.0, 205.0)
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


def simulated(place: Placement, style: Style, spm: float, rate_hz: float, seed: int) -> Motion:
    """Thirty seconds of steps after a second of standing."""
    return moving(place, step_times([(30.0, spm)], jitter=style.jitter, seed=seed), style, rate_hz=rate_hz, seed=seed)


def print_counts(n_seeds: int) -> None:
    """The worst count and cadence of each place and rate."""
    print("\nSimulated, 30 s each: worst count (%) and worst mean cadence (spm) over all cadences and seeds")
    print("place        rate Hz   walk count  cadence    run count  cadence   placed right")
    for place in PLACES:
        for rate_hz in RATES_HZ:
            cells, right = [], []
            for style, rates_spm in ((WALK, WALKS_SPM), (RUN, RUNS_SPM)):
                found = [one(place, style, spm, rate_hz, seed) for spm in rates_spm for seed in range(n_seeds)]
                cells.append(
                    f"{max((f[0] for f in found), key=abs):+10.1f} {max((f[1] for f in found), key=abs):+8.1f}"
                )
                right += [f[2] for f in found]
            print(f"{place.value:12s} {rate_hz:7g} {cells[0]}  {cells[1]}   {np.mean(right):8.0%}")


def one(place: Placement, style: Style, spm: float, rate_hz: float, seed: int) -> tuple[float, float, bool]:
    """Count error in percent, cadence error in spm, and whether the place was told."""
    motion = simulated(place, style, spm, rate_hz, seed)
    report = heard(motion.times_s, motion.accel_g)
    true_spm = 60 * (len(motion.steps_s) - 1) / (motion.steps_s[-1] - motion.steps_s[0])
    cadence = float(np.mean(report.cadences(6.0, 30.0) or [0.0]))
    want = {Placement.HIP: "hip or chest", Placement.CHEST: "hip or chest"}.get(place, place.value)
    count = 100 * (len(report.steps_s) / len(motion.steps_s) - 1)
    return count, cadence - true_spm, report.placement == want


def print_latencies(n_seeds: int) -> None:
    """From the first step at a new cadence until it is told within 3 spm."""
    print(f"\nSimulated: seconds to a new cadence, median and longest of {n_seeds}, frames of {FRAME_S} s at 100 Hz")
    for place in PLACES:
        cells = []
        for before, from_spm, after, to_spm in (*CHANGES, *STOPS):
            found = [latency_s(place, before, from_spm, after, to_spm, seed) for seed in range(n_seeds)]
            cells.append(f"{from_spm:g}->{to_spm:g}: {np.median(found):.1f}/{max(found):.1f}")
        print(f"{place.value:6s} {'  '.join(cells)}")


def latency_s(place: Placement, before: Style, from_spm: float, after: Style, to_spm: float, seed: int) -> float:
    """Seconds from the first step at `to_spm` until the cadence told is within 3 spm of it."""
    steps_s = step_times([(12.0, from_spm), (10.0, to_spm)], jitter=before.jitter, seed=seed)
    change_s = float(steps_s[np.searchsorted(steps_s, 12.999)])
    old, new = (moving(place, steps_s, style, rate_hz=100.0, seed=seed) for style in (before, after))
    accel_g = np.where((old.times_s < change_s)[:, np.newaxis], old.accel_g, new.accel_g)
    told = heard(old.times_s, accel_g).told
    return next((t - change_s for t, spm in told if t > change_s and spm and abs(spm - to_spm) <= 3), float("inf"))


def print_others(n_seeds: int) -> None:
    """What must count nothing, and what is held in a hand."""
    rides = [car_ride(seconds=300.0, rate_hz=rate, seed=seed) for seed in range(n_seeds) for rate in (25.0, 100.0)]
    n_steps = sum(len(heard(ride.times_s, ride.accel_g).steps_s) for ride in rides)
    print(f"\nSimulated car, {len(rides)} rides of 300 s: {n_steps} steps")
    still = lying_still(seconds=300.0, rate_hz=100.0, seed=1)
    print(f"Simulated table, 300 s: {len(heard(still.times_s, still.accel_g).steps_s)} steps")
    for name, arm_deg in (("held still", 2.0), ("swinging", 22.0)):
        found = [one(Placement.WRIST, replace(WALK, arm_deg=arm_deg), spm, 50.0, 1) for spm in WALKS_SPM]
        print(f"Simulated phone in a hand, {name}: worst count {max((f[0] for f in found), key=abs):+.1f} %")


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
        f"  vertical oscillation   {vertical_oscillation_m(detector.recent, detector.cadence_spm, detector.placement)}"
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


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    for path in given.files:
        print_recording(path)
    if not given.files:
        print_others(given.seeds)
        print_latencies(given.seeds)
        print_counts(given.seeds)


if __name__ == "__main__":
    main()
