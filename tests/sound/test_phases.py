"""Clicks between samples: the waveform stands where the beat is, the first sample where it can be found."""

import numpy as np
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.sound.commands import Bus, SetBeat
from cadencecoach.sound.engine import DEFAULT_GAINS, Engine
from cadencecoach.sound.phases import N_PHASES, PhasedClip
from tools.sounds.clicks import CLICKS, TAIL_S
from tools.sounds.tones import SOUNDS

FS_HZ = 48_000
CLICK = SOUNDS["click"](FS_HZ)
STRUCK = CLICKS["click"]
BEHIND_THE_EDGE = 8


def begun_at(fraction: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The project's click, computed for a beginning between samples."""
    time_s = (np.arange(round(STRUCK.length_s * FS_HZ)) - fraction) / FS_HZ
    parts = (
        part * np.exp(-time_s / decay_s) * np.cos(2 * np.pi * hz * time_s) for hz, part, decay_s in STRUCK.partials
    )
    fade = np.minimum(1.0, (STRUCK.length_s - 1 / FS_HZ - time_s) / TAIL_S)
    return np.asarray(sum(parts, start=np.zeros_like(time_s)) * fade * CLICK[0])


@given(st.floats(-0.5, 0.5))
def test_the_waveform_is_that_of_a_click_begun_there(fraction: float) -> None:
    """Behind its first samples it differs from the computed one by less than 100 dB below full scale, on the raster."""
    made = PhasedClip(CLICK).at(fraction)
    want = begun_at(round(fraction * N_PHASES) / N_PHASES)
    error = made[BEHIND_THE_EDGE:-1] - want[BEHIND_THE_EDGE:-1]
    assert np.sqrt(np.mean(error**2)) < 1e-4


@each_row("fraction", [-0.5, -0.25, 0.25, 0.5])
def test_the_edge_keeps_its_area_and_its_frame(fraction: float) -> None:
    """The first sample is far from zero, whatever the fraction: nobody looks for the onset at another frame."""
    made = PhasedClip(CLICK).at(fraction)
    assert abs(made[0]) > 0.5 * np.abs(CLICK).max()
    assert len(made) == len(CLICK)


def test_on_a_whole_frame_the_clip_is_untouched() -> None:
    """Bit for bit."""
    assert np.array_equal(PhasedClip(CLICK).at(0.0), CLICK)


@each_row("clip", [np.array([0.5], np.float32), np.linspace(1.0, 0.0, 1440, dtype=np.float32)])
def test_any_clip_has_phases(clip: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
    """Also one of a single sample."""
    made = PhasedClip(clip).at(0.4)
    assert made.shape == clip.shape
    assert np.isfinite(made).all()


def test_intervals_are_exact_to_a_tenth_of_a_microsecond() -> None:
    """A minute at 173.7 spm: each click's waveform fits its exact time within 0.05 us, found by least squares."""
    engine = Engine(clips={"click": CLICK})
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=173.7))
    heard = engine.render(60 * FS_HZ)[:, 0] / DEFAULT_GAINS[Bus.CLICK]
    for beat in range(173):
        exact = beat * 60 / 173.7 * FS_HZ
        frame = int(np.floor(exact + 0.5))
        fraction = exact - frame
        part = slice(BEHIND_THE_EDGE, 600)
        slope = (begun_at(fraction + 0.01)[part] - begun_at(fraction - 0.01)[part]) / 0.02
        off_frames = (heard[frame : frame + 1440][part] - begun_at(fraction)[part]) @ slope / (slope @ slope)
        assert abs(off_frames) / FS_HZ * 1e6 < 0.05
