"""Which sensor a session takes, over everything that may be heard and remembered."""

from pathlib import Path

from each_row import each_row

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.scanning import CLEAR_DB
from cadencecoach.live.opening.meant import sensor_meant
from cadencecoach.store.sensor_book import Remembered, SensorBook

POD, HEART, POWER = ("foot pod",), ("heart rate",), ("cycling power",)


def heard(address: str, name: str = "Stryd", signal_dbm: int | None = -60, kinds: tuple[str, ...] = POD) -> Found:
    """A sensor that is heard."""
    sensor = Sensor(address=address, name=name)
    return Found(sensor=sensor, kinds=kinds, signal_dbm=signal_dbm, is_held=signal_dbm is None)


def book(*entries: tuple[str, str]) -> SensorBook:
    """Remembered foot pods by address and name, the one used last first."""
    sensors = tuple(Remembered(address=address, name=name, kinds=POD) for address, name in entries)
    return SensorBook(path=Path("nowhere"), sensors=sensors)


NOBODY, MINE, BOTH = book(), book(("M", "Stryd")), book(("M", "Stryd"), ("N", "Milestone"))
FAR, NEAR = heard("A", signal_dbm=-88), heard("B", signal_dbm=-40)


@each_row(
    ("found", "known", "text", "address"),
    [
        # Nothing is remembered.
        ([heard("A")], NOBODY, "", "A"),
        ([FAR, NEAR], NOBODY, "", "B"),
        ([NEAR, FAR], NOBODY, "", "B"),
        ([FAR, NEAR], NOBODY, "stryd", "B"),
        ([FAR, NEAR], NOBODY, "A", "A"),  # an address means one sensor
        ([heard("A"), heard("S", "Strap", -30, HEART)], NOBODY, "", "A"),
        ([heard("A", kinds=("acceleration",)), heard("B", signal_dbm=-88)], NOBODY, "", "B"),  # the better kind
        ([heard("S", "Strap", kinds=HEART)], NOBODY, "strap", "S"),
        ([heard("A", "Milestone", kinds=())], NOBODY, "miles", "A"),  # it does not say what it is
        # One is remembered, and heard.
        ([heard("M"), heard("B", "Pod B", -30)], MINE, "", "M"),
        ([heard("M", signal_dbm=None)], MINE, "", "M"),
        ([heard("M", "renamed")], MINE, "", "M"),
        ([heard("N", "Milestone")], BOTH, "", "N"),
        ([heard("N", "Milestone"), heard("M")], BOTH, "", "M"),
        ([heard("N", "Milestone"), heard("M")], BOTH, "mile", "N"),
        ([heard("M"), heard("B", signal_dbm=-60 + CLEAR_DB - 1)], MINE, "", "M"),
        # It is heard at another address.
        ([heard("B")], MINE, "", "B"),
        ([heard("B")], MINE, "Stryd", "B"),
        ([FAR, NEAR], MINE, "", "B"),
        ([heard("B"), heard("C", "Pod C", -30)], MINE, "", "B"),
        ([heard("B", kinds=())], MINE, "", "B"),
        ([heard("A", signal_dbm=-40, kinds=()), heard("B")], MINE, "", "B"),  # one that says it counts steps
        ([heard("B", kinds=POWER)], MINE, "", "B"),  # its running mode is off: it is told once it is connected
    ],
)
def test_one_sensor_is_meant(found: list[Found], known: SensorBook, text: str, address: str) -> None:
    """By its address, else by its name, else by nearness."""
    meant = sensor_meant(found, known, text)
    assert meant.one is not None
    assert meant.one.sensor.address == address
    assert meant.choices == ()


@each_row(
    ("found", "known", "text", "addresses", "awaited"),
    [
        ([], NOBODY, "", "", None),
        ([heard("S", "Strap", kinds=HEART), heard("P", kinds=POWER)], NOBODY, "", "", None),
        ([heard("A"), heard("B")], NOBODY, "", "AB", None),
        ([heard("A"), heard("B", "Pod B")], NOBODY, "", "AB", None),
        ([heard("A"), heard("B", signal_dbm=-60 + CLEAR_DB - 1)], NOBODY, "", "AB", None),
        ([heard("A"), heard("B", signal_dbm=None)], NOBODY, "", "AB", None),  # how near one is cannot be known
        ([heard("A"), heard("B")], NOBODY, "stry", "AB", None),
        ([heard("A"), heard("B")], MINE, "", "AB", None),  # two may be the one that moved
        ([heard("M", signal_dbm=-88), NEAR], MINE, "", "BM", None),  # the known one is far, its namesake here
        ([], MINE, "", "", "M"),
        ([heard("B", "Pod B")], MINE, "", "B", "M"),  # a new pod, or a neighbour's
        ([heard("B", "Pod B", -30), heard("C", "Pod C", -90)], MINE, "", "BC", "M"),
        ([heard("B")], MINE, "M", "", "M"),  # its address was typed: no other is meant
    ],
)
def test_nobody_can_tell_which_is_meant(
    found: list[Found], known: SensorBook, text: str, addresses: str, awaited: str | None
) -> None:
    """Then a person is asked, or the remembered one waited for."""
    meant = sensor_meant(found, known, text)
    assert meant.one is None
    assert "".join(one.sensor.address for one in meant.choices) == addresses
    assert (meant.awaited and meant.awaited.address) == awaited


@each_row(("found", "is_moved"), [([heard("B")], True), ([heard("M")], False), ([], False)])
def test_a_sensor_at_a_new_address_is_the_remembered_one(*, found: list[Found], is_moved: bool) -> None:
    """So that its unit and its place in the book go with it."""
    assert sensor_meant(found, MINE).moved == (MINE.sensors[0] if is_moved else None)


def test_a_sensor_without_a_name_has_no_namesakes() -> None:
    """Its name is its address; another nameless one is another sensor."""
    nameless = book(("M", "M"))
    assert sensor_meant([heard("A", "A")], nameless).awaited == nameless.sensors[0]


def test_those_that_were_farther_are_told_and_others_are_not() -> None:
    """A strap is nobody's rival, nor is a pod of a worse kind."""
    strap, belt = heard("S", "Strap", kinds=HEART), heard("T", "Belt", kinds=("acceleration",))
    assert sensor_meant([NEAR, FAR, strap, belt], NOBODY).farther == (FAR,)
    assert sensor_meant([NEAR, strap, belt], NOBODY).farther == ()


def test_of_two_that_may_have_moved_the_chosen_one_has() -> None:
    """Whichever the person chooses takes the remembered one's place in the book."""
    assert sensor_meant([heard("A"), heard("B")], MINE).moved == MINE.sensors[0]
