"""How an input comes: as a file, and as all else that may stand under a name."""

import contextlib
import errno
import os
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

DEVICES = tuple(map(Path, ("/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/dev/urandom", "/proc/kmsg")))
NO_PIPES = "there are no pipes with names"
ODD_NAME = "n\x1b[31m\u202e\nfile: fine"
CHUNK = bytes(range(256)) * 64

Delivery = Callable[[Path, bytes], AbstractContextManager[Path]]


@contextmanager
def plain(path: Path, data: bytes) -> Iterator[Path]:
    """A file."""
    path.write_bytes(data)
    yield path


@contextmanager
def oddly_named(path: Path, data: bytes) -> Iterator[Path]:
    """A file whose name commands a terminal."""
    with plain(path.with_stem(ODD_NAME), data) as odd:
        yield odd


@contextmanager
def pipe(path: Path, data: bytes) -> Iterator[Path]:
    """A pipe that somebody writes all of it into."""
    if sys.platform == "win32":
        raise AssertionError(NO_PIPES)
    os.mkfifo(path)
    with _writing(path, [data]):
        yield path


@contextmanager
def endless_pipe(path: Path, data: bytes) -> Iterator[Path]:
    """A pipe that somebody writes into for ever."""
    if sys.platform == "win32":
        raise AssertionError(NO_PIPES)
    os.mkfifo(path)
    with _writing(path, _and_more(data)):
        yield path


@contextmanager
def silent_pipe(path: Path, _data: bytes) -> Iterator[Path]:
    """A pipe that somebody holds open and writes nothing into."""
    if sys.platform == "win32":
        raise AssertionError(NO_PIPES)
    os.mkfifo(path)
    holder = os.open(path, os.O_RDWR)
    try:
        yield path
    finally:
        os.close(holder)


@contextmanager
def lonely_pipe(path: Path, _data: bytes) -> Iterator[Path]:
    """A pipe that nobody writes to."""
    if sys.platform == "win32":
        raise AssertionError(NO_PIPES)
    os.mkfifo(path)
    yield path


@contextmanager
def growing(path: Path, data: bytes) -> Iterator[Path]:
    """A file that somebody makes longer all the time, as fast as the disk takes it, to 200 MB."""
    path.write_bytes(data)
    done = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            for _ in range(200_000_000 // len(CHUNK)):
                if done.is_set():
                    return
                file.write(CHUNK)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        yield path
    finally:
        done.set()
        writer.join()


@contextmanager
def device(path: Path, data: bytes) -> Iterator[Path]:
    """A link to a device; which one, the data decide."""
    path.symlink_to(DEVICES[len(data) % len(DEVICES)])
    yield path


@contextmanager
def folder(path: Path, _data: bytes) -> Iterator[Path]:
    """A folder."""
    path.mkdir()
    yield path


@contextmanager
def circle(path: Path, _data: bytes) -> Iterator[Path]:
    """A link that leads to itself."""
    path.symlink_to(path)
    yield path


QUICK: tuple[Delivery, ...] = (oddly_named, pipe, endless_pipe, lonely_pipe, growing, device, folder, circle)


def delivery(rng: random.Random) -> Delivery:
    """Mostly a file; one time in forty something else, and a pipe held in silence, which costs seconds, seldom."""
    if rng.random() >= 1 / 40:
        return plain
    return silent_pipe if rng.random() < 1 / 40 else rng.choice(QUICK)


def _and_more(data: bytes) -> Iterator[bytes]:
    yield data
    while True:
        yield CHUNK


@contextmanager
def _writing(path: Path, parts: "Iterator[bytes] | list[bytes]") -> Iterator[None]:
    """Somebody writes into a pipe until it is read no more; the end is open before the reader comes."""
    if sys.platform == "win32":
        raise AssertionError(NO_PIPES)
    holder = os.open(path, os.O_RDWR | os.O_NONBLOCK)  # so that the other end can be opened at once
    end = os.open(path, os.O_WRONLY)
    done = threading.Event()

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(end, "wb", buffering=0) as file:
            for part in parts:
                rest = memoryview(part)
                while rest and not done.is_set():
                    rest = rest[_some(file.fileno(), rest, done) :]
                if done.is_set():
                    return

    os.set_blocking(end, False)
    writer = threading.Thread(target=write)
    writer.start()
    if isinstance(parts, list) and sum(map(len, parts)) < 60_000:
        writer.join()  # it is all in the pipe: now only the reader has it open
    threading.Timer(0.2, os.close, (holder,)).start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def _some(fd: int, rest: memoryview, done: threading.Event) -> int:
    """How many bytes the pipe took; none while it is full."""
    try:
        return os.write(fd, rest[:65_536])
    except OSError as error:
        if error.errno == errno.EAGAIN:
            done.wait(0.001)
            return 0
        raise
