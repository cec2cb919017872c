"""One session's way to its card, whichever process plays it just now, and the times on both sides."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.slip import DEEPEST_S
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.live.audio.music import NO_MUSIC, Begin, Music, MusicPort
from cadencecoach.sound.commands import Bus, Command, Cut, HushCues, Play, SetBeat, SetGain
from cadencecoach.sound.rate import FS_HZ
from cadencecoach.timebase import ClockMap

if TYPE_CHECKING:
    from array import array

    from cadencecoach.live.audio.music_maker import SelectSongs

# From deciding to the engine: the pipe, the wait for the next block, and the 256 frames the mix is ahead. A beat may
# take longer: it is told early and keeps its phase if it comes late. A cue has to be heard as soon as can be.
BEAT_REACH_S = 0.020
CUE_REACH_S = 0.010
MOST_RESTARTS = 5  # of the process that makes music, in a session: one that is lost again and again is in the way


class Card:
    """The audio process, what it was told that still holds, and its clock.

    Before a process plays, and where none can, the stream is an imagined one that began with the session.

    Attributes:
        audio: the process that plays, or was the last one to play
        delay_s: between a session time and the moment its beat is heard, with this process
        songs: what may be played instead of the click
        is_as_chosen: whether it plays on the device that was asked for
    """

    def __init__(
        self,
        clock: HostClock,
        settings: AudioSettings,
        sounds: Path,
        gains: Mapping[Bus, float],
        *,
        n_channels: int = 1,
        music: Music = NO_MUSIC,
    ) -> None:
        """Get ready; nothing plays before `take`.

        Args:
            clock: session time
            settings: how the card is opened
            sounds: the folder of clips the engine begins with
            gains: of each bus
            n_channels: 2 where something is panned
            music: what may be played instead of the click
        """
        self.songs, self._pool = music, music.of_stage(0)
        self._music: tuple[LiveAudio, MusicPort] | None = None  # the process that makes it, and for which
        self._music_beat: SetBeat | None = None  # the latest order to it
        self._n_music_restarts = 0
        self._clock, self._settings = clock, settings
        self._clips: dict[str, array[int]] = {}
        self._n_given = 0  # of those, to the process that was opened last
        self._factory = partial(make_engine, sounds, gains, n_channels)
        self._standing: dict[object, Command] = {}
        self._reserve: LiveAudio | None = None
        self.audio = LiveAudio()
        self.delay_s = settings.latency_s + BEAT_REACH_S
        self.is_as_chosen = True

    def tell(self, command: Command) -> None:
        """Send a command, and keep it if it holds until another of its kind."""
        if isinstance(command, Cut):
            self.audio.drop(replace(command, at_s=0.0))  # now, whatever the card holds
            self._tell_music(replace(command, at_s=0.0))
            return
        self.audio.tell(command)
        if isinstance(command, SetBeat):
            self._tell_music(command)
        match command:
            case Play() | HushCues() | SetBeat():
                pass  # of the moment, or of the beat, which its performer knows
            case SetGain(bus=bus):
                self._standing[bus] = command
            case _:
                self._standing[type(command)] = command

    def load(self, name: str, samples: "array[int]") -> None:
        """Send a clip of 16 bit at our own rate, and keep it."""
        self._clips[name] = samples
        self._load(self.audio, name, samples)

    def keep_reserve(self) -> None:
        """Have another process ready, which waits and costs nothing but memory. Never waits."""
        if self._reserve is None:
            self._reserve = LiveAudio()
            with suppress(DeviceError):  # a machine at its limits plays on without
                self._reserve.wait_in_reserve(self._factory)

    def end_reserve(self) -> None:
        """Do without it."""
        if self._reserve is not None:
            self._reserve.kill()
            self._reserve = None

    @property
    def latency_s(self) -> float:
        """The buffer asked for when the card is opened again."""
        return self._settings.latency_s

    def deepen(self) -> None:
        """Ask for a deeper buffer when the card is opened again: this one slipped."""
        now_s = self.audio.status().latency_s
        latency_s = max(self.latency_s, min(2 * now_s, DEEPEST_S))  # a deeper one would make keys feel dead
        self._settings = replace(self._settings, latency_s=latency_s)

    def open(self, warm: LiveAudio | None = None) -> LiveAudio:
        """A process that plays, knowing all clips; the system's own device where the one chosen is gone.

        Threads: any.

        Args:
            warm: a process that waits already; None takes the one in reserve
        Raises:
            DeviceError: there is none
        """
        reserve, self._reserve = self._reserve, None
        ready = warm or (reserve if reserve is not None and reserve.is_alive else LiveAudio())
        self.is_as_chosen = True
        self._make_music_for(ready)
        try:
            return self._start(self._settings, ready)
        except DeviceError as error:
            is_replaceable = self._settings.device is not None and not self._settings.is_only
            if not is_replaceable or error.reason is not Reason.NO_DEVICE:
                raise
            self.is_as_chosen = False
            return self._start(replace(self._settings, device=None), LiveAudio())

    def take(self, audio: LiveAudio) -> tuple[float, float]:
        """Go on with another process.

        Returns:
            its stream time now, and how much that is more than the old one's
        """
        now_s = self._clock.origin_s + self._clock.now_s()
        old_s = self.map.frame(now_s) / self.audio.fs_hz
        self._give_clips(audio)  # those of words that were meant to be said while it opened
        self.audio = audio
        self.delay_s = audio.status().latency_s + BEAT_REACH_S
        new_s = self.map.frame(now_s) / audio.fs_hz
        for command in self._standing.values():
            audio.tell(command)
        self._make_music_for(audio)
        self._tell_music(Begin(audio.fs_hz))
        self.select_songs(self._pool, new_s)
        return new_s, new_s - old_s

    def select_songs(self, pool: tuple[int, ...], stream_s: float) -> None:
        """From a stream time on only these songs are played, by their place among those there are."""
        self._pool = pool
        if self._music is not None:
            from cadencecoach.live.audio.music_maker import SelectSongs  # noqa: PLC0415  # numpy: where there is music

            self._tell_music(SelectSongs(at_s=stream_s, songs=pool))

    @property
    def music(self) -> MusicPort | None:
        """The process that makes music for the card; None where there is none."""
        return None if self._music is None else self._music[1]

    def restart_music(self, *, first: int) -> bool:
        """Have another process make the music from now on; whether there is one. Never waits.

        Args:
            first: the place of the song that is tried first: not the one that the old process was lost with
        """
        if self._music is not None:
            self._music[1].abandon()
            self._music = None
        self._n_music_restarts += 1
        if self._n_music_restarts > MOST_RESTARTS:
            return False
        self.songs = replace(self.songs, first=first % len(self.songs.songs))
        self._make_music_for(self.audio)
        self._tell_music(Begin(self.audio.fs_hz))
        self.select_songs(self._pool, 0.0)
        if self._music_beat is not None:
            self._tell_music(self._music_beat)
        return self._music is not None

    def end_music(self) -> None:
        """End that process."""
        if self._music is not None:
            self._music[1].close()
            self._music = None

    def _make_music_for(self, audio: LiveAudio) -> None:
        """Have a process make music for another card; without one there are clicks."""
        if not self.songs.songs or (self._music is not None and self._music[0] is audio):
            return
        self.end_music()
        with suppress(OSError):
            self._music = audio, MusicPort(audio.memory, self.songs)

    def _tell_music(self, word: "Begin | SetBeat | Cut | SelectSongs") -> None:
        match word:
            case SetBeat():
                self._music_beat = word
            case Cut():
                self._music_beat = None
            case _:
                pass
        if self._music is not None:
            self._music[1].tell(word)

    @property
    def map(self) -> ClockMap:
        """Stream frames to the host time at which they are heard."""
        if self.audio.has_played:
            return self.audio.clock_map()
        return ClockMap.nominal(fs_hz=self.audio.fs_hz, frame=0, host_s=self._clock.begun_s)

    def stream_s(self, session_s: float) -> float:
        """The stream time that is heard `delay_s` after a session time."""
        return self.map.frame(self._clock.origin_s + session_s + self.delay_s) / self.audio.fs_hz

    def session_s(self, stream_s: float) -> float:
        """The session time at which a stream time is heard."""
        return self.map.host_s(stream_s * self.audio.fs_hz) - self._clock.origin_s

    def cue_s(self, session_s: float) -> float:
        """As `stream_s`, as soon as it can be done; a cue need not keep time with anything."""
        return self.stream_s(session_s) - (BEAT_REACH_S - CUE_REACH_S)

    def _start(self, settings: AudioSettings, audio: LiveAudio) -> LiveAudio:
        audio.start(self._factory, settings)
        self._n_given = 0
        self._give_clips(audio)
        return audio

    def _give_clips(self, audio: LiveAudio) -> None:
        """Send what it was not sent yet. Threads: any; a copy, because the session may load another clip meanwhile."""
        clips = list(self._clips.items())[self._n_given :]
        for name, samples in clips:
            self._load(audio, name, samples)
        self._n_given += len(clips)

    @staticmethod
    def _load(audio: LiveAudio, name: str, samples: "array[int]") -> None:
        if audio.fs_hz == FS_HZ:
            audio.load(name, samples)
            return
        from cadencecoach.sound.bank import clip_at_rate  # noqa: PLC0415  # numpy: few cards need it

        audio.load(name, clip_at_rate(samples, audio.fs_hz))
