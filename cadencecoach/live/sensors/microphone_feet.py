"""A microphone as a source of a live session: a process listens, and is told when our own clicks are played."""

import math
from typing import TYPE_CHECKING

from cadencecoach.coach.actions import Action, Pause, SetGate, SetMuted, SetTempo
from cadencecoach.coach.events import NEVER
from cadencecoach.devices.clock import HostClock
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.gait.microphone import decode_heard
from cadencecoach.gait.sources import MICROPHONE
from cadencecoach.live.sensors.microphone_child import Deaf, Heard, Listening, Played
from cadencecoach.live.sensors.microphone_port import OPENS_WITHIN_S, Gone, MicrophonePort
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.session import Session

if TYPE_CHECKING:
    from cadencecoach.plan.timeline import Timeline

SILENT_FOR_S = 4.0  # a process that listens speaks twice a second
TELL_EVERY_S = 0.05  # of our clicks, or that there was none: what was heard waits for it
AGAIN_EVERY_S = 5.0
SAME_BEAT_S = 1e-6  # a beat that falls on the start of its own timeline is heard
LONGEST_BACK_S = 2.0  # older clicks are of no use


class BeatTimes:
    """When our clicks are heard, by what the coach does: each is told once, when it is past."""

    def __init__(self) -> None:
        self._timeline: Timeline | None = None
        self._is_muted, self._is_open = False, True
        self._told_s = -math.inf

    def hear(self, action: Action) -> None:
        """Take what the coach does."""
        match action:
            case SetTempo(timeline=timeline):
                self._timeline = timeline
            case Pause():
                self._timeline = None
            case SetMuted(is_muted=is_muted):
                self._is_muted = is_muted
            case SetGate(is_open=is_open):
                self._is_open = is_open
            case _:
                pass

    def until(self, time_s: float) -> list[float]:
        """The clicks since the last call, in session time."""
        since_s, self._told_s = self._told_s, max(self._told_s, time_s)
        if self._timeline is None or self._is_muted or not self._is_open:
            return []
        since_s = max(since_s, self._timeline.start_s - SAME_BEAT_S, time_s - LONGEST_BACK_S)
        beat = max(0, math.floor(self._timeline.beat_at(since_s)))
        times_s = []
        while (at_s := self._timeline.time_of(beat)) <= time_s:
            if at_s > since_s:
                times_s.append(at_s)
            beat += 1
        return times_s


class MicrophoneFeet(NoFeet):
    """What a microphone hears, in session time.

    Args:
        port: listening already
        listening: what with
        words: by which it was asked for, to open it again
        texts: in the runner's language
    """

    def __init__(
        self, port: MicrophonePort, listening: Listening, words: str, texts: ScreenTexts = ENGLISH_SCREEN
    ) -> None:
        """Nothing is heard before `begin`."""
        self._port = port
        self._listening = listening
        self._words = words
        self._texts = texts
        self._clock = HostClock()
        self._beats = BeatTimes()
        self._waiting: Heard | None = None
        self._heard_s: float | None = None  # when it spoke last, in session time; None while nobody waits for a word
        self._again_s = math.inf
        self._told_s = -math.inf  # until when all clicks have been told
        self._card_s = 0.0  # how much later than its session time a beat leaves the card, as far as that tells
        self._changed_s = NEVER  # when it came or went, until that has been handed over
        self._is_gone = self._is_linked = False
        self._unheard = int(Unheard.STARTING)

    def begin(self, clock: HostClock) -> None:
        """Go by a clock; it may be restarted later."""
        self._clock = clock
        self._port.ring_with(clock.ring)

    def close(self) -> None:
        """End the process that listens."""
        self._port.close()

    @property
    def message(self) -> str:
        """That it listens, with what, and what is in the way."""
        if self._is_gone:
            return fill(self._texts.mic_gone, device=self._listening.device)
        reasons = {
            Unheard.NOTES: self._texts.mic_notes,
            Unheard.ZEROS: self._texts.mic_zeros,
            Unheard.SEEKING_CLICK: self._texts.mic_seeking,
        }
        if self._unheard in {0, Unheard.STARTING}:
            return fill(self._texts.mic_listening, device=self._listening.device)
        return reasons.get(Unheard(self._unheard), self._texts.mic_nothing)

    def remember(self, session: Session) -> tuple[str, ...]:  # noqa: ARG002  # the face
        """Nothing is remembered of it."""
        return ()

    def hear(self, action: Action) -> None:
        """Learn when the beat sounds."""
        self._beats.hear(action)

    def next_s(self) -> float:
        """The time of what was heard next; meanwhile the process is told of clicks, and replaced where it is gone."""
        now_s = self._clock.now_s()
        if self._heard_s is None and not self._is_gone:
            self._heard_s = now_s
        self._tell_clicks(now_s)
        while self._waiting is None and (word := self._port.take()) is not None:
            match word:
                case Heard(host_s=host_s):
                    self._waiting = word if host_s >= self._clock.begun_s else None
                    self._heard_s, self._is_gone = now_s, False
                case Listening():
                    self._listening, self._heard_s = word, now_s
                case Deaf() | Gone():
                    self._lose(now_s)
        if self._waiting is None and self._heard_s is not None and now_s - self._heard_s > SILENT_FOR_S:
            self._lose(now_s)
        if now_s >= self._again_s:
            self._open_again(now_s)
        is_there = not self._is_gone and (self._is_linked or self._waiting is not None)
        if self._changed_s == NEVER and is_there is not self._is_linked:
            self._changed_s = now_s
        return min(self._changed_s, NEVER if self._waiting is None else self._clock.session_s(self._waiting.host_s))

    def deliver(self, session: Session) -> None:
        """Hand over what was heard, and before it whether the microphone came or went."""
        heard, self._waiting = self._waiting, None
        self._card_s = session.state.footfalls.delay_s
        if self._changed_s < NEVER:
            self._is_linked = not self._is_linked
            state = "connected" if self._is_linked else "lost"
            session.take_link(self._changed_s, state=state, source=MICROPHONE.name, name=self._listening.device)
            self._changed_s = NEVER
        if heard is not None:
            self._unheard = decode_heard(heard.payload).unheard
            session.take_payload(
                self._clock.session_s(heard.host_s), MICROPHONE.name, heard.payload, self._listening.device
            )

    def _tell_clicks(self, now_s: float) -> None:
        """Tell the process which clicks were played, and until when it knows of all; not one that does not listen yet.

        What is told to such a one fills its pipe, and who fills a pipe waits.
        """
        times_s, origin_s = self._beats.until(now_s), self._clock.origin_s
        if not self._is_gone and (times_s or not 0 <= now_s - self._told_s < TELL_EVERY_S):
            self._told_s = now_s
            at_s = tuple(origin_s + one + self._card_s for one in times_s)
            self._port.play(Played(host_times_s=at_s, until_host_s=origin_s + now_s))

    def _lose(self, now_s: float) -> None:
        """Begin to look for it again."""
        self._is_gone, self._heard_s, self._again_s = True, None, now_s + AGAIN_EVERY_S
        self._port.close()

    def _open_again(self, now_s: float) -> None:
        """Start another process; where it does not open the microphone in time, one more later."""
        self._again_s = math.inf
        try:
            self._port = MicrophonePort(self._words)
        except OSError:  # the system starts no process now
            self._again_s = now_s + AGAIN_EVERY_S
            return
        self._port.ring_with(self._clock.ring)
        self._heard_s = now_s + OPENS_WITHIN_S - SILENT_FOR_S
