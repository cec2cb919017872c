import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from reached_rig import private_folder

from cadencecoach.devices.reach.place import find_place, found_places, places_folder, publish
from cadencecoach.errors import UsageError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners of files are Unix's")
SECRET = "s3cret"  # noqa: S105
ABOUT = {"kind": "session", "plan": "Demo"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder for each test."""
    return private_folder(tmp_path, monkeypatch)


def test_a_place_is_found_while_its_block_lasts(folder: Path) -> None:
    """With its port and what it is; afterwards nothing is left."""
    with publish("", port=1234, token=SECRET, about=ABOUT) as place:
        assert found_places() == [place]
        assert find_place(place.name) == place
        assert (place.pid, place.port, place.about) == (os.getpid(), 1234, ABOUT)
    assert found_places() == []
    assert list(folder.iterdir()) == []


def test_nobody_else_may_read_it(folder: Path) -> None:
    """The file is for its owner, so is the folder, and its token is not shown where a place is printed."""
    with publish("one", port=1, token=SECRET, about=ABOUT) as place:
        assert stat.S_IMODE((folder / "one.place").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert SECRET not in repr(place)


@pytest.mark.slow
def test_what_a_killed_program_left_is_removed_though_another_has_its_number(folder: Path) -> None:
    """The number in the file is that of a process that lives: this one."""
    code = (
        "import os, signal\nfrom cadencecoach.devices.reach.place import publish\n"
        "with publish('gone', port=1, token='t', about={}): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    path = folder / "gone.place"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pid": os.getpid()}))
    with publish("here", port=2, token=SECRET, about=ABOUT):
        assert [place.name for place in found_places()] == ["here"]
        assert not path.exists()


def test_two_cannot_have_one_name() -> None:
    """The second is told so; a name that was left behind is free."""
    with publish("one", port=1, token=SECRET, about=ABOUT), pytest.raises(FileExistsError):  # noqa: SIM117
        with publish("one", port=2, token=SECRET, about=ABOUT):
            pass
    with publish("one", port=3, token=SECRET, about=ABOUT) as place:
        assert found_places() == [place]


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_can_look_into_is_refused(folder: Path, mode: int) -> None:
    """In one line that says what to do."""
    places_folder()
    folder.chmod(mode)
    with pytest.raises(UsageError, match="not a private folder of yours; delete it, or set XDG_RUNTIME_DIR"):
        found_places()


def test_a_folder_that_others_could_exchange_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it stands in is open to them; a sticky one, such as /tmp, is not."""
    monkeypatch.setattr("cadencecoach.devices.user_folders.user_runtime_path", lambda _: folder)
    places_folder()
    tmp_path.chmod(0o777)
    with pytest.raises(UsageError, match="not a private folder"):
        found_places()
    tmp_path.chmod(0o1777)
    assert found_places() == []
    assert folder.is_dir()


def test_a_link_in_place_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    """Somebody has put it there to read along."""
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="not a private folder"):
        places_folder()


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 2000, '{"name": "x"}', "\0"])
def test_a_file_that_is_none_of_ours_is_passed_over(folder: Path, text: str) -> None:
    """Held or not: nothing of it reaches anybody."""
    with publish("held", port=1, token=SECRET, about=ABOUT):
        (folder / "held.place").write_text(text)
        assert found_places() == []
