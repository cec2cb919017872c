"""The sounds themselves, and the files made of them."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.pcm import to_pcm16
from cadencecoach.sound.tones import CLICK_S, PEAK, SOUNDS, click

FOLDER = Path(__file__).parents[2] / "sounds"


def test_the_files_are_what_the_functions_make() -> None:
    """sounds/ holds every sound and nothing stale; make.py writes them."""
    bank = load_bank(FOLDER)
    assert bank.keys() == SOUNDS.keys()
    for name, sound in SOUNDS.items():
        assert np.array_equal(to_pcm16(bank[name]), to_pcm16(sound(FS_HZ))), f"{name}.wav is stale: run sound.make"


def test_the_command_writes_the_files(tmp_path: Path) -> None:
    """`python -m cadencecoach.sound.make FOLDER` gives the committed bytes."""
    subprocess.run([sys.executable, "-m", "cadencecoach.sound.make", str(tmp_path)], check=True)
    for path in FOLDER.glob("*.wav"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_begins_at_once_and_ends_in_silence(name: str) -> None:
    """The first sample is far from zero, the last is zero, and the crest is where all have it."""
    samples = SOUNDS[name](FS_HZ)
    assert samples[0] >= 0.5
    assert samples[-1] == 0
    assert np.abs(samples).max() == pytest.approx(PEAK)


def test_the_click_is_short_and_lies_where_the_ear_is_keen() -> None:
    """30 ms, most of its energy between 1 and 2.5 kHz."""
    samples = click(fs_hz=FS_HZ)
    power = np.abs(np.fft.rfft(samples, FS_HZ)) ** 2
    assert len(samples) == CLICK_S * FS_HZ
    assert power[1000:2500].sum() > 0.7 * power.sum()


def pitch_hz(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> int:
    """The strongest frequency."""
    return int(np.abs(np.fft.rfft(samples, FS_HZ)).argmax())


@pytest.mark.parametrize(("name", "is_rising"), [("quicker", True), ("easier", False), ("lost", False)])
def test_direction_is_heard(name: str, is_rising: bool) -> None:  # noqa: FBT001  # a column of the table
    """Quicker rises, easier and lost fall."""
    samples = SOUNDS[name](FS_HZ)
    assert (pitch_hz(samples[:4800]) < pitch_hz(samples[-9600:])) == is_rising
