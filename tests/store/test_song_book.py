"""What was found out about songs is found again, for as long as their files are the same."""

import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

from cadencecoach.devices.song_file import mark_of
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.music.song import Song
from cadencecoach.store.song_book import KeptSong, SongBook

SOUND = b"heard alone"


def kept_song(path: Path, **changes: object) -> KeptSong:
    """A song whose file is there."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(SOUND)
    song = Song(path.resolve(), 171.7, (0.3, 0.65, 1.0), 2.1, -14.0, 12.0, 200.5)
    return KeptSong(replace(song, **changes), mark_of(path))  # type: ignore[arg-type]  # fields of a Song


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    """Every field; below a folder, or all; refused and silent ones too."""
    book = SongBook(tmp_path / "book")
    one = kept_song(tmp_path / "a" / "one.mp3")
    other = kept_song(tmp_path / "b" / "two.mp3", loudness_lufs=-math.inf, refused="It is silent.", beats_s=(), spm=0.0)
    book.keep(one)
    book.keep(other)
    assert list(book.list_songs().songs) == [one.song, other.song]
    assert list(book.list_songs(tmp_path / "b").songs) == [other.song]
    assert list(book.list_songs(tmp_path / "c").songs) == []
    assert book.find(one.song.path) == one


def test_a_song_whose_file_changed_or_is_gone_is_not_known(tmp_path: Path) -> None:
    """It is counted."""
    book = SongBook(tmp_path / "book")
    for name in ("changed", "gone", "same"):
        book.keep(kept_song(tmp_path / f"{name}.mp3"))
    (tmp_path / "changed.mp3").write_bytes(b"other sound")
    (tmp_path / "gone.mp3").unlink()
    assert [song.path.stem for song in book.list_songs().songs] == ["same"]
    assert book.list_songs().n_changed == 2
    assert book.find((tmp_path / "changed.mp3").resolve()) is None


def test_taps_are_taken_back_once(tmp_path: Path) -> None:
    """What was found by itself counts again."""
    book = SongBook(tmp_path / "book")
    found = kept_song(tmp_path / "a.mp3")
    book.keep(replace(found, song=replace(found.song, spm=172.0), before=found.song))
    assert [song.spm for song in book.list_songs().songs] == [172.0]
    assert book.undo(found.song.path) == found
    assert list(book.list_songs().songs) == [found.song]
    with pytest.raises(UsageError, match="there is nothing to undo"):
        book.undo(found.song.path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 0}', '{"version": 1}', '{"version": 1, "path": 3, "song": null}']
)
def test_a_file_that_makes_no_sense_is_as_none(tmp_path: Path, text: str) -> None:
    """The song is found out anew."""
    book = SongBook(tmp_path / "book")
    book.keep(kept_song(tmp_path / "a.mp3"))
    (file,) = (tmp_path / "book").iterdir()
    file.write_text(text)
    assert list(book.list_songs().songs) == []
    assert book.list_songs().n_changed == 0


def test_a_song_is_forgotten_though_its_file_is_gone_and_all_are_at_once(tmp_path: Path) -> None:
    """One at a time by its name, or every one; a second time there is nothing to forget."""
    book = SongBook(tmp_path / "book")
    kept = [kept_song(tmp_path / f"{name}.mp3") for name in "abc"]
    for one in kept:
        book.keep(one)
    kept[0].song.path.unlink()
    book.forget(kept[0].song.path)
    assert list(book.list_songs().songs) == [one.song for one in kept[1:]]
    assert book.list_songs().n_changed == 0
    with pytest.raises(UsageError, match=r"a\.mp3: nothing is kept of it"):
        book.forget(kept[0].song.path)
    assert book.forget_all() == 2
    assert book.forget_all() == 0
    assert list(book.list_songs().songs) == []
    assert kept[1].song.path.read_bytes() == SOUND


def test_beats_that_go_back_or_are_none_are_refused(tmp_path: Path) -> None:
    """A file that somebody changed cannot make a session stumble."""
    book = SongBook(tmp_path / "book")
    for beats_s in ((1.0, 1.0), (2.0, 1.0), (0.0, math.nan)):
        book.keep(kept_song(tmp_path / "a.mp3", beats_s=beats_s))
        assert list(book.list_songs().songs) == []


def test_a_loudness_that_no_song_has_is_refused(tmp_path: Path) -> None:
    """A file that somebody changed cannot make a session deafening."""
    book = SongBook(tmp_path / "book")
    changes: tuple[dict[str, float], ...] = (
        {"loudness_lufs": -50.1},
        {"loudness_lufs": -math.inf},
        {"loudness_lufs": math.nan},
        {"crest_db": 23.1},
        {"crest_db": math.nan},
    )
    for change in changes:
        book.keep(kept_song(tmp_path / "a.mp3", **change))
        assert list(book.list_songs().songs) == []
    book.keep(kept_song(tmp_path / "a.mp3", loudness_lufs=-50.0, crest_db=23.0))
    assert len(book.list_songs().songs) == 1


@pytest.mark.skipif(os.name == "nt", reason="names are characters there")
def test_a_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    """A disk of another system may hold one."""
    book = SongBook(tmp_path / "book")
    one = kept_song(Path(os.fsdecode(bytes(tmp_path) + b"/a\xff\x1b[31m.mp3")))
    book.keep(one)
    assert list(book.list_songs().songs) == [one.song]


def test_without_a_home_nothing_is_known_and_keeping_says_why(tmp_path: Path) -> None:
    """And listing is no error."""
    book = SongBook(NoHomeError("beats of songs", "XDG_CACHE_HOME"))
    assert list(book.list_songs().songs) == []
    with pytest.raises(UsageError, match="no home folder"):
        book.keep(kept_song(tmp_path / "a.mp3"))


def test_nothing_of_the_sound_is_in_what_is_kept(tmp_path: Path) -> None:
    """Numbers and the name; for the owner only."""
    book = SongBook(tmp_path / "book")
    book.keep(kept_song(tmp_path / "a.mp3"))
    (file,) = (tmp_path / "book").iterdir()
    assert SOUND not in file.read_bytes()
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0


def test_of_many_songs_some_of_each_tempo_are_drawn_for_a_session(tmp_path: Path) -> None:
    """Five within a step a minute; others by another seed; none that is refused, gone or elsewhere."""
    book = SongBook(tmp_path / "book")
    for number in range(18):
        for tempo in (160.2, 171.7):
            book.keep(kept_song(tmp_path / "a" / f"{tempo} {number}.mp3", spm=tempo))
    book.keep(kept_song(tmp_path / "a" / "one of its kind.mp3", spm=150.0))
    book.keep(kept_song(tmp_path / "a" / "refused.mp3", spm=151.0, refused="Its beat is not steady."))
    book.keep(kept_song(tmp_path / "a" / "gone.mp3", spm=152.0))
    (tmp_path / "a" / "gone.mp3").unlink()
    book.keep(kept_song(tmp_path / "b" / "elsewhere.mp3", spm=153.0))
    drawn = book.draw(tmp_path / "a", 1)
    assert [sum(int(one.spm) == tempo for one in drawn) for tempo in (150, 160, 171)] == [1, 5, 5]
    assert len(drawn) == 11
    assert drawn == book.draw(tmp_path / "a", 1) != book.draw(tmp_path / "a", 2)
    assert len(book.draw(None, 1)) == 12


@pytest.mark.skipif(os.name == "nt", reason="paths are short there")
def test_a_song_at_the_end_of_a_very_long_path_is_drawn(tmp_path: Path) -> None:
    """More of what is kept must be read to come to its tempo."""
    book, folder = SongBook(tmp_path / "book"), tmp_path
    for number in range(11):
        folder /= f"{number} {'ü' * 100}"
        folder.mkdir()
    one = kept_song(folder / "a.mp3")
    book.keep(one)
    assert book.draw(folder, 1) == [one.song]
    assert book.folders() == (folder.resolve(),)
