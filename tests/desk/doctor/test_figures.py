"""The measure itself, measured: on beats whose faults are known."""

import numpy as np
import pytest
from each_row import each_row
from numpy.typing import NDArray

from cadencecoach.desk.doctor.figures import beat_figures, delays_ms, exact_onsets, load_percent
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_wire import CallbackRow
from cadencecoach.sound.bank import clip_at_rate, load_wav
from cadencecoach.sound.commands import SetBeat
from cadencecoach.sound.engine import Engine

FS_HZ = 48_000
CLICK = load_wav(asset("sounds") / "click.wav")
TEMPO_SPM = 173.7


def played(seconds: float = 10.0) -> NDArray[np.float32]:
    """A beat as the engine plays it."""
    engine = Engine(clips={"click": CLICK})
    engine.tell(SetBeat.steady(at_s=0.01, tempo_spm=TEMPO_SPM))
    return engine.render(round(seconds * FS_HZ))[:, 0]


def test_an_exact_beat_is_called_exact() -> None:
    """Under 0.1 us, no drift, onsets within half a frame."""
    figures = beat_figures(played(), CLICK, tempo_spm=TEMPO_SPM, fs_hz=FS_HZ)
    assert figures is not None
    assert figures.n_intervals == 28
    assert figures.worst_us < 0.1
    assert figures.worst_onset_frames <= 0.51
    assert abs(figures.drift_ppm) < 0.02


@each_row("fs_hz", [8_000, 22_050, 44_100, 96_000, 192_000])
def test_a_beat_is_measured_at_the_rate_of_the_card(fs_hz: int) -> None:
    """Clicks are told apart by seconds of silence, not by frames: at 8 kHz there are few, and more at 192."""
    click = clip_at_rate(CLICK, fs_hz)
    engine = Engine(clips={"click": click}, fs_hz=fs_hz)
    engine.tell(SetBeat.steady(at_s=0.01, tempo_spm=TEMPO_SPM))
    figures = beat_figures(engine.render(10 * fs_hz)[:, 0], click, tempo_spm=TEMPO_SPM, fs_hz=fs_hz)
    assert figures is not None
    assert figures.n_intervals == 28
    assert figures.worst_us < 1.0


def test_a_click_that_is_late_by_a_hundredth_of_a_millisecond_is_seen() -> None:
    """Samples inserted between two clicks: one interval is too long by just so much, the others are not."""
    heard = played()
    broken = np.insert(heard, 5 * FS_HZ, np.zeros(10, np.float32))
    assert not broken[5 * FS_HZ - 100 : 5 * FS_HZ + 100].any(), "the place must be silent"
    figures = beat_figures(broken, CLICK, tempo_spm=TEMPO_SPM, fs_hz=FS_HZ)
    assert figures is not None
    assert figures.worst_us == pytest.approx(10 / FS_HZ * 1e6, abs=0.1)
    assert figures.p99_us < figures.worst_us


def test_a_wrong_tempo_is_drift() -> None:
    """Measured against a tempo 500 ppm away, the beat drifts by 500 ppm."""
    figures = beat_figures(played(), CLICK, tempo_spm=TEMPO_SPM * 1.0005, fs_hz=FS_HZ)
    assert figures is not None
    assert figures.drift_ppm == pytest.approx(500, abs=1)


def test_onsets_are_found_between_frames() -> None:
    """At any gain: the exact places follow from the tempo."""
    _, places = exact_onsets(played() * np.float32(0.3), CLICK, fs_hz=FS_HZ)
    exact = 0.01 * FS_HZ + np.arange(len(places)) * 60 / TEMPO_SPM * FS_HZ
    assert np.abs(places - exact).max() < 0.005


def test_silence_has_no_figures() -> None:
    """Nor have two clicks."""
    assert beat_figures(np.zeros(FS_HZ, np.float32), CLICK, tempo_spm=TEMPO_SPM, fs_hz=FS_HZ) is None


def rows(*starts: int) -> list[CallbackRow]:
    """Callbacks of 256 frames, each called at its frame's time, heard 0.1 s later, done in 1 ms."""
    return [
        CallbackRow(first_frame=at, n_frames=256, called_s=at / FS_HZ, busy_s=0.001, heard_s=at / FS_HZ + 0.1)
        for at in starts
    ]


def test_a_delay_is_from_telling_to_the_callback_that_took_the_sample() -> None:
    """Two commands, told 5 and 10 ms before the callbacks in which they begin."""
    told_s = [0.0, 256 * 20 / FS_HZ - 0.010]
    callbacks = rows(*range(240, 240 + 256 * 30, 256))
    found = delays_ms([240 / FS_HZ - 0.005, told_s[1] + 240 / FS_HZ], np.array([250, 240 + 256 * 20]), callbacks)
    assert found is not None
    left, heard = found
    assert left.median == pytest.approx(7.5)
    assert left.worst == pytest.approx(10.0)
    assert heard.worst == pytest.approx(110.0)


def test_a_missing_sound_is_no_delay() -> None:
    """What was told and not found makes the figure unknown, not small."""
    assert delays_ms([0.0, 1.0], np.array([250]), rows(0, 256)) is None
    assert delays_ms([0.0], np.array([10_000]), rows(0, 256)) is None


def test_load_is_part_of_a_blocks_time() -> None:
    """1 ms of 5.33 ms."""
    load = load_percent(rows(0, 256), FS_HZ)
    assert (load.median, load.p99, load.worst) == pytest.approx((18.75, 18.75, 18.75))
