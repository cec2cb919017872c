"""`--feet ble`: which sensor is meant, settled before the session begins."""

from collections.abc import Iterable
from dataclasses import dataclass

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.remote import RemotePods
from cadencecoach.devices.ble.scanning import at_address, matches_text, namesake, no_sensor
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.lane import LaneName, given_lane
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.gait.sources import RADIO_SOURCES
from cadencecoach.gait.vote import Vote, vote_for
from cadencecoach.live.opening.around import Around, choice_text, found_text, is_mute, mute_text
from cadencecoach.live.opening.meant import Meant, is_address, sensor_meant
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.sensors.lane_pods import lane_wanted
from cadencecoach.live.sensors.radio_feet import RadioFeet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.host import Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import Remembered, SensorBook, open_book

N_LOOKS = 10  # a pod that sleeps is woken by the runner who reads the line on the screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Sensors that are meant.

    Attributes:
        radio: running; whoever asked closes it
        book: what is remembered
        wanted: which to keep connected, the leading one first
        name: of the first, for a person
        told: what a person should know of that choice; mostly empty
    """

    radio: Radio
    book: SensorBook
    wanted: tuple[Wanted, ...]
    name: str
    told: str = ""


def open_radio(
    machine: Machine, text: str, unit: str, person: Person, texts: ScreenTexts = ENGLISH_SCREEN
) -> OpenedFeet:
    """Sensors over the air as the source of a session.

    Args:
        machine: which sensors it remembers
        text: as for `choose`
        unit: `auto`, or what every sensor is said to count
        person: as for `choose`
        texts: likewise
    Raises:
        DeviceError: no Bluetooth, or no pod around
        UsageError: several pods around and nobody to ask
    """
    lane = given_lane()
    if lane is not None:
        return open_lane(machine, text, unit, lane)
    try:
        chosen = choose(machine, text, person, texts)
    except DeviceError as error:
        raise DeviceError(f"{error}; {texts.pod_without}", error.reason) from error
    return _open_chosen(chosen, f"ble:{text}" if text else "ble", unit)


def open_lane(machine: Machine, text: str, unit: str, lane: LaneName) -> OpenedFeet:
    """Sensors that the owner of a room's radio keeps for a lane, as the source of a session.

    Nobody is asked and nothing is waited for: a sensor that is not there yet is said on the screen.

    Args:
        machine: which sensors it remembers
        text: names or addresses, the leading one first, with commas between them
        unit: `auto`, or what every sensor is said to count
        lane: which
    Raises:
        UsageError: the list of remembered sensors makes no sense
    """
    book, wanted = open_book(machine.sensors_file), lane_wanted(text)
    first = text.partition(",")[0].strip()
    feet = RadioFeet(RemotePods(lane.radio, lane.number), book, wanted, first)
    votes = _votes_in(book, wanted) if unit == "auto" else {}
    return OpenedFeet(feet=feet, vote=vote_for(unit), votes=votes, label=f"ble:{text}", live=feet)


def open_heard(machine: Machine, unit: str, person: Person, texts: ScreenTexts = ENGLISH_SCREEN) -> OpenedFeet | None:
    """The sensor of steps that is heard now, as the source of a session; None where none is, or there is no Bluetooth.

    The one used last, else the only one or clearly the nearest; of several the person says which, and where nobody can
    be asked it is none of them: they may be anybody's.

    Args:
        machine: which sensors it remembers
        unit: `auto`, or what every sensor is said to count
        person: who is asked
        texts: in that person's language
    Raises:
        UsageError: the list of remembered sensors makes no sense
    """
    book = open_book(machine.sensors_file)
    radio = Radio()
    try:
        radio.check()
        around = Around(radio, book)
        found = around.look()
        meant = sensor_meant(found, book)
        if meant.one is None and not (meant.choices and person.can_answer):
            radio.close()
            return None
        wanted, name, told = _settle(around, found, "", person, texts)
    except DeviceError:
        radio.close()
        return None
    except BaseException:
        radio.close()
        raise
    return _open_chosen(Chosen(radio=radio, book=around.book, wanted=(wanted,), name=name, told=told), "ble", unit)


def _open_chosen(chosen: Chosen, label: str, unit: str) -> OpenedFeet:
    feet = RadioFeet(chosen.radio, chosen.book, chosen.wanted, chosen.name, chosen.told)
    votes = votes_of(chosen) if unit == "auto" else {}
    return OpenedFeet(feet=feet, vote=vote_for(unit), votes=votes, label=label, live=feet)


def votes_of(chosen: Chosen) -> dict[str, Vote]:
    """How remembered sensors are read, by name; of two of one name as the one that is meant, else the one used last."""
    return _votes_in(chosen.book, chosen.wanted)


def _votes_in(book: SensorBook, sensors: tuple[Wanted, ...]) -> dict[str, Vote]:
    def is_meant(one: Remembered) -> bool:
        sensor = Sensor(address=one.address, name=one.name)
        return any(wanted.matches(sensor) for wanted in sensors)

    known = list(reversed(book.here()))
    known.sort(key=is_meant)
    return {one.name: vote_for(one.unit, is_given=one.is_unit_given) for one in known if one.unit}


def choose(machine: Machine, text: str, person: Person, texts: ScreenTexts = ENGLISH_SCREEN) -> Chosen:
    """Which sensors are meant.

    Args:
        machine: which sensors it remembers
        text: names or addresses, the leading one first, with commas between them; empty: the remembered pod, else the
            only one around or clearly the nearest, else ask
        person: who is asked
        texts: in that person's language
    Raises:
        DeviceError: no Bluetooth, or no pod around
        UsageError: several pods around and nobody to ask
    """
    book = open_book(machine.sensors_file)
    radio = Radio()
    try:
        radio.check()
        parts = [part.strip() for part in text.split(",") if part.strip()] or [""]
        around = Around(radio, book)
        found = around.look(parts)
        sensors = [_settle(around, found, part, person, texts) for part in parts]
    except BaseException:
        radio.close()
        raise
    wanted = tuple(wanted for wanted, _, _ in sensors)
    told = "; ".join(told for _, _, told in sensors if told)
    return Chosen(radio=radio, book=around.book, wanted=wanted, name=sensors[0][1], told=told)


def _settle(
    around: Around, found: tuple[Found, ...], text: str, person: Person, texts: ScreenTexts
) -> tuple[Wanted, str, str]:
    """The sensor to keep, what a person calls it, and what a person should know of the choice."""
    meant = sensor_meant(found, around.book, text)
    if not text and meant == Meant():
        found = _wait_for_steps(around, found, person, texts)
        meant = sensor_meant(found, around.book)
    one = _ask_which(meant, text, person, texts) if meant.choices else meant.one
    if one is not None:
        if meant.moved is not None and not is_mute(one):
            around.move(meant.moved, one)
        told = choice_text(meant, texts)
        others = (other.sensor.address for other in found if other.sensor != one.sensor)
        return _wanted_of(one.sensor, besides=others), one.sensor.name, told
    if meant.awaited is not None:
        sensor = Sensor(address=meant.awaited.address, name=meant.awaited.name)
        heard = ", ".join(found_text(other, texts) for other in meant.choices)
        told = fill(texts.pod_awaited, sensor=sensor.name, heard=heard) if heard else ""
        return _wanted_of(sensor), sensor.name, told
    like = no_sensor if is_address(text, found, around.book) else matches_text(text)
    return Wanted(matches=at_address(text), like=like, streams=RADIO_SOURCES), text, ""


def _wanted_of(sensor: Sensor, besides: Iterable[str] = ()) -> Wanted:
    """A sensor to keep by its address, or by its name should it take another one."""
    like = namesake(sensor, besides=besides)
    return Wanted(matches=at_address(sensor.address), like=like, streams=RADIO_SOURCES)


def _wait_for_steps(around: Around, found: tuple[Found, ...], person: Person, texts: ScreenTexts) -> tuple[Found, ...]:
    """What is heard once something counts steps: a pod that sleeps is woken by the runner who reads the line.

    Raises:
        DeviceError: nothing that does was heard for a while
    """
    person.tell(texts.pod_none_yet)
    told = ""
    for _ in range(N_LOOKS):
        if not told and (told := mute_text(found, texts)):
            person.tell(told)
        found = around.look()
        if sensor_meant(found, around.book) != Meant():
            again = around.look()  # one that has just woken may not be the only one
            return found if sensor_meant(again, around.book) == Meant() else again
    scan = fill(texts.pod_scan, command=command_line("sensors scan"))
    raise DeviceError(f"{texts.pod_wake}; {scan}; {texts.pod_name}", Reason.VANISHED)


def _ask_which(meant: Meant, text: str, person: Person, texts: ScreenTexts) -> Found | None:
    """The sensor a person chooses; None where the remembered one is waited for.

    Raises:
        UsageError: nobody can be asked, and nothing is remembered that could be waited for
    """
    names = [found_text(one, texts) for one in meant.choices]
    if meant.awaited is not None:
        if not person.can_answer:
            return None
        waiting = fill(texts.pod_wait, sensor=meant.awaited.name)
        question = fill(texts.pod_silent_which, sensor=meant.awaited.name)
        chosen = person.choose(question, [*names, waiting], texts)
        return meant.choices[chosen] if chosen < len(meant.choices) else None
    if not person.can_answer:
        asked = f"ble:{text}" if text else "ble"
        raise UsageError(
            f"--feet {asked}: several sensors found; name one by its address, as in --feet ble:ADDRESS (or by its "
            f"name, --feet ble:NAME, where only one has it). Found: {', '.join(names)}"
        )
    return meant.choices[person.choose(texts.pod_which, names, texts)]
