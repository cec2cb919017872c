"""How well a phone is heard, and what its receiver bears.

    uv run python -m bench.phone data [FOLDER]    recordings, each protocol, each trouble of the network
    uv run python -m bench.phone attack           the receiver on the loopback interface under attack, beside a beat

FOLDER holds NAME.csv.gz (seconds, x, y, z in g, one line of headings) and NAME.steps.txt with the true times of the
steps where they are known. Where they are not, each push of the body is marked, by another method than the one that is
measured: a runner who stands still for a while has no steps then. A recording whose name begins with "run" is coached.
The network is made up, from a seed: Wi-Fi delays to 60 ms; 30 % of the packets 0.2 to 1.5 s late, each by itself; 10 %
doubled; 5 % lost; gaps; an app that is closed and opened again. Of the receiver everything is real. What is over its
limit is marked, and the exit status is 1.
"""

import gzip
import heapq
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from coach_rig import STAGE, plan_of
from phone_batches import batch_of
from simulated_bodies import RUN, moving, step_times

from cadencecoach.coach.actions import Action, CueReason, GiveCue
from cadencecoach.gait.phone import decode_samples
from cadencecoach.gait.phone_messages import PhoneBatch
from cadencecoach.gait.phone_order import STANDARD_G
from cadencecoach.gait.phone_source import PhoneSource
from cadencecoach.gait.steps import Placement
from cadencecoach.live.sensors.phone_intake import PhoneIntake
from cadencecoach.live.sensors.phyphox import N_KEPT, PUSH_EVERY_S
from cadencecoach.plan.model import Between
from cadencecoach.session.session import Session

Floats = NDArray[np.float64]

WINDOW_S, NEAR_SPM = 10.0, 3.0
LEAST_RATIO, MOST_COUNT_PERCENT, MOST_FOLLOW_S, OLDEST_S = 0.95, 5.0, 4.0, 3.0
PUSH_S, DRIFT_S, LEAST_PUSH_G, LEAST_STEP_S = 0.2, 1.2, 0.15, 0.24  # of marked pushes; results change little with them
PAUSE_S = 1.0  # nobody steps for so long: a pause
CHANGE_S = 16.0  # of the simulated body, which stands for a second before it runs
TOLD_OF_STEPS, TOLD_OF_S = 4.0, 1.0  # of a reading: four steps under the wave, a second over which its phase turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What happens on the way.

    Attributes:
        late, double, lose: part of the packets
        gap_s: when nothing comes through, from and for how long
        restart_s: when the app is closed, to be open again three seconds later with its clock at 0
    """

    late: float = 0.0
    double: float = 0.0
    lose: float = 0.0
    gap_s: tuple[float, float] | None = None
    restart_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """How an app sends.

    Attributes:
        every_s: how often
        keeps: samples that each packet holds beside the new ones, those of two seconds for our experiment
        is_asked: what was not fetched in a gap is fetched after it, and nothing overtakes
        has_session: the app says which recording it sends
    """

    every_s: float
    keeps: int = 0
    is_asked: bool = False
    has_session: bool = False


PROTOCOLS = {
    "phyphox, asked": Protocol(every_s=0.2, is_asked=True, has_session=True),
    "our experiment": Protocol(every_s=PUSH_EVERY_S, keeps=N_KEPT),
    "phyphox, pushed": Protocol(every_s=0.2),
    "Sensor Logger": Protocol(every_s=0.2, has_session=True),
}
NETWORKS = {
    "Wi-Fi": Network(),
    "late 30 %": Network(late=0.3),
    "late, doubled": Network(late=0.3, double=0.1),
    "lost 5 %": Network(lose=0.05),
    "all of it": Network(late=0.3, double=0.1, lose=0.05),
    "gap 2 s": Network(gap_s=(40.0, 2.0)),
    "gap 5 s": Network(gap_s=(40.0, 5.0)),
    "gap 15 s": Network(gap_s=(40.0, 15.0)),
    "restart": Network(restart_s=40.0),
}


def sent(
    times_s: Floats, accel_g: Floats, protocol: Protocol, network: Network, seed: int = 1
) -> Iterator[tuple[float, PhoneBatch]]:
    """What arrives when."""
    chance, queue, done, now_s = random.Random(seed), list[tuple[float, int, PhoneBatch]](), 0, 0.0  # noqa: S311
    gap = network.gap_s or (1e9, 0.0)
    while done < len(times_s):
        now_s += protocol.every_s + chance.uniform(0.0, 0.06)
        is_gap = gap[0] <= now_s < sum(gap)
        last = int(np.searchsorted(times_s, now_s, side="right"))
        if is_gap and protocol.is_asked:
            continue
        first, zero_s, session = max(0, done - protocol.keeps), 0.0, "a"
        if network.restart_s is not None and now_s >= network.restart_s:
            if now_s < network.restart_s + 3.0:
                done = last
                continue
            session, zero_s = "b", network.restart_s + 3.0
            first = max(first, int(np.searchsorted(times_s, zero_s)))
        if last > first and last > done:
            part = slice(first, last)
            batch = batch_of(
                times_s[part] - zero_s, accel_g[part] * STANDARD_G, session=session if protocol.has_session else ""
            )
            for _ in range(2 if chance.random() < network.double else 1):
                late_s = chance.uniform(0.2, 1.5) if chance.random() < network.late and not protocol.is_asked else 0.0
                if not is_gap and (protocol.is_asked or chance.random() >= network.lose):
                    heapq.heappush(queue, (now_s + chance.uniform(0.0, 0.06) + late_s, len(queue) + last, batch))
        done = last
        while queue and queue[0][0] <= now_s:
            arrival_s, _, batch = heapq.heappop(queue)
            yield arrival_s, batch
    while queue:
        arrival_s, _, batch = heapq.heappop(queue)
        yield arrival_s, batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was heard of a recording: when, of when, which cadence; and the steps counted."""

    came_s: Floats
    of_s: Floats
    cadence_spm: Floats
    n_steps: int


def heard(came: Iterator[tuple[float, PhoneBatch]]) -> Heard:
    """What a session would read."""
    intake, source, told, n_before = PhoneIntake(), PhoneSource(), list[tuple[float, float, float]](), 0
    for time_s, batch in came:
        for payload in intake.take(batch, time_s):
            detector = source.detector
            reading = source.take(time_s, payload)
            if source.detector is not detector:
                detector.finish()
                n_before += detector.n_steps
            if reading is not None and reading.cadence_spm is not None:
                told.append((time_s, time_s - reading.lag_s, reading.cadence_spm))
    source.detector.finish()
    table = np.array(told).reshape(-1, 3)
    return Heard(
        came_s=table[:, 0], of_s=table[:, 1], cadence_spm=table[:, 2], n_steps=n_before + source.detector.n_steps
    )


def marked_steps(times_s: Floats, accel_g: Floats) -> Floats:
    """When a body was pushed hardest, where nobody has marked its steps: peaks of what was felt, one a step."""
    length_g, period_s = np.linalg.norm(accel_g, axis=1), float(np.median(np.diff(times_s)))
    push_g = _smooth(length_g, PUSH_S / period_s) - _smooth(length_g, DRIFT_S / period_s)
    inner = push_g[1:-1]
    peaks = 1 + np.flatnonzero((inner > push_g[:-2]) & (inner >= push_g[2:]) & (inner > LEAST_PUSH_G))
    marked = list[float]()
    for time_s in times_s[sorted(peaks[times_s[peaks] > DRIFT_S], key=lambda at: -push_g[at])]:  # the edge is no push
        if all(abs(time_s - other_s) >= LEAST_STEP_S for other_s in marked):
            marked.append(float(time_s))
    return np.sort(marked)


def _smooth(values: Floats, n: float) -> Floats:
    bell = np.hanning(int(n) | 1)
    return np.convolve(values, bell / bell.sum(), "same")


def true_spm(true_s: Floats, of_s: float, told_spm: float, since_s: float = 0.0) -> float:
    """The rate of the steps that a reading tells of; 0 where there were none.

    Args:
        true_s: when steps were
        of_s: the newest sample of the reading
        told_spm: what it tells: the slower, the longer it looks back
        since_s: earlier steps are not reckoned in
    """
    from_s = of_s - TOLD_OF_S - 60.0 * TOLD_OF_STEPS / told_spm
    intervals_s = np.diff(true_s[(true_s >= max(since_s, from_s)) & (true_s <= of_s)])
    intervals_s = intervals_s[intervals_s < PAUSE_S]
    if len(intervals_s) > 1:  # whole strides: one foot's interval may be a third longer than the other's
        intervals_s = intervals_s[len(intervals_s) % 2 :]
    return 60.0 / float(np.mean(intervals_s)) if len(intervals_s) else 0.0


def near_ratio(one: Heard, true_s: Floats, from_s: float, to_s: float) -> float:
    """Part of the windows whose mean is within 3 spm of the steps that its readings tell of.

    In a window with a start, a stop or another gait this is no mean over the window, of which a part was not told of,
    but over what was told.
    """
    errors = list[float]()
    for begin_s in np.arange(from_s, to_s - WINDOW_S, WINDOW_S / 2):
        within = (one.of_s >= begin_s) & (one.of_s < begin_s + WINDOW_S) & (one.cadence_spm > 0)
        if within.sum() < 3:  # in a gap nothing is said, which is right
            continue
        true = [true_spm(true_s, *told) for told in zip(one.of_s[within], one.cadence_spm[within], strict=True)]
        errors.append(abs(float(np.mean(one.cadence_spm[within])) - float(np.mean(true))))
    return float(np.mean(np.array(errors) <= NEAR_SPM)) if errors else 0.0


def follow_s(protocol: Protocol, network: Network, seed: int) -> float:
    """How long after a change from 160 to 176 spm the first reading comes that is within 3 of the steps since.

    No later one may be nearer to 160 again. The body is not exact: its steps of two seconds vary by 2 spm.
    """
    steps_s = step_times([(CHANGE_S - 1.0, 160.0), (12.0, 176.0)], jitter=RUN.jitter, seed=seed)
    motion = moving(Placement.HIP, steps_s, RUN, rate_hz=100.0, seed=seed)
    one = heard(sent(motion.times_s, motion.accel_g, protocol, network, seed))
    told = (one.came_s > CHANGE_S) & (one.cadence_spm > 0)
    came_s, of_s, cadence_spm = one.came_s[told], one.of_s[told], one.cadence_spm[told]
    true = [true_spm(steps_s, *told, CHANGE_S) or 176.0 for told in zip(of_s, cadence_spm, strict=True)]
    is_followed = (np.abs(cadence_spm - true) <= NEAR_SPM) & (np.minimum.accumulate(cadence_spm[::-1])[::-1] > 168.0)
    return float(came_s[is_followed][0]) - CHANGE_S if is_followed.any() else np.inf


def oldest_s(times_s: Floats, accel_g: Floats, protocol: Protocol, network: Network) -> tuple[int, float]:
    """How many corrections a runner below a band gets, and how old the newest sample is when one is given, at most."""
    done = list[Action]()
    stage = replace(STAGE, target=Between(184.0, 196.0))
    session = Session(plan_of(stage), baseline_spm=160.0, perform=done.append)
    intake, came, of, zero_s = PhoneIntake(), list[float](), list[float](), 0.0
    for time_s, batch in sent(times_s, accel_g, protocol, network):
        for payload in intake.take(batch, time_s):
            if intake.order.epoch and network.restart_s is not None:
                zero_s = network.restart_s + 3.0
            came.append(time_s)
            of.append(decode_samples(payload).times_ns[-1] / 1e9 + zero_s)
            session.take_payload(time_s, "phone", payload, "phone")
    session.advance(times_s[-1] + 20.0)
    corrected_s = [one.time_s for one in done if isinstance(one, GiveCue) and one.reason is CueReason.BELOW]
    newest = [max(was for at, was in zip(came, of, strict=True) if at <= time_s) for time_s in corrected_s]
    return len(corrected_s), max((at - was for at, was in zip(corrected_s, newest, strict=True)), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording.

    Attributes:
        times_s: of the samples, from 0
        accel_g: the samples
        steps_s: when steps were
        is_run: somebody runs in it; who walks is not corrected
    """

    times_s: Floats
    accel_g: Floats
    steps_s: Floats
    is_run: bool


def read_recording(path: Path) -> Recording:
    """A recording with the true times of its steps, else with those that are marked here."""
    with gzip.open(path, "rt") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)
    times_s, accel_g = rows[:, 0] - rows[0, 0], rows[:, 1:]
    steps = path.with_name(path.name.replace(".csv.gz", ".steps.txt"))
    true_s = np.loadtxt(steps) - rows[0, 0] if steps.is_file() else marked_steps(times_s, accel_g)
    return Recording(times_s=times_s, accel_g=accel_g, steps_s=true_s, is_run=path.name.startswith("run"))


class Limits:
    """Marks what is over its limit, and remembers that there was something."""

    is_good = True

    def mark(self, text: str, *, is_within: bool) -> str:
        """The text, with a mark where it is not within."""
        self.is_good &= is_within
        return text if is_within else f"{text}!"


def measure_data(folder: Path) -> bool:
    """The tables of recordings; whether all is within its limits."""
    limits = Limits()
    heads = "".join(f"{one:>9}" for one in ("within 3", "count", "lag p95", "corr."))
    print(f"{'recording':<24}{'protocol':<17}{'network':<15}{heads}{'old':>6}")
    for path in sorted(folder.glob("*.csv.gz")):
        recording = read_recording(path)
        for (name, protocol), (trouble, network) in product(PROTOCOLS.items(), NETWORKS.items()):
            if protocol.is_asked and (network.late or network.lose):
                continue  # nothing overtakes another there, and what was lost is asked for again
            figures = measure_row(recording, protocol, network, limits)
            print(f"{path.name.split('.')[0]:<24}{name:<17}{trouble:<15}{figures}", flush=True)
    print(f"\na change 160 -> 176 (simulated body, 3 seeds), followed within s: {'median':>10}{'longest':>9}")
    for (name, protocol), trouble in product(PROTOCOLS.items(), ("Wi-Fi", "late 30 %", "lost 5 %", "all of it")):
        if protocol.is_asked and trouble != "Wi-Fi":
            continue
        took = [follow_s(protocol, NETWORKS[trouble], seed) for seed in range(1, 4)]
        longest = limits.mark(f"{max(took):.1f}", is_within=max(took) <= MOST_FOLLOW_S)
        print(f"{name:<17}{trouble:<15}{np.median(took):>44.1f}{longest:>9}", flush=True)
    return limits.is_good


def measure_row(recording: Recording, protocol: Protocol, network: Network, limits: Limits) -> str:
    """The figures of one recording, one protocol, one network."""
    times_s, accel_g, true_s = recording.times_s, recording.accel_g, recording.steps_s
    one = heard(sent(times_s, accel_g, protocol, network))
    ratio = near_ratio(one, true_s, 3.0, float(times_s[-1]) - 2.0)
    unheard = (0.0, 0.0)
    if network.restart_s is not None:
        unheard = (network.restart_s, 3.0)
    elif network.gap_s and not protocol.is_asked:
        brought_s = min(network.gap_s[1], 1.75) if protocol.keeps else 0.0
        unheard = (network.gap_s[0], network.gap_s[1] - brought_s)
    could = len(true_s) - int(np.sum((true_s >= unheard[0]) & (true_s < sum(unheard))))
    percent = 100.0 * (one.n_steps / could - 1)
    n, age_s = oldest_s(times_s, accel_g, protocol, network) if recording.is_run else (0, 0.0)
    lag_s = float(np.percentile(one.came_s - one.of_s, 95))
    near = limits.mark(f"{100 * ratio:.0f} %", is_within=ratio >= LEAST_RATIO)
    count = limits.mark(f"{percent:+.1f} %", is_within=abs(percent) <= MOST_COUNT_PERCENT)
    old = limits.mark(f"{age_s:.1f}", is_within=age_s <= OLDEST_S)
    return f"{near:>9}{count:>9}{lag_s:>9.2f}{n:>9}{old:>6}"


def main(words: list[str]) -> None:
    """One of the two parts."""
    match words:
        case ["data", *rest]:
            folder = Path(rest[0]) if rest else Path(__file__).resolve().parents[2] / "shared" / "accel"
            sys.exit(not measure_data(folder))
        case ["attack"]:
            from bench.phone_attack import measure_attack  # noqa: PLC0415  # needs a sound server

            sys.exit(not measure_attack())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
