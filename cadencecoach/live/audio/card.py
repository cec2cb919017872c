"""One session's way to its card, whichever process plays it just now, and the times on both sides."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.sound.commands import Bus, Command, HushCues, Play, SetBeat, SetGain
from cadencecoach.sound.rate import FS_HZ
from cadencecoach.timebase import ClockMap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# From deciding to the engine: the pipe, the wait for the next block, and the 256 frames the mix is ahead. A beat may
# take longer: it is told early and keeps its phase if it comes late. A cue has to be heard as soon as can be.
BEAT_REACH_S = 0.020
CUE_REACH_S = 0.010


class Card:
    """The audio process, what it was told that still holds, and its clock.

    Attributes:
        delay_s: between a session time and the moment its beat is heard; the same through the whole session
    """

    def __init__(
        self,
        clock: HostClock,
        settings: AudioSettings,
        sounds: Path,
        gains: Mapping[Bus, float],
        *,
        n_channels: int = 1,
        audio: LiveAudio | None = None,
    ) -> None:
        """Start it and wait until it plays.

        Args:
            clock: session time
            settings: how the card is opened
            sounds: the folder of clips the engine begins with
            gains: of each bus
            n_channels: 2 where something is panned
            audio: a process that is warm already
        Raises:
            DeviceError: there is no sound here; the message says why and what to do
        """
        self._clock, self._settings = clock, settings
        self._clips: dict[str, NDArray[np.float32]] = {}
        self._factory = partial(make_engine, sounds, gains, n_channels)
        self._standing: dict[object, Command] = {}
        self._reserve: LiveAudio | None = None
        self.audio = self._start(settings, audio or LiveAudio())
        self.delay_s = self.audio.status().latency_s + BEAT_REACH_S

    def tell(self, command: Command) -> None:
        """Send a command, and keep it if it holds until another of its kind."""
        self.audio.tell(command)
        match command:
            case Play() | HushCues() | SetBeat():
                pass  # of the moment, or of the beat, which its performer knows
            case SetGain(bus=bus):
                self._standing[bus] = command
            case _:
                self._standing[type(command)] = command

    def load(self, name: str, samples: "NDArray[np.float32]") -> None:
        """Send a clip, and keep it."""
        self._clips[name] = samples
        self.audio.load(name, samples)

    def keep_reserve(self) -> None:
        """Have another process ready, which waits and costs nothing but memory. Never waits."""
        if self._reserve is None:
            self._reserve = LiveAudio()
            self._reserve.wait_in_reserve(self._factory)

    def end_reserve(self) -> None:
        """Do without it."""
        if self._reserve is not None:
            self._reserve.kill()
            self._reserve = None

    def reopen(self) -> LiveAudio:
        """Another process that plays, knowing all clips; the system's own device where the one chosen is gone.

        Threads: any.

        Raises:
            DeviceError: there is none
        """
        reserve, self._reserve = self._reserve, None
        ready = reserve if reserve is not None and reserve.is_alive else LiveAudio()
        try:
            return self._start(self._settings, ready)
        except DeviceError as error:
            if self._settings.device is None or error.reason is not Reason.NO_DEVICE:
                raise
            return self._start(AudioSettings(latency_s=self._settings.latency_s), LiveAudio())

    def take(self, audio: LiveAudio) -> tuple[float, float]:
        """Go on with another process.

        Returns:
            its stream time now, and how much that is more than the old one's
        """
        old = self.map
        self.audio = audio
        now_s = self._clock.origin_s + self._clock.now_s()
        new_frame = self.map.frame(now_s)
        for command in self._standing.values():
            audio.tell(command)
        return new_frame / FS_HZ, (new_frame - old.frame(now_s)) / FS_HZ

    @property
    def map(self) -> ClockMap:
        """Stream frames to the host time at which they are heard."""
        return self.audio.clock_map()

    def stream_s(self, session_s: float) -> float:
        """The stream time that is heard `delay_s` after a session time."""
        return self.map.frame(self._clock.origin_s + session_s + self.delay_s) / FS_HZ

    def session_s(self, stream_s: float) -> float:
        """The session time at which a stream time is heard."""
        return self.map.host_s(stream_s * FS_HZ) - self._clock.origin_s

    def cue_s(self, session_s: float) -> float:
        """As `stream_s`, as soon as it can be done; a cue need not keep time with anything."""
        return self.stream_s(session_s) - (BEAT_REACH_S - CUE_REACH_S)

    def _start(self, settings: AudioSettings, audio: LiveAudio) -> LiveAudio:
        audio.start(self._factory, settings)
        for name, samples in self._clips.items():
            audio.load(name, samples)
        return audio
