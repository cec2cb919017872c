"""A phone outside a session: what it sends as events, and whether it will do for one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, Unlinked
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.signals import StopRequests
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.gait.phone_order import Signal
from cadencecoach.gait.phone_source import PhoneSource
from cadencecoach.gait.sources import PHONE
from cadencecoach.live.sensors.phone_feet import NAME, PhoneFeet, rate_fault
from cadencecoach.live.sensors.phone_intake import SILENT_AFTER_S
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts

LOOK_EVERY_S = 0.25
SENSOR = Sensor(address="", name=NAME)  # it has an address, which is nobody's business
COMES_WITHIN_S = 120.0
PUT_AWAY_S = 10.0
TEST_S = 20.0
MOST_MISSING_RATIO, LONGEST_GAP_S = 0.1, 2.0  # what the steps bear: more is no session

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneTest:
    """What came of a test.

    Attributes:
        rate_hz: samples a second
        signal: what its numbers are
        cadence_spm: the steps that were heard; None or 0: none
        place: where it seems to be worn; empty where that was not told
        missing_ratio: part of the samples that never came
        longest_gap_s: the longest time without samples, that at the end too: a phone that was locked sends no more
    """

    rate_hz: float
    signal: Signal
    cadence_spm: float | None
    place: str
    missing_ratio: float
    longest_gap_s: float

    def faults(self, texts: ScreenTexts) -> tuple[str, ...]:
        """What stands against it, each with what to do; empty where it will do."""
        found = {
            texts.phone_senseless: self.signal is Signal.SENSELESS,
            texts.phone_without_gravity: self.signal is Signal.WITHOUT_GRAVITY,
            (slow := rate_fault(self.rate_hz, texts)): bool(slow),
            fill(texts.phone_missing, percent=f"{100 * self.missing_ratio:.0f}"): (
                self.missing_ratio > MOST_MISSING_RATIO
            ),
            fill(texts.phone_gap, seconds=f"{self.longest_gap_s:.0f}"): self.longest_gap_s > LONGEST_GAP_S,
            texts.phone_not_worn: not self.cadence_spm and self.signal is not Signal.SENSELESS,
        }
        return tuple(text for text, is_so in found.items() if is_so)


def listen_phone(feet: PhoneFeet, clock: HostClock, *, seconds: float | None) -> Iterator[Event | None]:
    """What a phone sends, as events like those of any sensor; None now and then. It is closed at the end.

    Args:
        feet: the phone
        clock: started
        seconds: for how long; None is until somebody asks to stop
    """
    heard_s: float | None = None
    feet.begin(clock)
    try:
        with StopRequests() as stop:
            while not stop.is_set and (seconds is None or clock.now_s() < seconds):
                for arrived in feet.take_in():
                    if heard_s is None:
                        yield Linked(time_s=arrived.time_s, sensor=SENSOR, sources=(PHONE.name,))
                    heard_s = arrived.time_s
                    for payload in arrived.payloads:
                        yield Notified(time_s=heard_s, source=PHONE.name, sensor=SENSOR, payload=payload)
                if heard_s is not None and clock.origin_s + clock.now_s() - heard_s >= SILENT_AFTER_S:
                    lost_s, heard_s = heard_s + SILENT_AFTER_S, None
                    yield Unlinked(time_s=lost_s, sensor=SENSOR, sources=(PHONE.name,), why="silent", n_doubles=0)
                yield None
                clock.wait(LOOK_EVERY_S)
    finally:
        feet.close()


def try_phone(
    feet: PhoneFeet, texts: ScreenTexts, say: Say, *, put_away_s: float = PUT_AWAY_S, test_s: float = TEST_S
) -> PhoneTest:
    """Listen to a phone that is worn for a while, its owner told when.

    Args:
        feet: the phone, which is closed at the end
        texts: in its owner's language
        say: tells its owner
        put_away_s: how long it takes to put it where it is worn
        test_s: how long it is listened to
    Raises:
        DeviceError: nothing came
    """
    clock, source = HostClock(), PhoneSource()
    told, heard_s = list[float](), 0.0
    until_s, begun_s, missing_before, samples_before = COMES_WITHIN_S, None, 0, 0
    order = feet.intake.order
    for event in listen_phone(feet, clock, seconds=None):
        now_s = clock.now_s()
        if now_s >= until_s:
            break
        if not isinstance(event, Notified):
            continue
        if begun_s is None:
            say(fill(texts.phone_put_on, seconds=f"{test_s:.0f}"))
            begun_s = now_s + put_away_s
            until_s = begun_s + test_s
        heard_s = event.time_s - clock.origin_s
        reading = source.take(event.time_s, event.payload)
        order = feet.intake.order
        if now_s < begun_s:
            missing_before, samples_before, order.longest_gap_s = order.n_missing, order.n_samples, 0.0
        elif reading is not None and reading.cadence_spm is not None:
            told.append(reading.cadence_spm)
    if begun_s is None:
        raise DeviceError(feet.why_nothing_came, Reason.NOT_RESPONDING)
    missing, came = order.n_missing - missing_before, order.n_samples - samples_before
    return PhoneTest(
        rate_hz=order.rate_hz,
        signal=order.signal or Signal.SENSELESS,
        cadence_spm=median(told) if told else None,
        place=source.place,
        missing_ratio=missing / max(1, missing + came),
        longest_gap_s=max(order.longest_gap_s, min(clock.now_s(), until_s) - max(heard_s, begun_s)),
    )
