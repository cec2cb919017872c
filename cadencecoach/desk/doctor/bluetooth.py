"""`doctor`, the Bluetooth part: is there a radio, who is heard, and where are the sensors that are remembered."""

from pathlib import Path

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.errors import DeviceError, NoHomeError, UsageError
from cadencecoach.live.opening.around import Around, entry_of, is_mute, session_text
from cadencecoach.live.opening.meant import Meant, sensor_meant
from cadencecoach.store.sensor_book import Remembered, SensorBook, open_book

LISTEN_S = 4.0
TAKEN = "it is asleep, out of range, or connected to a watch or phone (a pod talks to one at a time): move it, "
TAKEN += "switch Bluetooth off on watch and phone, and look again"
HELD = "another program on this computer is connected to it: close that program; two listeners double every message, "
HELD += "and when one disconnects the other loses the connection"
NO_STEPS = "if one of these is a foot pod, switch on its running mode in its own app"
NAME_IT = "name yours by its address, as in --feet ble:ADDRESS"


def bluetooth(sensors: Path | NoHomeError) -> tuple[Finding, ...]:
    """Look at the radio and the sensors around, and for those remembered in a file; takes some seconds."""
    try:
        with Radio() as radio:
            radio.check()
            around = Around(radio, open_book(sensors))
            found = around.look(seconds=LISTEN_S, in_full=True)
    except DeviceError as error:
        what, _, todo = str(error).removeprefix("Bluetooth: ").partition("; ")
        return (Finding(about="Bluetooth", is_well=False, text=what, todo=todo),)
    except UsageError as error:
        return (Finding(about="remembered sensors", is_well=False, text=str(error), todo="delete the file"),)
    return (Finding(about="Bluetooth", is_well=True, text="works"), *_sensors(found, around.book))


def _sensors(found: tuple[Found, ...], book: SensorBook) -> tuple[Finding, ...]:
    """One finding for each sensor that is remembered or around, and what a session would do."""
    here = {one.sensor.address for one in found}
    moved = {entry_of(one, found, book) for one in found}
    missing = tuple(_missing(one) for one in book.here() if one.address not in here and one not in moved)
    heard = tuple(_sensor_finding(one, entry_of(one, found, book)) for one in found)
    return (*heard, *missing, *_session(sensor_meant(found, book), found))


def _session(meant: Meant, found: tuple[Found, ...]) -> tuple[Finding, ...]:
    """Whether a session would find its steps; nothing where a sensor that is remembered is waited for."""
    if meant == Meant():
        todo = f"put it on and step on the spot; {NO_STEPS}" if found else "put it on and step on the spot"
        return (Finding(about="foot pod", is_well=False, text="none found", todo=todo),)
    if meant.one is None and not meant.choices:
        return ()
    todo = NAME_IT if meant.one is None else NO_STEPS if is_mute(meant.one) else ""
    return (Finding(about="session", is_well=not todo, text=f"would {session_text(meant, found)}", todo=todo),)


def _sensor_finding(one: Found, entry: Remembered | None) -> Finding:
    if one.is_held:
        return Finding(about=one.sensor.name, is_well=False, text="connected to this computer", todo=HELD)
    kinds = ", ".join(one.kinds) or "does not say what it is"
    counts = "" if entry is None or not entry.unit else f", remembered: counts {entry.unit}"
    moved = "" if entry is None or entry.address == one.sensor.address else ", remembered at another address"
    text = f"{kinds}, {one.signal_dbm} dBm, {one.sensor.address}{counts or moved}"
    return Finding(about=one.sensor.name, is_well=True, text=text)


def _missing(one: Remembered) -> Finding:
    return Finding(about=one.name, is_well=False, text="remembered, not found", todo=TAKEN)
