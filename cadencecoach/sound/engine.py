"""The engine: told what should be heard and when, asked for frames, answers with samples.

Three laws of this file:

1. Output frame i is stream frame i. The limiter looks one quantum ahead, so the mix runs ahead of the output; nothing
   is delayed by it. A command reaches the first frame not yet mixed, less than two quanta past the output.
2. The samples do not depend on how they are asked for. Everything is a function of the absolute frame, sounds are added
   in an order that depends on nothing else, and work is cut on one absolute grid of quanta.
3. No clock, no device, no file, no randomness. The same commands give the same samples, live and offline.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any, assert_never

import numpy as np
from numpy.typing import NDArray

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Bus, Command, Cut, HushCues, MakeNoise, Play, SetBeat, SetGain, SetPattern
from cadencecoach.sound.limiter import QUANTUM, Limiter
from cadencecoach.sound.mixer import Change, Mixer
from cadencecoach.sound.music_ring import MusicFeed, MusicRing
from cadencecoach.sound.noise import LEVELS
from cadencecoach.sound.pattern import Pattern
from cadencecoach.sound.pcm import from_pcm16, to_pcm16
from cadencecoach.units import frame_at

if TYPE_CHECKING:
    from array import array

DUCK_FRAMES = 480  # at 48 kHz, what the click needs to make room before a cue
LEAD_FRAMES = 2 * QUANTUM + DUCK_FRAMES  # a command told this long before its frame takes effect exactly there
CHUNK_QUANTA = 512  # at once: long enough to forget Python's overhead, small enough for the processor's cache
MAX_TEMPO_SPM = 1000.0  # far above any runner; a stop for a slip of the pen that would fill a block with clicks
MAX_GAIN = 8.0
DEFAULT_GAINS: Mapping[Bus, float] = {Bus.CLICK: 0.5, Bus.VOICE: 0.8, Bus.EARCON: 0.4}


class Engine:
    """Renders one stream: a beat, cues over it, never above the limiter's threshold.

    Threads: `tell` and `render` from one thread, or one at a time; `load` from any, before what plays the clip is told.
    Real-time safe: no lock, no I/O; arrays of the block's size are allocated, measured in bench/engine.py.
    """

    def __init__(
        self,
        *,
        clips: Mapping[str, NDArray[np.float32]],
        fs_hz: int = 48_000,
        gains: Mapping[Bus, float] = DEFAULT_GAINS,
        clicks: Sequence[str] = ("click",),
        n_channels: int = 1,
    ) -> None:
        """Start silent at frame 0.

        Args:
            clips: mono samples at `fs_hz` by name, among them all of `clicks`
            fs_hz: frames per second of the stream
            gains: of each bus, 1 is as recorded
            clicks: names of the clicks in turn, beat 0 takes the first, until a pattern is told
            n_channels: what is mixed: 1, or 2 where clicks are panned
        Raises:
            ValueError: a click has no clip, or a clip is not one row of finite samples
        """
        self._fs_hz = fs_hz
        self._clips: dict[str, NDArray[np.float32]] = {}
        for name, samples in clips.items():
            self.load(name, samples)
        self._n_channels = n_channels
        self._mixer = Mixer(fs_hz=fs_hz, gains=gains, clicks=clicks, n_channels=n_channels)
        self._prepare(self._mixer.pattern)
        self._limiter = Limiter()
        self._position_frames = 0
        self._ready = np.zeros((n_channels, 0), np.float32)
        # Mixed and not yet limited: one quantum, once anything was asked for.
        self._ahead = np.zeros((n_channels, 0), np.float32)
        self._silence = np.zeros((n_channels, QUANTUM), np.float32)
        self._is_silent = False  # all of `_ready` and `_ahead`, and the limiter stands at full gain

    @property
    def fs_hz(self) -> int:
        """Frames per second of the stream."""
        return self._fs_hz

    @property
    def position_frames(self) -> int:
        """The next frame that `render` will give."""
        return self._position_frames

    @property
    def mixed_frames(self) -> int:
        """The first frame a command told now can reach; the same for every way of asking for blocks."""
        return self._mixer.position_frames

    @property
    def timeline(self) -> Timeline | None:
        """The beat at `mixed_frames`, in stream seconds; None in silence."""
        return self._mixer.timeline

    def use_music(self, memory: Any) -> None:  # noqa: ANN401  # whatever has a buffer
        """Play what is made ready in memory (`music_ring.MusicRing`) instead of the clicks, while there is a beat."""
        self._mixer.use_music(MusicFeed(MusicRing(memory), fs_hz=self._fs_hz))

    def load(self, name: str, samples: "NDArray[np.float32] | array[int]") -> None:
        """Add or replace a clip; what waits or sounds, and the clicks, keep the samples they began with.

        Args:
            name: it is played by
            samples: floats, or 16-bit numbers
        Raises:
            ValueError: not one row of finite samples
        """
        given = np.asarray(samples)
        clip = np.ascontiguousarray(from_pcm16(given) if given.dtype == np.int16 else given, np.float32)
        if clip.ndim != 1 or not len(clip) or not np.isfinite(clip).all():
            raise ValueError(f"clip {name!r} must be one row of finite samples, got shape {clip.shape}")
        self._clips[name] = clip

    def tell(self, command: Command) -> None:
        """Take a command, for now or for later, in any order.

        Raises:
            ValueError: a time, tempo or gain that means nothing, or a clip that was not loaded; nothing has changed
        """
        frame = max(self._frame(command.at_s), self.mixed_frames)
        match command:
            case Play():
                clip = self._clip(command.clip)
                self._mixer.play(clip, bus=command.bus, frame=frame)
            case HushCues():
                self._mixer.hush(frame)
            case Cut():
                self._mixer.hush(frame)
                self._mixer.tell(command, frame=frame)
            case SetBeat() | SetGain() | SetPattern() | MakeNoise():
                if isinstance(command, SetPattern):
                    self._prepare(command.pattern)
                _check(command)
                self._mixer.tell(command, frame=frame)
            case _:
                assert_never(command)

    def render(self, n_frames: int) -> NDArray[np.float32]:
        """The next frames, shape (n_frames, 2), within the limiter's threshold; both alike where one is mixed."""
        out = np.empty((n_frames, 2), np.float32)
        for first, piece in self._pieces(n_frames):
            end = first + piece.shape[1]
            out[first:end, 0], out[first:end, 1] = piece[0], piece[-1]  # half the time of a transposed copy
        return out

    def render_pcm16(self, n_frames: int) -> NDArray[np.int16]:
        """`to_pcm16` of the next frames, for files: shape (n_frames,) of one channel, (n_frames, 2) of two."""
        out = np.empty((self._n_channels, n_frames), np.int16)
        for first, piece in self._pieces(n_frames):
            out[:, first : first + piece.shape[1]] = to_pcm16(piece)
        return out[0] if self._n_channels == 1 else np.ascontiguousarray(out.T)

    def skip_silence(self, n_frames: int) -> bool:
        """Go by the next frames if all of them are silence, as if they had been rendered; else do nothing.

        A beat is silent for most of its time, and this is nearly free: what a card's callback should ask first.
        """
        n_missing = n_frames - self._ready.shape[1]
        n_quanta = -(-n_missing // QUANTUM)
        if not self._is_silent or n_missing < 0 or not self._mixer.skip_silence(n_quanta * QUANTUM):
            return False
        self._ready = self._silence[:, : n_quanta * QUANTUM - n_missing]
        self._position_frames += n_frames
        return True

    def _pieces(self, n_frames: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Stretches, shape (channels, frames), that make up the next frames, each with its place among them."""
        done = 0
        while done < n_frames:
            if not self._ready.shape[1]:
                n_quanta = min(-(-(n_frames - done) // QUANTUM), CHUNK_QUANTA)
                self._ready = self._render_limited(n_quanta)
            piece, self._ready = self._ready[:, : n_frames - done], self._ready[:, n_frames - done :]
            self._position_frames += piece.shape[1]
            yield done, piece
            done += piece.shape[1]

    def _render_limited(self, n_quanta: int) -> NDArray[np.float32]:
        """The next quanta of the output."""
        mix = np.zeros((self._n_channels, (n_quanta + 1) * QUANTUM), np.float32)
        n_ahead = self._ahead.shape[1]
        mix[:, :n_ahead] = self._ahead
        self._mixer.mix(mix[:, n_ahead:])
        self._limiter.limit(mix)
        self._ahead = mix[:, -QUANTUM:]
        self._is_silent = self._limiter.is_at_rest and not mix[0, -1] and not mix[:, -2 * QUANTUM :].any()
        return mix[:, :-QUANTUM]

    def _frame(self, at_s: float) -> int:
        if not isfinite(at_s):
            raise ValueError(f"a command needs a finite time, got {at_s}")
        return frame_at(at_s, self._fs_hz)

    def _prepare(self, pattern: Pattern) -> None:
        """Refuse a pattern with an unknown clip, and make its clicks ready."""
        for strike in pattern.strikes:
            if strike is not None:
                self._mixer.prepare(strike.clip, self._clip(strike.clip))

    def _clip(self, name: str) -> NDArray[np.float32]:
        if name not in self._clips:
            raise ValueError(f"no clip {name!r} is loaded; loaded: {', '.join(sorted(self._clips)) or 'none'}")
        return self._clips[name]


def _check(change: Change) -> None:
    """Refuse what would fail, or never end, once it is due."""
    match change:
        case SetBeat(timeline=timeline):
            if timeline is not None and max(timeline.from_spm, timeline.to_spm) > MAX_TEMPO_SPM:
                raise ValueError(f"a tempo is at most {MAX_TEMPO_SPM:g} spm: {change}")
        case SetGain(gain=gain):
            if not 0 <= gain <= MAX_GAIN:
                raise ValueError(f"a gain is 0 to {MAX_GAIN:g}: {change}")
        case MakeNoise(level=level):
            if not 0 <= level <= LEVELS:
                raise ValueError(f"a level of noise is 0 to {LEVELS}: {change}")
        case Cut():
            pass
        case SetPattern():  # a Pattern, and a Timeline, refuse what means nothing when they are made
            pass
        case _:
            assert_never(change)
