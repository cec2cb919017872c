"""Processes of our own that are spoken to through their standard input and output, and memory that both see.

`multiprocessing` would do the same with one more process, which keeps watch over what we do not use, and with more
memory in each.
"""

import io
import mmap
import os
import pickle
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

# The child finds modules where its parent does. It has nothing else from it but what the pipes carry.
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from cadencecoach.devices.child import live; live()"


class Pipe:
    """One end of two pipes: values go in and come out. What is read must come from a process of ours (`pickle`)."""

    def __init__(self, source: IO[bytes], sink: IO[bytes]) -> None:
        """Take both; they are closed with it."""
        self._source, self._sink = source, sink

    def recv(self) -> Any:  # noqa: ANN401  # whatever was sent
        """The next value, waited for; EOFError when there will be none."""
        return pickle.load(self._source)  # noqa: S301  # of a process we have started, or that has started us

    def send(self, value: Any) -> None:  # noqa: ANN401  # whatever pickles
        """Send a value; may wait for the other end to read. OSError where nobody reads any more."""
        self.send_raw(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def send_raw(self, raw: bytes) -> None:
        """As `send`, of a value that was pickled already."""
        if self._sink.closed:  # by this end, which is the same to whoever sends
            raise BrokenPipeError("the pipe is closed")
        self._sink.write(raw)
        self._sink.flush()

    def close(self) -> None:
        """Close both, whatever the other end does."""
        for file in (self._sink, self._source):
            with suppress(OSError):  # the rest of a message nobody reads
                file.close()


class CommonMemory:
    """Memory, all 0, that this process and those it starts with it both see.

    It goes along when a process starts, among the values its life begins with, and through no pipe after that.

    Attributes:
        buffer: the memory; it is there as long as anybody looks at it
        n_bytes: of it
        place: how a child finds it
        fds: what a child must inherit for that
    """

    def __init__(self, n_bytes: int, place: Any = None) -> None:  # noqa: ANN401  # see there
        """Take so much; what is never written to costs nothing.

        Args:
            n_bytes: of it
            place: where a parent has it: the descriptor that was inherited, on Windows a name. None takes new memory
        Raises:
            OSError: the system gives no more
        """
        self.n_bytes = n_bytes
        if sys.platform == "win32":
            import secrets  # noqa: PLC0415  # a child needs none of these libraries, and is there for long

            self.place = place or f"cadencecoach-{secrets.token_hex(16)}"
            self.fds: tuple[int, ...] = ()
            self.buffer = mmap.mmap(-1, n_bytes, tagname=self.place)
        else:
            self.place = _file_without_name(n_bytes) if place is None else place
            self.fds = (self.place,)
            weakref.finalize(self, os.close, self.place)
            self.buffer = mmap.mmap(self.place, n_bytes)


class Child:
    """A process with a life of its own choosing, and the pipe to it. Kill it when done.

    Threads: any, but one at a time speaks to it.
    """

    def __init__(self, life: Callable[..., None], *values: Any) -> None:  # noqa: ANN401  # what its life begins with
        """Start it.

        Args:
            life: a function of a module, called there with the child's end of the pipe and the values
            values: each of which pickles, or is `CommonMemory`, alone or within another
        Raises:
            OSError: the system starts no more processes
        """
        import subprocess  # noqa: PLC0415  # as above

        begin, fds = _pickle((life, values))
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no shell
            [sys.executable, "-c", _CODE, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA and JACK would write warnings over the runner's screen
            pass_fds=fds,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.pipe = Pipe(self._process.stdout, self._process.stdin)
        with suppress(OSError):  # dead already: seen where it is looked at
            self.pipe.send_raw(begin)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Wait for its end, no longer than this."""
        from subprocess import TimeoutExpired  # noqa: PLC0415  # as above

        with suppress(TimeoutExpired):
            self._process.wait(seconds)

    def kill(self) -> None:
        """End it at once. The pipe stays open for whoever is still writing to it."""
        self._process.kill()
        self._process.wait()


def live() -> None:
    """In the child: live the life that stands on standard input."""
    # Nothing else may read or write there: a library that prints would break into what is said.
    pipe = Pipe(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    life, values = pipe.recv()
    life(pipe, *values)


class _Pickler(pickle.Pickler):
    """Pickles memory as what the child finds it by, and notes what the child must inherit for that."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.fds: set[int] = set()

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401  # the library's face
        if not isinstance(value, CommonMemory):
            return NotImplemented
        self.fds.update(value.fds)
        return CommonMemory, (value.n_bytes, value.place)


def _pickle(value: Any) -> tuple[bytes, tuple[int, ...]]:  # noqa: ANN401  # whatever pickles
    """A value for a child, and the descriptors it must inherit."""
    file = io.BytesIO()
    pickler = _Pickler(file)
    pickler.dump(value)
    return file.getvalue(), tuple(pickler.fds)


def _file_without_name(n_bytes: int) -> int:
    """A descriptor of memory that looks like a file, or of a file that nobody else can open."""
    if sys.platform == "linux":
        fd = os.memfd_create("cadencecoach")
    else:
        import tempfile  # noqa: PLC0415  # as above

        with tempfile.TemporaryFile(prefix="cadencecoach-") as file:
            fd = os.dup(file.fileno())
    os.truncate(fd, n_bytes)
    return fd
