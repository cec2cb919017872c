"""What a message says, as names and numbers: for `sensors watch`, on a screen or as JSON."""

from collections.abc import Callable

from cadencecoach.errors import PayloadError
from cadencecoach.gait.ftms import decode_treadmill
from cadencecoach.gait.heart import decode_heart
from cadencecoach.gait.polar import ANSWER, decode_acceleration, decode_answer
from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.sensor_facts import decode_battery, decode_location, decode_rsc_feature, decode_text

Values = dict[str, object]


def values_of(source: str, payload: bytes) -> Values:
    """The fields of a message that are known; `error` where it means nothing."""
    try:
        return {name: value for name, value in _DECODED[source](payload).items() if value is not None}
    except PayloadError as error:
        return {"error": str(error)}


def fact_of(about: str, value: bytes) -> str:
    """What a sensor says about itself, in words."""
    try:
        return _FACTS.get(about, decode_text)(value)
    except PayloadError as error:
        return str(error)


def _rsc(payload: bytes) -> Values:
    one = decode_rsc(payload)
    return {
        "raw_per_min": one.raw_per_min,
        "speed_mps": round(one.speed_mps, 2),
        "is_running": one.is_running,
        "stride_length_m": one.stride_length_m,
        "distance_m": one.distance_m,
    }


def _heart(payload: bytes) -> Values:
    one = decode_heart(payload)
    return {"hr_bpm": one.hr_bpm, "has_contact": one.has_contact}


def _treadmill(payload: bytes) -> Values:
    one = decode_treadmill(payload)
    return {
        "speed_mps": one.speed_mps,
        "inclination_ratio": one.inclination_ratio,
        "distance_m": one.distance_m,
        "hr_bpm": one.hr_bpm,
    }


def _acceleration(payload: bytes) -> Values:
    if payload[:1] == bytes((ANSWER,)):
        return {"answer": decode_answer(payload).status_text}
    frame = decode_acceleration(payload)
    return {"last_ns": frame.last_ns, "n_samples": len(frame.samples_g), "newest_g": frame.samples_g[-1]}


_DECODED: dict[str, Callable[[bytes], Values]] = {
    "rsc": _rsc,
    "hr": _heart,
    "treadmill": _treadmill,
    "accel": _acceleration,
}
_FACTS: dict[str, Callable[[bytes], str]] = {
    "battery": lambda value: f"{decode_battery(value)} %",
    "location": decode_location,
    "features": lambda value: str(decode_rsc_feature(value)),
}
