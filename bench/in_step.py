"""How near to a footfall a beat begins: simulated runners with a strap, through the session itself.

    uv run python bench/in_step.py [--seeds N]

A simulation: steps stray by 2 % each, frames arrive 0.1 s late on average (exponential), one in fifty is lost. The true
footfalls are known because they were drawn; what a real strap and a real radio add that is constant is not in it.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cadencecoach.app.session import Session
from cadencecoach.gait.steps import Placement
from cadencecoach.gait.steps.simulated import RUN, Motion, moving, step_times
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.defaults import FULL_FEEDBACK
from cadencecoach.plan.feedback import Start
from cadencecoach.plan.reading import load_plan
from cadencecoach.record.lines import Line, NoteLine, TempoLine

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from strap_frames import frames

PLAN = b"""plan: Three beats
baseline: 160 spm
stages:
  - {name: A, duration: 8.3 s, target: free}
  - {name: B, duration: 5 s, target: 170 spm, ramp: 0 s}
  - {name: C, duration: 7.1 s, target: free}
  - {name: D, duration: 5 s, target: 170 spm, ramp: 0 s}
  - {name: E, duration: 6.7 s, target: free}
  - {name: F, duration: 5 s, target: 170 spm, ramp: 0 s}
"""
CADENCES_SPM = (150.0, 160.0, 170.0, 180.0)
MOVES_S, LATE_S, LOST = 35.0, 0.1, 0.02


@dataclass(frozen=True, slots=True)
class Case:
    """What is tried."""

    name: str
    placement: Placement = Placement.CHEST
    rate_hz: float = 100.0
    start: Start = Start.IN_STEP
    ppm: float = 0.0
    link_s: float = 0.0


CASES = (
    Case("chest, 100 Hz"),
    Case("chest, 50 Hz", rate_hz=50.0),
    Case("chest, 25 Hz", rate_hz=25.0),
    Case("hip, 100 Hz", placement=Placement.HIP),
    Case("chest, crystal 100 ppm off", ppm=100.0),
    Case("chest, all frames 30 ms later", link_s=0.03),
    Case("chest, start: at once", start=Start.AT_ONCE),
    Case("wrist (none is told)", placement=Placement.WRIST),
    Case("foot (none is told)", placement=Placement.FOOT),
)


def main() -> None:
    """Print a row for each case."""
    parser = argparse.ArgumentParser(description="Simulated: first beats against true footfalls.")
    parser.add_argument("--seeds", type=int, default=8)
    n_seeds = parser.parse_args().seeds
    print("A simulation. Beat minus true footfall in ms; n of them begun in step.")
    for case in CASES:
        runs = [tried(case, spm, seed) for spm in CADENCES_SPM for seed in range(n_seeds)]
        off_ms = np.array([off for offs, _ in runs for off in offs]) * 1000
        aside_ms = np.quantile(np.abs(off_ms - np.median(off_ms)), 0.9)
        n_in_step = sum(n for _, n in runs)
        print(
            f"{case.name:32} n {len(off_ms):3} in step {n_in_step:3}  median {np.median(off_ms):+4.0f}  "
            f"SD {off_ms.std():3.0f}  nine of ten within {aside_ms:3.0f} of the median"
        )


def tried(case: Case, cadence_spm: float, seed: int) -> tuple[list[float], int]:
    """Beat minus the nearest true footfall, s, of each first beat of a run; how many were noted as begun in step."""
    steps_s = step_times([(MOVES_S, cadence_spm)], jitter=RUN.jitter, seed=seed)
    motion = moving(case.placement, steps_s, RUN, rate_hz=case.rate_hz, seed=seed)
    lines = journal_of(case, motion, seed)
    began_s = [time_s / (1 + case.ppm * 1e-6) for time_s in beginnings(lines)]
    nearest_s = [float(steps_s[np.argmin(np.abs(steps_s - time_s))]) for time_s in began_s]
    n_in_step = sum(isinstance(line, NoteLine) for line in lines)
    return [time_s - step_s for time_s, step_s in zip(began_s, nearest_s, strict=True)], n_in_step


def journal_of(case: Case, motion: Motion, seed: int) -> list[Line]:
    """What a session with this strap writes down."""
    plan = load_plan(PLAN, "bench.yaml")
    feedback = replace(FULL_FEEDBACK, start=case.start)
    plan = replace(plan, stages=tuple(replace(stage, feedback=feedback) for stage in plan.stages))
    lines: list[Line] = []
    session = Session(
        plan,
        baseline_spm=None,
        vote=Vote(unit=Unit.STRIDES),
        perform=lambda _: None,
        write=lines.append,
    )
    over_radio(session, motion, seed, ppm=case.ppm, link_s=case.link_s)
    return lines


def over_radio(session: Session, motion: Motion, seed: int, *, ppm: float = 0.0, link_s: float = 0.0) -> None:
    """Hand a strap's frames to a session, late by chance, a few of them lost."""
    radio, arrived_s = random.Random(seed), 0.0  # noqa: S311  # a radio, no secret
    for time_s, payload in frames(motion):
        if radio.random() >= LOST:
            sent_s = time_s * (1 + ppm * 1e-6) + link_s
            arrived_s = max(arrived_s, sent_s + radio.expovariate(1 / LATE_S))
            session.take_payload(arrived_s, "accel", payload, "strap")


def beginnings(lines: list[Line]) -> Iterator[float]:
    """When a beat began out of silence."""
    is_silent = True
    for line in lines:
        if isinstance(line, TempoLine):
            if is_silent and line.spm is not None:
                yield line.t
            is_silent = line.spm is None


if __name__ == "__main__":
    main()
