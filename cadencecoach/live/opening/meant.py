"""Which sensor is meant, of those that are heard: by address, by name, by nearness, and never by chance. Pure.

An address alone is not enough: some sensors take a new one each time they wake, or after a reset. A name alone is not
enough either: two of one maker have the same. Where neither settles it the nearer one does, if it is nearer by a
margin that single messages do not blur, and where nothing does, a person is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.scanning import is_clearly_louder, matches_text, nearest
from cadencecoach.store.sensor_book import STEP_KINDS, Remembered, SensorBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a session takes.

    Attributes:
        one: the sensor; None where somebody must choose, or it is not heard
        moved: the remembered sensor that it, or one of the choices, is: heard at another address
        farther: others it might have been, heard less loud
        choices: sensors to choose from, where nothing settles which one
        awaited: the remembered sensor that is meant and not heard; the choices are others then
    """

    one: Found | None = None
    moved: Remembered | None = None
    farther: tuple[Found, ...] = ()
    choices: tuple[Found, ...] = ()
    awaited: Remembered | None = None


def sensor_meant(found: Sequence[Found], book: SensorBook, text: str = "") -> Meant:
    """The sensor of a session.

    Args:
        found: what is heard
        book: what is remembered
        text: name or address, as a person typed it; empty: what counts steps
    """
    known = entries_meant(book, text)
    fitting = [one for one in found if matches_text(text)(one.sensor)] if text else _step_sensors(found)
    if is_address(text, found, book):
        one = next((one for one in found if one.sensor.address.casefold() == text.casefold()), None)
        return Meant(one=one, awaited=known[0] if one is None and known else None)
    for entry in known:
        at_home = next((one for one in found if one.sensor.address == entry.address), None)
        if at_home is not None:
            rivals = tuple(one for one in _namesakes(found, entry) if is_clearly_louder(one, at_home))
            return Meant(choices=(*rivals, at_home)) if rivals else Meant(one=at_home)
    for entry in known:
        if alike := _namesakes(found, entry):
            return replace(_by_nearness(alike), moved=entry)
    if known:
        return Meant(choices=tuple(fitting), awaited=known[0])
    return _by_nearness(fitting)


def _by_nearness(fitting: Sequence[Found]) -> Meant:
    """The clearly nearest, else a choice."""
    one = nearest(fitting)
    if one is None:
        return Meant(choices=tuple(fitting))
    return Meant(one=one, farther=tuple(other for other in fitting if other is not one))


def entries_meant(book: SensorBook, text: str) -> tuple[Remembered, ...]:
    """The remembered sensors a person may mean, the likeliest first."""
    return tuple(one for one in book.here() if one.is_called(text)) if text else book.of_kinds(*STEP_KINDS)


def is_address(text: str, found: Sequence[Found], book: SensorBook) -> bool:
    """Whether a text is the address of a sensor, so that no other is meant."""
    addresses = (*(one.sensor.address for one in found), *(one.address for one in book.here()))
    return bool(text) and text.casefold() in {address.casefold() for address in addresses}


def _namesakes(found: Sequence[Found], entry: Remembered) -> list[Found]:
    """Sensors with the name of a remembered one at other addresses; those with steps, if any has."""
    if entry.name == entry.address:
        return []
    alike = [one for one in found if one.sensor.name == entry.name and one.sensor.address != entry.address]
    return _step_sensors(alike) or alike


def _step_sensors(found: Sequence[Found]) -> list[Found]:
    """Everything that counts steps, of the best kind there is."""
    kinds = ([one for one in found if kind in one.kinds] for kind in STEP_KINDS)
    return next(filter(None, kinds), [])
