"""A room's file held against what is here, and who may begin in it: the rules of a run hold in a lane."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from athlete_home import AT, Home
from reached_rig import private_folder

from cadencecoach.desk.room.checking import check_free, check_room_file, plan_in
from cadencecoach.desk.room.running import RoomDesk, open_room
from cadencecoach.devices.clock import local_day
from cadencecoach.devices.reach.place import publish
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.live.room.model import Lane, Room
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.sensor_book import Remembered, SensorBook
from cadencecoach.store.user_store import user_files

NAME, TODAY = "r7", date.fromisoformat(local_day())
LANE = Lane(number=1, athlete=NAME, plan="plus-5-percent", sensor="ble:Pod A", output="device:USB")
FIXED = "plan: Fixed\nbaseline: 160 spm\nstages:\n  - {name: Run, duration: 1 min, target: +5 %}\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """An athlete, and a private folder for places."""
    Home(tmp_path).move_in(monkeypatch)
    private_folder(tmp_path, monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=TODAY))
    return user_files()


def messages(store: FileStore, folder: Path, *lanes: str) -> list[str]:
    """What is told of a room with these lanes."""
    path = folder / "room.yaml"
    path.write_text("room: Row\nlanes:\n" + "".join(f"  - {{{lane}}}\n" for lane in lanes), encoding="utf-8")
    return [one.message for one in check_room_file(store, path).findings]


def lane(number: int, **keys: str) -> str:
    """A lane of a guest with other values."""
    told = {"guest": "yes", "plan": "fixed", "sensor": "none", "output": "none", **keys}
    return f"lane: {number}, " + ", ".join(f"{key}: {value}" for key, value in told.items() if value)


def test_a_plan_beside_the_file_is_found_and_named_by_its_path(store: FileStore, tmp_path: Path) -> None:
    """Also where the room is opened from elsewhere."""
    (tmp_path / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    assert messages(store, tmp_path, lane(1), lane(2, plan="demo")) == []
    room = open_room(store, tmp_path / "room.yaml")
    assert [one.plan for one in room.lanes] == [str(tmp_path / "fixed.yaml"), "demo"]
    assert plan_in(tmp_path, "nothing") == "nothing"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"guest": "", "athlete": "r8"}, "no athlete r8 is kept here"),
        ({"plan": "demo-silnt"}, "there is no plan 'demo-silnt'; did you mean 'demo-silent'?"),
        ({"plan": "broken"}, "the plan has mistakes"),
        ({"plan": "plus-5-percent"}, "the plan counts from a baseline that nobody knows here"),
        ({"sensor": "'replay:gone.fit'"}, "gone.fit does not exist"),
    ],
)
def test_what_is_not_here_is_told_at_its_place(
    store: FileStore, tmp_path: Path, keys: dict[str, str], told: str
) -> None:
    """One line, before anything starts."""
    (tmp_path / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("plan: Broken\n", encoding="utf-8")
    (message,) = messages(store, tmp_path, lane(1, **keys))
    assert told in message
    with pytest.raises(PlanError, match=r"room\.yaml:3:"):
        open_room(store, tmp_path / "room.yaml")


def test_one_pod_by_name_and_by_address_is_told(store: FileStore, tmp_path: Path) -> None:
    """It is remembered which address the name has."""
    (tmp_path / "fixed.yaml").write_text(FIXED, encoding="utf-8")
    pod = Remembered(name="Pod A", address="C0:00:00:00:00:01", kinds=("foot pod",))
    SensorBook(path=store.machine.sensors_file).with_sensor(pod).save()
    lanes = lane(1, sensor="'ble:C0:00:00:00:00:01'"), lane(2, sensor="'ble:pod a'")
    assert messages(store, tmp_path, *lanes) == [
        "this is the pod C0:00:00:00:00:01, which lane 1 claims; name each by address"
    ]


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"athlete": NAME}, "lane 1: r7 is used by a session"),
        ({"sound": "device:USB"}, "lane 1: output device:USB is used by a session"),
        ({"feet": "ble:pod a"}, "lane 1: sensor ble:Pod A is used by a session"),
        ({"feet": "ble:Pod A", "room": "b" * 12, "lane": "4"}, "is used by lane 4 of another room"),
    ],
)
def test_what_a_live_session_has_is_told(store: FileStore, about: dict[str, str], told: str) -> None:
    """Its own sessions are not in a room's way, and neither is what everybody may have."""
    assert store.athlete_names()
    room = Room(name="Row", lanes=(LANE,))
    with publish("", port=1, token="x" * 3, about={"kind": "session", **about}):
        with pytest.raises(UsageError, match=told):
            check_free(room, "a" * 12)
        check_free(Room(name="Row", lanes=(replace(LANE, athlete=None, sensor="sim", output="none"),)), "a" * 12)
    with publish("", port=1, token="x" * 3, about={"kind": "session", **about, "room": "a" * 12}):
        check_free(room, "a" * 12)


def test_a_second_room_has_no_second_owner_of_the_radio(store: FileStore) -> None:
    """Its own owner is not in its way, and a room without pods needs none."""
    assert store.athlete_names()
    room = Room(name="Row", lanes=(LANE,))
    with publish("radio-b", port=1, token="x" * 3, about={"kind": "radio", "room": "b" * 12}):
        with pytest.raises(UsageError, match="another room runs"):
            check_free(room, "a" * 12)
        check_free(room, "b" * 12)
        check_free(Room(name="Row", lanes=(replace(LANE, sensor="none"),)), "a" * 12)


def test_an_athlete_begins_only_when_checked_in_and_well(store: FileStore) -> None:
    """Due is not cleared; cleared by a check-in of today; not by one that tells of too much pain. Guests may."""
    desk = RoomDesk(store)
    assert desk.refusal(replace(LANE, athlete=None)) == ""
    assert "a check-in is due" in desk.refusal(LANE)
    store.add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE, pain=0))
    assert desk.refusal(LANE) == ""
    assert "on no programme" in desk.refusal(replace(LANE, plan="today"))
    store.add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE, pain=8))
    assert desk.refusal(LANE) != ""


def test_a_journal_nobody_can_read_is_not_taken_for_an_end(store: FileStore, tmp_path: Path) -> None:
    """Whoever goes on with it is told what is wrong."""
    assert not RoomDesk(store).is_over(tmp_path / "gone.jsonl")
    (tmp_path / "torn.jsonl").write_text("x", encoding="utf-8")
    assert not RoomDesk(store).is_over(tmp_path / "torn.jsonl")
