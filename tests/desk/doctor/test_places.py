"""`doctor` names every place where something is kept."""

from pathlib import Path

import pytest
from athlete_home import Home

from cadencecoach.desk.doctor.places import places
from cadencecoach.devices.input_file import clean_name
from cadencecoach.plan.doctor_texts import ENGLISH_DOCTOR
from cadencecoach.plan.forms import fill
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.store.user_store import user_files


def test_every_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data, settings, remembered devices, spoken sentences, beats of songs; those that are not there yet too."""
    home = Home(tmp_path).move_in(monkeypatch)
    found = {one.about: one for one in places(user_files().places(), ENGLISH_DOCTOR)}
    assert str(home.sessions.parent) in found["sessions and athletes"].text
    assert found["settings file"].text == f"{tmp_path}/config/cadencecoach/settings.toml (not there yet)".replace(
        "/", str(Path("/"))[-1]
    )
    assert len(found) == 5
    assert all(one.is_well and str(tmp_path) in one.text for one in found.values())


def test_a_place_where_nothing_can_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "data").write_text("", encoding="utf-8")
    Home(tmp_path).move_in(monkeypatch)
    first, *others = places(user_files().places(), ENGLISH_DOCTOR)
    assert not first.is_well
    assert first.todo
    assert all(one.is_well for one in others)


def test_without_a_home_each_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that would help is named."""
    for kind in ("data", "config", "cache"):
        monkeypatch.setattr(f"cadencecoach.devices.user_folders.user_{kind}_path", lambda _: Path("~/x"))
    found = list(places(user_files().places(), ENGLISH_DOCTOR))
    assert not any(one.is_well for one in found)
    assert all("HOME" in one.todo for one in found)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr"])
def test_every_place_has_its_words_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """The page shows them, and so does a terminal."""
    Home(tmp_path).move_in(monkeypatch)
    texts = find_phrasebook(NO_MACHINE, VoiceTable(language=language)).doctor
    found = list(places(user_files().places(), texts))
    assert [one.about for one in found] == [
        *(texts.sessions_and_athletes, texts.settings_file, texts.remembered_devices, texts.spoken_sentences),
        texts.beats_of_songs,
    ]
    assert found[1].text == fill(texts.not_there_yet, path=clean_name(user_files().machine.settings_file))
