"""`--feet ble`: which sensor is meant, settled before the session begins."""

import sys

import click

from cadencecoach.app.company import ALL_SOURCES
from cadencecoach.app.opening.opened import OpenedFeet, vote_for
from cadencecoach.app.radio_feet import RadioFeet
from cadencecoach.app.sensor_book import STEP_KINDS, Remembered, SensorBook, open_book
from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import named, scan
from cadencecoach.errors import DeviceError, Reason, UsageError

LOOK_S = 2.5  # pods advertise several times a second
N_LOOKS = 10  # a pod that sleeps is woken by the runner who reads the line on the screen


def open_radio(text: str, unit: str) -> OpenedFeet:
    """Sensors over the air.

    Args:
        text: names or addresses, the leading one first, with commas between them; empty: the remembered pod, else the
            only one around, else ask
        unit: `auto`, or what every sensor is said to count
    Raises:
        DeviceError: no Bluetooth, or no pod around
        UsageError: several pods around and nobody to ask
    """
    book = open_book()
    radio = Radio()
    try:
        radio.check()
        called = [part.strip() for part in text.split(",") if part.strip()] or [_settled(radio, book)]
    except BaseException:
        radio.close()
        raise
    remembered = [_remembered(book, one) for one in called]
    wanted = tuple(_wanted(one, entry) for one, entry in zip(called, remembered, strict=True))
    first = remembered[0].name if remembered[0] is not None else called[0]
    feet = RadioFeet(radio, book, wanted, first)
    votes = {one.name: vote_for(one.unit) for one in book.here() if one.unit} if unit == "auto" else {}
    label = f"ble:{text}" if text else "ble"
    return OpenedFeet(feet=feet, vote=vote_for(unit), votes=votes, label=label, live=feet)


def _remembered(book: SensorBook, text: str) -> Remembered | None:
    return next((one for one in book.here() if one.is_called(text)), None)


def _wanted(text: str, entry: Remembered | None) -> Wanted:
    return Wanted(matches=named(text if entry is None else entry.address), sources=ALL_SOURCES)


def _settled(radio: Radio, book: SensorBook) -> str:
    """The address of the sensor to take when none is named."""
    remembered = book.of_kind(*STEP_KINDS)
    if remembered is not None:
        return remembered.address
    pods: tuple[Found, ...] = ()
    for n_looks in range(N_LOOKS):
        found = radio.ask(scan(LOOK_S), within_s=LOOK_S + 6.0)
        pods = next(filter(None, (tuple(one for one in found if kind in one.kinds) for kind in STEP_KINDS)), ())
        if pods:
            break
        if n_looks == 0:
            click.echo("No foot pod is heard. Put it on and step on the spot to wake it...", err=True)
    return pods[0].sensor.address if len(pods) == 1 else _asked(pods)


def _asked(pods: tuple[Found, ...]) -> str:
    """The address of the one a person chooses."""
    if not pods:
        raise DeviceError(
            "no foot pod is around: wake it by stepping on the spot, and see that no watch or phone has taken it "
            "(a pod talks to one at a time); `cadencecoach sensors scan` shows what is heard",
            Reason.VANISHED,
        )
    names = ", ".join(f"{one.sensor.name} ({one.sensor.address})" for one in pods)
    if not sys.stdin.isatty():
        raise UsageError(
            f"--feet ble: several foot pods are around; name one, as in --feet ble:NAME. There are {names}"
        )
    for number, one in enumerate(pods, start=1):
        click.echo(f"{number}  {one.sensor.name}  {one.sensor.address}  {one.signal_dbm} dBm")
    number = click.prompt("Which one is yours?", type=click.IntRange(1, len(pods)))
    return pods[number - 1].sensor.address
