"""What a foot pod says second by second of a runner who walks, runs and stands: true rates, averaged, counted, sent."""

import random
from collections.abc import Iterator, Sequence
from math import sqrt

from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote

Going = tuple[float, float, float]  # seconds, steps a minute, m/s
Sent = tuple[int, float]  # the cadence byte, m/s


def walk(seconds: float, speed_mps: float, ratio: float = 0.0065) -> Going:
    """A walk at a ratio of step length to step rate."""
    return (seconds, sqrt(60.0 * speed_mps / ratio), speed_mps)


def sent_by_pod(
    goings: Sequence[Going], unit: Unit, *, averaged_s: int = 1, late_s: int = 0, noise: float = 0.02, seed: int = 1
) -> Iterator[Sent]:
    """A pod's messages, one a second.

    Args:
        goings: what the runner does, one after the other
        unit: what the pod counts
        averaged_s: over how long it averages both
        late_s: how much later its speed is, as a satellite's
        noise: spread of step rate and speed, as a part of them
        seed: of the noise
    """
    chance = random.Random(seed)  # noqa: S311  # the same noise each time
    true = [(spm, mps) for seconds, spm, mps in goings for _ in range(round(seconds))]
    spms = [spm * chance.gauss(1.0, noise) for spm, _ in true]
    mpss = [mps * chance.gauss(1.0, noise) for _, mps in true]
    for second in range(len(true)):
        now_spm = _mean_until(spms, second, averaged_s)
        now_mps = _mean_until(mpss, max(0, second - late_s), averaged_s)
        yield min(255, round(now_spm / unit.value)), round(now_mps * 256) / 256


def votes_on(sent: Sequence[Sent] | Iterator[Sent], *, vote: Vote | None = None, bit: bool | None = None) -> list[Vote]:
    """The vote after each message."""
    votes = [vote or Vote()]
    for raw_per_min, speed_mps in sent:
        votes.append(votes[-1].with_reading(raw_per_min, speed_mps, bit))
    return votes[1:]


def longest_wrong_s(votes: Sequence[Vote], unit: Unit) -> int:
    """The longest time without a break in which another unit was decided, in messages of one a second."""
    longest = now = 0
    for vote in votes:
        now = now + 1 if vote.unit not in {None, unit} else 0
        longest = max(longest, now)
    return longest


def _mean_until(values: Sequence[float], last: int, n: int) -> float:
    """The mean of the newest values; before the first of them the runner stood."""
    return sum(values[max(0, last - n + 1) : last + 1]) / n
