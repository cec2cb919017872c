"""`music add`, `list`, `check`, `tap` and `forget`, as they are typed."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from athlete_home import Home
from made_songs import FS_HZ, even_beats, rock

from cadencecoach.cli.main import main
from cadencecoach.desk.music.adding import add_songs
from cadencecoach.store.song_book import SongBook

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
SECONDS = 15.0


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two songs that can be run to, and all that goes wrong."""
    folder = tmp_path_factory.mktemp("songs")
    for name, spm in (("fast.flac", 172.0), ("slow.ogg", 84.0)):
        soundfile.write(folder / name, rock(even_beats(spm, SECONDS), SECONDS), FS_HZ)
    noise = 0.1 * np.random.default_rng(1).standard_normal((8 * 8000, 6))
    soundfile.write(folder / "noise 5.1.wav", noise, 8000)
    (folder / "empty.mp3").write_bytes(b"")
    (folder / "text.mp3").write_bytes(b"no sound" * 1000)
    (folder / "other.m4a").write_bytes(b"")
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe.mp3")
        (folder / "evil\x1b[31m.mp3").write_bytes(b"x")
        (folder / "circle.mp3").symlink_to("circle.mp3")
        (folder / "nowhere.flac").symlink_to("gone.flac")
        (folder / "itself").symlink_to(folder)
        (folder / "huge.wav").write_bytes(b"")
        os.truncate(folder / "huge.wav", 2_000_000_000)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine of its own."""
    return Home(tmp_path).move_in(monkeypatch)


def test_a_folder_is_added_once_listed_mended_and_heard(
    songs: Path, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for each file, whatever is wrong with it; what was found is found again without reading."""
    assert main(["music", "add", str(songs)]) == 0
    told = capsys.readouterr()
    n_files = sum(not one.name.endswith("m4a") and one.name != "itself" for one in songs.iterdir())
    assert len(told.out.splitlines()) == n_files + 1
    assert told.out.splitlines()[-1] == f"2 of {n_files} songs can be run to."
    assert "\x1b" not in told.out
    assert "such as M4A: 1" in told.err
    assert main(["music", "add", *(str(songs / name) for name in ("fast.flac", "slow.ogg", "noise 5.1.wav"))]) == 0
    assert "Known already and unchanged: 3." in capsys.readouterr().out
    assert main(["music", "list", "--json"]) == 0
    listed = {Path(row["file"]).name: row for row in json.loads(capsys.readouterr().out)}
    assert set(listed) == {"fast.flac", "slow.ogg", "noise 5.1.wav"}
    assert set(listed["fast.flac"]) == {
        *("file", "spm", "beats_s", "unsteady_ms", "loudness_lufs", "refused", "fits_spm")
    }
    assert listed["fast.flac"]["spm"] == 172.0
    assert listed["fast.flac"]["fits_spm"] == [158.3, 185.7]
    assert listed["slow.ogg"]["spm"] == 168.0
    assert listed["fast.flac"]["refused"] is None
    assert "No beat was found" in listed["noise 5.1.wav"]["refused"]
    assert listed["noise 5.1.wav"]["fits_spm"] is None
    kept = [*(home.root / "cache" / "cadencecoach" / "songs").iterdir()]
    assert len(kept) == 3
    assert all(one.suffix == ".json" and one.stat().st_size < 4000 for one in kept)

    out = home.root / "checked.wav"
    assert main(["music", "check", str(songs / "fast.flac"), "--sound", f"file:{out}"]) == 0
    clicked, fs_hz = soundfile.read(out)
    assert len(clicked) / fs_hz == pytest.approx(SECONDS, abs=0.01)
    out.write_bytes(b"mine")
    assert main(["music", "check", str(songs / "fast.flac"), "--sound", f"file:{out}"]) == 2
    assert out.read_bytes() == b"mine"
    assert main(["music", "check", str(songs / "fast.flac"), "--sound", f"file:{songs / 'fast.flac'}", "--force"]) == 2

    taps = " ".join(f"{2.0 + n * 60 / 172:.3f}" for n in range(12))
    capsys.readouterr()
    assert main(["music", "tap", str(songs / "fast.flac"), "--at", taps]) == 0
    assert "172.0 spm" in capsys.readouterr().out
    assert main(["music", "tap", str(songs / "fast.flac"), "--at", "1 2 3"]) == 2
    assert main(["music", "tap", str(songs / "fast.flac"), "--undo"]) == 0
    assert main(["music", "tap", str(songs / "fast.flac"), "--undo"]) == 2
    assert "there is nothing to undo" in capsys.readouterr().err

    assert main(["music", "forget"]) == main(["music", "forget", str(songs / "fast.flac"), "--all"]) == 2
    assert main(["music", "forget", str(songs / "fast.flac")]) == 0
    assert main(["music", "forget", str(songs / "fast.flac")]) == 2
    assert main(["music", "forget", "--all"]) == 0
    assert "Forgotten: 2 songs." in capsys.readouterr().out
    assert (songs / "fast.flac").exists()


@pytest.mark.usefixtures("home")
def test_what_cannot_be_read_is_one_line_and_an_exit_status(songs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """2 for what was named and is no song, 1 where none can be run to."""
    assert main(["music", "add", str(songs / "nowhere.mp3")]) == 2
    told = capsys.readouterr()
    assert "does not exist" in told.err
    assert not told.out  # and no count of nothing
    assert main(["music", "list", str(songs / "nowhere")]) == 2
    assert "does not exist" in capsys.readouterr().err
    assert main(["music", "add", str(songs / "text.mp3")]) == 2
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["music", "add", str(songs / "noise 5.1.wav")]) == 1
    assert main(["music", "check", str(songs / "text.mp3"), "--sound", "file:x.wav"]) == 2
    if sys.platform != "win32":
        for words in (("check",), ("tap", "--at", "1"), ("forget",)):
            assert main(["music", words[0], str(songs / "circle.mp3"), *words[1:]]) == 2
    assert main(["music", "list"]) == 0


@pytest.mark.usefixtures("home")
def test_a_thousand_files_that_are_no_songs_are_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In seconds: nothing is waited for."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number}.mp3").write_bytes(b"" if number % 100 else b"no sound")
    assert main(["music", "add", str(folder)]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1001
    assert lines[-1] == "0 of 1000 songs can be run to."


def test_a_file_that_vanishes_meanwhile_is_one_line(tmp_path: Path) -> None:
    """Before it is looked at, or between that and its turn to be read: the others are added."""
    paths = [tmp_path / name for name in ("gone.wav", "stays.wav", "late.wav", "empty.wav")]
    for path in paths[1:3]:
        soundfile.write(path, rock(even_beats(172.0, SECONDS), SECONDS), FS_HZ)
    paths[3].write_bytes(b"")
    added = add_songs(paths, SongBook(tmp_path / "book"))
    assert "gone.wav does not exist" in next(added).trouble
    assert "it is empty" in next(added).trouble
    paths[2].unlink()
    rest = {one.path.name: one for one in added}
    assert rest["stays.wav"].song is not None
    assert "late.wav does not exist" in rest["late.wav"].trouble
