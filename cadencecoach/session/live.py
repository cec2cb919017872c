"""A session at the pace of a clock: feet, keys, time, sound, screen and journal in turn, whenever there is news."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cadencecoach.coach.key_table import KEY_BY_NAME, SCREEN_KEY_BY_NAME, TEN
from cadencecoach.coach.pain import WORST
from cadencecoach.record.lines import Line, SoundLine
from cadencecoach.session.audio_output import AudioOutput
from cadencecoach.session.ending_keys import EndingKeys
from cadencecoach.session.feet import SensorFeed
from cadencecoach.session.host import Keys, Window
from cadencecoach.session.session import Session

SHOW_EVERY_S = 0.25
NEWS_EVERY_S = 0.05  # a reading or a key is shown so soon after the moment before
LISTEN_EVERY_S = 0.125  # to the card: a process that died is replaced at once; the longest wait, too
FLUSH_EVERY_S = 1.0  # a kill loses at most the last second
AWAY_S = 10.0  # longer than this without a turn of the loop, or asleep: the session broke off meanwhile


class Clock(Protocol):
    """Session time at the pace of the world."""

    def now_s(self) -> float:
        """Seconds since the start, never going back."""

    def slept_s(self) -> float:
        """How long the computer has slept since the start, as far as it tells."""

    def wait(self, seconds: float) -> None:
        """Do nothing for a while; less long when there is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Everything live around a session.

    Attributes:
        clock: session time
        feet: where readings come from
        keyboard: single keys
        output: the card, or what stands for it
        display: screen or plain lines
        write: takes a journal line
        flush: sends what was written to the disk
        should_stop: whether somebody asked the program to end
    """

    clock: Clock
    feet: SensorFeed
    keyboard: Keys
    output: AudioOutput
    display: Window
    write: Callable[[Line], None]
    flush: Callable[[], None]
    should_stop: Callable[[], bool]


def run_live(session: Session, edge: Edge) -> bool:
    """Run a session to its end, and let its last words be heard.

    Returns:
        whether it was broken off because the computer slept, or the program stood still
    """
    turn_s = min(LISTEN_EVERY_S, edge.keyboard.look_every_s)
    heard_s = shown_s = flushed_s = -1.0
    ending_keys, away, is_news = EndingKeys(), Away(edge.clock), False
    while not session.is_over:
        now_s = edge.clock.now_s()
        if away.was_long(now_s) and session.state.metronome is None:  # a beat alone has no place to go on from
            session.interrupt(session.now_s)
            edge.display.show(session, session.now_s)
            edge.flush()
            return True
        is_news |= _turn(session, edge, now_s, ending_keys)
        if now_s - heard_s >= LISTEN_EVERY_S:
            heard_s = now_s
            _follow_output(session, edge, now_s)
        if now_s - shown_s >= (NEWS_EVERY_S if is_news else SHOW_EVERY_S) or session.is_over:
            shown_s, is_news = now_s, False
            edge.display.show(session, now_s)
        if now_s - flushed_s >= FLUSH_EVERY_S:
            flushed_s = now_s
            edge.flush()
        show_s = shown_s + (NEWS_EVERY_S if is_news else SHOW_EVERY_S)
        due_s = min(session.due_s(), edge.feet.next_s(), show_s)  # what is due happens in time
        edge.clock.wait(min(turn_s, due_s - edge.clock.now_s()))
    edge.flush()
    while not edge.should_stop() and (left_s := edge.output.busy_until_s - edge.clock.now_s()) > 0:
        edge.clock.wait(min(turn_s, left_s))
    return False


class Away:
    """Whether time has passed in which nothing ran: by the clock that counts sleep, else by a turn that came too late.

    The wall clock is not asked: it may be set.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin to watch."""
        self._clock = clock
        self._now_s, self._slept_s = clock.now_s(), clock.slept_s()

    def was_long(self, now_s: float) -> bool:
        """Whether so much time has passed since the turn before."""
        slept_s = self._clock.slept_s()
        away_s = now_s - self._now_s + slept_s - self._slept_s
        self._now_s, self._slept_s = now_s, slept_s
        return away_s > AWAY_S


def _turn(session: Session, edge: Edge, now_s: float, ending_keys: EndingKeys) -> bool:
    """Let everything happen that is due by now, in order; whether feet or keys have brought news."""
    is_news = False
    while not session.is_over and edge.feet.next_s() <= now_s:
        edge.feet.deliver(session)
        is_news = True
    session.advance(now_s)
    while (name := edge.keyboard.poll()) is not None:
        is_news = True
        if not ending_keys.is_taken(session, name, now_s):
            _press(session, edge.display, name, now_s)
    if edge.should_stop() and not session.is_over:
        session.interrupt(now_s)
    return is_news


def _press(session: Session, display: Window, name: str, now_s: float) -> None:
    display.press(session, SCREEN_KEY_BY_NAME.get(name))
    if name in SCREEN_KEY_BY_NAME:
        return
    if name in KEY_BY_NAME:
        session.press(now_s, KEY_BY_NAME[name])
    elif name.isdigit():
        session.rate_pain(now_s, int(name))
    elif name == TEN:
        session.rate_pain(now_s, WORST)
    else:
        session.refuse_key(now_s, name)


def _follow_output(session: Session, edge: Edge, now_s: float) -> None:
    line = edge.output.follow(now_s)
    if line is not None and not session.is_over:
        edge.write(line)
        if isinstance(line, SoundLine) and isinstance(line.latency_s, float):
            session.take_sound(now_s, line.latency_s)
