"""The server's life: one a user, on the loopback interface, from its address to Ctrl-C."""

import contextlib
import http.client
import json
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from typing import Any, Final

import uvicorn

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.reach.place import HOME, Place, find_place, published
from cadencecoach.devices.reach.secret import kept_secret
from cadencecoach.errors import UsageError
from cadencecoach.store.file_store import FileStore
from cadencecoach.web.passes import Passes
from cadencecoach.web.server.app import make_app
from cadencecoach.web.server.patience import ImpatientProtocol

USUAL_PORT: Final = 8712
NAME: Final = "page"  # of its place
END_S: Final = 1  # pages that are open are waited for so long
ASK_S: Final = 5.0
Tell = Callable[[str], None]


def open_page(store: FileStore, port: int | None, tell: Tell, *, wants_browser: bool) -> None:
    """Serve until Ctrl-C; where a server of this user runs already, only open its page.

    Args:
        store: where athletes are kept
        port: to be reached at; None takes the usual one, or another where that is taken
        tell: gives a person a line to read
        wants_browser: open the page, too
    Raises:
        UsageError: the port is taken, or there is no private folder
    """
    first = find_place(NAME)
    if first is not None:
        tell("The page is already open; here is another address for it:")
        _show(first.port, _ask_for_key(first), tell, wants_browser=wants_browser)
        return
    listener = _listener(port)
    with listener:
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(32)
        passes = Passes(kept_secret(), token)
        config = uvicorn.Config(
            make_app(store, passes, port),
            http=ImpatientProtocol,
            ws="none",
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=END_S,
        )
        try:
            with published(NAME, port=port, token=token, about={"kind": NAME}):
                _show(port, passes.new_key(wall_time_s()), tell, wants_browser=wants_browser)
                tell("Only this computer can open it. Ctrl-C closes the page; running sessions continue.")
                with contextlib.suppress(KeyboardInterrupt):
                    uvicorn.Server(config).run(sockets=[listener])
        except FileExistsError:
            raise UsageError("the page is just being opened elsewhere; run the command again") from None


def _listener(port: int | None) -> socket.socket:
    """A socket on the loopback interface only."""
    for one in (USUAL_PORT, 0) if port is None else (port,):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOME, one))
        except OSError as error:
            listener.close()
            if port is not None:
                raise UsageError(f"--port {port}: {error.strerror}; choose another, or leave it out") from error
        else:
            listener.listen(128)
            return listener
    raise UsageError("no free port on this computer")


def _show(port: int, key: str, tell: Tell, *, wants_browser: bool) -> None:
    address = f"http://{HOME}:{port}/?key={key}"
    tell(address)
    if wants_browser and not (_has_screen() and webbrowser.open(address)):
        tell("No browser opened; open the address yourself.")


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
