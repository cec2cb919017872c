"""Acceleration of what makes no steps: a ride in a car, and a sensor that lies on a table."""

import math

import numpy as np
from numpy.typing import NDArray

from simulated_bodies.motion import Motion, any_orientation

Floats = NDArray[np.float64]


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
    accel_g = np.column_stack([slow, 1 + up]) @ any_orientation(random).T
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
