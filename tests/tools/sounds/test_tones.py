"""The sounds themselves, and the files made of them."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.pattern import accent_name
from cadencecoach.sound.pcm import to_pcm16
from tools.sounds.clicks import ACCENT_RATIO, CLICKS, LOUDNESS_LKFS, PEAK
from tools.sounds.loudness import loudness_lkfs
from tools.sounds.tones import SOUNDS

FOLDER = Path(__file__).parents[3] / "sounds"


@pytest.mark.slow
def test_the_files_are_what_the_functions_make() -> None:
    """sounds/ holds every sound and nothing stale; make.py writes them."""
    bank = load_bank(FOLDER)
    assert bank.keys() == SOUNDS.keys()
    for name, sound in SOUNDS.items():
        assert np.array_equal(to_pcm16(bank[name]), to_pcm16(sound(FS_HZ))), f"{name}.wav is stale"


@pytest.mark.slow
def test_the_command_writes_the_files(tmp_path: Path) -> None:
    """`python -m tools.sounds.make FOLDER` gives the committed bytes."""
    subprocess.run([sys.executable, "-m", "tools.sounds.make", str(tmp_path)], check=True)
    for path in FOLDER.glob("*.wav"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@each_row("name", SOUNDS)
def test_a_sound_begins_at_once_and_ends_in_silence(name: str) -> None:
    """The first sample is near the crest, the last is zero, and no crest is above that of all."""
    samples = SOUNDS[name](FS_HZ)
    crest = float(np.abs(samples).max())
    assert samples[0] >= 0.55 * crest
    assert samples[-1] == 0
    assert crest <= PEAK * (1 + 1e-6)


@each_row("name", CLICKS)
def test_a_click_is_short_and_lies_where_a_treadmill_does_not(name: str) -> None:
    """At most 120 ms, four fifths of its energy between the rumble and the hiss, and so is its accent's."""
    for samples in (SOUNDS[name](FS_HZ), SOUNDS[accent_name(name)](FS_HZ)):
        power = np.abs(np.fft.rfft(samples, FS_HZ)) ** 2
        assert len(samples) <= 0.12 * FS_HZ
        assert power[500:5000].sum() > 0.8 * power.sum()


def test_all_clicks_are_equally_loud() -> None:
    """As the files have them, by BS.1770, to a tenth of a unit."""
    bank = load_bank(FOLDER)
    for name in CLICKS:
        for clip in (name, accent_name(name)):
            assert loudness_lkfs(bank[clip], every_s=1 / 3) == pytest.approx(LOUDNESS_LKFS, abs=0.1)


@pytest.mark.slow
def test_there_are_at_least_eight_clicks_to_choose_from() -> None:
    """All different in pitch or length, each with an accent a fourth above."""
    assert len({(pitch_hz(SOUNDS[name](FS_HZ)), len(SOUNDS[name](FS_HZ))) for name in CLICKS}) >= 8
    for name in CLICKS:
        ratio = pitch_hz(SOUNDS[accent_name(name)](FS_HZ)) / pitch_hz(SOUNDS[name](FS_HZ))
        assert ratio == pytest.approx(ACCENT_RATIO, rel=0.05)


def pitch_hz(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> int:
    """The strongest frequency."""
    return int(np.abs(np.fft.rfft(samples, FS_HZ)).argmax())


@each_row(("name", "is_rising"), [("quicker", True), ("easier", False), ("lost", False)])
def test_direction_is_heard(name: str, is_rising: bool) -> None:  # noqa: FBT001  # a column of the table
    """Quicker rises, easier and lost fall."""
    samples = SOUNDS[name](FS_HZ)
    assert (pitch_hz(samples[:4800]) < pitch_hz(samples[-9600:])) == is_rising
