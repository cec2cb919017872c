"""A raw client of a session's channel, and a private folder for its place."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cadencecoach.devices.reach.place import HOME, Place, found_places
from cadencecoach.web.addresses import Addresses
from cadencecoach.web.devices import Devices
from cadencecoach.web.entry import Entry
from cadencecoach.web.passes import Passes
from cadencecoach.web.password import Password

PATIENCE_S = 20.0


def entry_in(folder: Path, *network: str) -> Entry:
    """The ways in of a server that keeps its files in a folder."""
    devices, password = Devices(folder / "devices.json"), Password(folder / "password.json")
    return Entry(Passes(b"secret", "token"), devices, Addresses(port=8712, network=network), password)


def private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime folder of this test's own; processes that it starts use it too."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    os.chmod(tmp_path, 0o700)  # noqa: PTH101  # as a login makes it
    return tmp_path / "cadencecoach"


class RawClient:
    """Lines over a socket."""

    def __init__(self, port: int, token: str | None) -> None:
        """Connect, and say the token where there is one."""
        self.socket = socket.create_connection((HOME, port), PATIENCE_S)
        self._file = self.socket.makefile("rb")
        self.passed: list[dict[str, Any]] = []  # over by `read_until`
        if token is not None:
            self.write({"token": token})

    def write(self, message: object) -> None:
        """Say something."""
        self.socket.sendall(json.dumps(message).encode() + b"\n")

    def read(self) -> dict[str, Any] | None:
        """The next message; None at the end of the connection."""
        try:
            line = self._file.readline()
        except ConnectionError:
            return None
        return json.loads(line) if line else None

    def read_until(self, what: str) -> dict[str, Any]:
        """The next message of a kind."""
        while (message := self.read()) is not None:
            if message["what"] == what:
                return message
            self.passed.append(message)
        raise AssertionError(f"the connection ended without {what}")

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self.socket.close()


@contextmanager
def client_of(place: Place) -> Iterator[RawClient]:
    """A client that has said the right token."""
    client = RawClient(place.port, place.token)
    try:
        yield client
    finally:
        client.close()


def only_place() -> Place:
    """The place of the one thing that runs."""
    (place,) = found_places()
    return place
