"""How far off oscillation and contact time are, on simulated bodies whose true values are given; and in recordings.

    uv run python bench/dynamics.py [--seeds 1] [FILE.csv[.gz] ...]

The worst of each row is what `gait.dynamics.ERRORS` must cover; where it does not, it is marked and the exit status
is 1. A recording (seconds, x, y, z in g) has no truth beside it: there the range is printed. A seed takes a minute and
a half on one core.
"""

import argparse
import gzip
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from simulated_bodies import RUN, Bounce, Motion, Shoe, Style, bouncing, harder, moving, shod, step_times

from cadencecoach.gait.dynamics import Measured
from cadencecoach.gait.movement import contact_time_ms, vertical_oscillation_mm
from cadencecoach.gait.steps import Placement, StepDetector

Floats = NDArray[np.float64]

OSCILLATIONS_MM = (50.0, 75.0, 100.0, 125.0)
CADENCES_SPM = (150.0, 170.0, 190.0)
CONTACT_RATIOS = (0.55, 0.7, 0.85)  # of a step
RATES_HZ = (25.0, 52.0, 100.0, 200.0)
SECONDS, LOOK_EVERY_S, KEPT_S = 16.0, 1.0, 4.0
NOISES = (1.0, 3.0)  # times the usual


def looks(motion: Motion, placement: Placement) -> Iterator[tuple[Measured | None, Measured | None]]:
    """Oscillation and contact time once a second, as a session asks for them."""
    detector = StepDetector(placement)
    at_s = 5.0
    done = 0
    while at_s < motion.times_s[-1]:
        now = int(np.searchsorted(motion.times_s, at_s))
        detector.feed(motion.times_s[done:now], motion.accel_g[done:now])
        since = int(np.searchsorted(motion.times_s, at_s - KEPT_S))
        spm = detector.cadence_spm
        yield (
            vertical_oscillation_mm(detector.recent, spm, placement),
            contact_time_ms(motion.times_s[since:now], motion.accel_g[since:now], spm, placement),
        )
        done, at_s = now, at_s + LOOK_EVERY_S


def oscillations(place: str, rate_hz: float, noise: float, n_seeds: int) -> Iterator[tuple[float, Measured | None]]:
    """True oscillation and what was told of it."""
    for true_mm, spm, ratio, seed in product(OSCILLATIONS_MM, CADENCES_SPM, CONTACT_RATIOS, range(n_seeds)):
        runner = harder(Bounce.any(place, true_mm, ratio * 60_000 / spm, spm, seed), noise=noise)
        motion = bouncing(runner, seconds=SECONDS, rate_hz=rate_hz, seed=seed)
        yield from ((true_mm, told) for told, _ in looks(motion, Placement(place)))


def contacts(rate_hz: float, n_seeds: int) -> Iterator[tuple[float, Measured | None]]:
    """True contact time and what was told of it, at a foot drawn by its forces."""
    for spm, ratio, seed in product(CADENCES_SPM, CONTACT_RATIOS, range(n_seeds)):
        steps_s = step_times([(SECONDS, spm)], jitter=RUN.jitter, seed=seed)
        motion = moving(Placement.FOOT, steps_s, Style(contact_ratio=ratio), rate_hz=rate_hz, seed=seed)
        yield from ((ratio * 60_000 / spm, told) for _, told in looks(motion, Placement.FOOT))


def shod_contacts(rate_hz: float, n_seeds: int) -> Iterator[tuple[float, Measured | None]]:
    """The same at a shoe drawn by its path."""
    for spm, seed in product(CADENCES_SPM, range(3 * n_seeds)):
        shoe = Shoe.any(RUN, spm, seed)
        steps_s = step_times([(SECONDS, spm)], jitter=RUN.jitter, seed=seed)
        motion = shod(steps_s, shoe, rate_hz=rate_hz, seed=seed)
        yield from ((shoe.down_ratio * 120_000 / spm, told) for _, told in looks(motion, Placement.FOOT))


def print_row(name: str, unit: str, pairs: list[tuple[float, Measured | None]]) -> bool:
    """How often it was told, how far off it was, and whether its error covers that."""
    told = [(true, one) for true, one in pairs if one is not None]
    if not told:
        print(f"{name:34s} never told")
        return True
    off = np.array([one.value - true for true, one in told])
    covered = np.mean([abs(one.value - true) <= one.error for true, one in told])
    is_held = bool(covered >= 0.95)
    print(
        f"{name:34s} told {len(told) / len(pairs):5.0%}  mean {off.mean():+6.1f}  SD {off.std():5.1f}  "
        f"19 of 20 within {np.quantile(abs(off), 0.95):5.1f}  worst {abs(off).max():5.1f} {unit}  "
        f"within its error {covered:4.0%}{'' if is_held else ' MISSED'}",
        flush=True,
    )
    return is_held


def print_recording(path: Path) -> None:
    """The range that is told in a recording."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    motion = Motion(times_s=rows[:, 0], accel_g=rows[:, 1:4], steps_s=np.empty(0))
    values = [one.value for one, _ in looks(motion, Placement.HIP) if one is not None]
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9)) if values else (np.nan,) * 3
    print(f"{path.name}: oscillation {low:.0f} to {high:.0f} mm, median {middle:.0f}, told {len(values)} times")


def main() -> int:
    """Print the table; 1 if an error does not cover what it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    given = parser.parse_args()
    for path in given.files:
        print_recording(path)
    if given.files:
        return 0
    print(
        f"Simulated, {given.seeds} seeds: {len(OSCILLATIONS_MM)} oscillations, {len(CADENCES_SPM)} cadences, 3 contacts"
    )
    held = [
        print_row(f"oscillation, {place}, {rate:g} Hz, noise x{noise:g}", "mm",
                  list(oscillations(place, rate, noise, given.seeds)))
        for place, rate, noise in product(("hip", "chest"), RATES_HZ, NOISES)
    ]  # fmt: skip
    held += [print_row(f"contact, foot, {rate:g} Hz", "ms", list(contacts(rate, given.seeds))) for rate in RATES_HZ]
    held += [
        print_row(f"contact, shoe, {rate:g} Hz", "ms", list(shod_contacts(rate, given.seeds))) for rate in RATES_HZ
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
