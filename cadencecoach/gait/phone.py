"""A phone's acceleration as bytes of our own: samples that are in order, as a journal keeps them.

Several apps send acceleration, each in its own words (`phone_messages`). What they mean is settled before anything is
written down (`phone_order`): sorted by the phone's own clock, each sample once, in g. Then it is packed. All fields are
little-endian:

    version u8 = 1, epoch u8, time of the first sample u64 in ns of the phone's clock,
    then for each sample: time since the sample before u16 in 10 us, x, y, z i16 in thousandths of g

The epoch changes when the phone's clock has begun anew. A silence that does not fit into the 16 bits (0.66 s) begins
new bytes. Eight bytes a sample are 6 MB of journal an hour at 100 Hz.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from cadencecoach.errors import PayloadError

VERSION = 1
TICK_NS = 10_000
MOST_TICKS = 0xFFFF
MOST_SAMPLES = 400  # in one payload: three seconds and more
MOST_MILLI_G = 32_000
MILLI = 1000
FARTHEST_NS = 1 << 62  # of a phone's clock: some of them count from 1970
EPOCHS = 256
_HEAD = struct.Struct("<BBQ")
_SAMPLE = struct.Struct("<Hhhh")

Axes = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSamples:
    """Samples of a phone in order, each once.

    Attributes:
        epoch: which run of the phone's clock, 0 to 255
        times_ns: on that clock, rising, at least one
        samples_g: x, y, z of each
    """

    epoch: int
    times_ns: tuple[int, ...]
    samples_g: tuple[Axes, ...]


def encode_samples(epoch: int, times_ns: Sequence[int], samples_g: Sequence[Axes]) -> list[bytes]:
    """Samples in order as payloads; their times are cut to whole ticks."""
    ticks = [time_ns // TICK_NS for time_ns in times_ns]
    payloads = list[bytes]()
    for begin, end in _stretches(ticks):
        steps = [0, *(later - before for before, later in pairwise(ticks[begin:end]))]
        packed = (
            _SAMPLE.pack(step, *map(_milli, sample)) for step, sample in zip(steps, samples_g[begin:end], strict=True)
        )
        payloads.append(_HEAD.pack(VERSION, epoch, ticks[begin] * TICK_NS) + b"".join(packed))
    return payloads


def decode_samples(payload: bytes) -> PhoneSamples:
    """Decode a payload.

    Raises:
        PayloadError: another version, no samples, or cut short
    """
    if len(payload) < _HEAD.size:
        raise PayloadError(f"a phone's samples end before byte {_HEAD.size}", payload)
    version, epoch, first_ns = _HEAD.unpack_from(payload)
    content = payload[_HEAD.size :]
    if version != VERSION:
        raise PayloadError(f"version {version} of a phone's samples is unknown", payload)
    if not content or len(content) % _SAMPLE.size:
        raise PayloadError("a phone's samples end within a sample, or there are none", payload)
    if first_ns >= FARTHEST_NS:
        raise PayloadError("a phone's clock cannot be that far", payload)
    rows = list(_SAMPLE.iter_unpack(content))
    since_first = accumulate(ticks for ticks, *_ in rows[1:])
    times_ns = (first_ns, *(first_ns + ticks * TICK_NS for ticks in since_first))
    samples_g = tuple((x / MILLI, y / MILLI, z / MILLI) for _, x, y, z in rows)
    return PhoneSamples(epoch=epoch, times_ns=times_ns, samples_g=samples_g)


def _stretches(ticks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each payload begins, and where it ends: at a silence, or when it is full."""
    begin = 0
    for at in range(1, len(ticks) + 1):
        if at == len(ticks) or ticks[at] - ticks[at - 1] > MOST_TICKS or at - begin == MOST_SAMPLES:
            yield begin, at
            begin = at


def _milli(value_g: float) -> int:
    return max(-MOST_MILLI_G, min(MOST_MILLI_G, round(value_g * MILLI)))
