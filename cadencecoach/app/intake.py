"""From sensors' bytes to readings: each sensor with its own vote, one in the lead. Pure: a value after a value."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cadencecoach.gait.ftms import decode_treadmill
from cadencecoach.gait.heart import decode_heart
from cadencecoach.gait.lead import Lead
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.unit import Unit, Vote, cadence_of

# A pod counts at a foot; a strap's steps are ours, from its acceleration; a treadmill's come from the belt's motor.
POD_RANK, STRAP_RANK, TREADMILL_RANK = 0, 1, 2
BELT_SPEAKS_FOR_S = 5.0  # while a treadmill tells its speed, a pod's guess at it is not used


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
    """

    vote: Vote
    votes: Mapping[str, Vote] = field(default_factory=dict)
    lead: Lead = field(default_factory=Lead)
    treadmills: frozenset[str] = frozenset()
    belt_s: float = -math.inf
    hr_bpm: float | None = None
    speed_mps: float | None = None

    def vote_of(self, sensor: str) -> Vote:
        """How a sensor is read."""
        return self.votes.get(sensor, self.vote)

    @property
    def unit(self) -> Unit | None:
        """How the leader is read; None until decided. Before anybody leads, what was given from outside."""
        return self.vote_of(self.lead.leader or "").unit

    def flipped(self) -> "Intake":
        """The leader's numbers read the other way from now on; the same where nothing is decided."""
        leader = self.lead.leader or ""
        vote = self.vote_of(leader)
        if vote.unit is None:
            return self
        return replace(self, votes={**self.votes, leader: replace(vote, unit=vote.unit.next)})

    def beside(self, reading: Reading) -> "Intake":
        """The intake after a reading: heart rate and speed, where it knows them, are the newest."""
        hr_bpm = self.hr_bpm if reading.hr_bpm is None else reading.hr_bpm
        speed_mps = self.speed_mps if reading.speed_mps is None else reading.speed_mps
        is_news = (hr_bpm, speed_mps) != (self.hr_bpm, self.speed_mps)
        return replace(self, hr_bpm=hr_bpm, speed_mps=speed_mps) if is_news else self

    def after(self, time_s: float, source: str, sensor: str, payload: bytes) -> "tuple[Intake, Reading | None]":
        """The intake after a payload, and the reading to go by, if it is one.

        Raises:
            PayloadError: the bytes mean nothing
        """
        match source:
            case "rsc":
                return self._after_rsc(time_s, sensor, payload)
            case "hr":
                return replace(self, hr_bpm=decode_heart(payload).usable_bpm), None
            case "treadmill":
                return self._after_treadmill(time_s, sensor, payload)
            case _:
                return self, None

    def _after_rsc(self, time_s: float, sensor: str, payload: bytes) -> "tuple[Intake, Reading | None]":
        measured = decode_rsc(payload)
        vote = self.vote_of(sensor).with_reading(measured.raw_per_min, measured.speed_mps, measured.is_running)
        is_news = vote is not self.votes.get(sensor)
        after = replace(self, votes={**self.votes, sensor: vote}) if is_news else self
        if vote.unit is None:
            return after, None
        reading = Reading(
            time_s=time_s,
            cadence_spm=cadence_of(measured.raw_per_min, measured.speed_mps, vote.unit),
            speed_mps=None if time_s - self.belt_s < BELT_SPEAKS_FOR_S else measured.speed_mps,
            is_running=measured.is_running,
        )
        rank = TREADMILL_RANK if sensor in self.treadmills else POD_RANK
        return after.led(sensor, rank, reading)

    def _after_treadmill(self, time_s: float, sensor: str, payload: bytes) -> "tuple[Intake, Reading | None]":
        """The belt's speed goes before a pod's guess; it says nothing of steps. A part without speed is no reading."""
        data = decode_treadmill(payload)
        belt_s = self.belt_s if data.speed_mps is None else time_s
        after = replace(self, treadmills=self.treadmills | {sensor}, belt_s=belt_s)
        if data.speed_mps is None:
            return after, None
        return after, Reading(time_s=time_s, cadence_spm=None, speed_mps=data.speed_mps, hr_bpm=data.hr_bpm)

    def led(self, sensor: str, rank: int, reading: Reading) -> "tuple[Intake, Reading | None]":
        """The intake after a reading of steps, and the reading if its sensor leads."""
        lead = self.lead
        if reading.cadence_spm:
            lead = lead.with_steps(sensor, rank=rank, time_s=reading.time_s)
        is_listened_to = lead.leader in {None, sensor}
        return replace(self, lead=lead), reading if is_listened_to else None
