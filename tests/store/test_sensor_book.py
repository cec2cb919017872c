import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.store.sensor_book import Remembered, SensorBook, keep_chosen, open_book

POD = Remembered(name="Pod A", address="C0:01", kinds=("foot pod",), unit="strides")
STRAP = Remembered(name="Strap", address="C0:02", kinds=("heart rate",))


@pytest.fixture
def book(tmp_path: Path) -> SensorBook:
    """An empty one."""
    return open_book(tmp_path / "folder" / "sensors.json")


def test_what_is_saved_is_read_back(book: SensorBook) -> None:
    """Every field, in the same order."""
    kept = book.with_sensor(POD).with_sensor(STRAP)
    kept.save()
    assert open_book(book.path) == kept
    assert [one.name for one in kept.sensors] == ["Strap", "Pod A"]


def test_a_sensor_met_again_comes_first_and_keeps_its_unit(book: SensorBook) -> None:
    """A session too short for a vote does not unlearn what an earlier one found out."""
    again = Remembered(name="Pod A", address="C0:01")
    kept = book.with_sensor(POD).with_sensor(STRAP).with_sensor(again)
    assert kept.sensors[0] == POD
    assert len(kept.sensors) == 2


def test_entries_of_another_kind_of_system_mean_nothing_here(book: SensorBook) -> None:
    """MacOS gives sensors numbers of its own; such an entry is kept and not used."""
    elsewhere = Remembered(name="Pod A", address="C0:01", platform="elsewhere", kinds=("foot pod",))
    kept = book.with_sensor(elsewhere)
    assert kept.sensors == (elsewhere,)
    assert kept.by_address("C0:01") is None
    assert kept.of_kinds("foot pod") == ()
    assert sys.platform != "elsewhere"


def test_the_better_kind_goes_before_the_newer_sensor(book: SensorBook) -> None:
    """A foot pod before a strap with acceleration, whichever was used last."""
    strap = Remembered(name="H10", address="C0:03", kinds=("acceleration", "heart rate"))
    assert book.with_sensor(POD).with_sensor(strap).of_kinds("foot pod", "acceleration") == (POD, strap)


def test_a_sensor_at_a_new_address_is_one_entry(book: SensorBook) -> None:
    """It keeps its place and all that is known of it; what was noted at that address before is gone."""
    other = Remembered(name="Pod A", address="C0:09")
    kept = book.with_sensor(other).with_sensor(POD).with_sensor(STRAP).with_address(POD, "C0:09")
    assert kept.sensors == (STRAP, replace(POD, address="C0:09"))


@pytest.mark.parametrize(
    ("address", "name", "entry"),
    [
        ("C0:01", "another name", POD),
        ("C0:09", "Pod A", POD),
        ("C0:02", "Pod A", STRAP),  # the address is the better witness
        ("C0:09", "Pod B", None),
        ("C0:09", "C0:09", None),
    ],
)
def test_a_sensor_is_known_by_address_and_else_by_name(
    book: SensorBook, address: str, name: str, entry: Remembered | None
) -> None:
    """One that has no name is known by its address alone."""
    nameless = Remembered(name="C0:07", address="C0:07")
    assert book.with_sensor(nameless).with_sensor(POD).with_sensor(STRAP).find_known(address, name) == entry


@each_row(("text", "is_meant"), [("pod", True), ("POD A", True), ("c0:01", True), ("c0", False)])
def test_a_sensor_is_called_by_address_or_part_of_its_name(text: str, *, is_meant: bool) -> None:
    """Capitals do not matter; a part of an address is not enough."""
    assert POD.is_called(text) is is_meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"sensors": [1]}',
        '{"sensors": [{"name": "a"}]}',
        '{"sensors": [{"name": 1, "address": "b", "platform": "linux", "unit": ""}]}',
        '{"sensors": [{"name": "a", "address": "b", "platform": "linux", "unit": "furlongs"}]}',
        '{"sensors": [{"name": "a", "address": "b", "platform": "linux", "unit": "", "kinds": 7}]}',
        "[" * 100_000,
    ],
)
def test_a_file_that_makes_no_sense_is_named(tmp_path: Path, text: str) -> None:
    """One clear line with the file's name and what to do."""
    path = tmp_path / "sensors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"sensors\.json.*delete it"):
        open_book(path)


def test_saving_replaces_the_file_as_a_whole(book: SensorBook) -> None:
    """No draft is left behind."""
    book.with_sensor(POD).save()
    book.with_sensor(STRAP).save()
    assert [one["name"] for one in json.loads(Path(str(book.path)).read_text(encoding="utf-8"))["sensors"]] == ["Strap"]
    assert [path.name for path in Path(str(book.path)).parent.iterdir()] == ["sensors.json"]


@pytest.mark.parametrize(("unit", "is_given"), [("", True), ("steps", False)])
def test_what_the_user_said_of_a_unit_stays_until_another_unit_is_known(
    book: SensorBook, unit: str, *, is_given: bool
) -> None:
    """A session that learned nothing keeps both; one that learned another unit has it from its readings."""
    said = replace(POD, is_unit_given=True)
    kept = book.with_sensor(said).with_sensor(replace(POD, unit=unit))
    kept.save()
    (entry,) = open_book(book.path).sensors
    assert (entry.unit, entry.is_unit_given) == (unit or "strides", is_given)


def test_an_entry_of_before_says_nothing_of_who_decided(book: SensorBook) -> None:
    """It was voted, as far as anybody knows, so readings may overturn it."""
    book.with_sensor(POD).save()
    old = json.loads(Path(str(book.path)).read_text(encoding="utf-8"))
    del old["sensors"][0]["is_unit_given"]
    Path(str(book.path)).write_text(json.dumps(old), encoding="utf-8")
    assert open_book(book.path).sensors == (POD,)


def test_what_was_chosen_without_a_sensor_is_kept_beside_them(book: SensorBook) -> None:
    """And stays when a sensor is met; a book of an older version has none."""
    book.with_sensor(POD).save()
    assert open_book(book.path).chosen == ""
    assert keep_chosen(book.path, "taps") == ()
    kept = open_book(book.path)
    assert (kept.chosen, kept.sensors) == ("taps", (POD,))
    assert kept.with_sensor(STRAP).chosen == "taps"


@pytest.mark.parametrize("text", ['{"sensors": [], "chosen": 3}', "[]"])
def test_a_book_that_makes_no_sense_is_told_as_that(book: SensorBook, text: str) -> None:
    """What was chosen is a text, and the book an object."""
    assert isinstance(book.path, Path)
    book.path.parent.mkdir(parents=True)
    book.path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="not a list of sensors"):
        open_book(book.path)
    (why,) = keep_chosen(book.path, "taps")
    assert "not a list of sensors" in why
