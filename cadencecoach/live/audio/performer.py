"""Carries the coach's actions to the engine: which clip, on which bus, and when it begins.

Speech waits for the words before it and begins between two beats; what could not begin in time is dropped. The
performer keeps the beat as the engine has it, in stream seconds.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from cadencecoach.coach.actions import (
    Action,
    CueKind,
    CueReason,
    EndSession,
    GiveCue,
    Pause,
    SayMessage,
    SetClick,
    SetGate,
    SetGrade,
    SetMuted,
    SetNoise,
    SetTempo,
    SetVoice,
    SetVolume,
)
from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.coach.phrases import EARCONS, sentences
from cadencecoach.live.audio.waking import LEAD_IN, Waking
from cadencecoach.sound.commands import Bus, Command, Cut, HushCues, MakeNoise, Play, SetBeat, SetGain, SetPattern
from cadencecoach.sound.pattern import Pattern, Strike, accent_name, grade_name
from cadencecoach.sound.placing import between_beats
from cadencecoach.units import gain_from_db

if TYPE_CHECKING:
    from cadencecoach.plan.timeline import Timeline

GAP_S = 0.12  # between two sentences, so that they are heard as two


class StreamClock(Protocol):
    """Session time to stream time and back; the same number in a rehearsal."""

    def stream_s(self, session_s: float) -> float:
        """Stream time of a session time."""

    def session_s(self, stream_s: float) -> float:
        """The inverse."""

    def cue_s(self, session_s: float) -> float:
        """Stream time at which a cue asked for at a session time can begin."""


class SameClock:
    """Stream time is session time: a rehearsal renders exactly what the session asks for."""

    def stream_s(self, session_s: float) -> float:
        """The same."""
        return session_s

    def session_s(self, stream_s: float) -> float:
        """The same."""
        return stream_s

    def cue_s(self, session_s: float) -> float:
        """The same."""
        return session_s


class Performer:
    """One session's way to one engine.

    Args:
        send: takes commands to the engine
        length_s: length of a clip the engine has, by name, None if it has none; a sentence's name is its text
        gains: of each bus when it is not muted
        clock: session time to stream time
        messages: words of the messages that may be spoken, by id
        lead_in_s: what headphones need to wake up; the engine has a clip `lead-in` of that length, unless it is 0
    """

    def __init__(
        self,
        *,
        send: Callable[[Command], None],
        length_s: Callable[[str], float | None],
        gains: Mapping[Bus, float],
        clock: StreamClock,
        lead_in_s: float = 0.0,
        messages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Begin silent."""
        self._waking = Waking(lead_in_s)
        self._messages = messages
        self._send = send
        self._length_s = length_s
        self._usual_gains = self._gains = gains
        self._clock = clock
        self._timeline: Timeline | None = None
        self._ordered_s = -math.inf  # stream time of the newest order to the beat
        self._n_orders = 0
        self._voice_free_s = 0.0
        self._chime_free_s = 0.0
        self._is_muted = False
        self._is_gate_open = True
        self._has_noise = False
        self._is_voice_muted = False

    @property
    def has_beat(self) -> bool:
        """Whether there is a beat that can be heard."""
        return self._timeline is not None and self._is_gate_open and not self._is_muted

    @property
    def busy_until_s(self) -> float:
        """Session time when the last words ordered are over."""
        return self._clock.session_s(max(self._voice_free_s, self._chime_free_s))

    def perform(self, action: Action) -> float | None:
        """Carry out one action.

        Returns:
            for a cue or a message the session time at which it begins to sound, None if it was dropped or muted; None
            otherwise
        """
        match action:
            case SetTempo():
                self._set_beat(action)
            case GiveCue():
                return self._cue(action)
            case SayMessage():
                return self._say_message(action)
            case Pause():
                self._cut(action.time_s)
            case SetMuted(is_muted=is_muted):
                self._is_muted = is_muted
                self._set_gains(action.time_s, self._gains)
            case SetVolume():
                self.set_volume(action)
            case SetVoice():
                self._mute_voice(action)
            case SetClick() | SetGrade() | SetNoise():
                self._send(self._colour(action))
            case _:
                self._end_or_gate(action)
        return None

    def _end_or_gate(self, action: Action) -> None:
        """Open or close the click gate, or end it all; the rest is a matter for the screen and the record."""
        match action:
            case SetGate(is_open=is_open):
                self._is_gate_open = is_open
                self._set_gains(action.time_s, (Bus.CLICK,))
            case EndSession(time_s=time_s) if self._has_noise:  # nothing is coached under the last words
                self._send(self._colour(SetNoise(time_s=time_s, level=0)))

    def _colour(self, action: SetClick | SetGrade | SetNoise) -> Command:
        """How the beat clicks from now on, or the noise beside it."""
        match action:
            case SetNoise(level=level):
                self._has_noise = level > 0
                return MakeNoise(at_s=self._clock.cue_s(action.time_s), level=level)
            case SetClick(click=click):
                pass
            case SetGrade(grade=grade):
                click = Click(sound=grade_name(grade))
        return SetPattern(at_s=self._clock.stream_s(action.time_s), pattern=pattern_of(click))

    def set_volume(self, action: SetVolume) -> None:
        """Have beat and words louder or softer than usual from now on, unless the sound is off."""
        over_db = {Bus.CLICK: action.beat_db, Bus.VOICE: action.words_db, Bus.EARCON: action.words_db}
        self._gains = {bus: gain * gain_from_db(over_db[bus]) for bus, gain in self._usual_gains.items()}
        self._set_gains(action.time_s, self._gains)

    def take_up(self, *, at_s: float, later_by_s: float) -> None:
        """Go on with an engine that has just begun: the beat in phase, and no words left over.

        Args:
            at_s: the new engine's stream time now
            later_by_s: the new engine's stream time minus the old one's, of the same moment
        """
        self._voice_free_s = self._chime_free_s = 0.0
        self._ordered_s = at_s
        self._waking = Waking(self._waking.lead_in_s)
        if self._timeline is not None:
            self._timeline = replace(self._timeline, start_s=self._timeline.start_s + later_by_s)
            self._order_beat(at_s)
        self._note_beat(at_s)

    def _set_beat(self, action: SetTempo) -> None:
        """Send the beat on; the stream keeps its own count, because a card's clock runs a little off the session's."""
        # Two orders of one moment stay in order, though the map of the clocks is measured anew between them.
        at_s = self._ordered_s = max(self._clock.stream_s(action.time_s), self._ordered_s)
        before, timeline = self._timeline, action.timeline
        if before is not None and timeline is not None:
            timeline = replace(timeline, start_beat=before.beat_at(at_s))
        self._timeline = None if timeline is None else replace(timeline, start_s=at_s)
        self._order_beat(at_s)
        self._note_beat(at_s)

    def _order_beat(self, at_s: float) -> None:
        """Send the beat as it is from a stream time on."""
        self._n_orders += 1
        self._send(SetBeat(at_s=at_s, timeline=self._timeline, number=self._n_orders))

    def _note_beat(self, at_s: float) -> None:
        self._waking.note_beat(at_s, is_heard=self.has_beat)

    def _cue(self, cue: GiveCue) -> float | None:
        if self._is_muted:
            return None
        if cue.reason is CueReason.PAIN:  # it waits for no other words
            self._cut(cue.time_s)
        if cue.kind is CueKind.EARCON:
            return self._chime(cue, cue.text)
        if self._is_voice_muted:
            return None
        spoken = self._measure_sentences(cue.text)
        return self._say(cue, spoken) if spoken else self._chime(cue, EARCONS[cue.reason])

    def _say_message(self, action: SayMessage) -> float | None:
        """A message whole, or nothing of it: no tone stands for it."""
        spoken = self._measure_sentences(self._messages.get(action.id, ""))
        return None if self._is_muted or not spoken else self._say(action, spoken)

    def _measure_sentences(self, text: str) -> Sequence[tuple[str, float]]:
        """The sentences of a text with their lengths; none where not all of them can be said."""
        lengths_s = [(sentence, self._length_s(sentence)) for sentence in sentences(text)]
        spoken = [(sentence, length_s) for sentence, length_s in lengths_s if length_s is not None]
        return spoken if len(spoken) == len(lengths_s) else ()

    def _say(self, cue: GiveCue | SayMessage, spoken: Sequence[tuple[str, float]]) -> float | None:
        """Sentence after sentence, the first between two beats."""
        free_s = max(self._voice_free_s, self._chime_free_s)  # words about a tone come after it
        asked_s = max(self._clock.cue_s(cue.time_s), free_s)
        if between_beats(self._timeline, asked_s) > self._clock.stream_s(cue.expires_s):
            return None
        at_s = start_s = between_beats(self._timeline, self._wake(asked_s))
        for sentence, length_s in spoken:
            self._send(Play(at_s=at_s, clip=sentence, bus=Bus.VOICE))
            at_s += length_s + GAP_S
        self._voice_free_s = at_s
        self._waking.note_cue(at_s)
        return self._clock.session_s(start_s)

    def _wake(self, at_s: float) -> float:
        """When a cue that could begin at `at_s` begins; headphones that may sleep are woken before it."""
        ready_s = self._waking.ready_s(at_s)
        if self._waking.needs_lead_in(at_s):
            self._send(Play(at_s=at_s, clip=LEAD_IN, bus=Bus.VOICE))
        return ready_s

    def _chime(self, cue: GiveCue, name: str) -> float | None:
        """An earcon, or the earcon that stands for words where there is no voice."""
        length_s = self._length_s(name)
        at_s = max(self._clock.cue_s(cue.time_s), self._chime_free_s)
        if length_s is None or at_s > self._clock.stream_s(cue.expires_s):
            return None
        if cue.reason is not CueReason.COUNTDOWN:  # which is of use at its moment only
            at_s = self._wake(at_s)
        self._chime_free_s = at_s + length_s
        self._waking.note_cue(self._chime_free_s)
        self._send(Play(at_s=at_s, clip=name, bus=Bus.EARCON))
        return self._clock.session_s(at_s)

    def _set_gains(self, time_s: float, buses: Iterable[Bus]) -> None:
        """Tell the engine how loud buses now are: the key for sound is over all of them, the gate over the click."""
        at_s = self._clock.stream_s(time_s)
        for bus in buses:
            is_silent = self._is_muted or (bus is Bus.CLICK and not self._is_gate_open)
            self._send(SetGain(at_s=at_s, bus=bus, gain=0.0 if is_silent else self._gains[bus]))
        self._note_beat(at_s)

    def _mute_voice(self, action: SetVoice) -> None:
        """Words that sound are cut; the beat goes on."""
        self._is_voice_muted = action.is_muted
        if action.is_muted:
            self._hush(action.time_s)

    def _cut(self, time_s: float) -> None:
        """End all sound, the beat too, as soon as the card can."""
        self._send(Cut(at_s=self._clock.stream_s(time_s)))
        self._timeline = None
        self._voice_free_s = self._chime_free_s = 0.0
        self._note_beat(self._clock.stream_s(time_s))

    def _hush(self, time_s: float) -> None:
        """Cut the words and tones that sound or wait."""
        self._send(HushCues(at_s=self._clock.stream_s(time_s)))
        self._voice_free_s = self._chime_free_s = 0.0


def pattern_of(click: Click) -> Pattern:
    """How the beat should click, from the coach's words to the engine's pattern; beat 0 is the left foot."""
    left = _strike(click, is_accent=click.accent is Accent.LEFT, pan=-click.pan)
    right = _strike(click, is_accent=click.accent is Accent.RIGHT, pan=click.pan)
    strikes = (left, None if click.every is Every.STRIDE else right)
    return Pattern(strikes=strikes, silent_ratio=click.silent_ratio, seed=click.seed)


def _strike(click: Click, *, is_accent: bool, pan: float) -> Strike:
    return Strike(clip=accent_name(click.sound) if is_accent else click.sound, pan=pan)
