"""What is written down of a room is found again by who comes after; anything else is nothing."""

from pathlib import Path

import pytest
from reached_rig import private_folder

from cadencecoach.errors import UsageError
from cadencecoach.live.room.state import LaneRecord, RoomFiles, RoomState, found_rooms, room_id
from cadencecoach.view.wall import LaneState

STATE = RoomState(
    name="Hall",
    sha256="ab",
    sensors={1: "Pod A,Strap"},
    adapters=("hci0", "hci1"),
    lanes={1: LaneRecord(state=LaneState.RUNNING, session="0123456789ab", journal="/x.jsonl"), 8: LaneRecord()},
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RoomFiles:
    """Those of one room."""
    private_folder(tmp_path, monkeypatch)
    return RoomFiles(room_id(tmp_path / "room.yaml"))


def test_a_state_comes_back_as_it_was(files: RoomFiles) -> None:
    """Before the first there is none."""
    assert files.read() is None
    files.write(STATE)
    assert files.read() == STATE
    assert found_rooms() == [files.id]
    files.remove()
    assert (files.read(), found_rooms()) == (None, [])


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"sha256": 1, "lanes": {"x": {}}}', "[" * 5000])
def test_anything_else_is_nothing(files: RoomFiles, tmp_path: Path, text: str) -> None:
    """A room then begins anew, and its sessions are found by their places."""
    files.write(STATE)
    (tmp_path / "cadencecoach" / f"{files.id}.room").write_text(text, encoding="utf-8")
    assert files.read() is None


def test_one_supervises_at_a_time(files: RoomFiles) -> None:
    """The lock ends with the block; it says by itself whether somebody has it."""
    assert not files.is_supervised
    with files.supervising():
        assert files.is_supervised
        with pytest.raises(UsageError, match="runs already"), files.supervising():
            pass
    assert not files.is_supervised


def test_a_stop_of_all_is_a_mark(files: RoomFiles) -> None:
    """Set from the page, taken away by a start."""
    assert not files.is_stopped
    files.mark_stopped()
    assert files.is_stopped
    files.clear_stopped()
    files.clear_stopped()
    assert not files.is_stopped


def test_a_room_is_known_by_where_its_file_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whatever name it is typed."""
    monkeypatch.chdir(tmp_path)
    assert room_id(Path("room.yaml")) == room_id(tmp_path / "room.yaml") == room_id(Path("./x/../room.yaml"))
    assert room_id(Path("room.yaml")) != room_id(Path("other.yaml"))
