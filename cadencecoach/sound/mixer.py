"""What sounds: clicks, cues and their levels, added up stretch by stretch, in order, as changes fall due.

Everything here is a function of the absolute frame and of what was told; the engine asks for one quantum after the
other and never goes back.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.beats import Beats
from cadencecoach.sound.commands import Bus, Cut, MakeNoise, SetBeat, SetGain, SetPattern
from cadencecoach.sound.cues import Cues
from cadencecoach.sound.ducking import FADE_S, UNITY, Fade, Level
from cadencecoach.sound.music_ring import MusicFeed
from cadencecoach.sound.noise import FADE_S as SWELL_S
from cadencecoach.sound.noise import gain_of_level, pink_noise
from cadencecoach.sound.pattern import Pattern, Strike
from cadencecoach.sound.phases import PhasedClip
from cadencecoach.units import frame_at, step_interval_s

FAR_FRAMES = 1 << 62  # longer than anybody runs

Change = SetBeat | SetGain | Cut | SetPattern | MakeNoise


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """A change and the frame it takes effect at; of one frame, the one told first comes first."""

    frame: int
    order: int

    change: Change


class Mixer:
    """The mix of one stream, before the limiter.

    Attributes:
        position_frames: the first frame not yet mixed
    """

    def __init__(self, *, fs_hz: int, gains: Mapping[Bus, float], clicks: Sequence[str], n_channels: int) -> None:
        """Start silent at frame 0; the clips of the pattern come with `prepare`.

        Args:
            fs_hz: frames per second
            gains: of each bus
            clicks: names of the clicks in turn
            n_channels: 1, or 2 where clicks are panned
        """
        self._fs_hz, self._n_channels = fs_hz, n_channels
        self._phased: dict[str, PhasedClip] = {}
        self._pattern = Pattern(strikes=tuple(Strike(clip=name) for name in clicks))
        self._gains = {bus: Fade(0, 1, gains[bus], gains[bus]) for bus in Bus}
        self._due: list[_Due] = []
        self._n_told = 0
        self._beats = Beats(fs_hz=fs_hz)
        self._ringing: list[tuple[int, NDArray[np.float32], NDArray[np.float32]]] = []  # onset, samples, by channel
        self._cues = Cues(fs_hz=fs_hz)
        self._noise = Fade(0, 1, 0.0, 0.0)
        self._silent_until = 0  # nothing sounds from here to that frame; 0 is not known
        self._music: MusicFeed | None = None
        self._outdated = (FAR_FRAMES, 0)  # from this frame on music for an order older than that is out of phase
        self.position_frames = 0

    def use_music(self, feed: MusicFeed) -> None:
        """Have music instead of the click, wherever some was made ready for the beat."""
        self._music = feed

    @property
    def pattern(self) -> Pattern:
        """Which clicks the beats get now."""
        return self._pattern

    @property
    def timeline(self) -> Timeline | None:
        """The beat at `position_frames`; None in silence."""
        return self._beats.timeline

    def prepare(self, name: str, clip: NDArray[np.float32]) -> None:
        """Make a click ready for any fraction of a frame; one that is ready keeps the samples it has."""
        if name not in self._phased:
            self._phased[name] = PhasedClip(clip)

    def tell(self, change: Change, *, frame: int) -> None:
        """Take a change for a frame not yet mixed; the clips of a pattern must be prepared."""
        heappush(self._due, _Due(frame, self._n_told, change))
        self._n_told += 1
        self._silent_until = 0

    def play(self, clip: NDArray[np.float32], *, bus: Bus, frame: int) -> None:
        """Take a cue that begins at a frame not yet mixed."""
        self._cues.play(clip, bus=bus, start_frame=frame, known_frame=self.position_frames)
        self._silent_until = 0

    def hush(self, frame: int) -> None:
        """End all cues at a frame not yet mixed."""
        self._cues.hush(frame)
        self._silent_until = 0

    def skip_silence(self, n_frames: int) -> bool:
        """Go by the next frames if all of them are silent and nothing changes in them; else do nothing."""
        end, music = self.position_frames + n_frames, self._music
        if music is not None and (music.is_heard(self.position_frames) or (self._is_for_music and music.has_music)):
            return False
        if end > self._silent_until:
            self._silent_until = self._next_sound()
        if end > self._silent_until:
            return False
        if music is not None:
            music.pass_silence(end)
        self.position_frames = end
        return True

    @property
    def _is_for_music(self) -> bool:
        """Whether the beat is one that music can be: not where beats are left out to be filled in by the runner."""
        return self._beats.timeline is not None and not self._pattern.silent_ratio

    def mix(self, mix: NDArray[np.float32]) -> None:
        """Put the next frames into an array of zeros of shape (channels, frames), in stretches between changes."""
        start, end = self.position_frames, self.position_frames + mix.shape[1]
        while self.position_frames < end:
            self._change(self.position_frames)
            first = self.position_frames
            stretch_end = min(end, self._due[0].frame) if self._due else end
            stretch = mix[:, first - start : stretch_end - start]
            if self._music is not None:
                self._mix_music(self._music, stretch, first, stretch_end)
            self._mix_clicks(stretch, first, stretch_end)
            self._mix_noise(stretch, first, stretch_end)
            self._mix_cues(stretch, first, stretch_end)
            self.position_frames = stretch_end
        self._cues.forget(end)
        self._silent_until = 0

    def _next_sound(self) -> int:
        """The first frame from here on at which something sounds or changes, as far as it is known."""
        is_noisy = self._noise.to_gain > 0 or self.position_frames < self._noise.end_frame
        if self._ringing or is_noisy or not self._cues.is_empty:
            return self.position_frames
        due_frame = self._due[0].frame if self._due else FAR_FRAMES
        return min(due_frame, self._beats.next_frame(FAR_FRAMES))

    def _change(self, frame: int) -> None:
        """Carry out all that is due at or before `frame`."""
        while self._due and self._due[0].frame <= frame:
            due = heappop(self._due)
            match due.change:
                case SetBeat(timeline=timeline):
                    if self._music is not None:
                        self._order_music(self._music, due.change, due.frame)
                    self._beats.set_beat(timeline, reached_frame=due.frame)
                case SetGain(bus=bus, gain=gain):
                    n_fade = frame_at(FADE_S, self._fs_hz)
                    self._gains[bus] = Fade(due.frame, n_fade, self._gains[bus].at(due.frame), gain)
                case MakeNoise(level=level):
                    self._swell(due.frame, gain_of_level(level), SWELL_S)
                case SetPattern(pattern=pattern):
                    self._pattern = pattern
                    if self._music is not None and pattern.silent_ratio:
                        self._music.stop(due.frame, least=0)
                case Cut():
                    # An order told before it, for later, would bring the beat back.
                    self._due = [
                        one for one in self._due if one.order > due.order or not isinstance(one.change, SetBeat)
                    ]
                    heapify(self._due)
                    self._beats.set_beat(None, reached_frame=due.frame)
                    self._swell(due.frame, 0.0, FADE_S)
                    if self._music is not None:
                        self._music.stop(due.frame, least=FAR_FRAMES)  # until the next order
                    self._ringing = [self._fade_click(*ring, frame=due.frame) for ring in self._ringing]
                case _:
                    assert_never(due.change)

    def _fade_click(
        self, onset: int, clip: NDArray[np.float32], by_channel: NDArray[np.float32], *, frame: int
    ) -> tuple[int, NDArray[np.float32], NDArray[np.float32]]:
        """A click that sounds at `frame`, and is faded out from there."""
        fade, end = Fade(frame, frame_at(FADE_S, self._fs_hz), 1.0, 0.0), onset + len(clip)
        short = clip[: fade.end_frame - onset]
        return onset, short * fade.over(onset, min(end, fade.end_frame)), by_channel

    def _order_music(self, music: MusicFeed, order: SetBeat, frame: int) -> None:
        """Music for the beat before goes on into a new one, for a step at most; out of silence nothing old counts."""
        self._outdated = (FAR_FRAMES, 0)
        if order.timeline is None:
            music.stop(frame, least=order.number + 1)
        elif self._beats.timeline is None:
            music.stop(frame, least=order.number)
        else:
            step_frames = frame_at(step_interval_s(order.timeline.tempo_at(order.at_s)), self._fs_hz)
            self._outdated = (frame + step_frames, order.number)

    def _mix_music(self, music: MusicFeed, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Put the music into a stretch that is empty so far, as loud as the clicks it stands for."""
        from_frame, least = self._outdated
        if first >= from_frame:
            music.require(least)
        heard = music.take(first, end, is_beating=self._is_for_music)
        if heard is None:
            return
        dip = self._cues.duck_gain(first, end)
        gain = self._gains[Bus.CLICK].over(first, end) * (UNITY if dip is None else dip)
        np.multiply(heard if self._n_channels > 1 else heard.mean(axis=0, keepdims=True), gain, out=mix)

    def _mix_clicks(self, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Add the clicks of a stretch, those that still ring from before first."""
        for beat, onset, fraction in self._beats.onsets(first, end):
            strike = self._pattern.strike(beat)
            if strike is not None and not (self._music is not None and self._music.covers(onset)):
                clip = self._phased[strike.clip].at(fraction)
                self._ringing.append((onset, clip, channel_gains(strike.pan, self._n_channels)))
        for onset, clip, by_channel in self._ringing:
            begin, stop = max(first, onset), min(end, onset + len(clip))
            dip = self._cues.duck_gain(begin, stop)
            gain = self._gains[Bus.CLICK].over(begin, stop) * (UNITY if dip is None else dip)
            mix[:, begin - first : stop - first] += clip[begin - onset : stop - onset] * gain * by_channel
        self._ringing = [ring for ring in self._ringing if ring[0] + len(ring[1]) > end]

    def _swell(self, frame: int, gain: float, fade_s: float) -> None:
        """Have the noise louder or softer from a frame on."""
        self._noise = Fade(frame, frame_at(fade_s, self._fs_hz), self._noise.at(frame), gain)

    def _mix_noise(self, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Add the noise of a stretch, softer under words as the beat is."""
        if self._noise.to_gain == 0 and first >= self._noise.end_frame:
            return
        loop = pink_noise(self._fs_hz)
        dip = self._cues.duck_gain(first, end)
        gain = self._noise.over(first, end) * self._gains[Bus.EARCON].over(first, end)
        mix += loop.take(range(first, end), mode="wrap") * gain * (UNITY if dip is None else dip)

    def _mix_cues(self, mix: NDArray[np.float32], first: int, end: int) -> None:
        """Add the cues of a stretch."""
        for cue in self._cues.sounding(first, end):
            begin, stop = max(first, cue.start_frame), min(end, cue.end_frame)
            fade: Level = UNITY if cue.fade is None else cue.fade.over(begin, stop)
            gain = self._gains[cue.bus].over(begin, stop) * fade
            mix[:, begin - first : stop - first] += cue.samples[begin - cue.start_frame : stop - cue.start_frame] * gain


@lru_cache(maxsize=64)
def channel_gains(pan: float, n_channels: int) -> NDArray[np.float32]:
    """Gain of each channel, shape (n_channels, 1): equal power, 1 in the middle; one channel has no sides."""
    if n_channels == 1 or pan == 0:  # exactly 1, so that two channels say the very same as one
        return np.ones((n_channels, 1), np.float32)
    angle = (pan + 1) * math.pi / 4
    return np.array([[math.cos(angle)], [math.sin(angle)]], np.float32) * np.float32(math.sqrt(2))
