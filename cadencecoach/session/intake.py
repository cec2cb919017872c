"""From sensors' bytes to readings: each sensor with its own vote, one in the lead. Pure: a call gives a new Intake."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from cadencecoach.frozen import with_changes
from cadencecoach.gait.ftms import TreadmillData
from cadencecoach.gait.heart import HeartRate
from cadencecoach.gait.lead import Lead
from cadencecoach.gait.microphone import HeardSteps
from cadencecoach.gait.phone import PhoneSamples
from cadencecoach.gait.polar import AccelerationFrame, Answer
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import RscMeasurement
from cadencecoach.gait.sources import MICROPHONE, RSC, SOURCES, TREADMILL, Message, Source
from cadencecoach.gait.taps import Tap
from cadencecoach.gait.unit import Unit, cadence_of
from cadencecoach.gait.vote import Vote
from cadencecoach.units import MAX_CADENCE_SPM

BELT_SPEAKS_FOR_S = 5.0  # while a treadmill tells its speed, a pod's guess at it is not used
MOST_UNREAD = 1800  # half an hour of a 1 Hz pod that waits for its unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What a sensor sent that cannot be read until its unit is known.

    Attributes:
        time_s: when
        measured: what
    """

    time_s: float
    measured: RscMeasurement

    def read_as(self, unit: Unit) -> Reading:
        """The reading it is."""
        cadence_spm = cadence_of(self.measured.raw_per_min, self.measured.speed_mps, unit)
        return Reading(
            time_s=self.time_s,
            cadence_spm=cadence_spm,
            speed_mps=self.measured.speed_mps,
            is_running=self.measured.is_running,
            is_unread=cadence_spm is None or cadence_spm > MAX_CADENCE_SPM,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is known of the sensors.

    Attributes:
        vote: how a sensor is read of which nothing is known yet
        votes: sensor -> how it is read, as far as that is decided
        lead: which of them is listened to
        treadmills: sensors that have sent treadmill data
        belt_s: when a treadmill last told its speed
        hr_bpm: last heard of
        speed_mps: last heard of
        unread: sensor -> what it has sent since its numbers could be read last
        newest: the pod that has spoken last
        kept: readings of the past that the newest payload has made readable, oldest first
    """

    vote: Vote
    votes: Mapping[str, Vote] = field(default_factory=dict)
    lead: Lead = field(default_factory=Lead)
    treadmills: frozenset[str] = frozenset()
    belt_s: float = -math.inf
    hr_bpm: float | None = None
    speed_mps: float | None = None
    unread: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)
    newest: str = ""
    kept: tuple[Reading, ...] = ()

    def vote_of(self, sensor: str) -> Vote:
        """How a sensor is read."""
        return self.votes.get(sensor, self.vote)

    @property
    def unit(self) -> Unit | None:
        """How the leader is read; None until decided. Before anybody leads, what was given from outside."""
        return self.vote_of(self.lead.leader or "").unit

    @property
    def asked_sensor(self) -> str:
        """The sensor whose unit the key changes: the leader, or before there is one who spoke last."""
        return self.newest if self.lead.leader is None else self.lead.leader

    def with_unit_flipped(self) -> "Intake":
        """The asked sensor's numbers read the other way from now on; where that is open, by what they point to."""
        sensor = self.asked_sensor
        vote = self.vote_of(sensor)
        if vote.unit is None and not self.unread.get(sensor):
            return self
        unit = vote.leaning if vote.unit is None else vote.unit.next
        after = with_changes(self, votes={**self.votes, sensor: vote.take_unit(unit)})
        return _read_waiting(after, sensor, unit)

    def beside(self, reading: Reading) -> "Intake":
        """The intake after a reading: heart rate and speed, where it knows them, are the newest."""
        hr_bpm = self.hr_bpm if reading.hr_bpm is None else reading.hr_bpm
        speed_mps = self.speed_mps if reading.speed_mps is None else reading.speed_mps
        is_news = (hr_bpm, speed_mps) != (self.hr_bpm, self.speed_mps)
        return with_changes(self, hr_bpm=hr_bpm, speed_mps=speed_mps) if is_news else self

    def after(self, time_s: float, source: str, sensor: str, payload: bytes) -> "tuple[Intake, Reading | None]":
        """The intake after a payload, and the reading to go by, if it is one.

        Raises:
            PayloadError: the bytes mean nothing
        """
        fresh = with_changes(self, kept=()) if self.kept else self
        if source not in SOURCES:  # of a later version
            return fresh, None
        return _after_message(fresh, time_s, sensor, SOURCES[source].decode(payload))

    def after_steps(self, sensor: str, source: Source, reading: Reading) -> "tuple[Intake, Reading | None]":
        """The intake after a reading of steps, and the reading if its sensor leads."""
        assert source.rank is not None
        lead = self.lead
        if reading.cadence_spm:
            lead = lead.with_steps(sensor, rank=source.rank, time_s=reading.time_s)
        is_listened_to = lead.leader in {None, sensor}
        if source.error_spm:
            reading = with_changes(reading, error_spm=source.error_spm, is_by_hand=source.is_by_hand)
        return with_changes(self, lead=lead), reading if is_listened_to else None


def _after_message(fresh: Intake, time_s: float, sensor: str, message: Message) -> tuple[Intake, Reading | None]:
    """The intake after a message, and the reading to go by, if it is one."""
    match message:
        case RscMeasurement():
            return _after_rsc(fresh, time_s, sensor, message)
        case HeartRate():
            return with_changes(fresh, hr_bpm=message.usable_bpm), None
        case TreadmillData():
            return _after_treadmill(fresh, time_s, sensor, message)
        case HeardSteps():
            return _after_heard(fresh, time_s, sensor, message)
        case AccelerationFrame() | Answer() | PhoneSamples() | Tap():  # a reader makes readings of them
            return fresh, None
        case _:
            assert_never(message)


def _after_rsc(intake: Intake, time_s: float, sensor: str, measured: RscMeasurement) -> tuple[Intake, Reading | None]:
    before = intake.vote_of(sensor)
    vote = before.with_reading(measured.raw_per_min, measured.speed_mps, measured.is_running, measured.stride_length_m)
    after = with_changes(intake, votes={**intake.votes, sensor: vote}, newest=sensor)
    newest = Unread(time_s=time_s, measured=measured)
    if vote.unit is None and measured.raw_per_min:
        reading = with_changes(newest.read_as(Unit.STRIDES), cadence_spm=None, is_unread=True)
        after = _waiting(after, sensor, newest)
    else:
        reading = newest.read_as(vote.unit or Unit.STRIDES)  # none is none in any unit
        if vote.unit is not before.unit:
            after = _read_waiting(after, sensor, vote.unit or Unit.STRIDES)
        elif reading.is_unread:
            after = _waiting(after, sensor, newest)
        elif vote.unit is not None and intake.unread.get(sensor):
            after = _forget_unread(after, sensor)
    if reading.is_unread:
        reading = with_changes(reading, cadence_spm=None)
    if time_s - intake.belt_s < BELT_SPEAKS_FOR_S:
        reading = with_changes(reading, speed_mps=None)
    return after.after_steps(sensor, TREADMILL if sensor in intake.treadmills else RSC, reading)


def _waiting(intake: Intake, sensor: str, newest: Unread) -> Intake:
    """What a sensor has just sent waits until it can be read."""
    waiting = (*intake.unread.get(sensor, ()), newest)[-MOST_UNREAD:]
    return with_changes(intake, unread={**intake.unread, sensor: waiting})


def _forget_unread(intake: Intake, sensor: str) -> Intake:
    """What a sensor sent and could not be read was nonsense."""
    return with_changes(intake, unread={name: waiting for name, waiting in intake.unread.items() if name != sensor})


def _read_waiting(intake: Intake, sensor: str, unit: Unit) -> Intake:
    """What a sensor sent while it could not be read, read now."""
    readings = (one.read_as(unit) for one in intake.unread.get(sensor, ()))
    kept = tuple(reading for reading in readings if not reading.is_unread)
    return with_changes(_forget_unread(intake, sensor), kept=kept)


def _after_heard(intake: Intake, time_s: float, sensor: str, heard: HeardSteps) -> tuple[Intake, Reading | None]:
    """A microphone's step rate is read as it is; what it cannot tell is no reading."""
    if heard.cadence_spm is None:
        return intake, None
    return intake.after_steps(sensor, MICROPHONE, Reading(time_s=time_s, cadence_spm=heard.cadence_spm))


def _after_treadmill(intake: Intake, time_s: float, sensor: str, data: TreadmillData) -> tuple[Intake, Reading | None]:
    """The belt's speed goes before a pod's guess; it says nothing of steps. A part without speed is no reading."""
    belt_s = intake.belt_s if data.speed_mps is None else time_s
    after = with_changes(intake, treadmills=intake.treadmills | {sensor}, belt_s=belt_s)
    if data.speed_mps is None:
        return after, None
    return after, Reading(time_s=time_s, cadence_spm=None, speed_mps=data.speed_mps, hr_bpm=data.hr_bpm)
