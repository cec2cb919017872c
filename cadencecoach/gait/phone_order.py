"""One phone's samples put in order: sorted by its own clock, each once, in g; what comes too late is counted and left.

Pushed packets come late, doubled and out of order, and lost ones are lost. A hole is waited for as long as packets
have been late of late, up to two seconds of the phone's clock: where nothing comes late, nothing waits.

    regular --only samples older than two seconds, for a second--> a clock that has begun anew

An app that says which recording it sends needs no such second.
"""

import math
from bisect import insort
from collections import deque
from collections.abc import Iterable
from enum import Enum
from itertools import pairwise
from operator import itemgetter
from statistics import median

from cadencecoach.gait.phone import EPOCHS, Axes, encode_samples
from cadencecoach.gait.phone_messages import PhoneBatch

S = 10**9
LONGEST_HOLD_NS = 2 * S
SHORTEST_HOLD_NS = 3 * S // 10  # one packet that overtook another
REMEMBERS_LATE_NS = 30 * S
HOLE_PERIODS, LEAST_HOLE_NS = 2.5, S // 20
BEGAN_ANEW_S = 1.0
FINE_NS = 8_000_000  # samples closer than that are averaged to about 100 Hz: the steps need no more
USUAL_NS = 10_000_000
DECIDES_NS = 2 * S  # of samples, until the unit is decided
STANDARD_G = 9.80665
IN_G, MOST_LENGTH_G = (0.6, 1.7), 4.0  # length of the mean, and mean length, of samples in g
IN_MPS2 = (5.0, 17.0)  # of the mean, in m/s2
MOST_MPS2 = 2000.0

Sample = tuple[int, Axes]


class Signal(Enum):
    """What a phone's numbers are, by how large gravity is in them."""

    MPS2 = "m/s2"
    G = "g"
    WITHOUT_GRAVITY = "without gravity"  # taken as m/s2, as all apps send it
    SENSELESS = "senseless"


class PhoneOrder:
    """Takes a phone's batches as they come and gives payloads.

    Attributes:
        epoch: which run of the phone's clock is going on
        signal: what its numbers are; None before the first
        n_samples: how many were in order
        n_doubled: how many had come before
        n_late: how many came too late, and were left
        n_missing: how many never came, as far as the clock tells
        longest_gap_s: the longest time without samples on the phone's clock
    """

    def __init__(self, epoch: int = 0) -> None:
        self.signal: Signal | None = None
        self.n_samples = self.n_doubled = self.n_late = self.n_missing = 0
        self.longest_gap_s = 0.0
        self.epoch = epoch
        self._session = ""
        self._begin()

    def _begin(self) -> None:
        self._held: list[Sample] = []
        self._released_ns: int | None = None
        self._recent: deque[int] = deque()  # times released, of the last two seconds
        self._recent_set: set[int] = set()
        self._lateness: deque[tuple[int, int]] = deque()  # (when, by how much), of the last half minute
        self._aside: list[Sample] = []
        self._aside_since_s = math.inf
        self._period_ns = float(USUAL_NS)
        self._seen_ns = 0  # of samples looked at for the unit
        self._is_decided = False
        self._n_summed, self._sum, self._sum_of_lengths = 0, [0.0, 0.0, 0.0], 0.0

    @property
    def rate_hz(self) -> float:
        """Samples a second, as the phone takes them."""
        return S / self._period_ns

    def take(self, batch: PhoneBatch, arrival_s: float) -> list[bytes]:
        """The payloads that are in order by now; mostly one, none while a hole is waited for.

        Args:
            batch: as an app sent it
            arrival_s: when, on any clock that only goes on
        """
        if batch.session != self._session:
            if self._session and self._released_ns is not None:
                self._begin_anew()
            self._session = batch.session
        samples = sorted(zip(batch.times_ns, batch.values, strict=True), key=itemgetter(0))
        self._note_period(samples)
        newer, older = self._sort_out(samples)
        if newer:
            self.n_late += len(older) + len(self._aside)
            self._aside, self._aside_since_s = [], math.inf
            self._note_lateness(newer)
            for one in newer:
                insort(self._held, one, key=itemgetter(0))
        elif older:
            self._note_older(older, arrival_s)
        return self._release()

    def _sort_out(self, samples: Iterable[Sample]) -> tuple[list[Sample], list[Sample]]:
        """Samples after those that are out already, and before them; doubles are counted."""
        newer, older = list[Sample](), list[Sample]()
        known = {time_ns for time_ns, _ in self._held} | {time_ns for time_ns, _ in self._aside} | self._recent_set
        for time_ns, value in samples:
            if time_ns in known or max(map(abs, value)) > MOST_MPS2:
                self.n_doubled += time_ns in known
                continue
            known.add(time_ns)
            is_newer = self._released_ns is None or time_ns > self._released_ns
            (newer if is_newer else older).append((time_ns, value))
        return newer, older

    def _note_older(self, older: list[Sample], arrival_s: float) -> None:
        """Samples that come too late, or are the first of a clock that has begun anew."""
        assert self._released_ns is not None
        if self._released_ns - older[-1][0] <= LONGEST_HOLD_NS:
            self._note_lateness(older)
            self.n_late += len(older)
            return
        self._aside += older
        self._aside_since_s = min(self._aside_since_s, arrival_s)
        if arrival_s - self._aside_since_s >= BEGAN_ANEW_S:
            aside = sorted(self._aside, key=itemgetter(0))
            self._begin_anew()
            self._held = aside

    def _begin_anew(self) -> None:
        self.epoch = (self.epoch + 1) % EPOCHS
        self._begin()

    def _note_period(self, samples: list[Sample]) -> None:
        steps_ns = [later[0] - before[0] for before, later in pairwise(samples) if later[0] > before[0]]
        if len(steps_ns) > 2:  # noqa: PLR2004  # fewer say nothing of a rate
            self._period_ns = float(median(steps_ns))

    def _note_lateness(self, samples: list[Sample]) -> None:
        """Remember by how much a batch was overtaken."""
        newest_ns = self._held[-1][0] if self._held else self._released_ns
        if newest_ns is None:
            return
        late_ns = newest_ns - samples[-1][0]
        if 0 < late_ns <= LONGEST_HOLD_NS:
            self._lateness.append((newest_ns, late_ns))
        while self._lateness and newest_ns - self._lateness[0][0] > REMEMBERS_LATE_NS:
            self._lateness.popleft()

    def _release(self) -> list[bytes]:
        """What is in order by now."""
        runs = list[list[Sample]]()
        hold_ns = max([SHORTEST_HOLD_NS, *(late_ns for _, late_ns in self._lateness)])
        hole_ns = max(LEAST_HOLE_NS, HOLE_PERIODS * self._period_ns)
        while self._held:
            gap_ns = 0 if self._released_ns is None else self._held[0][0] - self._released_ns
            if gap_ns > hole_ns:
                assert self._released_ns is not None
                if gap_ns <= LONGEST_HOLD_NS and self._held[-1][0] - self._held[0][0] <= hold_ns:
                    break
                self.n_missing += round(gap_ns / self._period_ns) - 1
                self.longest_gap_s = max(self.longest_gap_s, gap_ns / S)
            steps = enumerate(pairwise(self._held), start=1)
            end = next((at for at, ((before, _), (after, _)) in steps if after - before > hole_ns), len(self._held))
            runs.append(self._held[:end])
            del self._held[:end]
            self._released_ns = runs[-1][-1][0]
        for run in runs:
            self._remember(run)
        return [payload for run in runs for payload in self._encode(run)]

    def _remember(self, out: list[Sample]) -> None:
        """Know which times are out, for the doubles that may still come."""
        self._recent.extend(time_ns for time_ns, _ in out)
        self._recent_set.update(time_ns for time_ns, _ in out)
        while self._recent and self._recent[-1] - self._recent[0] > 2 * LONGEST_HOLD_NS:
            self._recent_set.discard(self._recent.popleft())

    def _encode(self, out: list[Sample]) -> list[bytes]:
        self.n_samples += len(out)
        self._look_at_unit(out)
        if self.signal is Signal.SENSELESS:
            return []
        unit_g = 1.0 if self.signal is Signal.G else 1 / STANDARD_G
        fine = out if self._period_ns >= FINE_NS else _average(out, round(USUAL_NS / self._period_ns))
        values = [(x * unit_g, y * unit_g, z * unit_g) for _, (x, y, z) in fine]
        return encode_samples(self.epoch, [time_ns for time_ns, _ in fine], values)

    def _look_at_unit(self, out: list[Sample]) -> None:
        """Decide what the numbers are by two seconds of them; until then by what there is; if unclear, once more."""
        if self._is_decided:
            return
        for _, value in out:
            self._sum = [before + one for before, one in zip(self._sum, value, strict=True)]
            self._sum_of_lengths += math.hypot(*value)
        self._n_summed += len(out)
        self._seen_ns += round(len(out) * self._period_ns)
        self.signal = signal_of(math.hypot(*self._sum) / self._n_summed, self._sum_of_lengths / self._n_summed)
        if self._seen_ns >= DECIDES_NS:
            self._is_decided = self.signal in (Signal.G, Signal.MPS2)
            self._seen_ns, self._n_summed, self._sum, self._sum_of_lengths = 0, 0, [0.0, 0.0, 0.0], 0.0


def signal_of(mean: float, mean_length: float) -> Signal:
    """What numbers are, by the length of their mean and their mean length: gravity stays in the mean of a movement."""
    if IN_G[0] <= mean <= IN_G[1] and mean_length <= MOST_LENGTH_G:
        return Signal.G
    if mean > IN_MPS2[1]:
        return Signal.SENSELESS
    return Signal.MPS2 if mean >= IN_MPS2[0] else Signal.WITHOUT_GRAVITY


def _average(samples: list[Sample], n: int) -> list[Sample]:
    """Each so many neighbours as one sample in their middle."""
    groups = [samples[first : first + n] for first in range(0, len(samples), n)]
    return [(sum(time for time, _ in group) // len(group), _mean(value for _, value in group)) for group in groups]


def _mean(values: Iterable[Axes]) -> Axes:
    x, y, z = zip(*values, strict=True)
    return sum(x) / len(x), sum(y) / len(y), sum(z) / len(z)
