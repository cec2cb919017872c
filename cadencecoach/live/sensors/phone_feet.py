"""A phone as a source of a live session: what its process hands up, and what the runner should do on that phone."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from cadencecoach.coach.events import NEVER
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import Came, CannotListen, Event, Listening, NoAnswer, TurnedAway
from cadencecoach.gait.phone_order import Signal
from cadencecoach.gait.sources import PHONE
from cadencecoach.live.sensors.phone_intake import SILENT_AFTER_S, PhoneIntake
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.session import Session

NEWS_S = 10.0
AGAIN_EVERY_S = 5.0  # a process that ends at once is not started without a pause
SOUGHT_AFTER_S = 30.0  # of silence: an app that was closed may have forgotten its experiment
LEAST_HZ, NEARLY = 20.0, 0.95  # samples a second that the steps need, and the part of them that will do
CLOCK_HZ = (1.0, 2000.0)  # no phone is slower or quicker: its times are in another unit
NAME = "phone"  # what a session calls it: neither its own name nor its address is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Samples of the phone, in order.

    Attributes:
        time_s: host monotonic seconds of their arrival
        payloads: at least one
    """

    time_s: float
    payloads: tuple[bytes, ...]


class PhoneEvents(Protocol):
    """Where events come from: the process that phones speak with."""

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Call this, from another thread, whenever something has come."""

    def peek(self) -> Event | None:
        """The next event, left where it is."""

    def take(self) -> Event | None:
        """The next event."""

    def close(self) -> None:
        """No more of it."""


def rate_fault(rate_hz: float, texts: ScreenTexts) -> str:
    """What is wrong with so many samples a second by the phone's own times; empty where nothing is."""
    if not CLOCK_HZ[0] <= rate_hz <= CLOCK_HZ[1]:
        return texts.phone_odd_times
    if rate_hz < LEAST_HZ * NEARLY:
        return fill(texts.phone_few_samples, rate=f"{rate_hz:.0f}", least=f"{LEAST_HZ:.0f}")
    return ""


class PhoneFeet(NoFeet):
    """What a phone sends, in session time.

    Args:
        events: of the process that speaks with it
        texts: in the runner's language
        is_asked: the phone is asked; else it pushes
        begin_again: starts such a process once more, where the first one has ended; OSError where none can be started
        address: of the experiment it may load; empty where it is asked
    """

    def __init__(
        self,
        events: PhoneEvents,
        texts: ScreenTexts,
        *,
        is_asked: bool,
        begin_again: Callable[[], PhoneEvents],
        address: str = "",
    ) -> None:
        self.intake = PhoneIntake()
        self.events = events
        self._begin_again = begin_again
        self._begun_s, self._again_s = -math.inf, math.inf  # host seconds: the process, and the next one
        self._texts = texts
        self._is_asked = is_asked
        self._address = address
        self._clock = HostClock()
        self._is_linked = False
        self._linked_s = 0.0
        self._no_answer: NoAnswer | None = None
        self._turned_away: Mapping[str, int] = {}  # by this process
        self._turned_away_before = Counter[str]()  # by those before it
        self._news = ("", 0.0)
        self._cannot_listen = ""

    def begin(self, clock: HostClock) -> None:
        """Go by a clock; it may be restarted later."""
        self._clock = clock
        self.events.ring_with(clock.ring)

    def close(self) -> None:
        """Listen and ask no more."""
        self.events.close()

    def take_in(self) -> Iterator[Arrived]:
        """Take all that has come so far."""
        self._keep_alive()
        while (event := self.events.take()) is not None:
            payloads = self._take(event)
            if isinstance(event, Came) and payloads:
                yield Arrived(time_s=event.time_s, payloads=tuple(payloads))

    def next_s(self) -> float:
        """The time of the next event; a process that has ended is started again meanwhile.

        Samples from before the start only put the phone's clock in order.
        """
        self._keep_alive()
        while isinstance(event := self.events.peek(), Came) and event.time_s < self._clock.begun_s:
            self._take(event)
            self.events.take()
        if event is None:
            return self._linked_s + SILENT_AFTER_S if self._is_linked else NEVER
        return 0.0 if isinstance(event, Listening | CannotListen) else self._clock.session_s(event.time_s)

    def deliver(self, session: Session) -> None:
        """Hand over the next event: samples, or that none have come for too long."""
        event = self.events.take()
        if event is not None:
            payloads = self._take(event)
            if isinstance(event, Came) and payloads:
                self._hand_over(session, self._clock.session_s(event.time_s), payloads)
        elif self._is_linked:
            self._is_linked = False
            session.take_link(self._linked_s + SILENT_AFTER_S, state="lost", source=PHONE.name, name=NAME)

    def remember(self, session: Session) -> tuple[str, ...]:  # noqa: ARG002  # nothing of it is kept
        """What was turned away, one line for each kind."""
        return tuple(fill(text, number=n) for text, n in self._count_turned_away().items())

    @property
    def message(self) -> str:
        """What to do on the phone; mostly empty while it sends."""
        now_s = self._host_s
        text, until_s = self._news
        return self._trouble(now_s) or (text if now_s < until_s else "")

    @property
    def why_nothing_came(self) -> str:
        """What the phone's owner can look at where nothing has come and is waited for no longer."""
        is_known = self._cannot_listen or self._no_answer is not None or self.intake.heard_s is not None
        return self.message if is_known else self._texts.phone_never_came

    @property
    def is_sought(self) -> bool:
        """Whether a phone is still to be brought here, or again: nothing has come, or not for long."""
        if self._cannot_listen:
            return False
        heard_s = self.intake.heard_s
        return heard_s is None or self._host_s - heard_s >= SOUGHT_AFTER_S

    @property
    def _host_s(self) -> float:
        return self._clock.now_s() + self._clock.origin_s

    def _trouble(self, now_s: float) -> str:
        if not self.intake.is_silent(now_s):
            return self._trouble_of_signal(now_s)
        return self._cannot_listen or self._trouble_of_silence()

    def _trouble_of_silence(self) -> str:
        texts, intake = self._texts, self.intake
        if self._no_answer is not None and self._no_answer.is_other:
            return texts.phone_other
        if intake.is_paused:
            return texts.phone_paused
        if intake.heard_s is None and self._no_answer is not None:
            return texts.phone_silent
        if intake.heard_s is None:
            return fill(texts.phone_sought_at, address=self._address) if self._address else texts.phone_sought
        if self._is_asked:
            return texts.phone_lost_remote
        return texts.phone_lost if intake.app == "phyphox" else texts.phone_lost_logger

    def _trouble_of_signal(self, now_s: float) -> str:
        if self.intake.has_second(now_s):
            return self._texts.phone_second
        match self.intake.order.signal:
            case Signal.SENSELESS:
                return self._texts.phone_senseless
            case Signal.WITHOUT_GRAVITY:
                return self._texts.phone_without_gravity
            case _:
                return rate_fault(self.intake.order.rate_hz, self._texts)

    def _take(self, event: Event) -> list[bytes]:
        """Take note of an event; the payloads it brings."""
        match event:
            case Came():
                self._no_answer, self._cannot_listen = None, ""
                return self.intake.take(event.value, event.time_s)
            case Listening():
                self._cannot_listen = ""
            case NoAnswer():
                self._no_answer, self._cannot_listen = event, ""
            case CannotListen(why=why):
                self._lose(why)
            case TurnedAway():
                before = self._count_turned_away()
                self._turned_away = event.counts
                for text, n in self._count_turned_away().items():
                    if text not in before:
                        self._news = (fill(text, number=n), event.time_s + NEWS_S)
            case _:
                pass
        return []

    def _lose(self, why: str) -> None:
        """Its process cannot listen, or has ended: a word of the second kind follows one of the first."""
        now_s = self._host_s
        self._again_s = max(now_s, self._begun_s + AGAIN_EVERY_S)
        if why:
            self._cannot_listen = fill(self._texts.phone_cannot_listen, reason=why)
        elif not self._cannot_listen:
            self._news = (self._texts.phone_begun_again, now_s + NEWS_S)

    def _keep_alive(self) -> None:
        """Start another process where the one before has ended; where the system starts none now, later."""
        now_s = self._host_s
        if now_s < self._again_s:
            return
        self._begun_s, self._again_s = now_s, math.inf
        self.events.close()
        self._turned_away_before.update(self._turned_away)
        self._turned_away = {}
        try:
            self.events = self._begin_again()
        except OSError as error:
            self._lose(error.strerror or str(error))
            return
        self.events.ring_with(self._clock.ring)

    def _count_turned_away(self) -> dict[str, int]:
        """How often something was turned away, by the text that tells it."""
        texts, turned_away = self._texts, self._turned_away_before + Counter(self._turned_away)
        known = {"wrong secret": texts.phone_wrong_code, "unreadable": texts.phone_unreadable}
        told = dict[str, int]()
        for why, n in turned_away.items():
            if why == "too many connections" and len(turned_away) > 1:
                continue  # of whoever has a line already
            text = known.get(why, texts.phone_too_much)
            told[text] = told.get(text, 0) + n
        return told

    def _hand_over(self, session: Session, time_s: float, payloads: list[bytes]) -> None:
        self._linked_s = time_s
        if not self._is_linked:
            self._is_linked = True
            session.take_link(time_s, state="connected", source=PHONE.name, name=NAME)
        for payload in payloads:
            session.take_payload(time_s, PHONE.name, payload, NAME)
