"""The engine: told what should be heard and when, asked for frames, answers with samples.

Three laws of this file:

1. Output frame i is stream frame i. The limiter looks one quantum ahead, so the mix runs ahead of the output; nothing
   is delayed by it. A command reaches the first frame not yet mixed, less than two quanta past the output.
2. The samples do not depend on how they are asked for. Everything is a function of the absolute frame, sounds are added
   in an order that depends on nothing else, and work is cut on one absolute grid of quanta.
3. No clock, no device, no file, no randomness. The same commands give the same samples, live and offline.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import isfinite
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.beats import Beats
from cadencecoach.sound.commands import Bus, Command, HushCues, Play, Retime, SetGain, SetPattern, StopBeat, TakeUp
from cadencecoach.sound.cues import Cues
from cadencecoach.sound.ducking import FADE_S, UNITY, Fade, Level
from cadencecoach.sound.limiter import QUANTUM, Limiter
from cadencecoach.sound.panning import channel_gains
from cadencecoach.sound.pattern import Pattern, Strike
from cadencecoach.sound.pcm import to_pcm16
from cadencecoach.sound.phases import PhasedClip
from cadencecoach.units import frame_at

DUCK_FRAMES = 480  # at 48 kHz, what the click needs to make room before a cue
LEAD_FRAMES = 2 * QUANTUM + DUCK_FRAMES  # a command told this long before its frame takes effect exactly there
CHUNK_QUANTA = 512  # at once: long enough to forget Python's overhead, small enough for the processor's cache
MAX_TEMPO_SPM = 1000.0  # far above any runner; a stop for a slip of the pen that would fill a block with clicks
MAX_GAIN = 8.0
DEFAULT_GAINS: Mapping[Bus, float] = {Bus.CLICK: 0.5, Bus.VOICE: 0.8, Bus.EARCON: 0.4}

_Change = Retime | TakeUp | StopBeat | SetGain | SetPattern


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """A change and the frame it takes effect at; of one frame, the one told first comes first."""

    frame: int
    order: int

    change: _Change


class Engine:
    """Renders one stream: a beat, cues over it, never above the limiter's threshold.

    Threads: `tell`, `load` and `render` from one thread, or one at a time.
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
        self._phased: dict[str, PhasedClip] = {}
        self._pattern = Pattern(strikes=tuple(Strike(clip=name) for name in clicks))
        self._check_pattern(self._pattern)
        self._gains = {bus: Fade(0, 1, gains[bus], gains[bus]) for bus in Bus}
        self._due: list[_Due] = []
        self._n_told = 0
        self._beats = Beats(fs_hz=fs_hz)
        self._cues = Cues(fs_hz=fs_hz)
        self._ringing: list[tuple[int, NDArray[np.float32], NDArray[np.float32]]] = []  # onset, samples, by channel
        self._limiter = Limiter()
        self._mixed_frames = 0
        self._position_frames = 0
        self._ready = np.zeros((n_channels, 0), np.float32)
        # Mixed and not yet limited: one quantum, once anything was asked for.
        self._ahead = np.zeros((n_channels, 0), np.float32)

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
        return self._mixed_frames

    @property
    def timeline(self) -> Timeline | None:
        """The beat at `mixed_frames`, in stream seconds; None in silence."""
        return self._beats.timeline

    def load(self, name: str, samples: NDArray[np.float32]) -> None:
        """Add or replace a clip; what waits or sounds, and the clicks, keep the samples they began with.

        Raises:
            ValueError: not one row of finite samples
        """
        clip = np.ascontiguousarray(samples, np.float32)
        if clip.ndim != 1 or not len(clip) or not np.isfinite(clip).all():
            raise ValueError(f"clip {name!r} must be one row of finite samples, got shape {clip.shape}")
        self._clips[name] = clip

    def tell(self, command: Command) -> None:
        """Take a command, for now or for later, in any order.

        Raises:
            ValueError: a time, tempo or gain that means nothing, or a clip that was not loaded; nothing has changed
        """
        frame = max(self._frame(command.at_s), self._mixed_frames)
        match command:
            case Play():
                clip = self._clip(command.clip)
                self._cues.play(clip, bus=command.bus, start_frame=frame, known_frame=self._mixed_frames)
            case HushCues():
                self._cues.hush(frame)
            case Retime() | TakeUp() | SetGain() | StopBeat() | SetPattern():
                if isinstance(command, SetPattern):
                    self._check_pattern(command.pattern)
                _check(command)
                heappush(self._due, _Due(frame, self._n_told, command))
                self._n_told += 1
            case _:
                assert_never(command)

    def render(self, n_frames: int) -> NDArray[np.float32]:
        """The next frames, shape (n_frames, 2), within the limiter's threshold; both alike where one is mixed."""
        out = np.empty((n_frames, 2), np.float32)
        for first, piece in self._pieces(n_frames):
            out[first : first + piece.shape[1]] = piece.T
        return out

    def render_pcm16(self, n_frames: int) -> NDArray[np.int16]:
        """`to_pcm16` of the next frames, for files: shape (n_frames,) of one channel, (n_frames, 2) of two."""
        out = np.empty((self._n_channels, n_frames), np.int16)
        for first, piece in self._pieces(n_frames):
            out[:, first : first + piece.shape[1]] = to_pcm16(piece)
        return out[0] if self._n_channels == 1 else np.ascontiguousarray(out.T)

    def _pieces(self, n_frames: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Stretches, shape (channels, frames), that make up the next frames, each with its place among them."""
        done = 0
        while done < n_frames:
            if not self._ready.shape[1]:
                n_quanta = min(-(-(n_frames - done) // QUANTUM), CHUNK_QUANTA)
                self._ready = self._limited(n_quanta)
            piece, self._ready = self._ready[:, : n_frames - done], self._ready[:, n_frames - done :]
            self._position_frames += piece.shape[1]
            yield done, piece
            done += piece.shape[1]

    def _limited(self, n_quanta: int) -> NDArray[np.float32]:
        """The next quanta of the output."""
        n_missing = n_quanta + 1 - self._ahead.shape[1] // QUANTUM
        mix = np.concatenate((self._ahead, self._mixed(n_missing)), axis=1)
        self._limiter.limit(mix)
        self._ahead = mix[:, -QUANTUM:].copy()
        return mix[:, :-QUANTUM]

    def _mixed(self, n_quanta: int) -> NDArray[np.float32]:
        """The next quanta of the mix, one quantum ahead of the output, in stretches between changes."""
        mix = np.zeros((self._n_channels, n_quanta * QUANTUM), np.float32)
        start, end = self._mixed_frames, self._mixed_frames + mix.shape[1]
        while self._mixed_frames < end:
            self._change(self._mixed_frames)
            first = self._mixed_frames
            stretch_end = min(end, self._due[0].frame) if self._due else end
            self._mix_clicks(mix[:, first - start : stretch_end - start], first, stretch_end)
            self._mix_cues(mix[:, first - start : stretch_end - start], first, stretch_end)
            self._mixed_frames = stretch_end
        self._cues.forget(end)
        return mix

    def _change(self, frame: int) -> None:
        """Carry out all that is due at or before `frame`."""
        while self._due and self._due[0].frame <= frame:
            due = heappop(self._due)
            match due.change:
                case Retime() as retime:
                    self._beats.retime(retime, reached_frame=due.frame)
                case TakeUp() as take_up:
                    self._beats.take_up(take_up, reached_frame=due.frame)
                case StopBeat():
                    self._beats.stop()
                case SetGain(bus=bus, gain=gain):
                    n_fade = frame_at(FADE_S, self._fs_hz)
                    self._gains[bus] = Fade(due.frame, n_fade, self._gains[bus].at(due.frame), gain)
                case SetPattern(pattern=pattern):
                    self._pattern = pattern
                case _:
                    assert_never(due.change)

    def _mix_clicks(self, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Add the clicks of a stretch, those that still ring from before first."""
        for beat, onset, fraction in self._beats.onsets(first, end):
            strike = self._pattern.strike(beat)
            if strike is not None:
                clip = self._phased[strike.clip].at(fraction)
                self._ringing.append((onset, clip, channel_gains(strike.pan, self._n_channels)))
        for onset, clip, by_channel in self._ringing:
            begin, stop = max(first, onset), min(end, onset + len(clip))
            dip = self._cues.ducked(begin, stop)
            gain = self._gains[Bus.CLICK].over(begin, stop) * (UNITY if dip is None else dip)
            mix[:, begin - first : stop - first] += clip[begin - onset : stop - onset] * gain * by_channel
        self._ringing = [ring for ring in self._ringing if ring[0] + len(ring[1]) > end]

    def _mix_cues(self, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Add the cues of a stretch."""
        for cue in self._cues.sounding(first, end):
            begin, stop = max(first, cue.start_frame), min(end, cue.end_frame)
            fade: Level = UNITY if cue.fade is None else cue.fade.over(begin, stop)
            gain = self._gains[cue.bus].over(begin, stop) * fade
            mix[:, begin - first : stop - first] += cue.samples[begin - cue.start_frame : stop - cue.start_frame] * gain

    def _frame(self, at_s: float) -> int:
        if not isfinite(at_s):
            raise ValueError(f"a command needs a finite time, got {at_s}")
        return frame_at(at_s, self._fs_hz)

    def _check_pattern(self, pattern: Pattern) -> None:
        """Refuse a pattern with an unknown clip, and make its clicks ready for any fraction of a frame."""
        for strike in pattern.strikes:
            if strike is not None and strike.clip not in self._phased:
                self._phased[strike.clip] = PhasedClip(self._clip(strike.clip))

    def _clip(self, name: str) -> NDArray[np.float32]:
        if name not in self._clips:
            raise ValueError(f"no clip {name!r} is loaded; loaded: {', '.join(sorted(self._clips)) or 'none'}")
        return self._clips[name]


def _check(change: _Change) -> None:
    """Refuse what would fail, or never end, once it is due."""
    match change:
        case Retime(tempo_spm=tempo_spm, ramp_s=ramp_s):
            if not 0 < tempo_spm <= MAX_TEMPO_SPM or not (isfinite(ramp_s) and ramp_s >= 0):
                raise ValueError(f"a tempo is above 0 and at most {MAX_TEMPO_SPM:g} spm, a ramp 0 s or more: {change}")
        case SetGain(gain=gain):
            if not 0 <= gain <= MAX_GAIN:
                raise ValueError(f"a gain is 0 to {MAX_GAIN:g}: {change}")
        case StopBeat() | TakeUp() | SetPattern():  # a Timeline, a Pattern refuse what means nothing when they are made
            pass
        case _:
            assert_never(change)
