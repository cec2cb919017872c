"""Who is nearer, who has whose name, and what of an advertisement counts."""

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from each_row import each_row

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.scanning import CLEAR_DB, Hearing, at_address, matches_text, namesake, nearest, no_sensor
from cadencecoach.gait.sources import RADIO_SOURCES, RSC

POD = Sensor(address="C0:01", name="Stryd")


def heard(address: str, signal_dbm: int | None) -> Found:
    """A pod."""
    return Found(sensor=Sensor(address=address, name="Stryd"), kinds=("foot pod",), signal_dbm=signal_dbm)


def advertisement(name: str | None, rssi: int, *services: str) -> AdvertisementData:
    """What a sensor sends of itself."""
    return AdvertisementData(name, {}, {}, list(services), None, rssi, ())


@each_row(
    ("signals_dbm", "nearest_at"),
    [
        ([], None),
        ([-90], 0),
        ([None], 0),
        ([-70, -70 + CLEAR_DB - 1], None),
        ([-70, -70 + CLEAR_DB], 1),
        ([-70 + CLEAR_DB + 1, -70], 0),
        ([-88, -40, -39], None),
        ([-88, -40, -60], 1),
        ([-40, None], None),
    ],
)
def test_only_a_clear_margin_makes_one_the_nearest(signals_dbm: list[int | None], nearest_at: int | None) -> None:
    """In any order; one whose signal is not known may be anywhere."""
    found = [heard(str(number), signal_dbm) for number, signal_dbm in enumerate(signals_dbm)]
    assert nearest(found) == (None if nearest_at is None else found[nearest_at])


@each_row(
    ("address", "name", "is_one"),
    [
        ("C0:02", "Stryd", True),
        ("C0:01", "Stryd", True),
        ("C0:03", "Stryd", False),  # heard beside it
        ("C0:02", "Stryd 2", False),
        ("C0:02", "C0:02", False),
    ],
)
def test_a_namesake_has_the_whole_name_and_was_not_heard_beside_it(address: str, name: str, *, is_one: bool) -> None:
    """Part of a name is what a person types, not who a sensor is."""
    assert namesake(POD, besides=["C0:03"])(Sensor(address=address, name=name)) is is_one


def test_a_sensor_without_a_name_has_no_namesake() -> None:
    """Two of them would be one."""
    nameless = Sensor(address="C0:01", name="C0:01")
    assert not namesake(nameless)(nameless)
    assert not no_sensor(POD)


@each_row(("text", "is_one"), [("c0:01", True), ("C0", False), ("Stryd", False)])
def test_an_address_is_one_sensors(text: str, *, is_one: bool) -> None:
    """Capitals do not matter; a name is no address."""
    assert at_address(text)(POD) is is_one
    assert matches_text("STRY")(POD)


def test_the_middle_of_what_was_heard_counts() -> None:
    """One loud message of a far sensor, and one without a signal, move nothing; a name is kept once it was told."""
    device, hearing = BLEDevice("C0:01", None, {}), Hearing()
    for name, rssi, services in ((None, -80, []), ("Stryd", -82, [RSC.service]), (None, -127, []), (None, -40, [])):
        hearing.note(device, advertisement(name, rssi, *services))
    assert hearing.list_found(RADIO_SOURCES, no_sensor) == [Found(sensor=POD, kinds=("foot pod",), signal_dbm=-80)]


def test_a_sensor_whose_signal_is_not_known_is_not_far() -> None:
    """The system's word for "unknown" is no strength."""
    hearing = Hearing()
    hearing.note(BLEDevice("C0:01", "Stryd", {}), advertisement(None, -127))
    assert hearing.list_found(RADIO_SOURCES, no_sensor) == []
    (one,) = hearing.list_found(RADIO_SOURCES, matches_text("stryd"))
    assert (one.kinds, one.signal_dbm) == ((), None)
