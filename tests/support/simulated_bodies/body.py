"""Acceleration at trunk, hip, chest, wrist and foot, drawn from a few curves over the cycle.

In running the vertical force is close to half a sine while the foot is down and nothing in flight (Alexander 1989); a
walker's trunk goes up and down once a step; an arm is a pendulum that swings once a stride; a foot is still while it is
down, and its impact is the largest value of the stride.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cadencecoach.gait.steps.placement import Placement
from simulated_bodies.cycle import Cycle, ring
from simulated_bodies.motion import Motion, Style, any_orientation

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665


def moving(placement: Placement, steps_s: Floats, style: Style, *, rate_hz: float, seed: int) -> Motion:
    """Acceleration at a place of somebody whose feet come down at these times.

    The sensor is fixed in some orientation that depends on the seed; before, after, and between steps more than 1.5 s
    apart the body stands.
    """
    random = np.random.default_rng(seed)
    times_s = np.arange(0.0, steps_s[-1] + 3.0, 1.0 / rate_hz)
    accel_g = _AT[placement](Cycle.at(times_s, steps_s), style)
    accel_g = accel_g @ any_orientation(random).T + style.noise_g * random.standard_normal(accel_g.shape)
    return Motion(times_s=times_s, accel_g=accel_g, steps_s=steps_s)


def _trunk(cycle: Cycle, style: Style, *, sway_g: float) -> Floats:
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
    up = up + strength * style.impact_g * ring(cycle.since_s, hz=16.0, decay_s=0.03)
    sideways = sway_g * np.sin(2 * math.pi * cycle.stride)
    return np.stack([cycle.moves * forward, cycle.moves * sideways, 1 + cycle.moves * up], axis=1)


def _hip(cycle: Cycle, style: Style) -> Floats:
    """The trunk, tilted by the pelvis and stronger on its own side."""
    trunk = _trunk(cycle, style, sway_g=0.2)
    own = 1 + 0.12 * cycle.side * cycle.moves
    tilt = math.radians(6) * np.sin(2 * math.pi * cycle.stride) * cycle.moves
    up, sideways = trunk[:, 2], trunk[:, 1]
    return np.stack(
        [trunk[:, 0], sideways * np.cos(tilt) + up * np.sin(tilt), own * (up * np.cos(tilt) - sideways * np.sin(tilt))],
        axis=1,
    )


def _chest(cycle: Cycle, style: Style) -> Floats:
    """The trunk with less impact."""
    return _trunk(cycle, _softer(style, 0.5), sway_g=0.1)


def _softer(style: Style, part: float) -> Style:
    return replace(style, impact_g=style.impact_g * part)


def _wrist(cycle: Cycle, style: Style) -> Floats:
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


def _foot(cycle: Cycle, style: Style) -> Floats:
    """The left foot: an impact, still on the ground, then a push and a swing; the right foot's steps are not felt."""
    down = style.contact_ratio / 2
    part = cycle.stride
    impact_g, swing_g = (12.0, 4.5) if style.is_running else (2.0, 1.2)
    since_s = part * 2 * cycle.lasts_s
    air = np.clip((part - down) / (1 - down), 0.0, 1.0)
    is_up = (part > down).astype(float)
    push = 0.6 * impact_g * np.exp(-(((part - down) / 0.035) ** 2))
    forward = is_up * swing_g * np.cos(math.pi * air) * np.sin(math.pi * air) * 2 + push
    up = 1 + impact_g * ring(since_s, hz=20.0, decay_s=0.025) + is_up * 0.5 * swing_g * np.sin(math.pi * air)
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


_AT: dict[Placement, Callable[[Cycle, Style], Floats]] = {
    Placement.HIP: _hip,
    Placement.CHEST: _chest,
    Placement.TRUNK: _chest,
    Placement.WRIST: _wrist,
    Placement.FOOT: _foot,
}
