"""What a microphone tells: twice a second a step rate, or why none; the onsets it is told by, and never the sound.

    byte 0      version, 1
    byte 1      why no step rate is told (`hearing.verdict`); 0: one is
    bytes 2-3   steps a minute, in hundredths; 0: none
    byte 4      how alike the steps are, in per cent
    byte 5      our own clicks: 0 none are played, 1 sought, 2 found, 3 not to be heard
    bytes 6-7   how much later than played they arrive, in tenths of a millisecond; only where found, else 0
    bytes 8-9   by which that grows, in millionths of the time; signed
    byte 10     number of onsets
    3 bytes for each: how long before the message, in milliseconds; its strength, in hundredths, at most 255

All numbers are little-endian. What is played again is what was told, whatever this version would make of the onsets.
Older journals have a message a second, with that second's onsets.
"""

import struct
from dataclasses import dataclass

from cadencecoach.errors import PayloadError
from cadencecoach.units import MAX_CADENCE_SPM, MS_PER_S

VERSION = 1
MOST_ONSETS = 40  # half a second holds far fewer that are a step's size
FOUND = 2
_HEAD = struct.Struct("<BBHBBHhB")
_ONSET = struct.Struct("<HB")
_SPM, _STRENGTH, _DELAY, _MOST_BYTE, _MOST_WORD, _MOST_DRIFT = 100, 100, 10_000, 255, 65_535, 32_767
_PPM = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSteps:
    """A half second's word of a microphone.

    Attributes:
        cadence_spm: step rate; None where none can be told
        unheard: why not, by number (`hearing.verdict`); 0 where one is told
        quality: how alike the steps are, 0 to 1
        clicks: what is known of our own, by number
        delay_s: how much later than played they arrive; None while that is not known
        drift: by which that grows, in seconds a second
        onsets: seconds before the message, and strength
    """

    cadence_spm: float | None
    unheard: int = 0
    quality: float = 0.0
    clicks: int = 0
    delay_s: float | None = None
    drift: float = 0.0
    onsets: tuple[tuple[float, float], ...] = ()


def encode_heard(heard: HeardSteps) -> bytes:
    """A word as bytes."""
    onsets = heard.onsets[-MOST_ONSETS:]
    head = _HEAD.pack(
        VERSION,
        heard.unheard,
        round((heard.cadence_spm or 0.0) * _SPM),
        round(heard.quality * 100),
        heard.clicks,
        _clamp(round((heard.delay_s or 0.0) * _DELAY), 0, _MOST_WORD),
        _clamp(round(heard.drift * _PPM), -_MOST_DRIFT, _MOST_DRIFT),
        len(onsets),
    )
    return head + b"".join(
        _ONSET.pack(_clamp(round(ago_s * MS_PER_S), 0, _MOST_WORD), _clamp(round(strength * _STRENGTH), 0, _MOST_BYTE))
        for ago_s, strength in onsets
    )


def decode_heard(payload: bytes) -> HeardSteps:
    """Bytes as a word.

    Raises:
        PayloadError: they mean nothing
    """
    if len(payload) < _HEAD.size:
        raise PayloadError(f"a microphone's message ends before byte {_HEAD.size}", payload)
    version, unheard, spm, quality, clicks, delay, drift, n_onsets = _HEAD.unpack_from(payload)
    if version != VERSION:
        raise PayloadError(f"a microphone's message of version {version} is unknown", payload)
    if len(payload) != _HEAD.size + n_onsets * _ONSET.size:
        raise PayloadError(f"a microphone's message with {n_onsets} onsets has another length", payload)
    if bool(spm) == bool(unheard) or spm > MAX_CADENCE_SPM * _SPM:
        raise PayloadError("a microphone's message tells a step rate, or why not", payload)
    return HeardSteps(
        cadence_spm=spm / _SPM or None,
        unheard=unheard,
        quality=quality / 100,
        clicks=clicks,
        delay_s=delay / _DELAY if clicks == FOUND else None,
        drift=drift / _PPM,
        onsets=tuple((ago / MS_PER_S, height / _STRENGTH) for ago, height in _ONSET.iter_unpack(payload[_HEAD.size :])),
    )


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))
