"""A person led through twenty steps: where to begin, when to press the key, what the sensor said meanwhile."""

import sys
from collections.abc import Callable, Iterator

from cadencecoach.desk.sensors.counting import MOST_S, N_STEPS, Count, count_from
from cadencecoach.desk.sensors.listening import listen
from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.keyboard import Keyboard, open_keyboard
from cadencecoach.errors import DeviceError, PayloadError, Reason, UsageError
from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.sources import RSC
from cadencecoach.live.opening.radio import Chosen
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.store.sensor_book import Remembered, change_book

Say = Callable[[str], None]

CONNECT_WITHIN_S = 60.0
WALK_WITHIN_S = 120.0


def walk_through(chosen: Chosen, say: Say) -> Count:
    """Lead a person through the test and remember what came of it.

    Raises:
        UsageError: there is no terminal to press keys on
        DeviceError: the sensor was not heard
    """
    if not sys.stdin.isatty():
        chosen.radio.close()
        raise UsageError(f"`{command_line('sensors test')}` needs a terminal: you press two keys while walking")
    clock = HostClock()
    events = listen(chosen, clock, seconds=CONNECT_WITHIN_S + 2 * WALK_WITHIN_S)
    with open_keyboard() as keyboard:
        try:
            say(f"Looking for {chosen.name}...")
            sensor = _wait_for_sensor(events, clock)
            say(f"{sensor.name} is connected. Walk at your usual pace for ten seconds and go on walking.")
            say("Then press Enter on a footfall, count the next 20, and press Enter again on the twentieth.")
            began_s, _ = _until_key(events, keyboard, clock, WALK_WITHIN_S)
            say(f"Counting: press Enter on step {N_STEPS}.")
            ended_s, raws = _until_key(events, keyboard, clock, MOST_S)
        finally:
            chosen.radio.close()
    count = count_from(ended_s - began_s, raws)
    if count.unit is not None:
        unit = count.unit.name.lower()
        entry = Remembered(name=sensor.name, address=sensor.address, kinds=(RSC.kind,), unit=unit, is_unit_given=True)
        change_book(chosen.book.path, lambda book: book.with_sensor(entry))
    return count


def _wait_for_sensor(events: Iterator[Event | None], clock: HostClock) -> Sensor:
    for event in events:
        if isinstance(event, Linked) and RSC.name in event.sources:
            return event.sensor
        if isinstance(event, Linked):
            text = fill(ENGLISH_SCREEN.sensor_no_steps, sensor=event.sensor.name)
            raise DeviceError(text, Reason.NOT_RESPONDING)
        if clock.now_s() > CONNECT_WITHIN_S:
            break
    raise DeviceError("the sensor was not heard; wake it by stepping on the spot, and try again", Reason.NOT_RESPONDING)


def _until_key(
    events: Iterator[Event | None], keyboard: Keyboard, clock: HostClock, within_s: float
) -> tuple[float, list[float]]:
    """When Enter was pressed, and the rates the sensor sent until then."""
    began_s, raws = clock.now_s(), list[float]()
    for event in events:
        if isinstance(event, Notified) and event.source == RSC.name:
            raws += _raw(event.payload)
        if keyboard.poll() in {"enter", "space"}:
            return clock.now_s(), raws
        if clock.now_s() - began_s > within_s:
            break
    raise UsageError("no key was pressed; run the test again when you are ready to walk")


def _raw(payload: bytes) -> list[float]:
    try:
        raw_per_min = decode_rsc(payload).raw_per_min
    except PayloadError:
        return []
    return [] if raw_per_min is None else [float(raw_per_min)]
