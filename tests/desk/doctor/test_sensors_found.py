"""What `doctor` says of sensors and of the radio, in the language of whoever reads."""

from pathlib import Path

import pytest

from cadencecoach.desk.doctor.bluetooth import _sensors, _trouble
from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.sensor_book import open_book
from cadencecoach.store.settings import VoiceTable

GERMAN = find_phrasebook(NO_MACHINE, VoiceTable(language="de"))
OFF = DeviceError(
    "Bluetooth: Bluetooth is switched off; switch it on (on Linux: bluetoothctl power on)", Reason.POWERED_OFF
)
POD = Found(sensor=Sensor(name="Pod", address="C0:00:00:00:00:01"), kinds=("foot pod",), signal_dbm=-50)


def test_trouble_of_the_radio_is_told_in_the_readers_language() -> None:
    """In English the system's own way at length; a cause that has no row as the system tells it."""
    assert _trouble(OFF, ENGLISH) == ("Bluetooth is switched off", "switch it on (on Linux: bluetoothctl power on)")
    assert _trouble(OFF, GERMAN) == (GERMAN.doctor.radio_off, GERMAN.doctor.radio_off_todo)
    other = DeviceError("Bluetooth: the sensor does not answer; wake it", Reason.NOT_RESPONDING)
    assert _trouble(other, GERMAN) == ("the sensor does not answer", "wake it")


@pytest.mark.parametrize(("found", "about", "todo"), [((), "foot_pod", "step_on_the_spot"), ((POD,), "session", "")])
def test_what_a_session_would_do(tmp_path: Path, found: tuple[Found, ...], about: str, todo: str) -> None:
    """With a pod around and with none; what it is is told in the same language."""
    told = _sensors(found, open_book(tmp_path / "sensors.json"), GERMAN)
    assert told[-1].about == getattr(GERMAN.doctor, about)
    assert told[-1].todo == (getattr(GERMAN.doctor, todo) if todo else "")
    assert [one.text.partition(",")[0] for one in told[:-1]] == [GERMAN.page.sensor_kind_foot_pod for _ in found]
