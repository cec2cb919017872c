"""What a page lets one choose from: names to read, ids to send, and no path in either."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from clicked_songs import clicked_song

from cadencecoach.devices.song_file import mark_of
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.machine import NO_MACHINE, Machine
from cadencecoach.store.song_book import MOST_FOLDERS, KeptSong
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import music_choices, music_word

SONG = clicked_song(fs_hz=1000, duration_s=2.0).song


def keep(machine: Machine, path: Path) -> None:
    """A song in a folder, and what was found out about it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"song")
    machine.song_book.keep(KeptSong(replace(SONG, path=path.resolve()), mark_of(path)))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A computer that keeps songs."""
    return replace(NO_MACHINE, songs=tmp_path / "book")


def names(machine: Machine) -> list[str]:
    """As they are read."""
    return [one.name for one in music_choices(machine, ENGLISH_PAGE).values()]


def test_folders_of_songs_are_choices_where_there_are_several(machine: Machine, tmp_path: Path) -> None:
    """All songs, each folder by its name, the click; the same name twice with what is around it."""
    assert names(machine) == ["My music", "Click"]
    keep(machine, tmp_path / "easy" / "run" / "a.mp3")
    assert names(machine) == ["My music", "Click"]
    keep(machine, tmp_path / "hard" / "run" / "b.mp3")
    keep(machine, tmp_path / 'odd "\\\n é' / "c.mp3")
    assert names(machine)[1:-1] == ['My music: odd "\\ é', "My music: easy/run", "My music: hard/run"]
    folder = next(one for one in music_choices(machine, ENGLISH_PAGE).values() if "easy" in one.name)
    assert music_word(machine, ENGLISH_PAGE, folder.id) == str((tmp_path / "easy" / "run").resolve())
    assert str(tmp_path) not in json.dumps([folder.id, folder.name])
    machine.song_book.forget((tmp_path / "hard" / "run" / "b.mp3").resolve())
    assert "My music: run" in names(machine)


def test_of_many_folders_those_around_them_are_choices(machine: Machine, tmp_path: Path) -> None:
    """An album each is no choice."""
    for number in range(MOST_FOLDERS + 1):
        keep(machine, tmp_path / ("pop" if number % 2 else "rock") / f"album {number}" / "a.mp3")
    assert names(machine) == ["My music", "My music: pop", "My music: rock", "Click"]


@pytest.mark.skipif(os.name == "nt", reason="names are characters there")
def test_a_folder_whose_name_is_no_text_has_an_id(machine: Machine, tmp_path: Path) -> None:
    """A disk of another system may hold one."""
    for folder in (b"a\xff", b"b"):
        keep(machine, Path(os.fsdecode(bytes(tmp_path) + b"/" + folder)) / "a.mp3")
    assert len(names(machine)) == 4


def test_a_choice_that_is_none_is_refused_with_its_field(machine: Machine) -> None:
    """A path too; and nothing chosen is what the plan says."""
    assert music_word(machine, ENGLISH_PAGE, None) is None
    assert music_word(machine, ENGLISH_PAGE, "off") == "off"
    with pytest.raises(RefusedError) as refused:
        music_word(machine, ENGLISH_PAGE, "/home")
    assert refused.value.where == "music"
