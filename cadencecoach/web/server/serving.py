"""The server's life: one a user, from its address to Ctrl-C; on this computer alone, unless the network is wished."""

import contextlib
import http.client
import json
import os
import secrets
import sys
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.network import local_addresses
from cadencecoach.devices.reach.paired import NAME as PAIRED_NAME
from cadencecoach.devices.reach.place import HOME, SESSION, Place, find_place, found_places, places_folder, publish
from cadencecoach.devices.reach.secret import kept_secret
from cadencecoach.errors import UsageError
from cadencecoach.store.machine import Machine
from cadencecoach.store.protocol import UserStore
from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Devices
from cadencecoach.web.entry import Entry
from cadencecoach.web.passes import Passes
from cadencecoach.web.password import LEAST_CHARS, MOST_CHARS, Password
from cadencecoach.web.password import NAME as PASSWORD_NAME
from cadencecoach.web.people import people_in
from cadencecoach.web.server.app import make_app
from cadencecoach.web.server.encryption import encryption_of
from cadencecoach.web.server.listening import WAITING, Server, listeners
from cadencecoach.web.server.patience import ImpatientProtocol
from cadencecoach.web.server.terminal import PairingTerminal, Person

NAME: Final = "page"  # of its place
END_S: Final = 1  # pages that are open are waited for so long
ASK_S: Final = 5.0
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is typed with `open`.

    Attributes:
        port: to be reached at; None takes the usual one, or another where that is taken
        wants_browser: open the page, too
        is_lan: let devices of the local network in
        certificate: of their connections, with `key`; None leaves them readable
        key: of the certificate
        wants_password: ask for another password of the desk
    """

    port: int | None = None
    wants_browser: bool = True
    is_lan: bool = False
    certificate: Path | None = None
    key: Path | None = None
    wants_password: bool = False


def open_page(store: UserStore, wish: Wish, person: Person) -> None:
    """Serve until Ctrl-C; where a server of this user runs already, only open its page.

    Args:
        store: where athletes are kept
        wish: what was typed
        person: at the terminal
    Raises:
        UsageError: the port is taken, there is no private folder, or the network cannot be served
    """
    first = find_place(NAME)
    if first is not None:
        _show_first(first, wish, person.tell)
        return
    network = _network(wish)
    encryption, names = encryption_of(wish.certificate, wish.key)
    people = people_in(store)
    if people is not None and wish.wants_password:
        own = command_line("store person password NAME")
        raise UsageError(f"the store is a clinic's database: people sign in by passwords of their own; {own} sets one")
    password = _password(store.machine, wish, person, is_needed=people is None)
    with listeners(wish.port, network) as sockets:
        here, *others = sockets
        addresses = Addresses(port=here.getsockname()[1], network=tuple(network), names=names)
        token = secrets.token_urlsafe(32)
        devices = Devices(places_folder() / PAIRED_NAME)
        entry = Entry(Passes(kept_secret(), token), devices, addresses, password, person.tell, people)
        config = _config(make_app(store, entry))
        server = Server(config, others, encryption, PairingTerminal(entry, store.athlete_names, person))
        try:
            with publish(NAME, port=addresses.port, token=token, about={"kind": NAME, "lan": " ".join(network)}):
                _show(addresses.port, entry.passes.new_key(wall_time_s()), person.tell, wish)
                person.tell(_who_may(addresses))
                if people is not None:
                    person.tell(_who_signs_in(addresses))
                with _pairings(devices):
                    server.run(sockets=[here])
        except FileExistsError:
            raise UsageError("the page is just being opened elsewhere; run the command again") from None


@contextlib.contextmanager
def _pairings(devices: Devices) -> Iterator[None]:
    """Let devices go at the end, unless a session runs: whoever watches it comes back with the next server."""
    try:
        with contextlib.suppress(KeyboardInterrupt):  # a second Ctrl-C
            yield
    finally:
        if not any(place.about.get("kind") == SESSION for place in found_places()):
            devices.end_all()


def _network(wish: Wish) -> list[str]:
    """The addresses of this computer at which devices may come in.

    Raises:
        UsageError: options that do not go together, or no network
    """
    if (wish.certificate is None) != (wish.key is None):
        raise UsageError("--cert and --key go together: a certificate and its key")
    if not wish.is_lan:
        if wish.certificate is not None or wish.wants_password:
            raise UsageError("--cert, --key and --new-password are for other devices: add --lan")
        return []
    if wish.wants_password and wish.certificate is None:
        raise UsageError(
            "the desk is opened from other devices over an encrypted connection only: add --cert and --key"
        )
    network = list(local_addresses())
    if not network:
        raise UsageError(
            "--lan: this computer has no address in a local network (10., 172.16.-31., 192.168., 169.254.)"
        )
    return network


def _password(machine: Machine, wish: Wish, person: Person, *, is_needed: bool) -> Password:
    """The password of the desk; asked for where it is needed and there is none.

    Raises:
        UsageError: there is nobody to ask, or it is too short
    """
    password = Password(machine.settings_folder / PASSWORD_NAME)
    if is_needed and wish.certificate is not None and (wish.wants_password or not password.is_set):
        if not person.can_answer:
            raise UsageError("a password of the desk is needed: run it once in a terminal, which asks for one")
        text = person.ask_secret(f"Password of the desk, for other devices ({LEAST_CHARS} characters or more)")
        if not LEAST_CHARS <= len(text) <= MOST_CHARS:
            raise UsageError(f"the password has {len(text)} characters; it takes {LEAST_CHARS} to {MOST_CHARS}")
        password.set(text)
    return password


def _config(app: Any) -> uvicorn.Config:  # noqa: ANN401  # an application, as uvicorn has it
    return uvicorn.Config(
        app,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        backlog=WAITING,
        timeout_graceful_shutdown=END_S,
    )


def _show_first(first: Place, wish: Wish, tell: Tell) -> None:
    """Open the page of the server that runs.

    Raises:
        UsageError: it does not answer, or not to the network
    """
    if wish.is_lan and not first.about.get("lan"):
        raise UsageError("the page is open already, for this computer only: end that with Ctrl-C, and run it again")
    tell("The page is already open; here is another address for it:")
    _show(first.port, _ask_for_key(first), tell, wish)


def _show(port: int, key: str, tell: Tell, wish: Wish) -> None:
    address = f"http://{HOME}:{port}/?key={key}"
    tell(address)
    if wish.wants_browser and not (_has_screen() and webbrowser.open(address)):
        tell("No browser opened; open the address yourself.")


def _who_may(addresses: Addresses) -> str:
    if not addresses.network:
        return "Only this computer can open it. Ctrl-C ends it; sessions that run go on."
    return (
        f"Other devices in this network can be let in, at {' or '.join(addresses.network_urls())}. "
        "Ctrl-C ends it; sessions that run go on."
    )


def _who_signs_in(addresses: Addresses) -> str:
    """Where people sign in by their names, in a clinic."""
    where = "here" if addresses.network and not addresses.is_encrypted else "wherever the page is reached"
    more = "; from other devices only with --cert and --key" if where == "here" else ""
    return f"People sign in by name and password, {where}{more}."


def _has_screen() -> bool:
    """Whether there is a desktop: without one a browser for terminals would take this one over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _ask_for_key(place: Place) -> str:
    """A key from the server that runs already.

    Raises:
        UsageError: it does not answer
    """
    connection = http.client.HTTPConnection(HOME, place.port, timeout=ASK_S)
    try:
        connection.request("POST", "/api/keys", headers={"Authorization": f"Bearer {place.token}"})
        told: Any = json.loads(connection.getresponse().read(4096))
        return str(told["key"])
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException) as error:
        raise UsageError(f"process {place.pid} serves the page already and does not answer; end it first") from error
    finally:
        connection.close()
