from pathlib import Path

from each_row import each_row

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.live.sensors.company import pick, streams_of
from cadencecoach.store.sensor_book import Remembered, SensorBook

HEART = "heart rate"
BOOK = SensorBook(path=Path("nowhere"), sensors=(Remembered(name="Mine", address="M", kinds=(HEART,)),))


def strap(address: str, *, is_held: bool = False) -> Found:
    """A strap that is heard."""
    sensor = Sensor(address=address, name=f"Strap {address}")
    return Found(sensor=sensor, kinds=(HEART,), signal_dbm=-60, is_held=is_held)


@each_row(
    ("addresses", "address"),
    [("", None), ("A", "A"), ("AB", None), ("M", "M"), ("AMB", "M")],
)
def test_only_a_sensor_whose_owner_is_clear_joins(addresses: str, address: str | None) -> None:
    """The remembered one among many, else the only one; in a gym full of straps, none."""
    one = pick(tuple(map(strap, addresses)), HEART, BOOK)
    assert (one and one.sensor.address) == address


def mine(address: str, signal_dbm: int = -60) -> Found:
    """A strap that is called as the remembered one."""
    return Found(sensor=Sensor(address=address, name="Mine"), kinds=(HEART,), signal_dbm=signal_dbm)


@each_row(
    ("found", "address"),
    [
        ([mine("B"), strap("A")], "B"),
        ([mine("B"), strap("M")], "M"),
        ([mine("B"), mine("C")], None),
        ([mine("B"), mine("C", -40)], "C"),
    ],
)
def test_a_remembered_sensor_at_a_new_address_joins_by_its_name(found: list[Found], address: str | None) -> None:
    """Whatever else is around; of two of its name the clearly nearer one."""
    one = pick(tuple(found), HEART, BOOK)
    assert (one and one.sensor.address) == address


def test_what_it_brought_before_it_brings_at_a_new_address() -> None:
    """Also its steps, for which it was named."""
    book = BOOK.with_sensor(Remembered(name="Polar", address="P", kinds=(HEART, "acceleration")))
    polar = Found(sensor=Sensor(address="Q", name="Polar"), kinds=(HEART, "acceleration"), signal_dbm=-60)
    assert tuple(source.name for source in streams_of(polar, book)) == ("hr", "accel")


def test_a_sensor_another_program_holds_is_left_alone() -> None:
    """Two listeners would double every message."""
    assert pick((strap("A", is_held=True),), HEART, BOOK) is None


def test_other_kinds_do_not_matter() -> None:
    """A treadmill is no strap."""
    assert pick((strap("A"),), "treadmill", BOOK) is None


@each_row(
    ("remembered", "sources"),
    [
        (None, ("hr",)),
        ((HEART,), ("hr",)),
        ((HEART, "acceleration"), ("hr", "accel")),
    ],
)
def test_a_strap_counts_steps_only_if_it_has_been_asked_to_before(
    remembered: tuple[str, ...] | None, sources: tuple[str, ...]
) -> None:
    """One that joined by itself brings its heart rate, the next time too."""
    polar = Found(sensor=Sensor(address="P", name="Polar"), kinds=(HEART, "acceleration"), signal_dbm=-60)
    book = BOOK if remembered is None else BOOK.with_sensor(Remembered(name="Polar", address="P", kinds=remembered))
    assert tuple(source.name for source in streams_of(polar, book)) == sources
