"""What a sound file tells a player, read back by a library that is not ours."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tinytag import TinyTag

from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import SoundForm, is_sound_of_ours, open_sound_file
from cadencecoach.devices.sound_tags import SoundTags, put_flac_tempo

KINDS = ["wav", "flac", "mp3"]
NOISE = np.random.default_rng(0).integers(-30_000, 30_000, 48_000, dtype=np.int16)


def written(path: Path, tags: SoundTags) -> Path:
    """A second of noise with these tags."""
    output = OutputFile(path=path, name=str(path), is_ours=is_sound_of_ours)
    with contextlib.closing(open_sound_file(output, SoundForm(tags=tags))) as file:
        file.write(NOISE)
    return path


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize(("tempo_spm", "bpm"), [(60.0, "60"), (170.0, "170"), (172.5, "172"), (260.0, "260")])
def test_another_library_reads_every_tag(tmp_path: Path, ending: str, tempo_spm: float, bpm: str) -> None:
    """Title, artist, album, comment and tempo, in each format."""
    tags = SoundTags(title="170 spm, 40 min", album="Metronome", comment="Straße, 步", tempo_spm=tempo_spm)
    read = TinyTag.get(written(tmp_path / f"a.{ending}", tags))
    assert (read.title, read.artist, read.album) == ("170 spm, 40 min", "cadencecoach", "Metronome")
    assert read.other["bpm"] == [bpm]
    assert (read.comment or "").strip() == "Straße, 步"
    assert read.duration == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("ending", KINDS)
def test_without_a_tempo_there_is_no_tag_for_one(tmp_path: Path, ending: str) -> None:
    """A guided session has several."""
    read = TinyTag.get(written(tmp_path / f"a.{ending}", SoundTags(title="Plus 5 percent", album="cadencecoach")))
    assert read.title == "Plus 5 percent"
    assert "bpm" not in read.other


@pytest.mark.parametrize("ending", KINDS)
def test_the_sound_is_the_same_with_and_without(tmp_path: Path, ending: str) -> None:
    """A tag costs no sample, whatever its length, and moves none."""
    bare = soundfile.read(written(tmp_path / f"bare.{ending}", SoundTags()))[0]
    for n_chars in (1, 2, 500):
        tags = SoundTags(title="x" * n_chars, comment="y" * n_chars, tempo_spm=170)
        tagged = soundfile.read(written(tmp_path / f"{n_chars}.{ending}", tags))[0]
        assert np.array_equal(bare, tagged)


def test_a_file_without_room_keeps_its_comments(tmp_path: Path) -> None:
    """The tempo takes the place that was left for it: a second one changes nothing, nor one in a torn file."""
    path = written(tmp_path / "a.flac", SoundTags(title="x", comment="y", tempo_spm=170))
    whole = path.read_bytes()
    put_flac_tempo(path, SoundTags(tempo_spm=180))
    assert path.read_bytes() == whole
    torn = tmp_path / "torn.flac"
    for n_bytes in (0, 3, 4, 30, 60):
        torn.write_bytes(whole[:n_bytes])
        put_flac_tempo(torn, SoundTags(tempo_spm=180))
        assert torn.read_bytes() == whole[:n_bytes]
