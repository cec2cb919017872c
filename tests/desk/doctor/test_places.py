"""`doctor` names every place where something is kept."""

from pathlib import Path

import pytest
from athlete_home import Home

from cadencecoach.desk.doctor.places import places
from cadencecoach.store.user_store import user_files


def test_every_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data, settings, remembered devices, spoken sentences; those that are not there yet too."""
    home = Home(tmp_path).move_in(monkeypatch)
    found = {one.about: one for one in places(user_files().places())}
    assert str(home.sessions.parent) in found["sessions and athletes"].text
    assert found["settings file"].text == f"{tmp_path}/config/cadencecoach/settings.toml (not there yet)".replace(
        "/", str(Path("/"))[-1]
    )
    assert len(found) == 4
    assert all(one.is_well and str(tmp_path) in one.text for one in found.values())


def test_a_place_where_nothing_can_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "data").write_text("", encoding="utf-8")
    Home(tmp_path).move_in(monkeypatch)
    first, *others = places(user_files().places())
    assert not first.is_well
    assert first.todo
    assert all(one.is_well for one in others)


def test_without_a_home_each_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that would help is named."""
    for kind in ("data", "config", "cache"):
        monkeypatch.setattr(f"cadencecoach.devices.user_folders.user_{kind}_path", lambda _: Path("~/x"))
    found = list(places(user_files().places()))
    assert not any(one.is_well for one in found)
    assert all("HOME" in one.todo for one in found)
