"""Copies of a process that has loaded the package (`multiprocessing` calls it a fork server).

It loads what it needs alone: each copy has it, too, and makes copies of its own by it.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.process import BaseProcess

from own_network import enter, this_network

CAN_COPY = hasattr(os, "fork")


@dataclass(frozen=True)
class Handed:
    """A descriptor that goes along to a copy, where it has another number.

    Attributes:
        number: in the process that has it
    """

    number: int

    def __reduce__(self) -> tuple[Callable[..., "Handed"], tuple[object]]:
        """On the way the system carries it; no thread of ours has to be asked for it by the copy."""
        if sys.platform != "win32":
            from multiprocessing.reduction import DupFd  # noqa: PLC0415  # Windows has none

            return _arrived, (DupFd(self.number),)
        raise NotImplementedError


def _arrived(on_its_way: object) -> Handed:
    number = on_its_way.detach()  # type: ignore[attr-defined]  # as multiprocessing.reduction has it
    os.set_inheritable(number, False)  # noqa: FBT003
    return Handed(number)


if sys.platform == "win32":

    def begin_copy(target: Callable[..., None], *args: object, streams: Sequence[int]) -> BaseProcess:
        """Processes are not copied here."""
        raise NotImplementedError
else:

    def begin_copy(target: Callable[..., None], *args: object, streams: Sequence[int]) -> BaseProcess:
        """Copy the process that has loaded the package; the copy is in the network of this thread.

        Args:
            target: what the copy does, of `copied_child`
            args: for it
            streams: handed to it after them, each as `Handed`
        """
        with this_network() as network:
            place = None if network is None else Handed(network)
            given = (place, target, *args, [Handed(one) for one in streams])
            process = get_context("forkserver").Process(target=_be_there, args=given)
            process.start()
        return process


def _be_there(network: Handed | None, target: Callable[..., None], *args: object) -> None:
    """Do what a copy does in the network of whoever asked for it, where the system has several."""
    gc.freeze()  # what was loaded stays: to look through it for rubbish would copy it all
    vars(forkserver._forkserver)["ensure_running"] = lambda: None  # it does; a copy's own would have to load all anew
    if network is not None:
        enter(network.number)
        os.close(network.number)
    target(*args)
