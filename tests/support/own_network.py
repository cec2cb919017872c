"""Networks of the system: one of a test's own, and being in the network of whoever asks (Linux alone has several)."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

AT = "192.168.77.1"
HAS_NETWORK = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("ip") is not None
NO_NETWORK = "a network of its own needs Linux, ip and the rights for it"
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_THIS_THREADS = "/proc/thread-self/ns/net"


@contextmanager
def network_of_its_own() -> Iterator[None]:
    """A network that only this thread and what it starts can see, with one address in it; the old one comes back."""
    with this_network() as before:
        assert before is not None
        try:
            if ctypes.CDLL(None, use_errno=True).unshare(_NEW_NETWORK) != 0:
                raise OSError(ctypes.get_errno(), "no network of its own")
            for words in (
                "link set lo up",
                "link add v0 type veth peer name v1",
                f"addr add {AT}/24 dev v0",
                "link set v0 up",
                "link set v1 up",
            ):
                subprocess.run(["ip", *words.split()], check=True)  # noqa: S607
            yield
        finally:
            enter(before)


@contextmanager
def this_network() -> Iterator[int | None]:
    """A descriptor of the network in which this thread is; None where the system has but one."""
    try:
        descriptor = os.open(_THIS_THREADS, os.O_RDONLY)
    except OSError:
        yield None
        return
    with os.fdopen(descriptor):
        yield descriptor


def network_number() -> int:
    """Which network this thread is in; 0 where the system has but one."""
    with this_network() as descriptor:
        return 0 if descriptor is None else os.fstat(descriptor).st_ino


def enter(descriptor: int) -> None:
    """Be in a network, if one is not in it."""
    if os.fstat(descriptor).st_ino != network_number():
        assert ctypes.CDLL(None).setns(descriptor, _NEW_NETWORK) == 0
