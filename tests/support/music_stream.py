"""An engine with music, without a card: what a sound file of a session would hold, in virtual time."""

import numpy as np
from clicked_songs import ClickedSong
from numpy.typing import NDArray

from cadencecoach.live.audio.music_maker import MusicMaker
from cadencecoach.music.rendering import MusicRenderer
from cadencecoach.sound.commands import Bus, Command, Cut, SetBeat
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.music_ring import RING_BYTES, MusicRing

AHEAD_S = 1.0
CLICK = (0.8 * np.sin(np.arange(1, 160) * np.pi / 8) * np.exp(-np.arange(159) / 40)).astype(np.float32)  # 1 kHz
GAINS = {Bus.CLICK: 0.5, Bus.VOICE: 1.0, Bus.EARCON: 1.0}


class MusicStream:
    """An engine and the maker of its music, on one thread.

    Attributes:
        engine: what is heard
        maker: of its music
    """

    def __init__(self, *made: ClickedSong, fs_hz: int = 48_000, n_channels: int = 1, is_live: bool = False) -> None:
        """Begin silent, with songs in memory."""
        held = {one.song.path: one.held for one in made}
        memory = bytearray(RING_BYTES)
        rings = MusicRing(memory)
        renderer = MusicRenderer([one.song for one in made], lambda song, _: held[song.path], fs_hz=fs_hz)
        self.maker = MusicMaker(renderer, rings, fs_hz=fs_hz, is_live=is_live)
        voice = np.sin(np.arange(fs_hz) * 0.2).astype(np.float32) * 0.1
        self.engine = Engine(clips={"click": CLICK, "voice": voice}, fs_hz=fs_hz, gains=GAINS, n_channels=n_channels)
        self.engine.use_music(memory)
        self._fs_hz, self._n_told = fs_hz, 0

    def tell(self, command: Command) -> None:
        """Both are told what concerns them."""
        if isinstance(command, SetBeat):
            self._n_told += 1
            command = SetBeat(at_s=command.at_s, timeline=command.timeline, number=self._n_told)
        self.engine.tell(command)
        if isinstance(command, SetBeat | Cut):
            self.maker.tell(command)

    def hear(self, until_s: float, *, block: int = 4096, makes: bool = True) -> NDArray[np.float32]:
        """One channel up to a time; with `makes` false nothing is made ready meanwhile."""
        pieces = []
        while (left := round(until_s * self._fs_hz) - self.engine.position_frames) > 0:
            n_frames = min(block, left)
            ahead = self.engine.position_frames + n_frames + round(AHEAD_S * self._fs_hz)
            while makes and self.maker.fill(ahead):
                pass
            is_silent = self.engine.skip_silence(n_frames)
            pieces.append(np.zeros(n_frames, np.float32) if is_silent else self.engine.render(n_frames)[:, 0])
        return np.concatenate(pieces)
