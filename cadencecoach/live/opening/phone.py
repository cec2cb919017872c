"""`--feet phone`: a phone is listened to, or asked, and its owner is told what to tap on it."""

import re
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import IPv4Address
from itertools import count
from typing import Final

from cadencecoach.devices.network import local_addresses
from cadencecoach.devices.phone.listening import EXPERIMENT, NUMBER
from cadencecoach.devices.phone.process import (
    START_WITHIN_S,
    CannotListen,
    Known,
    Listening,
    PhoneProcess,
    ask,
    listen,
)
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.gait.phone_asking import PhyphoxAsker
from cadencecoach.gait.phone_messages import MessageReader
from cadencecoach.gait.vote import vote_for
from cadencecoach.live.opening.opened import Joining, OpenedFeet
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.live.sensors.phyphox import experiment
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.host import Person

LABEL: Final = "phone"  # without the phone's address, which is nobody's business
SECRET_BYTES: Final = 12
LABEL_OF_HOST: Final = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"
HOST: Final = re.compile(  # phyphox shows it as http://...
    rf"(?:http://)?(?P<host>{LABEL_OF_HOST}(?:\.{LABEL_OF_HOST}){{0,9}})(?::(?P<port>\d{{1,5}}))?/?"
)
NUMBERS: Final = re.compile(r"[\d.]+")
MOST_PORT: Final = 65_535
LOOK_EVERY_S: Final = 0.1
HINT_AFTER_S: Final = 20.0
MOST_PHONES: Final = 1000  # of one process: the next one gives them other numbers

Addresses = Callable[[], Sequence[str]]


def open_phone(
    text: str,
    unit: str,
    person: Person,
    texts: ScreenTexts = ENGLISH_SCREEN,
    *,
    addresses: Addresses = local_addresses,
) -> OpenedFeet:
    """A phone as the source of a session, with its owner led through it.

    Args:
        text: host and port of a phone that is asked; empty: phones push to this computer
        unit: `auto`, or what every sensor is said to count
        person: who is told what to tap, and may begin without the phone
        texts: in that person's language
        addresses: of this computer, where phones may reach it
    Raises:
        UsageError: the text is no address of a phone
        DeviceError: this computer is in no local network, or nothing can be listened to
    """
    feet, joining = _begin(text, person, texts, addresses)
    return OpenedFeet(feet=feet, vote=vote_for(unit), label=LABEL, live=feet, joining=joining)


def begin_phone(
    text: str, person: Person, texts: ScreenTexts = ENGLISH_SCREEN, *, addresses: Addresses = local_addresses
) -> PhoneFeet:
    """The phone alone; the arguments are those of `open_phone`."""
    return _begin(text, person, texts, addresses)[0]


def _begin(text: str, person: Person, texts: ScreenTexts, addresses: Addresses) -> tuple[PhoneFeet, Joining | None]:
    host, port = parse_phone(text)
    try:
        return (_ask_phone(host, port, person, texts), None) if host else _listen_to(person, texts, addresses)
    except OSError as error:  # no process more
        raise DeviceError(fill(texts.phone_cannot_listen, reason=error.strerror or error), Reason.BUSY) from error


def parse_phone(text: str) -> tuple[str, int | None]:
    """Host and port as typed after `phone:`; empty and None where they are not.

    Raises:
        UsageError: they are none
    """
    if not text:
        return "", None
    found = HOST.fullmatch(text)
    port = None if found is None or found["port"] is None else int(found["port"])
    if found is None or (port is not None and not 1 <= port <= MOST_PORT) or _is_no_address(found["host"]):
        raise UsageError(
            f"--feet phone:{text}: write the address that phyphox shows, as in phone:192.168.1.20 or "
            f"phone:192.168.1.20:8080; a port is 1 to {MOST_PORT}"
        )
    return found["host"], port


def _is_no_address(host: str) -> bool:
    """Whether a host is written in numbers and is no address in a network: no phone would ever answer."""
    if not NUMBERS.fullmatch(host):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False


def _listen_to(person: Person, texts: ScreenTexts, addresses: Addresses) -> tuple[PhoneFeet, Joining]:
    here = tuple(addresses())
    if not here:
        raise DeviceError(texts.phone_no_network, Reason.NO_DEVICE)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    pushed_to = f"http://ADDRESS/{secret}/{NUMBER.decode()}"
    start = partial(PhoneProcess, listen, here, secret, experiment(pushed_to, texts), MessageReader().read)
    process = start()
    given_back: PhoneProcess | PhoneFeet = process
    try:
        port = _port_of(process, texts)
        place, numbers = f"{here[0]}:{port}/{secret}", count(MOST_PHONES, MOST_PHONES)
        given_back = feet = PhoneFeet(
            process,
            texts,
            is_asked=False,
            begin_again=lambda: start(Known(port=port, n_loaded=next(numbers))),
            address=f"http://{place}/{EXPERIMENT}",
        )
        joining = Joining(
            code=f"phyphox://{place}/{EXPERIMENT}",
            before=(texts.phone_wifi, texts.phone_scan),
            after=(texts.phone_allow, texts.phone_play, texts.phone_wear, texts.phone_private),
            is_wanted=lambda: feet.is_sought,
        )
        # The code last: a terminal of 24 lines shows it whole, and the words are a little way up.
        person.tell(
            *joining.before,
            *joining.after,
            fill(texts.phone_logger, address=f"http://{place}/log"),
            fill(texts.phone_address, address=f"http://{place}/{EXPERIMENT}"),
        )
        person.show_code(joining.code)
        _wait(feet, person, texts, fill(texts.phone_nothing, port=port))
    except BaseException:
        given_back.close()
        raise
    return feet, joining


def _ask_phone(host: str, port: int | None, person: Person, texts: ScreenTexts) -> PhoneFeet:
    start = partial(PhoneProcess, ask, host, port)
    feet = PhoneFeet(start(PhyphoxAsker(LABEL)), texts, is_asked=True, begin_again=lambda: start(PhyphoxAsker(LABEL)))
    try:
        person.tell(
            texts.phone_wifi, texts.phone_remote, texts.phone_remote_allow, texts.phone_remote_play, texts.phone_wear
        )
        _wait(feet, person, texts, texts.phone_silent)
    except BaseException:
        feet.close()
        raise
    return feet


def _port_of(process: PhoneProcess, texts: ScreenTexts) -> int:
    """Where the receiver listens.

    Raises:
        DeviceError: it does not
    """
    match process.wait(START_WITHIN_S):
        case Listening(port=port):
            return port
        case CannotListen(why=why):
            raise DeviceError(fill(texts.phone_cannot_listen, reason=why or "-"), Reason.BUSY)
        case _:
            raise DeviceError(fill(texts.phone_cannot_listen, reason="-"), Reason.NOT_RESPONDING)


def _wait(feet: PhoneFeet, person: Person, texts: ScreenTexts, hint: str) -> None:
    """Wait until the phone sends, or somebody presses a key; nobody waits where nobody could."""
    if not person.can_answer:
        return
    person.tell(texts.phone_waiting)
    n_looks, told = 0, ""

    def has_come() -> bool:
        nonlocal n_looks, told
        n_looks += 1
        message = hint if n_looks * LOOK_EVERY_S >= HINT_AFTER_S else ""
        if any(True for _ in feet.take_in()) and feet.intake.order.n_samples >= feet.intake.order.rate_hz:
            return True
        if message and not told and feet.intake.heard_s is None:
            told = message
            person.tell(message)
        return False

    if person.wait_for(has_come, LOOK_EVERY_S):
        person.tell(fill(texts.phone_there, rate=f"{feet.intake.order.rate_hz:.0f}"))
