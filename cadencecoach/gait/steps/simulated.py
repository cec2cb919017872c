"""A simulation of acceleration at hip, chest, wrist and foot, of a phone held in a hand, and of a ride in a car.

It is there to try the detection where no recording is at hand. It is a simulation: forces are drawn from a few curves
with plausible sizes, and nothing here says anything about a real body. Sources of the shapes: in running the vertical
force is close to half a sine while the foot is down and nothing in flight (Alexander 1989); a walker's trunk goes up
and down once a step; an arm is a pendulum that swings once a stride; a foot is still while it is down, and its impact
is the largest value of the stride.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.placement import Placement
from cadencecoach.units import SECONDS_PER_MINUTE

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How somebody moves.

    Attributes:
        contact_ratio: part of a step's time the foot is on the ground; above 1 both are at times: walking
        impact_g: size of the impact at the trunk
        jitter: SD of a step's time, as a part of it
        asymmetry: the left step is stronger and the right one weaker by this part
        arm_deg: swing of the arm to each side
        noise_g: SD of the sensor's noise
    """

    contact_ratio: float = 0.7
    impact_g: float = 0.5
    jitter: float = 0.02
    asymmetry: float = 0.06
    arm_deg: float = 30.0
    noise_g: float = 0.02

    @property
    def is_running(self) -> bool:
        """Whether there is a time without a foot on the ground."""
        return self.contact_ratio < 1


RUN = Style()
WALK = Style(contact_ratio=1.2, impact_g=0.15, jitter=0.025, arm_deg=22.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A simulated recording with what is true of it.

    Attributes:
        times_s: shape (n,), rising
        accel_g: shape (n, 3), in an orientation of the sensor's own
        steps_s: shape (k,), when a foot came down, both feet
    """

    times_s: Floats
    accel_g: Floats
    steps_s: Floats


def step_times(pieces: list[tuple[float, float]], *, jitter: float, seed: int, from_s: float = 1.0) -> Floats:
    """When feet come down.

    Args:
        pieces: (seconds, spm) one after the other; 0 spm is standing
        jitter: SD of a step's time, as a part of it
        seed: the same seed gives the same steps
        from_s: when the first piece begins
    """
    random = np.random.default_rng(seed)
    steps, now_s, end_s = [], from_s, from_s
    for length_s, cadence_spm in pieces:
        end_s += length_s
        while cadence_spm > 0 and now_s < end_s:
            steps.append(now_s)
            now_s += SECONDS_PER_MINUTE / cadence_spm * (1 + jitter * random.standard_normal())
        now_s = max(now_s, end_s)
    return np.array(steps)


def moving(placement: Placement, steps_s: Floats, style: Style, *, rate_hz: float, seed: int) -> Motion:
    """Acceleration at a place of somebody whose feet come down at these times.

    The sensor is fixed in some orientation that depends on the seed; before, after, and between steps more than 1.5 s
    apart the body stands.
    """
    random = np.random.default_rng(seed)
    times_s = np.arange(0.0, steps_s[-1] + 3.0, 1.0 / rate_hz)
    accel_g = _AT[placement](_Cycle.at(times_s, steps_s), style)
    accel_g = accel_g @ _orientation(random).T + style.noise_g * random.standard_normal(accel_g.shape)
    return Motion(times_s=times_s, accel_g=accel_g, steps_s=steps_s)


@dataclass(frozen=True, slots=True)
class _Cycle:
    """Where in the cycle each sample stands.

    Attributes:
        step: part of the step that has passed, 0 to 1
        side: 1 for the left foot's steps, -1 for the right foot's
        lasts_s: how long the step takes; where nobody steps, 1
        moves: 1 where somebody steps, else 0
    """

    step: Floats
    side: Floats
    lasts_s: Floats
    moves: Floats

    @classmethod
    def at(cls, times_s: Floats, steps_s: Floats) -> "_Cycle":
        index = np.searchsorted(steps_s, times_s, side="right") - 1
        lasts = np.append(np.diff(steps_s), math.inf)
        within = index >= 0
        safe = np.where(within, index, 0)
        walks = within & (lasts[safe] < 1.5)  # noqa: PLR2004  # as documented
        lasts_s = np.where(walks, lasts[safe], 1.0)
        step = np.where(walks, (times_s - steps_s[safe]) / lasts_s, 0.0)
        return cls(step, np.where(safe % 2, -1.0, 1.0), lasts_s, walks.astype(float))

    @property
    def stride(self) -> Floats:
        """Part of the stride that has passed, 0 to 1."""
        return (self.step + np.where(self.side > 0, 0.0, 1.0)) / 2

    @property
    def since_s(self) -> Floats:
        """Seconds since the foot came down."""
        return self.step * self.lasts_s


def _trunk(cycle: _Cycle, style: Style, *, sway_g: float) -> Floats:
    """Forward, sideways, up at the trunk, with gravity."""
    strength = 1 + style.asymmetry * cycle.side
    turn = 2 * math.pi * cycle.step
    if style.is_running:
        peak_g = math.pi / 2 / style.contact_ratio
        on_ground = cycle.step < style.contact_ratio
        up = peak_g * strength * np.where(on_ground, np.sin(math.pi * cycle.step / style.contact_ratio), 0.0) - 1
        forward = -0.3 * strength * np.where(on_ground, np.sin(2 * math.pi * cycle.step / style.contact_ratio), 0.0)
    else:
        up = strength * (0.28 * np.cos(turn - 1.2) + 0.10 * np.cos(2 * turn))
        forward = strength * 0.15 * np.sin(turn + 0.4)
    up = up + strength * style.impact_g * _ring(cycle.since_s, hz=16.0, decay_s=0.03)
    sideways = sway_g * np.sin(2 * math.pi * cycle.stride)
    return np.stack([cycle.moves * forward, cycle.moves * sideways, 1 + cycle.moves * up], axis=1)


def _ring(since_s: Floats, *, hz: float, decay_s: float) -> Floats:
    """What an impact leaves behind."""
    return np.sin(2 * math.pi * hz * since_s) * np.exp(-since_s / decay_s)


def _hip(cycle: _Cycle, style: Style) -> Floats:
    """The trunk, tilted by the pelvis and stronger on its own side."""
    trunk = _trunk(cycle, style, sway_g=0.2)
    own = 1 + 0.12 * cycle.side * cycle.moves
    tilt = math.radians(6) * np.sin(2 * math.pi * cycle.stride) * cycle.moves
    up, sideways = trunk[:, 2], trunk[:, 1]
    return np.stack(
        [trunk[:, 0], sideways * np.cos(tilt) + up * np.sin(tilt), own * (up * np.cos(tilt) - sideways * np.sin(tilt))],
        axis=1,
    )


def _chest(cycle: _Cycle, style: Style) -> Floats:
    """The trunk with less impact."""
    return _trunk(cycle, _softer(style, 0.5), sway_g=0.1)


def _softer(style: Style, part: float) -> Style:
    return Style(
        contact_ratio=style.contact_ratio,
        impact_g=style.impact_g * part,
        jitter=style.jitter,
        asymmetry=style.asymmetry,
        arm_deg=style.arm_deg,
        noise_g=style.noise_g,
    )


def _wrist(cycle: _Cycle, style: Style) -> Floats:
    """A pendulum that swings once a stride, hung on a trunk that goes up and down once a step."""
    length_m = 0.35 if style.is_running else 0.6
    rest_deg = 80.0 if style.is_running else 10.0
    omega = math.pi / cycle.lasts_s  # once a stride
    swing = math.radians(style.arm_deg)
    turn = 2 * math.pi * cycle.stride
    angle = math.radians(rest_deg) + cycle.moves * swing * np.sin(turn)
    along_g = length_m * (omega * swing * np.cos(turn)) ** 2 / GRAVITY_MPS2
    across_g = -length_m * omega**2 * swing * np.sin(turn) / GRAVITY_MPS2
    trunk = _trunk(cycle, _softer(style, 0.6), sway_g=0.05)
    up, forward = 1 + 0.7 * (trunk[:, 2] - 1), 0.7 * trunk[:, 0]
    return np.stack(
        [
            forward * np.cos(angle) + up * np.sin(angle) + cycle.moves * across_g,
            trunk[:, 1],
            up * np.cos(angle) - forward * np.sin(angle) + cycle.moves * along_g,
        ],
        axis=1,
    )


def _foot(cycle: _Cycle, style: Style) -> Floats:
    """The left foot: an impact, still on the ground, then a push and a swing; the right foot's steps are not felt."""
    down = style.contact_ratio / 2
    part = cycle.stride
    impact_g, swing_g = (12.0, 4.5) if style.is_running else (2.0, 1.2)
    since_s = part * 2 * cycle.lasts_s
    air = np.clip((part - down) / (1 - down), 0.0, 1.0)
    is_up = (part > down).astype(float)
    push = 0.6 * impact_g * np.exp(-(((part - down) / 0.035) ** 2))
    forward = is_up * swing_g * np.cos(math.pi * air) * np.sin(math.pi * air) * 2 + push
    up = 1 + impact_g * _ring(since_s, hz=20.0, decay_s=0.025) + is_up * 0.5 * swing_g * np.sin(math.pi * air)
    pitch = np.where(is_up > 0, math.radians(60) * np.sin(math.pi * air), 0.0) * cycle.moves
    up, forward = 1 + cycle.moves * (up - 1), cycle.moves * forward
    return np.stack(
        [
            forward * np.cos(pitch) + up * np.sin(pitch),
            0.2 * cycle.moves * is_up * np.sin(2 * math.pi * air),
            up * np.cos(pitch) - forward * np.sin(pitch),
        ],
        axis=1,
    )


_AT: dict[Placement, Callable[[_Cycle, Style], Floats]] = {
    Placement.HIP: _hip,
    Placement.CHEST: _chest,
    Placement.TRUNK: _chest,
    Placement.WRIST: _wrist,
    Placement.FOOT: _foot,
}


def car_ride(*, seconds: float, rate_hz: float, seed: int) -> Motion:
    """A sensor that lies in a car: it bounces at 1.3 Hz, wheels hop at 11 Hz, the engine hums, the driver brakes."""
    random = np.random.default_rng(seed)
    times_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    road = random.standard_normal(len(times_s))
    up = 0.05 * _resonance(road, hz=1.3, damping=0.3, rate_hz=rate_hz)
    up += 0.03 * _resonance(road, hz=min(11.0, rate_hz / 2.5), damping=0.1, rate_hz=rate_hz)
    up += 0.01 * np.sin(2 * math.pi * 28.0 * times_s)
    slow = np.cumsum(random.standard_normal((len(times_s), 2)), axis=0)
    slow = 0.15 * (slow - slow.mean(axis=0)) / slow.std(axis=0)
    accel_g = np.column_stack([slow, 1 + up]) @ _orientation(random).T
    return Motion(times_s=times_s, accel_g=accel_g + 0.01 * random.standard_normal(accel_g.shape), steps_s=np.empty(0))


def _resonance(drive: Floats, *, hz: float, damping: float, rate_hz: float) -> Floats:
    """A damped mass on a spring, driven by noise; SD 1."""
    radius = math.exp(-damping * 2 * math.pi * hz / rate_hz)
    feed = 2 * radius * math.cos(2 * math.pi * hz * math.sqrt(1 - damping**2) / rate_hz)
    out = np.zeros_like(drive)
    for index in range(2, len(drive)):
        out[index] = drive[index] + feed * out[index - 1] - radius**2 * out[index - 2]
    return np.asarray(out / out.std())


def lying_still(*, seconds: float, rate_hz: float, seed: int) -> Motion:
    """A sensor that lies on a table."""
    random = np.random.default_rng(seed)
    times_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    accel_g = np.array([0.1, -0.2, 0.97]) + 0.01 * random.standard_normal((len(times_s), 3))
    return Motion(times_s=times_s, accel_g=accel_g, steps_s=np.empty(0))


def _orientation(random: np.random.Generator) -> Floats:
    """A rotation drawn at random."""
    rotation, _ = np.linalg.qr(random.standard_normal((3, 3)))
    return np.asarray(rotation)
