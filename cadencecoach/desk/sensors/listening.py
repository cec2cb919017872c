"""Sensors listened to outside a session: events as they come, until it is time or somebody asks to stop."""

from collections.abc import Iterator

from cadencecoach.devices.ble.events import Event
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.signals import StopRequests
from cadencecoach.live.opening.radio import Chosen

LOOK_EVERY_S = 0.25


def listen(chosen: Chosen, clock: HostClock, *, seconds: float | None) -> Iterator[Event | None]:
    """Connect, and yield what comes; None now and then when nothing does. The sensors are parted from at the end.

    Args:
        chosen: which sensors
        clock: started
        seconds: for how long; None is until somebody asks to stop
    """
    radio = chosen.radio
    radio.ring_with(clock.ring)
    with radio, StopRequests() as stop:
        for wanted in chosen.wanted:
            radio.keep(wanted)
        while not stop.is_set and (seconds is None or clock.now_s() < seconds):
            event = radio.take()
            yield event
            if event is None:
                clock.wait(LOOK_EVERY_S)
