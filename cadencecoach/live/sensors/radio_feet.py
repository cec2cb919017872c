"""Sensors over the air as a source of a live session: the foot pod, and what joins it while it is around."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Protocol

from cadencecoach.coach.events import NEVER
from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, SensorFact, Troubled, Unlinked
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import UsageError
from cadencecoach.gait.polar import ANSWER
from cadencecoach.gait.sources import ACCELERATION, SOURCES, STEP_SOURCES
from cadencecoach.live.sensors.company import NearbySensors
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.session import Session
from cadencecoach.store.sensor_book import Remembered, SensorBook, change_book

LOW_BATTERY_PERCENT = 10
NEWS_S = 10.0
STEPS = frozenset(one.name for one in STEP_SOURCES)


class Pods(Protocol):
    """Where sensors are kept connected: this process's own radio, or the owner of a room's."""

    def keep(self, wanted: Wanted) -> None:
        """Keep a sensor connected from now on."""

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Call this, from another thread, whenever something has come."""

    def peek(self) -> Event | None:
        """The oldest event that has not been taken; None when there is none. Never waits."""

    def take(self) -> Event | None:
        """The same, taken."""

    def close(self) -> None:
        """Part from all sensors; a second call does nothing."""


class RadioFeet(NoFeet):
    """What the radio hands up, in session time. Only a radio of its own looks for others that may join.

    Args:
        radio: running already
        book: what is remembered
        wanted: the sensors that are asked for, the leading one first
        name: of the first, for messages
        told: what a person should know of them from the start
    """

    def __init__(self, radio: Pods, book: SensorBook, wanted: tuple[Wanted, ...], name: str, told: str = "") -> None:
        """Nothing is connected before `begin`."""
        self._radio = radio
        self._book = book
        self._wanted = wanted
        self._clock = HostClock()
        self._company = NearbySensors(radio, book) if isinstance(radio, Radio) else None
        self._names: dict[str, str] = {}
        self._kinds: dict[Sensor, set[str]] = {}
        self._linked: set[str] = set()
        self._moved: list[tuple[Sensor, Sensor]] = []
        self._trouble = told or fill(ENGLISH_SCREEN.sensor_sought, sensor=name)
        self._news = (told, NEWS_S)
        self._notes: list[str] = []

    def begin(self, clock: HostClock) -> None:
        """Connect, and go by a clock; it may be restarted later."""
        self._clock = clock
        self._radio.ring_with(clock.ring)
        for wanted in self._wanted:
            self._radio.keep(wanted)

    def close(self) -> None:
        """Part from all sensors."""
        self._radio.close()

    @property
    def message(self) -> str:
        """What needs attention; mostly empty while the sensor is connected."""
        text, until_s = self._news
        return self._trouble or (text if self._clock.now_s() < until_s else "")

    def next_s(self) -> float:
        """The time of the next event. Bytes from before the start are left out, but for what a unit is worth."""
        if self._company is not None:
            self._company.tend(self._clock.now_s(), self._linked)
        while isinstance(event := self._radio.peek(), Notified) and event.time_s < self._clock.begun_s:
            if _says_units(event):
                break
            self._radio.take()
        return NEVER if event is None else self._clock.session_s(event.time_s)

    def deliver(self, session: Session) -> None:
        """Hand over the next event."""
        event = self._radio.take()
        if event is None:
            return
        time_s = self._clock.session_s(event.time_s)
        match event:
            case Notified():
                before = session.leader
                session.take_payload(time_s, event.source, event.payload, self._name_of(event.sensor))
                if before and session.leader != before:
                    self._news = (
                        fill(session.state.words.screen.sensor_leads, sensor=session.leader),
                        time_s + NEWS_S,
                    )
            case Linked() | Unlinked():
                self._note_link(session, time_s, event)
            case SensorFact():
                self._note_fact(session, event)
            case Troubled():
                self._trouble = event.text

    def remember(self, session: Session) -> tuple[str, ...]:
        """Put the sensors of a session that is over into the book; what a person should know."""
        heard = list[Remembered]()
        votes = session.votes
        joined = sorted(self._kinds.items(), key=lambda item: self._name_of(item[0]) == session.leader)
        for sensor, kinds in joined:
            entry = Remembered(name=sensor.name, address=sensor.address, kinds=tuple(sorted(kinds)))
            vote = votes.get(self._name_of(sensor))
            if vote is not None and vote.unit is not None and vote.is_worth_remembering:
                entry = replace(entry, unit=vote.unit.name.lower(), is_unit_given=vote.is_given)
            heard.append(entry)
        if heard:
            try:
                change_book(self._book.path, lambda book: reduce(SensorBook.with_sensor, heard, self._with_moved(book)))
            except UsageError as error:
                self._notes.append(str(error))
        return tuple(self._notes)

    def _with_moved(self, book: SensorBook) -> SensorBook:
        """The book with the sensors that took a new address while they were used."""
        for before, after in self._moved:
            entry = book.by_address(before.address)
            book = book if entry is None else book.with_address(entry, after.address)
        return book

    def _name_of(self, sensor: Sensor) -> str:
        """What a session calls a sensor: its name, with a part of the address where two have the same."""
        if sensor.address not in self._names:
            is_taken = sensor.name in self._names.values()
            self._names[sensor.address] = f"{sensor.name} {sensor.address[-5:]}" if is_taken else sensor.name
        return self._names[sensor.address]

    def _note_link(self, session: Session, time_s: float, event: Linked | Unlinked) -> None:
        """Write down a link that came or went, and say what it means for the runner."""
        if isinstance(event, Linked) and event.before is not None and event.sources:
            self._note_move(session, time_s, event.before, event.sensor)
        name = self._name_of(event.sensor)
        is_up = isinstance(event, Linked)
        for source in event.sources:
            session.take_link(time_s, state="connected" if is_up else "lost", source=source, name=name)
        if event.sources:
            self._kinds.setdefault(event.sensor, set()).update(SOURCES[source].kind for source in event.sources)
        change = self._linked.union if is_up else self._linked.difference
        self._linked = set(change(event.sources))
        if self._linked & STEPS:
            self._trouble = ""
        elif STEPS & set(event.sources):
            self._trouble = fill(session.state.words.screen.sensor_lost, sensor=name)
        elif is_up and self._wanted[0].may_be(event.sensor):
            self._trouble = fill(session.state.words.screen.sensor_no_steps, sensor=name)

    def _note_move(self, session: Session, time_s: float, before: Sensor, after: Sensor) -> None:
        """Go on calling a sensor as before at its new address, and say that it has one: it may be another's."""
        name = self._name_of(before)
        self._names[after.address] = name
        self._kinds[after] = self._kinds.pop(before, set())
        self._moved.append((before, after))
        text = fill(session.state.words.screen.sensor_moved, sensor=name, address=after.address)
        self._news = (text, time_s + NEWS_S)

    def _note_fact(self, session: Session, event: SensorFact) -> None:
        if event.about == "battery" and len(event.value) == 1 and event.value[0] <= LOW_BATTERY_PERCENT:
            note = fill(
                session.state.words.screen.battery_low, sensor=self._name_of(event.sensor), percent=event.value[0]
            )
            if note not in self._notes:
                self._notes.append(note)


def _says_units(event: Notified) -> bool:
    """It is a strap's answer to the start: without it compressed acceleration is read in the wrong unit."""
    return event.source == ACCELERATION.name and event.payload[:1] == bytes((ANSWER,))
