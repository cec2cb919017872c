"""A session at the pace of a clock: feet, keys, time, sound, screen and journal in turn, whenever there is news."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cadencecoach.coach.key_table import KEY_BY_NAME, SCREEN_KEY_BY_NAME, TEN
from cadencecoach.coach.pain import WORST
from cadencecoach.record.lines import Line
from cadencecoach.session.audio_output import AudioOutput
from cadencecoach.session.feet import SensorFeed
from cadencecoach.session.host import Keys, Window
from cadencecoach.session.session import Session

SHOW_EVERY_S = 0.25
LISTEN_EVERY_S = 0.05  # to the card: a process that died is replaced at once; the longest wait, too
FLUSH_EVERY_S = 1.0  # a kill loses at most the last second


class Clock(Protocol):
    """Session time at the pace of the world."""

    def now_s(self) -> float:
        """Seconds since the start, never going back."""

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


def run_live(session: Session, edge: Edge) -> None:
    """Run a session to its end, and let its last words be heard."""
    turn_s = min(LISTEN_EVERY_S, edge.keyboard.look_every_s)
    heard_s = shown_s = flushed_s = -1.0
    while not session.is_over:
        now_s = edge.clock.now_s()
        _turn(session, edge, now_s)
        if now_s - heard_s >= LISTEN_EVERY_S:
            heard_s = now_s
            _follow_output(session, edge, now_s)
        if now_s - shown_s >= SHOW_EVERY_S or session.is_over:
            shown_s = now_s
            edge.display.show(session, now_s)
        if now_s - flushed_s >= FLUSH_EVERY_S:
            flushed_s = now_s
            edge.flush()
        due_s = min(session.due_s(), edge.feet.next_s())  # what is due happens in time
        edge.clock.wait(min(turn_s, due_s - edge.clock.now_s()))
    edge.flush()
    while not edge.should_stop() and (left_s := edge.output.busy_until_s - edge.clock.now_s()) > 0:
        edge.clock.wait(min(turn_s, left_s))


def _turn(session: Session, edge: Edge, now_s: float) -> None:
    """Everything that has happened by now, in order."""
    while not session.is_over and edge.feet.next_s() <= now_s:
        edge.feet.deliver(session)
    session.advance(now_s)
    while (name := edge.keyboard.poll()) is not None:
        _press(session, edge.display, name, now_s)
    if edge.should_stop() and not session.is_over:
        session.interrupt(now_s)


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
        if isinstance(line.latency_s, float):
            session.take_sound(now_s, line.latency_s)
