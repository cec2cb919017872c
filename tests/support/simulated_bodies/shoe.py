"""Acceleration at a shoe or an ankle, by another way than `body`: from the path the foot takes.

The foot stands, then goes forward by a stride and up and down again, while it tips onto the toes and back; its sensor
sits at some distance from the toes. Velocity and acceleration follow by differences. Impacts of either foot ring at a
pitch and for a time of their own each time, and the sensor clips at the end of its range.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulated_bodies.cycle import ring
from simulated_bodies.motion import Motion, Style, any_orientation

Floats = NDArray[np.float64]

GRAVITY_MPS2 = 9.80665
FINE_HZ = 1000.0
SMOOTH_S = 0.045  # soles and skin give
HEEL_STRIKE, TOE_OFF, DORSIFLEXED = -0.28, 1.0, -0.35  # of the largest pitch, along a stride


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoe:
    """How one foot goes, and where its sensor sits.

    Attributes:
        speed_mps: of the runner or walker
        down_ratio: part of the stride the foot is on the ground
        lift_m: how high it goes
        pitch_deg: how far it tips
        impact_g: what an impact of its own adds
        other_ratio: how much of that is felt when the other foot comes down
        behind_m, above_m: the sensor's place from the toe joint
        range_g: of the sensor
        noise_g: SD of the sensor's noise
    """

    speed_mps: float
    down_ratio: float
    lift_m: float
    pitch_deg: float
    impact_g: float
    other_ratio: float = 0.1
    behind_m: float = 0.08
    above_m: float = 0.06
    range_g: float = 16.0
    noise_g: float = 0.02

    @classmethod
    def any(cls, style: Style, cadence_spm: float, seed: int) -> "Shoe":
        """One of many: a slow or a quick foot, a soft or a hard one, at the laces or at the ankle."""
        random = np.random.default_rng(seed + 1000)
        runs = style.is_running
        return cls(
            speed_mps=random.uniform(2.2, 4.5) if runs else random.uniform(0.9, 1.7) * cadence_spm / 110,
            down_ratio=random.uniform(0.3, 0.4) if runs else random.uniform(0.56, 0.68),
            lift_m=random.uniform(0.15, 0.3) if runs else random.uniform(0.07, 0.16),
            pitch_deg=random.uniform(60, 85) if runs else random.uniform(40, 65),
            impact_g=random.uniform(2.5, 12) if runs else random.uniform(0.8, 4),
            other_ratio=random.uniform(0.0, 0.2),
            behind_m=random.uniform(0.05, 0.2),
            above_m=random.uniform(0.04, 0.15),
            range_g=float(random.choice([4.0, 8.0, 16.0])),
        )


def shod(steps_s: Floats, shoe: Shoe, *, rate_hz: float, seed: int) -> Motion:
    """Acceleration at the foot that makes the first, third, fifth ... of these steps."""
    random = np.random.default_rng(seed)
    times_s = np.arange(0.0, steps_s[-1] + 3.0, 1 / FINE_HZ)
    accel_g = _of_path(times_s, _strikes_s(steps_s), shoe, random) + _impacts(times_s, steps_s, shoe, random)
    accel_g = np.clip(accel_g, -shoe.range_g, shoe.range_g)
    sampled_s = np.arange(0.0, times_s[-1], 1 / rate_hz)
    accel_g = _sampled(accel_g, sampled_s, rate_hz) @ any_orientation(random).T
    accel_g += shoe.noise_g * random.standard_normal(accel_g.shape)
    return Motion(times_s=sampled_s, accel_g=accel_g, steps_s=steps_s)


def _strikes_s(steps_s: Floats) -> Floats:
    """When this foot comes down, and once before, so that it swings to its first step too."""
    own = steps_s[::2]
    return np.concatenate([[2 * own[0] - own[1]], own])


def _of_path(times_s: Floats, strikes_s: Floats, shoe: Shoe, random: np.random.Generator) -> Floats:
    """Forward, sideways, up as the sensor feels it, with gravity."""
    index = np.clip(np.searchsorted(strikes_s, times_s, side="right") - 1, 0, len(strikes_s) - 2)
    lasts_s = np.diff(strikes_s)
    part = np.clip((times_s - strikes_s[index]) / lasts_s[index], 0.0, 1.0)
    varied = 1 + 0.05 * random.standard_normal(len(lasts_s))
    air = np.clip((part - shoe.down_ratio) / (1 - shoe.down_ratio), 0.0, 1.0)
    lengths_m = shoe.speed_mps * lasts_s * varied
    gone_m = np.concatenate([[0.0], np.cumsum(lengths_m)])
    forward_m = _smooth(gone_m[index] + lengths_m[index] * (10 * air**3 - 15 * air**4 + 6 * air**5))
    up_m = _smooth(shoe.lift_m * varied[index] * np.sin(math.pi * air**0.7) ** 2)
    pitch = _smooth(math.radians(shoe.pitch_deg) * varied[index] * _pitch(part, shoe.down_ratio))
    forward_m += -shoe.behind_m * np.cos(pitch) + shoe.above_m * np.sin(pitch)
    up_m += shoe.behind_m * np.sin(pitch) + shoe.above_m * np.cos(pitch)
    forward_g, up_g = _accel_g(forward_m), _accel_g(up_m) + 1
    return np.stack(
        [
            forward_g * np.cos(pitch) - up_g * np.sin(pitch),
            0.1 * np.sin(2 * pitch),
            forward_g * np.sin(pitch) + up_g * np.cos(pitch),
        ],
        axis=1,
    )


def _pitch(part: Floats, down_ratio: float) -> Floats:
    """Heel first, flat, onto the toes, and back, as a part of the largest pitch."""
    air_ratio = 1 - down_ratio
    at = np.array([0.0, 0.15 * down_ratio, 0.6 * down_ratio, down_ratio + 0.05 * air_ratio, 1 - 0.25 * air_ratio, 1.0])
    values = np.array([HEEL_STRIKE, 0.0, 0.05, TOE_OFF, DORSIFLEXED, HEEL_STRIKE])
    place = np.interp(part, at, np.arange(len(at)))
    before = np.clip(place.astype(int), 0, len(at) - 2)
    gone = place - before
    return np.asarray(values[before] + np.diff(values)[before] * gone**2 * (3 - 2 * gone))


def _impacts(times_s: Floats, steps_s: Floats, shoe: Shoe, random: np.random.Generator) -> Floats:
    """What the feet's coming down adds."""
    added = np.zeros((len(times_s), 3))
    for number, step_s in enumerate(steps_s):
        size_g = shoe.impact_g * (shoe.other_ratio if number % 2 else 1.0) * (1 + 0.1 * random.standard_normal())
        first = int(np.searchsorted(times_s, step_s))
        since_s = times_s[first : first + 400] - step_s
        rung = ring(since_s, hz=random.uniform(14, 30), decay_s=random.uniform(0.012, 0.03))
        added[first : first + 400] += size_g * np.outer(rung, [-0.4, 0.15, 0.9])
    return added


def _smooth(values: Floats) -> Floats:
    """Twice the mean under a bell, so that there is an acceleration everywhere."""
    bell = np.hanning(int(SMOOTH_S * FINE_HZ) | 1)
    bell /= bell.sum()
    for _ in range(2):
        values = np.convolve(np.pad(values, len(bell) // 2, "edge"), bell, "valid")
    return values


def _accel_g(path_m: Floats) -> Floats:
    return np.asarray(np.gradient(np.gradient(path_m, 1 / FINE_HZ), 1 / FINE_HZ) / GRAVITY_MPS2)


def _sampled(accel_g: Floats, times_s: Floats, rate_hz: float) -> Floats:
    """As a sensor samples: each value the mean over the time since the one before."""
    sums = np.concatenate([np.zeros((1, 3)), np.cumsum(accel_g, axis=0)])
    end = np.minimum((times_s * FINE_HZ).astype(int) + 1, len(accel_g))
    begin = np.maximum(end - max(int(FINE_HZ / rate_hz), 1), 0)
    return np.asarray((sums[end] - sums[begin]) / (end - begin)[:, np.newaxis])
