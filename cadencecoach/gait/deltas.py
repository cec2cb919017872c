"""Compressed acceleration: one whole sample, then blocks of differences as narrow as they can be.

    sample        x, y, z, s16 each
    block         bits of a difference u8, samples in it u8, then the differences x, y, z, x, ... lowest bit first,
                  two's complement, filled up to a whole byte; blocks follow each other to the end

Source: Polar's "Measurement Data Specification for 3rd party"; the layout is checked on the bytes of polar-ble-sdk's
tests.
"""

from collections.abc import Iterator

Axes = tuple[int, int, int]

_N_AXES = 3
_SAMPLE_BYTES = 6
_MAX_BITS = 32
MAX_SAMPLES = 2000  # five seconds at 400 Hz; differences of 0 bits would let a few bytes claim any number


def unpack(content: bytes) -> list[Axes]:
    """The samples of a compressed frame, in the units of the sensor.

    Raises:
        ValueError: cut short, or more than a frame can hold; the message says which
    """
    if len(content) < _SAMPLE_BYTES:
        raise ValueError("ends within the first sample")
    first = (_signed_of(content[at : at + 2]) for at in range(0, _SAMPLE_BYTES, 2))
    samples: list[Axes] = [(next(first), next(first), next(first))]
    start = _SAMPLE_BYTES
    while start < len(content):
        start = _add_block(samples, content, start)
    return samples


def _add_block(samples: list[Axes], content: bytes, start: int) -> int:
    """Add the samples of the block at `start`; where the next one starts."""
    if len(content) < start + 2:
        raise ValueError("ends within the head of a block")
    n_bits, n_samples = content[start], content[start + 1]
    n_bytes = (n_bits * n_samples * _N_AXES + 7) // 8
    end = start + 2 + n_bytes
    if n_bits > _MAX_BITS:
        raise ValueError(f"differences of {n_bits} bits; at most {_MAX_BITS}")
    if len(content) < end:
        raise ValueError(f"a block of {n_bytes} bytes ends after {len(content) - start - 2}")
    if len(samples) + n_samples > MAX_SAMPLES:
        raise ValueError(f"more than {MAX_SAMPLES} samples")
    differences = _differences(content[start + 2 : end], n_bits, n_samples * _N_AXES)
    for dx, dy, dz in zip(differences, differences, differences, strict=True):
        x, y, z = samples[-1]
        samples.append((x + dx, y + dy, z + dz))
    return end


def _differences(data: bytes, n_bits: int, n_values: int) -> Iterator[int]:
    """Signed numbers of `n_bits` each, lowest bit first."""
    stream = int.from_bytes(data, "little")
    mask = (1 << n_bits) - 1
    sign = 1 << n_bits >> 1
    for index in range(n_values):
        value = stream >> index * n_bits & mask
        yield value - (1 << n_bits) if value & sign else value


def _signed_of(data: bytes) -> int:
    return int.from_bytes(data, "little", signed=True)
