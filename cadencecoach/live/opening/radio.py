"""`--feet ble`: which sensor is meant, settled before the session begins."""

from dataclasses import dataclass

from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import Matches, named, scan
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.gait.sources import RADIO_SOURCES
from cadencecoach.gait.vote import Vote
from cadencecoach.live.opening.opened import OpenedFeet, vote_for
from cadencecoach.live.sensors.radio_feet import RadioFeet
from cadencecoach.session.host import Person
from cadencecoach.store.sensor_book import STEP_KINDS, SensorBook, open_book

LOOK_S = 2.5  # pods advertise several times a second
N_LOOKS = 10  # a pod that sleeps is woken by the runner who reads the line on the screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Sensors that are meant.

    Attributes:
        radio: running; whoever asked closes it
        book: what is remembered
        wanted: which to keep connected, the leading one first
        name: of the first, for a person
    """

    radio: Radio
    book: SensorBook
    wanted: tuple[Wanted, ...]
    name: str


def open_radio(text: str, unit: str, person: Person) -> OpenedFeet:
    """Sensors over the air as the source of a session.

    Args:
        text: as for `choose`
        unit: `auto`, or what every sensor is said to count
        person: as for `choose`
    Raises:
        DeviceError: no Bluetooth, or no pod around
        UsageError: several pods around and nobody to ask
    """
    try:
        chosen = choose(text, person)
    except DeviceError as error:
        raise DeviceError(f"{error}; or go without a pod: --feet none", error.reason) from error
    feet = RadioFeet(chosen.radio, chosen.book, chosen.wanted, chosen.name)
    votes = votes_of(chosen.book) if unit == "auto" else {}
    label = f"ble:{text}" if text else "ble"
    return OpenedFeet(feet=feet, vote=vote_for(unit), votes=votes, label=label, live=feet)


def votes_of(book: SensorBook) -> dict[str, Vote]:
    """How remembered sensors are read, by name."""
    return {one.name: vote_for(one.unit, is_given=one.is_unit_given) for one in reversed(book.here()) if one.unit}


def choose(text: str, person: Person) -> Chosen:
    """Which sensors are meant.

    Args:
        text: names or addresses, the leading one first, with commas between them; empty: the remembered pod, else the
            only one around, else ask
        person: who is asked
    Raises:
        DeviceError: no Bluetooth, or no pod around
        UsageError: several pods around and nobody to ask
    """
    book = open_book()
    radio = Radio()
    try:
        radio.check()
        named_ones = [part.strip() for part in text.split(",") if part.strip()]
        sensors = [_find_called(book, part) for part in named_ones] or [_settle(radio, book, person)]
    except BaseException:
        radio.close()
        raise
    wanted = tuple(Wanted(matches=matches, streams=RADIO_SOURCES) for matches, _ in sensors)
    return Chosen(radio=radio, book=book, wanted=wanted, name=sensors[0][1])


def _find_called(book: SensorBook, text: str) -> tuple[Matches, str]:
    """A sensor by what a person calls it: a remembered one by its address, others as soon as one is heard."""
    entry = next((one for one in book.here() if one.is_called(text)), None)
    return (named(text), text) if entry is None else (named(entry.address), entry.name)


def _settle(radio: Radio, book: SensorBook, person: Person) -> tuple[Matches, str]:
    """The sensor to take when none is named."""
    remembered = book.of_kind(*STEP_KINDS)
    if remembered is not None:
        return named(remembered.address), remembered.name
    pods = _around(radio, person)
    sensor = pods[0].sensor if len(pods) == 1 else _ask_which(pods, person).sensor
    return named(sensor.address), sensor.name


def _around(radio: Radio, person: Person) -> tuple[Found, ...]:
    """Everything that knows steps, of the best kind there is; looked for until there is something, for a while."""
    for n_looks in range(N_LOOKS):
        found = radio.ask(scan(RADIO_SOURCES, LOOK_S), within_s=LOOK_S + 6.0)
        kinds = (tuple(one for one in found if kind in one.kinds) for kind in STEP_KINDS)
        if pods := next(filter(None, kinds), ()):
            return pods
        if n_looks == 0:
            person.tell("No foot pod found yet. Put it on and step on the spot to wake it...")
    return ()


def _ask_which(pods: tuple[Found, ...], person: Person) -> Found:
    """The one a person chooses."""
    if not pods:
        raise DeviceError(
            "no foot pod found: wake it by stepping on the spot, and make sure no watch or phone is connected to it "
            "(a pod talks to one at a time); `cadencecoach sensors scan` shows the sensors around",
            Reason.VANISHED,
        )
    names = ", ".join(f"{one.sensor.name} ({one.sensor.address})" for one in pods)
    if not person.can_answer:
        raise UsageError(f"--feet ble: several foot pods found; name one, as in --feet ble:NAME. Found: {names}")
    told = [f"{one.sensor.name}  {one.sensor.address}  {one.signal_dbm} dBm" for one in pods]
    return pods[person.choose("Which one is yours?", told)]
