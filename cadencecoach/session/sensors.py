"""The sensors of one session: bytes in; out come the reading to go by, footfalls, and what the journal says of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cadencecoach.coach.events import NEVER
from cadencecoach.errors import PayloadError
from cadencecoach.gait.microphone import decode_heard
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.sources import HEART, MICROPHONE, SOURCES, Reader, Source
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.record.lines import LeadLine, Line, NoteLine, PayloadLine, PlacementLine, UnitLine
from cadencecoach.session.intake import BELT_SPEAKS_FOR_S, Intake
from cadencecoach.session.sensor_words import unit_overturned
from cadencecoach.units import MS_PER_S, STALE_AFTER_S


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorNews:
    """What a payload told us.

    Attributes:
        lines: of the journal, in their order
        reading: to go by; None where it was none, or another sensor leads
        footfalls_s: session times of the leader's newest footfalls; empty where there is no new one
        kept: readings of the past that have become readable, of the sensor to go by, oldest first
        is_read_anew: the leader's numbers are read another way from now on; what was read of them before is wrong
    """

    lines: tuple[Line, ...]
    reading: Reading | None = None
    footfalls_s: tuple[float, ...] = ()
    kept: tuple[Reading, ...] = ()
    is_read_anew: bool = False


class Sensors:
    """How each sensor is read, which of them leads, and what they last told.

    Args:
        vote: how a sensor's numbers are read, as far as it is known before the first of them
        votes: the same for single sensors by name, where more is known of them
        texts: in the runner's language
    """

    def __init__(self, *, vote: Vote, votes: Mapping[str, Vote], texts: ScreenTexts = ENGLISH_SCREEN) -> None:
        """No sensor has spoken yet."""
        self._texts = texts
        self._intake = Intake(vote=vote, votes=votes)
        self._signal_readers = SignalReaders()
        self._units_noted: dict[str, Unit] = {}
        self._placements_noted: dict[str, str] = {}
        self._is_beat_found = False
        self._speed_s = self._hr_s = -NEVER
        self.n_bad_payloads = 0

    @property
    def unit(self) -> Unit | None:
        """How the leader's numbers are read; None until decided, or where the question does not arise."""
        return self._intake.unit

    @property
    def votes(self) -> dict[str, Vote]:
        """How each sensor that has a name is read."""
        return {name: vote for name, vote in self._intake.votes.items() if name}

    @property
    def asked_sensor(self) -> str:
        """The sensor whose unit the key changes; empty where there is none with a name."""
        return self._intake.asked_sensor

    @property
    def newest_raw_per_min(self) -> float | None:
        """What the asked sensor last sent in numbers that cannot be read; None where it sent none."""
        waiting = self._intake.unread.get(self._intake.asked_sensor)
        return waiting[-1].measured.raw_per_min if waiting else None

    @property
    def is_without_rate(self) -> bool:
        """Whether the asked sensor's messages end before they tell a step rate."""
        waiting = self._intake.unread.get(self._intake.asked_sensor)
        return bool(waiting) and self.newest_raw_per_min is None

    @property
    def leader(self) -> str:
        """Name of the sensor that is listened to; empty where there is none with a name."""
        return self._intake.lead.leader or ""

    @property
    def placement(self) -> str:
        """Where the leader sits, if it is a sensor of acceleration and that is known; else empty."""
        return self._signal_readers.placement_of(self.leader)

    def hr_bpm_at(self, time_s: float) -> float | None:
        """Heart rate, as long as it is fresh: an old one would look like one of now."""
        return self._intake.hr_bpm if time_s - self._hr_s <= STALE_AFTER_S else None

    def speed_mps_at(self, time_s: float) -> float | None:
        """Speed, likewise."""
        return self._intake.speed_mps if time_s - self._speed_s <= STALE_AFTER_S else None

    def rates_age_s(self, time_s: float) -> float:
        """How old the older of the two is, of those that are fresh; 0 where there is none."""
        ages_s = (time_s - self._hr_s, time_s - self._speed_s)
        return max((age_s for age_s in ages_s if age_s <= STALE_AFTER_S), default=0.0)

    def take(self, time_s: float, *, source: str, sensor: str, payload: bytes) -> SensorNews:
        """Bytes from a sensor; bad ones are counted and bring nothing but their own line."""
        came = PayloadLine(time_s, source, payload.hex(), sensor or None)
        leader, unit = self.leader, self._unit_of(sensor)
        try:
            self._intake, reading = self._after_payload(time_s, source, sensor, payload)
        except PayloadError:
            self.n_bad_payloads += 1
            return SensorNews(lines=(came,))
        if source == HEART.name:
            self._hr_s = time_s
        unit_now = self._unit_of(sensor)
        lines: list[Line] = [came, *self._unit_news(time_s, sensor, unit_now), *self._placement_news(time_s, sensor)]
        if source == MICROPHONE.name:
            lines += self._beat_news(time_s, payload)
        is_other = unit is not None and unit_now is not unit
        if is_other:
            text = unit_overturned(sensor, unit, unit_now, self._texts)
            lines.append(NoteLine(time_s, about="sensor", text=text))
        if self.leader != leader:
            lines.append(LeadLine(time_s, source=source, name=self.leader))
        footfalls_s = self._signal_readers.new_footfalls_s(source, sensor) if self._intake.lead.leader == sensor else ()
        return SensorNews(
            lines=tuple(lines),
            reading=reading,
            footfalls_s=footfalls_s,
            kept=() if reading is None else self._intake.kept,
            is_read_anew=is_other and reading is not None,
        )

    def keep_rates(self, reading: Reading) -> float | None:
        """Keep a reading's heart rate and speed; the speed that goes with it: its own, or that of a belt beside it."""
        self._intake = self._intake.beside(reading)
        if reading.speed_mps is not None:
            self._speed_s = reading.time_s
        if reading.hr_bpm is not None:
            self._hr_s = reading.time_s
        return self._intake.speed_mps if reading.time_s - self._speed_s < BELT_SPEAKS_FOR_S else None

    def flip_unit(self, time_s: float) -> SensorNews:
        """Read the asked sensor's numbers the other way from now on; no lines where there is nothing to decide."""
        sensor = self._intake.asked_sensor
        flipped = self._intake.with_unit_flipped()
        if flipped is self._intake:
            return SensorNews(lines=())
        self._intake = flipped
        return SensorNews(
            lines=self._unit_news(time_s, sensor, self._unit_of(sensor)), kept=flipped.kept, is_read_anew=True
        )

    def _unit_of(self, sensor: str) -> Unit | None:
        """How a sensor that has spoken is read; None while that is open."""
        vote = self._intake.votes.get(sensor)
        return None if vote is None else vote.unit

    def _after_payload(self, time_s: float, source: str, sensor: str, payload: bytes) -> tuple[Intake, Reading | None]:
        """The intake after a payload, and the reading to go by, if there is one."""
        row = SOURCES.get(source)
        if row is None or row.reader is None:
            return self._intake.after(time_s, source, sensor, payload)
        reading = self._signal_readers.take(time_s, row, sensor, payload)
        fresh = replace(self._intake, kept=()) if self._intake.kept else self._intake
        return (fresh, None) if reading is None else fresh.after_steps(sensor, row, reading)

    def _unit_news(self, time_s: float, sensor: str, unit: Unit | None) -> tuple[Line, ...]:
        """How a sensor is read, once for each decision."""
        if unit is None or self._units_noted.get(sensor) is unit:
            return ()
        self._units_noted[sensor] = unit
        return (UnitLine(time_s, unit.name.lower(), sensor or None),)

    def _beat_news(self, time_s: float, payload: bytes) -> Iterator[Line]:
        """When our own beat reaches a microphone, whenever that has become known."""
        delay_s = decode_heard(payload).delay_s
        if delay_s is not None and not self._is_beat_found:
            text = fill(self._texts.mic_beat_found, delay=f"{delay_s * MS_PER_S:.0f}")
            yield NoteLine(time_s, about="microphone", text=text)
        self._is_beat_found = delay_s is not None

    def _placement_news(self, time_s: float, sensor: str) -> tuple[Line, ...]:
        """Where a sensor of acceleration sits, whenever that is another place than before."""
        placement = self._signal_readers.placement_of(sensor)
        if placement == self._placements_noted.get(sensor, ""):
            return ()
        self._placements_noted[sensor] = placement
        return (PlacementLine(time_s, placement, sensor or None),)


class SignalReaders:
    """Makes a reader for each sensor whose source needs one, when it first speaks."""

    def __init__(self) -> None:
        self._readers: dict[tuple[str, str], Reader] = {}
        self._n_told: dict[tuple[str, str], int] = {}

    def take(self, time_s: float, source: Source, sensor: str, payload: bytes) -> Reading | None:
        """What a sensor's payload says; mostly nothing yet.

        Raises:
            PayloadError: the bytes mean nothing
        """
        key = source.name, sensor
        if key not in self._readers:
            assert source.reader is not None
            self._readers[key] = source.reader()
        return self._readers[key].take(time_s, payload)

    def new_footfalls_s(self, source: str, sensor: str) -> tuple[float, ...]:
        """Session times of a sensor's newest footfalls, if there is one that has not been told yet; else empty."""
        key = source, sensor
        reader = self._readers.get(key)
        if reader is None or reader.n_seen == self._n_told.get(key, 0):
            return ()
        self._n_told[key] = reader.n_seen
        return reader.footfalls_s

    def placement_of(self, sensor: str) -> str:
        """Where a sensor sits as far as its signal tells, in words; empty while it does not."""
        places = (reader.place for (_, name), reader in self._readers.items() if name == sensor)
        return next(filter(None, places), "")
