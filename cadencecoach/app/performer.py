"""Carries the coach's actions to the engine: which clip, on which bus, and when it begins.

Speech waits for the words before it and begins between two beats; what could not begin in time is dropped. The
performer keeps its own copy of the beat, in stream seconds, because it is the one who ordered it.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from cadencecoach.coach.actions import Action, CueKind, GiveCue, Pause, SetMuted, SetTempo
from cadencecoach.coach.phrases import EARCONS
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Bus, Command, HushCues, Play, Retime, SetGain, StopBeat
from cadencecoach.sound.placing import between_beats

GAP_S = 0.15  # between two announcements, so that they are heard as two


class StreamClock(Protocol):
    """Session time to stream time and back; the same number in a rehearsal."""

    def stream_s(self, session_s: float) -> float:
        """Stream time of a session time."""

    def session_s(self, stream_s: float) -> float:
        """The inverse."""


class SameClock:
    """Stream time is session time: a rehearsal renders exactly what the session asks for."""

    def stream_s(self, session_s: float) -> float:
        """The same."""
        return session_s

    def session_s(self, stream_s: float) -> float:
        """The same."""
        return stream_s


class Performer:
    """One session's way to one engine.

    Args:
        send: takes commands to the engine
        durations_s: length of every clip the engine has, by name; a phrase's name is its text
        gains: of each bus when it is not muted
        clock: session time to stream time
    """

    def __init__(
        self,
        *,
        send: Callable[[Command], None],
        durations_s: Mapping[str, float],
        gains: Mapping[Bus, float],
        clock: StreamClock,
    ) -> None:
        """Begin silent."""
        self._send = send
        self._durations_s = durations_s
        self._gains = gains
        self._clock = clock
        self._timeline: Timeline | None = None
        self._voice_free_s = 0.0
        self._chime_free_s = 0.0
        self._is_muted = False

    @property
    def busy_until_s(self) -> float:
        """Session time when the last words ordered are over."""
        return self._clock.session_s(max(self._voice_free_s, self._chime_free_s))

    def perform(self, action: Action) -> float | None:
        """Carry out one action.

        Returns:
            for a cue the session time at which it begins to sound, None if it was dropped or muted; None otherwise
        """
        match action:
            case SetTempo():
                self._retime(action)
            case GiveCue():
                return self._cue(action)
            case Pause():
                self._send(HushCues(at_s=self._clock.stream_s(action.time_s)))
                self._voice_free_s = self._chime_free_s = 0.0
            case SetMuted():
                self._mute(action)
            case _:
                pass  # a matter for the screen and the record
        return None

    def _retime(self, action: SetTempo) -> None:
        at_s = self._clock.stream_s(action.time_s)
        if action.tempo_spm is None:
            self._timeline = None
            self._send(StopBeat(at_s=at_s))
            return
        if self._timeline is None:
            self._timeline = Timeline.steady(start_s=at_s, tempo_spm=action.tempo_spm)
        else:
            self._timeline = self._timeline.retimed(at_s=at_s, tempo_spm=action.tempo_spm, ramp_s=action.ramp_s)
        self._send(Retime(at_s=at_s, tempo_spm=action.tempo_spm, ramp_s=action.ramp_s))

    def _cue(self, cue: GiveCue) -> float | None:
        if self._is_muted:
            return None
        is_spoken = cue.kind is CueKind.SPOKEN and cue.text in self._durations_s
        return self._say(cue) if is_spoken else self._chime(cue)

    def _say(self, cue: GiveCue) -> float | None:
        at_s = between_beats(self._timeline, max(self._clock.stream_s(cue.time_s), self._voice_free_s))
        if at_s > self._clock.stream_s(cue.expires_s):
            return None
        self._voice_free_s = at_s + self._durations_s[cue.text] + GAP_S
        self._send(Play(at_s=at_s, clip=cue.text, bus=Bus.VOICE))
        return self._clock.session_s(at_s)

    def _chime(self, cue: GiveCue) -> float | None:
        """An earcon, or the earcon that stands for words where there is no voice."""
        name = cue.text if cue.kind is CueKind.EARCON else EARCONS[cue.reason]
        if name not in self._durations_s:
            return None
        at_s = max(self._clock.stream_s(cue.time_s), self._chime_free_s)
        if at_s > self._clock.stream_s(cue.expires_s):
            return None
        self._chime_free_s = at_s + self._durations_s[name]
        self._send(Play(at_s=at_s, clip=name, bus=Bus.EARCON))
        return self._clock.session_s(at_s)

    def _mute(self, action: SetMuted) -> None:
        self._is_muted = action.is_muted
        at_s = self._clock.stream_s(action.time_s)
        for bus, gain in self._gains.items():
            self._send(SetGain(at_s=at_s, bus=bus, gain=0.0 if action.is_muted else gain))
