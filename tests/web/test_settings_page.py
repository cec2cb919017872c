"""Settings over HTTP: what is set is in the person's file, and nothing of this computer's names is taken."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_visits import Pages
from reached_rig import private_folder

from cadencecoach.cli.main import main
from cadencecoach.devices.clock import wall_time_s
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.settings import find_settings, setting_keys
from cadencecoach.store.user_store import user_files, user_machine
from cadencecoach.web.devices import Devices
from cadencecoach.web.pages.settings import IN_A_TERMINAL, controls_of, labels
from cadencecoach.web.rows import Role


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of a person who has nothing yet."""
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


def ask(store: FileStore, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Ask as the desk: status, and what was told."""
    answered = Pages(store).ask(method, path, body)
    return answered.status, answered.told if answered.text.startswith("{") else answered.text


def put(key: str, value: object) -> tuple[int, Any]:
    """Set one setting."""
    return ask(user_files(), "PUT", f"/api/settings/{key}", {"value": value})


@pytest.mark.parametrize(
    ("key", "value", "held"),
    [
        ("display.units", "imperial", "imperial"),
        ("sound.click_db", -60, -60.0),
        ("sound.click_db", 6.0, 6.0),
        ("voice.rate_wpm", 80, 80),
        ("voice.language", "de", "de"),
        ("sound.click", "wood", "wood"),
        ("sound.device", "default", "default"),
    ],
)
def test_a_setting_is_set_and_given_back(key: str, value: object, held: object) -> None:
    """In the file that the terminal uses too."""
    table, _, name = key.partition(".")
    before = getattr(getattr(find_settings(user_machine(), None), table), name)
    assert put(key, value)[0] == 200
    assert getattr(getattr(find_settings(user_machine(), None), table), name) == held
    assert ask(user_files(), "DELETE", f"/api/settings/{key}")[0] == 200
    assert getattr(getattr(find_settings(user_machine(), None), table), name) == before


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("sound.click_db", 6.01, 409),
        ("sound.click_db", -60.01, 409),
        ("sound.click_db", "loud", 409),
        ("voice.rate_wpm", 79, 409),
        ("voice.rate_wpm", 100.5, 409),
        ("voice.language", "xx", 409),
        ("sound.click", "../../etc", 409),
        pytest.param("sound.device", "hw:0", 400, marks=pytest.mark.slow),  # the sound system is asked
        pytest.param("sound.device", "none", 400, marks=pytest.mark.slow),
        ("voice.phrases", "/etc/passwd", 409),
        ("voice.piper", "a.onnx", 409),
        ("voice.speaker", "x", 409),
        ("sound", "x", 404),
        ("no.such", "x", 404),
        ("display.units", True, 400),
        ("display.units", None, 400),
        ("display.units", ["metric"], 400),
    ],
)
def test_what_is_not_allowed_changes_nothing(key: str, value: object, status: int) -> None:
    """One sentence says why; names of devices and files of this computer are not taken at all."""
    answered, told = put(key, value)
    assert (answered, "\n" in told["error"]) == (status, False)
    assert not user_machine().settings_file.exists()


def test_every_setting_has_its_control_with_a_label(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that the environment sets, which cannot be changed here and says so."""
    monkeypatch.setitem(os.environ, "CADENCECOACH_DISPLAY_UNITS", "imperial")
    controls = controls_of(user_machine(), ENGLISH_PAGE, {})
    assert tuple(controls) == setting_keys() == tuple(labels(ENGLISH_PAGE))
    assert "CADENCECOACH_DISPLAY_UNITS" in controls["display.units"].note
    assert {key for key, one in controls.items() if one.note} == {*IN_A_TERMINAL, "display.units"}
    assert controls["sound.click_db"].bounds == (-60.0, 6.0)
    assert dict(controls["voice.words"].choices) == {"few": "few words", "usual": "the usual", "many": "many words"}


def test_an_athlete_is_forgotten_where_the_name_is_sent_twice() -> None:
    """A tap alone deletes nobody; a name nobody has is no athlete."""
    store = user_files()
    store.write_profile(Profile(athlete="r7"))
    for body in (None, {}, {"name": "r8"}, {"name": "r7", "x": 1}):
        assert ask(store, "DELETE", "/api/athletes/r7", body)[0] == 400
    assert ask(store, "DELETE", "/api/athletes/r8", {"name": "r8"})[0] == 404
    assert store.athlete_names() == ("r7",)
    assert ask(store, "DELETE", "/api/athletes/r7", {"name": "r7"})[0] == 204
    assert store.athlete_names() == ()


FORGETTING: dict[str, Callable[[], object]] = {
    "on the page": lambda: ask(user_files(), "DELETE", "/api/athletes/r7", {"name": "r7"}),
    "at a terminal": lambda: main(["athlete", "forget", "r7", "--yes"]),
    "for another of that name": lambda: user_files().forget("r7"),
}


@pytest.mark.parametrize("way", FORGETTING)
def test_the_devices_of_an_athlete_who_is_forgotten_are_out(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Wherever it is done, in the server that runs and in the file. Whoever is called so next is somebody else."""
    folder = private_folder(home, monkeypatch)
    user_files().write_profile(Profile(athlete="r7"))
    served = Devices(folder / "devices.json")
    guests, gone, others = (
        served.add(Role.RUNNER, one, kind="", address="", now_s=wall_time_s()) for one in (None, "r7", "r8")
    )
    FORGETTING[way]()
    assert user_files().athlete_names() == ()
    assert served.find(gone.id, wall_time_s()) is None
    assert served.all(wall_time_s()) == [guests, others]
    assert Devices(folder / "devices.json").all(wall_time_s()) == [guests, others]


@pytest.mark.slow
def test_the_page_says_what_is_kept(home: Path) -> None:
    """Whoever is kept and in which folders, with the way to delete it; else that nobody is."""
    store = user_files()
    assert ENGLISH_PAGE.nobody_kept in ask(store, "GET", "/settings")[1]
    store.write_profile(Profile(athlete="r7"))
    page = ask(store, "GET", "/settings")[1]
    assert "Delete everything of r7" in page
    assert f"{home / 'data'}" in page
