"""A runner whose oscillation, contact time and cadence are given, as a sensor at hip or chest feels the first two.

While a foot is down the trunk is pushed by half a sine (Alexander 1989), else it falls; that path, stretched to the
oscillation wanted, is the true one, and its oscillation is known exactly. What a strap adds stands apart: it tilts with
the body, gives like a spring, is wrongly scaled, and picks up the push forward and sideways.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cadencecoach.units import SECONDS_PER_MINUTE
from simulated_bodies.motion import Motion, any_orientation

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665
FINE_HZ = 1000.0
N_OF_STEP = 2000  # points of the path that is integrated


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A runner, and how a sensor sits on the trunk.

    Attributes:
        oscillation_mm, contact_ms, cadence_spm: what is true
        asymmetry: the left step is stronger and the right one weaker by this part
        jitter: SD of a step's time, as a part of it
        tilt_deg: how far the sensor turns with the pelvis or the chest, once a stride and once a step
        strap_hz: how fast a strap that gives swings; 0 is glued on
        scale: what the sensor makes of 1 g
        impact_g: what comes through of the impact
        noise_g: SD of the sensor's noise
    """

    oscillation_mm: float
    contact_ms: float
    cadence_spm: float
    asymmetry: float = 0.05
    jitter: float = 0.015
    tilt_deg: float = 0.0
    strap_hz: float = 0.0
    scale: float = 1.0
    impact_g: float = 0.3
    noise_g: float = 0.02

    @classmethod
    def any(cls, place: str, oscillation_mm: float, contact_ms: float, cadence_spm: float, seed: int) -> "Bounce":
        """One of many at a place: a hip tilts more than a chest, each strap gives in its own way."""
        random = np.random.default_rng(seed + 4000)
        return cls(
            oscillation_mm=oscillation_mm,
            contact_ms=contact_ms,
            cadence_spm=cadence_spm,
            asymmetry=random.uniform(0.0, 0.1),
            tilt_deg=random.uniform(3, 8) if place == "hip" else random.uniform(1, 4),
            strap_hz=random.uniform(8, 14),
            scale=random.uniform(0.97, 1.03),
            impact_g=random.uniform(0.1, 0.8),
        )


def bouncing(runner: Bounce, *, seconds: float, rate_hz: float, seed: int) -> Motion:
    """What the sensor tells, in an orientation that depends on the seed."""
    random = np.random.default_rng(seed)
    step_s = SECONDS_PER_MINUTE / runner.cadence_spm
    lasts_s = step_s * (1 + runner.jitter * random.standard_normal(int(seconds / step_s) + 2))
    steps_s = np.concatenate([[0.0], np.cumsum(lasts_s)])
    times_s = np.arange(0.0, seconds, 1 / FINE_HZ)
    index = np.searchsorted(steps_s, times_s, side="right") - 1
    part = (times_s - steps_s[index]) / lasts_s[index]
    side = np.where(index % 2, -1.0, 1.0)
    up_g = _push_g(part, runner) * (1 + runner.asymmetry * side)
    since_s = times_s - steps_s[index]
    up_g += runner.impact_g * np.sin(2 * math.pi * 16 * since_s) * np.exp(-since_s / 0.02)
    forward_g = 0.25 * np.where(part < _duty(runner), np.sin(2 * math.pi * part / _duty(runner)), 0.0)
    sideways_g = 0.12 * np.sin(math.pi * (part + (index % 2)))
    felt_g = _tilted(np.stack([forward_g, sideways_g, 1 + up_g], axis=1), part, index, runner)
    felt_g = _given(felt_g, runner.strap_hz) * runner.scale
    sampled = _mean_over_samples(felt_g, rate_hz) @ any_orientation(random).T
    sampled += runner.noise_g * random.standard_normal(sampled.shape)
    sampled_s = np.arange(len(sampled)) / rate_hz
    return Motion(times_s=sampled_s, accel_g=sampled, steps_s=steps_s[steps_s < seconds])


def harder(runner: Bounce, *, noise: float) -> Bounce:
    """The same with so many times the noise."""
    return replace(runner, noise_g=noise * runner.noise_g)


def _duty(runner: Bounce) -> float:
    return runner.contact_ms / 1000 * runner.cadence_spm / SECONDS_PER_MINUTE


def _push_g(part: Floats, runner: Bounce) -> Floats:
    """Acceleration upwards, stretched so that the path has the oscillation."""
    grid = np.arange(N_OF_STEP) / N_OF_STEP
    return np.asarray(_half_sine_g(part, runner) * runner.oscillation_mm / _rise_mm(grid, runner))


def _half_sine_g(part: Floats, runner: Bounce) -> Floats:
    duty = _duty(runner)
    return np.where(part < duty, math.pi / 2 / duty * np.sin(math.pi * part / duty), 0.0) - 1


def _rise_mm(grid: Floats, runner: Bounce) -> float:
    """What half a sine alone would rise, by integrating twice over a step."""
    dt_s = SECONDS_PER_MINUTE / runner.cadence_spm / len(grid)
    acceleration = _half_sine_g(grid, runner) * GRAVITY_MPS2
    velocity = np.cumsum(acceleration - acceleration.mean()) * dt_s
    path = np.cumsum(velocity - velocity.mean()) * dt_s
    return float(np.ptp(path)) * 1000


def _tilted(body_g: Floats, part: Floats, index: NDArray[np.int_], runner: Bounce) -> Floats:
    """The body's acceleration as a sensor feels it that rolls once a stride and pitches once a step."""
    roll = math.radians(runner.tilt_deg) * np.sin(math.pi * (part + index % 2))
    pitch = math.radians(runner.tilt_deg / 2) * np.sin(2 * math.pi * part + 0.7)
    forward, sideways, up = body_g.T
    sideways, up = sideways * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - sideways * np.sin(roll)
    forward, up = forward * np.cos(pitch) + up * np.sin(pitch), up * np.cos(pitch) - forward * np.sin(pitch)
    return np.stack([forward, sideways, up], axis=1)


def _given(felt_g: Floats, strap_hz: float) -> Floats:
    """What comes through a strap that swings at a frequency, damped to a third of critical, along each axis."""
    if not strap_hz:
        return felt_g
    omega, damping, dt = 2 * math.pi * strap_hz, 0.35, 1 / FINE_HZ
    frequencies = 2j * math.pi * np.fft.rfftfreq(len(felt_g), dt)
    passes = (2 * damping * omega * frequencies + omega**2) / (
        frequencies**2 + 2 * damping * omega * frequencies + omega**2
    )
    return np.asarray(np.fft.irfft(np.fft.rfft(felt_g, axis=0) * passes[:, np.newaxis], n=len(felt_g), axis=0))


def _mean_over_samples(fine: Floats, rate_hz: float) -> Floats:
    """As a sensor samples: each value the mean over the time since the one before."""
    edges = np.round(np.arange(0.0, len(fine), FINE_HZ / rate_hz)).astype(int)
    sums = np.concatenate([np.zeros((1, fine.shape[1])), np.cumsum(fine, axis=0)])
    return np.asarray((sums[edges[1:]] - sums[edges[:-1]]) / np.diff(edges)[:, np.newaxis])
