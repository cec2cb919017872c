"""A PostgreSQL of our own: a private folder and port, on loopback, as another user where we are root."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import IO

import psycopg

with contextlib.suppress(ImportError):  # not on Windows, where no server is started
    import pwd

OWNER = "keeper"  # of databases; the server's own user has the same name here
START_WITHIN_S = 30.0
END_WITHIN_S = 10.0
ANSWERS = b"database system is ready to accept connections"


def binary(name: str) -> str | None:
    """A program of PostgreSQL: Debian keeps them by version, out of the way."""
    found = shutil.which(name)
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(kept[-1]) if kept else found


def why_not() -> str:
    """Why there can be no server here; empty where there can."""
    if os.name != "posix":
        return "a server is started on Linux and macOS only"
    return "" if binary("initdb") and binary("postgres") else "PostgreSQL is not installed here"


class PostgresServer:
    """A server that is started, killed and started again."""

    def __init__(self, folder: Path) -> None:
        """Make its folder and choose its port; it does not run yet."""
        self.folder, self.data = folder, folder / "data"
        self._user = "nobody" if os.geteuid() == 0 else None  # type: ignore[attr-defined,unused-ignore]
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port: int = one.getsockname()[1]
        self.password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None
        folder.chmod(0o700)
        if self._user is not None:
            os.chown(folder, pwd.getpwnam(self._user).pw_uid, -1)  # type: ignore[attr-defined,unused-ignore]
        self._init()

    def _init(self) -> None:
        secret = self.folder / "password"
        secret.write_text(f"{self.password}\n")
        secret.chmod(0o600)
        if self._user is not None:
            os.chown(secret, pwd.getpwnam(self._user).pw_uid, -1)  # type: ignore[attr-defined,unused-ignore]
        words = [str(binary("initdb")), "-D", str(self.data), "-U", OWNER, "-A", "scram-sha-256", "-N", "-E", "UTF8"]
        subprocess.run(
            [*words, "--locale=C", f"--pwfile={secret}"], check=True, user=self._user, cwd="/", capture_output=True
        )

    def start(self) -> None:
        """Start it, and wait until it says that it answers."""
        assert self._process is None
        options = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}", "fsync=off"]
        words = [str(binary("postgres")), "-D", str(self.data), "-p", str(self.port)]
        self._process = subprocess.Popen(
            [*words, *(part for option in options for part in ("-c", option))],
            user=self._user, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        news = SimpleQueue[bytes]()
        threading.Thread(target=self._keep_log, args=(self._process.stdout, news), daemon=True).start()
        assert news.get(timeout=START_WITHIN_S), (self.folder / "log").read_text()

    def _keep_log(self, said: IO[bytes], news: SimpleQueue[bytes]) -> None:
        """Write down what it says to its end; tell when it answers, and when it has ended."""
        with said, (self.folder / "log").open("ab", buffering=0) as log:
            for line in said:
                log.write(line)
                if ANSWERS in line:
                    news.put(line)
        news.put(b"")

    def kill(self) -> None:
        """End it as a power cut would, with whatever it started."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)  # type: ignore[attr-defined,unused-ignore]  # its children too; it writes nothing more
        try:
            self._process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    @contextlib.contextmanager
    def hang(self) -> Iterator[None]:
        """Have it and whatever it started stop in the middle of what they do; the system still takes connections."""
        assert self._process is not None
        mine = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == self._process.pid]
        every = [self._process.pid, *mine]
        for process in every:
            os.kill(process, signal.SIGSTOP)  # type: ignore[attr-defined,unused-ignore]
        try:
            yield
        finally:
            for process in reversed(every):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)  # type: ignore[attr-defined,unused-ignore]

    @property
    def is_running(self) -> bool:
        """Whether it has been started and not killed."""
        return self._process is not None

    def connect(
        self, database: str = "postgres", user: str = OWNER, password: str = ""
    ) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the driver's, for what tests look up by themselves."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=database, user=user, password=password or self.password,
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def address(self, database: str, user: str = OWNER) -> str:
        """As a person writes it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"


def _parent(process: Path) -> int:
    """Which process began one."""
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextlib.contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server that runs; gone afterwards with all it kept."""
    folder = Path(tempfile.mkdtemp(prefix="cadencecoach-pg-", dir="/tmp"))  # of mode 0700, for another user
    server = PostgresServer(folder)
    server.start()
    try:
        yield server
    finally:
        if server.is_running:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.password").unlink(missing_ok=True)
