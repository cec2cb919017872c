"""The callback on a card that loses sound."""

from collections import deque
from types import SimpleNamespace

import numpy as np

from cadencecoach.devices.audio_player import FRAME_BYTES, Player, fade_in
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import AudioState, CallbackRows, Load, Tell
from cadencecoach.sound.commands import SetBeat
from cadencecoach.sound.engine import Engine

FS_HZ = 48_000
BLOCK = 256
LATENCY_S = 0.1
LOST_FRAMES = 5_000


def test_the_beat_is_back_in_phase_after_a_slip() -> None:
    """Every click heard after the loss stands on the raster of before, and the state says what was lost."""
    engine = Engine(clips={"click": np.array([0.5], np.float32)})
    inbox: deque[Tell | Load] = deque([Tell(command=SetBeat.steady(at_s=0.0, tempo_spm=180.0))])
    state = AudioState()
    player = Player(engine, inbox=inbox, report=Report(state, CallbackRows()))
    heard: list[int] = []
    for k in range(1500):
        began_s = 100.0 + (k * BLOCK + (LOST_FRAMES if k >= 700 else 0)) / FS_HZ
        out = bytearray(BLOCK * FRAME_BYTES)
        times = SimpleNamespace(outputBufferDacTime=began_s + LATENCY_S, currentTime=began_s)
        player(out, BLOCK, times, SimpleNamespace(output_underflow=k == 700))
        first = round((began_s - 100.0) * FS_HZ)
        heard += (np.flatnonzero(np.frombuffer(out, np.float32)[::2]) + first).tolist()
    before = [frame for frame in heard if frame < 700 * BLOCK]
    after = [frame for frame in heard if frame > 715 * BLOCK + LOST_FRAMES]
    assert state.slip_frames == LOST_FRAMES
    assert len(before) > 10
    assert len(after) > 10
    assert all(frame % 16_000 == 0 for frame in before + after)


def test_the_sound_comes_back_from_silence() -> None:
    """After a slip there is no step into the middle of a click."""
    block = np.ones((BLOCK, 2), np.float32)
    fade_in(block, n_frames=240)
    assert block[0].tolist() == [0.0, 0.0]
    assert np.allclose(np.diff(block[:240, 0]), 1 / 240, atol=1e-6)
    assert (block[240:] == 1.0).all()
