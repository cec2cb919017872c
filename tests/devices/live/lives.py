"""Lives of children: a module that a process of its own can import."""

import os
import sys

from cadencecoach.devices.child import CommonMemory, Pipe


def answer(pipe: Pipe, *values: object) -> None:
    """Send back what it began with and was sent; a None ends it."""
    pipe.send(values)
    while (value := pipe.recv()) is not None:
        pipe.send(value)


def print_first(pipe: Pipe) -> None:
    """Write to both standard streams as a library would, and only then say something."""
    sys.stdout.write("noise")
    sys.stdout.flush()
    os.write(1, b"more noise")
    sys.stderr.write("a warning")
    sys.stderr.flush()
    pipe.send("a word")


def write_down(pipe: Pipe, memory: CommonMemory) -> None:
    """Write into the memory what is sent."""
    while (raw := pipe.recv()) is not None:
        memory.buffer[: len(raw)] = raw
        pipe.send(len(raw))


def wait_for_ever(pipe: Pipe) -> None:
    """Say its process id and sleep on the pipe."""
    pipe.send(os.getpid())
    pipe.recv()
