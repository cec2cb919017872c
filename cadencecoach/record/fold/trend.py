"""Mean, spread and slope of a cadence that is given piece by piece, each piece weighted by its length.

One pass, nothing kept but sums: the updates are those of West (1979), doi:10.1145/359146.359153, which do not lose
digits as sums of squares do. The slope is that of ordinary least squares over continuous time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ENOUGH_S = 300.0  # a slope of less running is that of its noise
STEADY_MPS = 0.05  # a spread of the speed below this is a belt, or a sensor's last digit
TOO_ALIKE = 0.9  # r^2 of time and speed from which on nobody can tell which of them it was (variance inflation 10)
PER_10MIN_S = 600.0


@dataclass(slots=True)
class Spread:
    """Sums of cadence over stretches of running: the same as a trend's, without time and speed.

    Attributes:
        weight_s: seconds in it
        cadence: mean
        cc: sum of squares of deviations from that mean, times seconds
    """

    weight_s: float = 0.0
    cadence: float = 0.0
    cc: float = 0.0

    def add(self, cadence_spm: float, span_s: float) -> None:
        """A stretch with one cadence; its length is above 0."""
        self.weight_s += span_s
        share = span_s / self.weight_s
        d_cadence = cadence_spm - self.cadence
        self.cadence += d_cadence * share
        self.cc += d_cadence * d_cadence * span_s * (1 - share)

    @property
    def sd_spm(self) -> float | None:
        """Standard deviation over all its seconds; None when there are none."""
        return (max(0.0, self.cc) / self.weight_s) ** 0.5 if self.weight_s else None


@dataclass(slots=True)
class Trend:
    """Sums of cadence, time and speed over stretches of running.

    Attributes:
        weight_s: seconds in it
        cadence, at, speed: means
        cc, aa, vv, ca, cv, av: sums of products of deviations from those means, times seconds
    """

    weight_s: float = 0.0
    cadence: float = 0.0
    at: float = 0.0
    speed: float = 0.0
    cc: float = 0.0
    aa: float = 0.0
    vv: float = 0.0
    ca: float = 0.0
    cv: float = 0.0
    av: float = 0.0

    def add(self, cadence_spm: float, span_s: float, *, from_s: float, speed_mps: float = 0.0) -> None:
        """A stretch with one cadence and one speed; `from_s` is its beginning on the axis of time."""
        if span_s <= 0:
            return
        self.weight_s += span_s
        share = span_s / self.weight_s
        d_cadence = cadence_spm - self.cadence
        d_at = from_s + span_s / 2 - self.at
        d_speed = speed_mps - self.speed
        rest_s = span_s * (1 - share)
        self.cadence += d_cadence * share
        self.at += d_at * share
        self.speed += d_speed * share
        self.cc += d_cadence * d_cadence * rest_s
        self.aa += d_at * d_at * rest_s + span_s**3 / 12  # time goes on within the stretch
        self.vv += d_speed * d_speed * rest_s
        self.ca += d_cadence * d_at * rest_s
        self.cv += d_cadence * d_speed * rest_s
        self.av += d_at * d_speed * rest_s


def pool(trends: Iterable[Trend]) -> Trend:
    """The sums of several stretches, each about means of its own: what a common slope is made of."""
    total = Trend()
    for one in trends:
        total.weight_s += one.weight_s
        total.cc += one.cc
        total.aa += one.aa
        total.vv += one.vv
        total.ca += one.ca
        total.cv += one.cv
        total.av += one.av
    return total


def join(one: Trend, other: Trend) -> Trend:
    """Cadence over time of two sets of seconds as of one; speed is left out."""
    weight_s = one.weight_s + other.weight_s
    between_s = one.weight_s * other.weight_s / weight_s if weight_s else 0.0
    d_cadence, d_at = other.cadence - one.cadence, other.at - one.at
    return Trend(
        weight_s=weight_s,
        cc=one.cc + other.cc + d_cadence**2 * between_s,
        aa=one.aa + other.aa + d_at**2 * between_s,
        ca=one.ca + other.ca + d_cadence * d_at * between_s,
    )


def slope_per_10min(trend: Trend) -> float | None:
    """Change of the cadence with time alone, in spm per 10 minutes; None for less than 5 minutes."""
    return trend.ca / trend.aa * PER_10MIN_S if trend.weight_s >= ENOUGH_S and trend.aa > 0 else None


def slope_after_speed(trend: Trend) -> float | None:
    """The same at equal speed: the part of a regression on time and speed that belongs to time.

    None for less than 5 minutes, and where time and speed went so much together that they cannot be told apart.
    """
    if (trend.vv / trend.weight_s if trend.weight_s else 0.0) < STEADY_MPS**2:
        return slope_per_10min(trend)
    apart = trend.aa * trend.vv - trend.av**2
    if trend.weight_s < ENOUGH_S or trend.av**2 > TOO_ALIKE * trend.aa * trend.vv or apart <= 0:
        return None
    return (trend.ca * trend.vv - trend.cv * trend.av) / apart * PER_10MIN_S
