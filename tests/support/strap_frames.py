"""The bytes of a strap that is worn in a simulated run."""

import struct
from collections.abc import Iterator

import numpy as np
from simulated_bodies import Motion

N_PER_FRAME = 36  # of an H10


def frames(motion: Motion, *, boot_ns: int = 5 * 10**17) -> Iterator[tuple[float, bytes]]:
    """What an H10 would send of a motion, each frame when its last sample has been taken."""
    for first in range(0, len(motion.times_s) - N_PER_FRAME, N_PER_FRAME):
        last_s = float(motion.times_s[first + N_PER_FRAME - 1])
        milli = np.clip(np.round(motion.accel_g[first : first + N_PER_FRAME] * 1000), -8000, 8000).astype("<i2")
        yield last_s, struct.pack("<BQB", 2, boot_ns + round(last_s * 1e9), 1) + milli.tobytes()
