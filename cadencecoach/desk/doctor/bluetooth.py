"""`doctor`, the Bluetooth part: is there a radio, who is heard, and where are the sensors that are remembered."""

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import scan
from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.gait.sources import RADIO_SOURCES
from cadencecoach.store.sensor_book import STEP_KINDS, Remembered, SensorBook, open_book

LISTEN_S = 4.0
TAKEN = "it is asleep, out of range, or connected to a watch or phone (a pod talks to one at a time): move it, "
TAKEN += "switch Bluetooth off on watch and phone, and look again"
HELD = "another program on this computer is connected to it: close that program; two listeners double every message, "
HELD += "and when one disconnects the other loses the connection"


def bluetooth() -> tuple[Finding, ...]:
    """Look at the radio and the sensors around; takes some seconds."""
    try:
        book = open_book()
        with Radio() as radio:
            radio.check()
            found = radio.ask(scan(RADIO_SOURCES, LISTEN_S), within_s=LISTEN_S + 6.0)
    except DeviceError as error:
        what, _, todo = str(error).removeprefix("Bluetooth: ").partition("; ")
        return (Finding(about="Bluetooth", is_well=False, text=what, todo=todo),)
    except UsageError as error:
        return (Finding(about="remembered sensors", is_well=False, text=str(error), todo="delete the file"),)
    return (Finding(about="Bluetooth", is_well=True, text="works"), *_sensors(found, book))


def _sensors(found: tuple[Found, ...], book: SensorBook) -> tuple[Finding, ...]:
    """One finding for each sensor that is remembered or around."""
    around = {one.sensor.address: one for one in found}
    missing = tuple(_missing(one) for one in book.here() if one.address not in around)
    heard = tuple(_sensor_finding(one, book.by_address(one.sensor.address)) for one in found)
    if not any(kind in one.kinds for one in found for kind in STEP_KINDS) and not missing:
        nobody = Finding(about="foot pod", is_well=False, text="none found", todo="put it on and step on the spot")
        return (*heard, nobody)
    return (*heard, *missing)


def _sensor_finding(one: Found, entry: Remembered | None) -> Finding:
    if one.is_held:
        return Finding(about=one.sensor.name, is_well=False, text="connected to this computer", todo=HELD)
    counts = "" if entry is None or not entry.unit else f", remembered: counts {entry.unit}"
    return Finding(about=one.sensor.name, is_well=True, text=f"{', '.join(one.kinds)}, {one.signal_dbm} dBm{counts}")


def _missing(one: Remembered) -> Finding:
    return Finding(about=one.name, is_well=False, text="remembered, not found", todo=TAKEN)
