"""The songs of a session: from words and folders to what may be played in which stage."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from athlete_home import Home
from clicked_songs import clicked_song
from coach_rig import AT_170, plan_of

from cadencecoach.devices.song_file import mark_of
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.music import check_music, music_of, plan_with_music, without_paths
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import with_songs
from cadencecoach.music.song import Song
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.store.machine import Machine
from cadencecoach.store.plan_files import open_plan
from cadencecoach.store.song_book import KeptSong
from cadencecoach.store.user_store import user_machine

ON = replace(AT_170, music="on")
A, B = (clicked_song(name=name, fs_hz=1000, duration_s=2.0).song for name in "ab")
BAD = replace(A, refused="its beats are 60 ms unsteady")


def songs_in(folder: Path | None, _seed: int) -> list[Song]:
    """All, or those of one folder."""
    return [A, B, BAD] if folder is None else [B] if folder.name == "fast" else []


def test_each_stage_has_the_songs_it_asks_for() -> None:
    """All that were added and are steady, those of a folder, or none."""
    plan = plan_of(ON, AT_170, replace(AT_170, music="/songs/fast"))
    music, notes = music_of(plan, songs_in, ENGLISH_SCREEN, seed=3)
    assert music.songs == (A, B)
    assert music.by_stage == ((0, 1), (), (1,))
    assert music.first == 1
    assert notes == ()


def test_no_songs_is_said_with_what_to_do() -> None:
    """And the session has the click."""
    music, notes = music_of(plan_of(replace(AT_170, music="/songs/slow")), songs_in, ENGLISH_SCREEN, seed=0)
    assert music.songs == ()
    assert len(notes) == 1
    assert "music add /songs/slow" in notes[0]


def test_a_plan_without_music_asks_nobody() -> None:
    """Nothing is opened for it."""
    assert music_of(plan_of(AT_170), songs_in, ENGLISH_SCREEN, seed=0)[0].songs == ()


def test_a_folder_that_leads_to_another_computer_has_no_songs() -> None:
    """However the path was written."""
    music, _ = music_of(plan_of(replace(AT_170, music="//nas/fast")), songs_in, ENGLISH_SCREEN, seed=0)
    assert music.songs == ()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_that_leads_in_a_circle_has_no_songs(tmp_path: Path) -> None:
    """The session has the click, and it is said."""
    (tmp_path / "circle").symlink_to("circle")
    music, notes = music_of(plan_of(replace(AT_170, music=str(tmp_path / "circle"))), songs_in, ENGLISH_SCREEN, seed=0)
    assert music.songs == ()
    assert len(notes) == 1


def test_a_folder_is_seen_from_where_the_plan_is(tmp_path: Path) -> None:
    """And counts only where the plan was opened by its path."""
    plan = plan_of(replace(AT_170, music="fast/songs"), ON)
    by_path = plan_with_music(plan, None, tmp_path / "plan.yaml")
    assert [stage.music for stage in by_path.stages] == [str(tmp_path / "fast" / "songs"), "on"]
    assert [stage.music for stage in plan_with_music(plan, None, None).stages] == ["", "on"]


def test_what_is_written_down_has_no_folder_in_it() -> None:
    """Only that there was music."""
    plan = plan_of(replace(AT_170, music="/home/anna/secret"), AT_170)
    assert [stage.music for stage in without_paths(plan).stages] == ["on", ""]


def test_a_folder_here_may_be_named_without_a_slash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--music songs`, as any other command takes it; what is not there stays a slip."""
    (tmp_path / "my songs").mkdir()
    monkeypatch.chdir(tmp_path)
    check_music("my songs")
    with pytest.raises(UsageError, match="is not known"):
        check_music("my song")


def test_words_of_the_option(tmp_path: Path) -> None:
    """on, off, a folder that is there; else one line."""
    for text in (None, "on", "off", str(tmp_path)):
        check_music(text)
    for text, told in (
        (str(tmp_path / "none"), "no such folder"),
        ("//nas/x", "on the network"),
        ("loud", "is not known"),
    ):
        with pytest.raises(UsageError, match=f"--music .*{told}"):
            check_music(text)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A computer on which songs of two folders were added."""
    Home(tmp_path / "home").move_in(monkeypatch)
    machine = user_machine()
    for folder in ("fast", "other"):
        path = tmp_path / folder / "song.wav"
        path.parent.mkdir()
        path.write_bytes(folder.encode())
        machine.song_book.keep(KeptSong(replace(A, path=path.resolve()), mark_of(path)))
    return machine


FOLDER_PLAN = "plan: Short\nstages:\n  - {name: A, duration: 20 s, target: 170 spm, music: %s}\n"


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize("is_of_programme", [False, True])
def test_a_folder_counts_only_where_its_plan_is_run_by_its_path(
    tmp_path: Path, machine: Machine, *, is_named: bool, is_of_programme: bool
) -> None:
    """A plan of a programme, as a package brings one, and one kept by name, have the click, and that is said."""
    assert isinstance(machine.plans, Path)
    kept = machine.plans if is_named else tmp_path
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / "mine.yaml"
    path.write_text(FOLDER_PLAN % (tmp_path / "fast"), encoding="utf-8")
    request = Request(plan_name="mine" if is_named else str(path), feet_text="none", sound_text="none")
    plan = open_plan(path)
    told, music, notes = with_songs(machine, plan, request, ENGLISH, is_of_programme=is_of_programme)
    is_heard = not is_named and not is_of_programme
    assert [song.path.parent.name for song in music.songs] == (["fast"] if is_heard else [])
    assert (ENGLISH_SCREEN.music_folder_not_used in notes) is not is_heard
    assert str(tmp_path) not in str(told)
