"""A short look for the sensor that a session would take: whether it is heard before anybody starts."""

from cadencecoach.devices.ble.radio import Radio
from cadencecoach.live.opening.around import Around
from cadencecoach.live.opening.meant import Meant, sensor_meant
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import open_book


def look_for_sensor(machine: Machine, text: str) -> Meant:
    """What a session would take now.

    Args:
        machine: whose sensors are remembered
        text: name or address of a sensor; empty for any that counts steps
    Raises:
        DeviceError: there is no Bluetooth here, or it is switched off
        UsageError: what is remembered of sensors cannot be read
    """
    book = open_book(machine.sensors_file)
    with Radio() as radio:
        radio.check()
        found = Around(radio, book).look((text,))
    return sensor_meant(found, book, text)
