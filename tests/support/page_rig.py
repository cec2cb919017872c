"""The page's server and sessions as processes of their own, and the interface as a program speaks it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copied_commands import RunningCopy, typed
from copies import CAN_COPY

PATIENCE_S = 60.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?key=(\S+)")


def signal_called(name: str) -> int:
    """A signal that not every system has."""
    return int(getattr(signal, name))


def environment(home: Path) -> dict[str, str]:
    """The folders of a person who has nothing yet."""
    (home / "run").mkdir(parents=True, mode=0o700, exist_ok=True)
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    return {**os.environ, **folders, "XDG_RUNTIME_DIR": str(home / "run")}


def said(home: Path, *words: str) -> str:
    """What a command says, run as the person would."""
    done = typed(words, folder=Path.cwd(), environment=environment(home), ends_within_s=PATIENCE_S)
    done.check_returncode()
    return done.stdout


def begin_programme(home: Path) -> None:
    """Keep r7, with an own cadence, on a programme."""
    said(home, "athlete", "new", "r7")
    said(home, "baseline", "--athlete", "r7", "--spm", "164", "--minutes", "15", "--speed", "10 km/h")
    said(home, "programme", "start", "field6wk", "--athlete", "r7")


@dataclass
class Server:
    """A server that runs.

    Attributes:
        home: folders of whoever started it
        port: where it is reached
        address: as it was printed, with a key
    """

    home: Path
    process: "subprocess.Popen[str] | RunningCopy"
    port: int
    address: str
    n_asked: int = field(default=0)

    @property
    def token(self) -> str:
        """What programs show."""
        return str(json.loads((self.home / "run" / "cadencecoach" / "page.place").read_text())["token"])

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and body of an answer; with the token, unless other headers are given."""
        return self.send(method, path, None if body is None else json.dumps(body).encode(), headers)

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """The same with a body as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        shown = {"Authorization": f"Bearer {self.token}"} if headers is None else dict(headers)
        try:
            connection.request(method, path, body, shown)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        is_json = (answer.headers.get("content-type") or "").startswith("application/json")
        return answer.status, json.loads(text) if is_json else text

    def start(self, **what: object) -> str:
        """The id of a session that has been started."""
        self.n_asked += 1
        told = {"id": f"start-{self.n_asked}-{os.getpid()}", "feet": "sim", "sound": "none", **what}
        status, answer = self.ask("POST", "/api/sessions", told)
        assert status == 201, answer
        return str(answer["id"])

    def press(self, session: str, key: str, value: int | None = None) -> tuple[int, Any]:
        """Press a key."""
        self.n_asked += 1
        told = {"id": f"key-{self.n_asked}", "key": key, **({} if value is None else {"value": value})}
        return self.ask("POST", f"/api/sessions/{session}/keys", told)

    def live(self) -> list[str]:
        """Ids of sessions that run."""
        return [one["id"] for one in self.ask("GET", "/api/sessions")[1]["sessions"]]

    def end(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does, or otherwise."""
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status


def begin(home: Path, *words: str, is_new: bool = False) -> "subprocess.Popen[str] | RunningCopy":
    """Start a command that goes on; it is a copy of a process that has loaded the package, or a new Python."""
    if CAN_COPY and not is_new:
        return RunningCopy(words, folder=Path.cwd(), environment=environment(home))
    return subprocess.Popen(
        [sys.executable, "-m", "cadencecoach", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(home),
    )


def begin_server(home: Path, *words: str, is_new: bool = False) -> Server:
    """Start it, and wait for its address."""
    process = begin(home, "open", "--no-browser", *words, is_new=is_new)
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if (found := ADDRESS.search(line)) is not None:
            return Server(home, process, int(found[1]), found[0])
    raise AssertionError(f"no address: {seen}")


class Terminal:
    """A terminal window in which a server runs: what is typed there, and its end when the window is closed.

    Attributes:
        server: in it
    """

    def __init__(self, home: Path, port: int) -> None:
        """Open it, start the server and wait for its address."""
        self._window, inside = vars(os)["openpty"]()  # which not every system has
        take = (
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);os.execv(sys.argv[1], sys.argv[1:])"
        )
        words = [sys.executable, "-m", "cadencecoach", "open", "--no-browser", "--port", str(port)]
        process = subprocess.Popen(
            [sys.executable, "-c", take, *words],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            text=True,
            env=environment(home),
            start_new_session=True,
        )
        os.close(inside)
        seen = ""
        while (found := ADDRESS.search(seen)) is None or "\n" not in seen[found.end() :]:
            seen += os.read(self._window, 4096).decode()
        self.server = Server(home, process, int(found[1]), found[0])

    def type_ctrl_c(self) -> None:
        """As a person does, and wait for the end."""
        os.write(self._window, b"\x03")
        self.server.process.wait(PATIENCE_S)
        os.close(self._window)

    def close(self) -> None:
        """Close the window, and wait for the end."""
        os.close(self._window)
        self.server.process.wait(PATIENCE_S)

    def kill_server(self) -> None:
        """Kill -9."""
        self.server.process.kill()
        self.close()


@contextmanager
def page_server(home: Path) -> Iterator[Server]:
    """A server with all sessions it has started; all of it is over at the end."""
    server = begin_server(home, "--port", str(free_port()))
    try:
        yield server
    finally:
        if server.process.poll() is None:
            for session in server.live():
                server.ask("DELETE", f"/api/sessions/{session}")
            server.end()


def free_port() -> int:
    """A port nobody listens at now."""
    import socket  # noqa: PLC0415  # for this alone

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until(is_so: Any) -> None:  # noqa: ANN401  # any function without arguments
    """Look until something is so."""
    tick = threading.Event()
    for _ in range(int(PATIENCE_S / 0.05)):
        if is_so():
            return
        tick.wait(0.05)
    raise AssertionError("it never came about")
