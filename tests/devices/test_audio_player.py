"""The callback on a card that loses sound."""

from array import array
from collections import deque
from types import SimpleNamespace

import numpy as np
import pytest
from each_row import each_row

from cadencecoach.devices.audio_player import FRAME_BYTES, Player, fade_in
from cadencecoach.devices.audio_report import Report
from cadencecoach.devices.audio_wire import AudioState, CallbackRows, Drop, Tell
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Bus, Cut, Play, SetBeat
from cadencecoach.sound.engine import Engine

FS_HZ = 48_000
BLOCK = 256
LATENCY_S = 0.1
LOST_FRAMES = 5_000


def test_the_beat_is_back_in_phase_after_a_slip() -> None:
    """Every click heard after the loss stands on the raster of before, and the state says what was lost."""
    engine = Engine(clips={"click": np.array([0.5], np.float32)})
    inbox: deque[Tell | Drop] = deque([Tell(command=SetBeat.steady(at_s=0.0, tempo_spm=180.0))])
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


def test_a_clip_is_made_ready_outside_the_callback_and_heard_from_the_next_block_on() -> None:
    """Numbers of 16 bit or floats; one that is no sound is counted with the commands that meant nothing."""
    engine = Engine(clips={"click": np.array([0.5], np.float32)})
    inbox: deque[Tell | Drop] = deque()
    state = AudioState()
    player = Player(engine, inbox=inbox, report=Report(state, CallbackRows()))
    player.load("words", array("h", [16_384]) * 4_800)
    player.load("none", np.zeros(0, np.float32))
    inbox.append(Tell(command=Play(at_s=0.0, clip="words", bus=Bus.VOICE)))
    out = bytearray(4 * BLOCK * FRAME_BYTES)
    times = SimpleNamespace(outputBufferDacTime=100.1, currentTime=100.0)
    player(out, 4 * BLOCK, times, SimpleNamespace(output_underflow=False))
    assert np.frombuffer(out, np.float32).any()
    assert state.n_refused == 1


class DroppingCard:
    """A card that holds 0.2 s, and can be told to throw it away.

    Attributes:
        heard: frames of the card's clock that were not silent, once they are played
    """

    def __init__(self, player: Player) -> None:
        """Nothing is held."""
        self._player = player
        self._held: list[tuple[int, float]] = []
        self._now = self._next = 0
        self.heard: list[int] = []

    def play(self, n_blocks: int) -> None:
        """Ask for blocks, and play as many frames once the buffer is full."""
        for _ in range(n_blocks):
            out = bytearray(BLOCK * FRAME_BYTES)
            now_s, dac_s = 100 + self._now / FS_HZ, 100 + self._next / FS_HZ
            times = SimpleNamespace(outputBufferDacTime=dac_s, currentTime=now_s)
            self._player(out, BLOCK, times, SimpleNamespace(output_underflow=False))
            loud = np.flatnonzero(np.frombuffer(out, np.float32)[::2]) + self._next
            self._held += [(int(frame), 1.0) for frame in loud]
            self._next += BLOCK
            self._now = max(self._now, self._next - round(0.2 * FS_HZ))
            self.heard += [frame for frame, _ in self._held if frame < self._now]
            self._held = [one for one in self._held if one[0] >= self._now]

    def drop(self, *, late_frames: int = 0) -> int:
        """Throw away what is held, and play again after a while; the answer is when."""
        self._held.clear()
        self._now += late_frames
        self._next = self._now
        return self._now


@pytest.mark.slow
@pytest.mark.parametrize("late_frames", [0, 4_800, 9_600, 14_400])
@pytest.mark.parametrize("n_drops", [1, 2])
def test_what_a_card_holds_is_not_heard_and_the_beat_comes_back_in_phase(late_frames: int, n_drops: int) -> None:
    """Silence from the cut on, words whole after it, later beats on the raster, however long the card took."""
    engine = Engine(clips={"click": np.full(2_000, 0.5, np.float32), "word": np.full(4_800, 0.25, np.float32)})
    inbox: deque[Tell | Drop] = deque([Tell(command=SetBeat.steady(at_s=0.0, tempo_spm=180.0))])
    state = AudioState()
    card = DroppingCard(Player(engine, inbox=inbox, report=Report(state, CallbackRows())))
    card.play(300)
    for _ in range(n_drops):
        card.play(2)
        cut_frame = card.drop(late_frames=late_frames)
        inbox.append(Drop(command=Cut(at_s=0.0)))
    inbox.append(Tell(command=Play(at_s=0.0, clip="word", bus=Bus.VOICE)))
    card.play(200)
    words = [frame for frame in card.heard if frame >= cut_frame]
    assert len(words) == 4_800
    assert words[-1] - words[0] == 4_799
    inbox.append(Tell(command=SetBeat(at_s=10.0, timeline=Timeline.steady(start_s=10.0, tempo_spm=180.0))))
    card.play(2500)
    clicks = [frame for frame in card.heard if frame > words[-1]]
    starts = [frame for frame, before in zip(clicks, [0, *clicks], strict=False) if frame - before > 1]
    assert len(starts) > 10
    assert starts[0] == 10 * FS_HZ
    assert all(frame % 16_000 == 0 for frame in starts)
    assert state.slip_frames == 0


def test_the_sound_comes_back_from_silence() -> None:
    """After a slip there is no step into the middle of a click."""
    block = np.ones((BLOCK, 2), np.float32)
    fade_in(block, n_frames=240)
    assert block[0].tolist() == [0.0, 0.0]
    assert np.allclose(np.diff(block[:240, 0]), 1 / 240, atol=1e-6)
    assert (block[240:] == 1.0).all()


@each_row("pair", [(1, 2), (3, 4), (2, 3)])
def test_one_pair_of_a_wide_card_is_heard_and_the_others_are_silent(pair: tuple[int, int]) -> None:
    """In sound, in silence and before a frame that is due later: a block is always as wide as the card."""
    engine = Engine(clips={"click": np.array([0.5], np.float32)})
    inbox: deque[Tell | Drop] = deque([Tell(command=SetBeat.steady(at_s=0.01, tempo_spm=180.0))])
    report = Report(AudioState(), CallbackRows())
    player = Player(engine, inbox=inbox, report=report, n_channels=4, pair=pair)
    heard = []
    for k in range(8):
        out = bytearray(BLOCK * 4 * 4)
        times = SimpleNamespace(outputBufferDacTime=100.0 + k * BLOCK / FS_HZ + LATENCY_S, currentTime=100.0)
        player(out, BLOCK, times, SimpleNamespace(output_underflow=False))
        heard.append(np.frombuffer(out, np.float32).reshape(-1, 4))
    loud = np.abs(np.concatenate(heard)).max(axis=0) > 0.0
    assert [channel for channel in range(1, 5) if loud[channel - 1]] == list(pair)
