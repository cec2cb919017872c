"""What a phone that is worn in a simulated run would send, batch by batch."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from simulated_bodies import RUN, Motion, moving, step_times

from cadencecoach.gait.phone_messages import PhoneBatch
from cadencecoach.gait.phone_order import STANDARD_G, PhoneOrder
from cadencecoach.gait.steps import Placement

Sent = tuple[float, PhoneBatch]  # when it arrives


def worn(placement: Placement, pace: Sequence[tuple[float, float]], *, rate_hz: float = 100.0, seed: int = 3) -> Motion:
    """A run with a phone; `pace`: for how many seconds at which cadence."""
    return moving(placement, step_times(list(pace), jitter=RUN.jitter, seed=seed), RUN, rate_hz=rate_hz, seed=seed)


def batch_of(
    times_s: Iterable[float], accel: Iterable[Sequence[float]], *, sender: str = "1", session: str = ""
) -> PhoneBatch:
    """Samples as one batch, in whatever unit they are."""
    return PhoneBatch(
        app="phyphox",
        sender=sender,
        session=session,
        times_ns=tuple(round(float(time_s) * 1e9) for time_s in times_s),
        values=tuple((float(x), float(y), float(z)) for x, y, z in accel),
    )


def batches(
    motion: Motion, *, every_s: float = 0.2, unit_g: float = STANDARD_G, begins_s: float = 0.0, session: str = ""
) -> Iterator[Sent]:
    """A motion sent every so often, without a delay; its clock reads `begins_s` at the beginning."""
    n = len(motion.times_s)
    cuts = np.searchsorted(motion.times_s, np.arange(0.0, motion.times_s[-1] + every_s, every_s))
    for first, last in pairwise(cuts):
        if first < min(last, n):
            times_s = motion.times_s[first:last] + begins_s
            yield (
                float(motion.times_s[min(last, n) - 1]),
                batch_of(times_s, motion.accel_g[first:last] * unit_g, session=session),
            )


def payloads(motion: Motion, *, every_s: float = 0.2) -> Iterator[tuple[float, bytes]]:
    """What a journal keeps of it."""
    order = PhoneOrder()
    for time_s, batch in batches(motion, every_s=every_s):
        yield from ((time_s, payload) for payload in order.take(batch, time_s))
