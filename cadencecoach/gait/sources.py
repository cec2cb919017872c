"""The table of sensor sources: one row for each kind of message a sensor sends. Everything else follows from the rows.

A new source is a row and its decoder (or a reader with memory), a branch in `session.intake` for a message of a new
type, its name in `record.kinds`, its words on the page, and a line in docs/bluetooth.md, journal.md and glossary.md;
docs/reading-order.md says where, and tests name each. From the row follow what is subscribed to, what joins by itself,
which sensor leads, how far the coach trusts it, and what `sensors watch` shows. A decoder's message is taken in by its
type (`Intake`); a source that must remember what came before brings a reader instead.

UUIDs are the Assigned Numbers of the Bluetooth SIG; those of Polar's service stand in its published SDK documents.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import Protocol

from cadencecoach.gait import polar
from cadencecoach.gait.ftms import TreadmillData, decode_treadmill
from cadencecoach.gait.heart import HeartRate, decode_heart
from cadencecoach.gait.microphone import HeardSteps, decode_heard
from cadencecoach.gait.phone import PhoneSamples, decode_samples
from cadencecoach.gait.polar import ANSWER, AccelerationFrame, Answer, decode_acceleration, decode_answer
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement, decode_rsc
from cadencecoach.gait.taps import ERROR_SPM, TAPS, Tap, TapReader, decode_tap

Message = RscMeasurement | HeartRate | TreadmillData | AccelerationFrame | Answer | PhoneSamples | HeardSteps | Tap
Fields = Mapping[str, object]


class Tells(Flag):
    """What can be known from a source."""

    CADENCE = auto()
    SPEED = auto()
    HEART_RATE = auto()
    FOOTFALLS = auto()

    @property
    def words(self) -> str:
        """For a person."""
        return ", ".join((one.name or "").lower().replace("_", " ") for one in self)


class Reader(Protocol):
    """Turns the messages of one sensor into readings, and remembers what it needs for that."""

    @property
    def footfalls_s(self) -> tuple[float, ...]:
        """Session times of the newest footfalls; empty where they cannot be told."""

    @property
    def n_seen(self) -> int:
        """Steps seen so far: a new one may have brought a new footfall."""

    @property
    def place(self) -> str:
        """Where the sensor sits, in words; empty where that is not known."""

    def take(self, time_s: float, payload: bytes) -> Reading | None:
        """What a message says; None while it says nothing yet.

        Raises:
            PayloadError: the bytes mean nothing
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of message.

    Attributes:
        name: what a journal calls it
        kind: what a person calls a sensor that sends it
        about: the protocol and whose it is, for a person
        tells: what can be known from it
        rank: whose cadence leads, 0 first; a sensor that sends several kinds has the worst of their ranks; None ranks
            nothing
        error_spm: how far its cadence may be off, once smoothed: nothing is corrected that this could explain
        is_by_hand: a person gives it, and stops when they want: its silence is no loss
        decode: its bytes as a message; raises PayloadError
        fields: the fields of a message that are worth a look
        reader: makes the reader of one sensor; None: a message says everything by itself
        service: UUID a sensor advertises; empty: it does not come by Bluetooth
        characteristic: UUID that notifies
        control: UUID of the control point, where the stream has to be started
        starts: messages that start it, the best first; a sensor refuses those it does not know
    """

    name: str
    kind: str
    about: str
    tells: Tells
    rank: int | None = None
    error_spm: float = 0.0
    is_by_hand: bool = False
    decode: Callable[[bytes], Message]
    fields: Callable[[bytes], Fields]
    reader: Callable[[], Reader] | None = None
    service: str = ""
    characteristic: str = ""
    control: str = ""
    starts: tuple[bytes, ...] = ()

    @property
    def counts_steps(self) -> bool:
        """Whether it tells a cadence."""
        return Tells.CADENCE in self.tells


def _rsc_fields(payload: bytes) -> Fields:
    one = decode_rsc(payload)
    return {
        "raw_per_min": one.raw_per_min,
        "speed_mps": round(one.speed_mps, 2),
        "is_running": one.is_running,
        "stride_length_m": one.stride_length_m,
        "distance_m": one.distance_m,
    }


def _heart_fields(payload: bytes) -> Fields:
    one = decode_heart(payload)
    return {"hr_bpm": one.hr_bpm, "has_contact": one.has_contact}


def _treadmill_fields(payload: bytes) -> Fields:
    one = decode_treadmill(payload)
    return {
        "speed_mps": one.speed_mps,
        "inclination_ratio": one.inclination_ratio,
        "distance_m": one.distance_m,
        "hr_bpm": one.hr_bpm,
    }


def _polar_message(payload: bytes) -> AccelerationFrame | Answer:
    return decode_answer(payload) if payload[:1] == bytes((ANSWER,)) else decode_acceleration(payload)


def _acceleration_fields(payload: bytes) -> Fields:
    one = _polar_message(payload)
    if isinstance(one, Answer):
        return {"answer": one.status_text}
    return {"last_ns": one.last_ns, "n_samples": len(one.samples_g), "newest_g": one.samples_g[-1]}


def _tap_fields(payload: bytes) -> Fields:
    decode_tap(payload)
    return {"taps": 1}


def _heard_fields(payload: bytes) -> Fields:
    one = decode_heard(payload)
    return {
        "cadence_spm": one.cadence_spm,
        "unheard": one.unheard,
        "quality": one.quality,
        "delay_s": one.delay_s,
        "n_onsets": len(one.onsets),
    }


def _acceleration_reader() -> Reader:
    from cadencecoach.gait.acceleration import AccelerationSource  # noqa: PLC0415  # numpy only where it is needed

    return AccelerationSource()


def _phone_fields(payload: bytes) -> Fields:
    one = decode_samples(payload)
    return {"last_ns": one.times_ns[-1], "n_samples": len(one.samples_g), "newest_g": one.samples_g[-1]}


def _phone_reader() -> Reader:
    from cadencecoach.gait.phone_source import PhoneSource  # noqa: PLC0415  # as above

    return PhoneSource()


RSC = Source(
    name="rsc",
    kind="foot pod",
    about="Running Speed and Cadence, of pods, some straps and some treadmills",
    tells=Tells.CADENCE | Tells.SPEED,
    rank=0,
    error_spm=0.0,  # it counts at the foot, and is what others are compared with
    decode=decode_rsc,
    fields=_rsc_fields,
    service="00001814-0000-1000-8000-00805f9b34fb",
    characteristic="00002a53-0000-1000-8000-00805f9b34fb",
)
HEART = Source(
    name="hr",
    kind="heart rate",
    about="Heart Rate, of any strap",
    tells=Tells.HEART_RATE,
    decode=decode_heart,
    fields=_heart_fields,
    service="0000180d-0000-1000-8000-00805f9b34fb",
    characteristic="00002a37-0000-1000-8000-00805f9b34fb",
)
TREADMILL = Source(
    name="treadmill",
    kind="treadmill",
    about="Treadmill Data of the Fitness Machine Service; no belt is ever driven",
    tells=Tells.SPEED | Tells.HEART_RATE,
    rank=3,  # of the steps such a machine sends as `rsc`: they come from the belt's motor
    error_spm=0.0,  # nobody has published how far off they are
    decode=decode_treadmill,
    fields=_treadmill_fields,
    service="00001826-0000-1000-8000-00805f9b34fb",
    characteristic="00002acd-0000-1000-8000-00805f9b34fb",
)
ACCELERATION = Source(
    name="accel",
    kind="acceleration",
    about="acceleration of Polar straps, from which the steps are found here",
    tells=Tells.CADENCE | Tells.FOOTFALLS,
    rank=1,
    # A model of 300 runs: the rate of the last eight steps strays by 0.9 spm at 200 Hz and by 1.5 spm at 25 Hz (rms).
    # Single values of a chest strap were off by -1.0 +-3.8 spm from a pod's (fellrnr.com, Comparison of Cadence
    # Monitors); the coach goes by the median of five seconds, and 3.8 spm would silence it over most of a usual band.
    error_spm=1.5,
    decode=_polar_message,
    fields=_acceleration_fields,
    reader=_acceleration_reader,
    service=polar.SERVICE,
    characteristic=polar.DATA,
    control=polar.CONTROL,
    # H10: 100 Hz keeps a frame at 0.36 s; Verity Sense: 52 Hz is its only rate. An unknown rate is refused.
    starts=tuple(polar.start_acceleration(rate_hz=rate_hz, range_g=8) for rate_hz in (100, 52)),
)
PHONE = Source(
    name="phone",
    kind="phone",
    about="acceleration of a phone, as an app on it sends it, from which the steps are found here",
    tells=Tells.CADENCE,
    rank=2,
    error_spm=1.0,  # of recordings at hip, pocket and neck 95 of 100 windows are within 3 spm (bench/phone.py)
    decode=decode_samples,
    fields=_phone_fields,
    reader=_phone_reader,
)
MICROPHONE = Source(
    name="mic",
    kind="microphone",
    about="footfalls on a treadmill, as a microphone of this computer hears them; experimental",
    tells=Tells.CADENCE,
    rank=4,  # whoever has any other sensor of steps goes by that
    # SoundTrack (UbiComp 2025) was off by 1.62 % on unseen runs in 13 gyms: 2.7 spm.
    error_spm=3.0,
    decode=decode_heard,
    fields=_heard_fields,
)
TAPPING = Source(
    name=TAPS,
    kind="taps",
    about="a key that is pressed at each step, or at each second one",
    tells=Tells.CADENCE,
    rank=5,  # behind everything that measures
    error_spm=ERROR_SPM,
    is_by_hand=True,
    decode=decode_tap,
    fields=_tap_fields,
    reader=TapReader,
)

# In the order in which they are subscribed to; of those that count steps the one that leads stands first.
SOURCES: Mapping[str, Source] = {
    one.name: one for one in (RSC, HEART, TREADMILL, ACCELERATION, PHONE, MICROPHONE, TAPPING)
}
STEP_SOURCES = tuple(one for one in SOURCES.values() if one.counts_steps)
RADIO_SOURCES = tuple(one for one in SOURCES.values() if one.service)


def error_of(source: str) -> float:
    """How far off the cadence of a source may be; 0 for one that is not known."""
    return SOURCES[source].error_spm if source in SOURCES else 0.0


def kind_of(source: str) -> str:
    """What a person calls a source; its name where it is not known."""
    return SOURCES[source].kind if source in SOURCES else source


def coarser(one: str, other: str) -> str:
    """Of two sources the one that may be farther off; a known one rather than none."""
    return max((one, other), key=lambda name: (bool(name), error_of(name)))
