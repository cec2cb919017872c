"""The radio as the rest of the program sees it: a thread with an event loop of its own, events out, wishes in.

The loop does nothing but talk to the system, so that a notification is stamped when it comes, whatever the screen, the
journal or the sound are doing.
"""

import asyncio
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bleak import BleakAdapter, BleakScanner

from cadencecoach.devices.ble.air import Air
from cadencecoach.devices.ble.events import Event
from cadencecoach.devices.ble.link import Link, Wanted
from cadencecoach.devices.ble.trouble import as_device_error, is_of_radio
from cadencecoach.errors import DeviceError, Reason

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

CHECK_S = 5.0
CLOSE_S = 8.0


class Radio:
    """Keeps sensors connected and hands up what they say.

    Threads: all methods are for one thread, which is not the radio's own; `ring` is called by the radio's.
    """

    def __init__(self, ring: Callable[[], None] = lambda: None) -> None:
        """Start the thread.

        Args:
            ring: called after each event, so that somebody who waits need not wait longer
        """
        for name in ("bleak", "dbus_fast"):  # what they have to say reaches us as errors; the terminal is not theirs
            logging.getLogger(name).addHandler(logging.NullHandler())
        self._events: deque[Event] = deque()
        self._ring = ring
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_log_error)
        self._tasks: list[Future[None]] = []
        self._air = Air()
        self._thread = threading.Thread(target=self._run, name="radio", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Find out whether there is a radio at all.

        Raises:
            DeviceError: there is none, or it is off, or may not be used; the message says what to do
        """
        try:
            self.ask(_adapter(), within_s=CHECK_S)
        except DeviceError as error:
            if error.reason is not Reason.NOT_RESPONDING:
                raise
            hint = "restart it (on Linux: sudo systemctl restart bluetooth)"
            raise DeviceError(f"Bluetooth: the service does not answer; {hint}", Reason.NO_SERVICE) from error

    def ask(self, question: Coroutine[Any, Any, T], *, within_s: float) -> T:
        """Do something on the radio's loop and wait for it.

        Raises:
            DeviceError: the radio refused, or took too long
        """
        future = asyncio.run_coroutine_threadsafe(question, self._loop)
        try:
            return future.result(within_s)
        except Exception as error:
            if is_of_radio(error):
                raise as_device_error(error) from error
            raise
        finally:
            future.cancel()

    def later(self, question: Coroutine[Any, Any, T], *, turn_s: float) -> "Future[T]":
        """The same without waiting, when nobody else needs the adapter, and given up when somebody does."""
        return asyncio.run_coroutine_threadsafe(self._air.use(question, turn_s=turn_s), self._loop)

    def keep(self, wanted: Wanted) -> None:
        """Keep a sensor connected from now on."""
        link = Link(wanted, self._air, self._emit)
        self._tasks.append(asyncio.run_coroutine_threadsafe(link.keep(), self._loop))

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Call somebody else from now on."""
        self._ring = ring

    def peek(self) -> Event | None:
        """The oldest event that has not been taken; None when there is none. Never waits."""
        return self._events[0] if self._events else None

    def take(self) -> Event | None:
        """The same, taken."""
        return self._events.popleft() if self._events else None

    def close(self) -> None:
        """Part from all sensors and stop the thread; a second call does nothing."""
        if not self._thread.is_alive():
            return
        for task in self._tasks:
            task.cancel()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_S)

    def _emit(self, event: Event) -> None:
        self._events.append(event)
        self._ring()

    def _run(self) -> None:
        """The thread's life."""
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            rest = asyncio.all_tasks(self._loop)
            for task in rest:
                task.cancel()
            self._loop.run_until_complete(asyncio.wait(rest, timeout=CLOSE_S - 1.0) if rest else asyncio.sleep(0))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


async def _adapter() -> None:
    """Ask for the adapter; where that alone does not fail when it is off or forbidden, begin and end a scan.

    BlueZ is not made to scan: one that ends at once can leave an adapter of before 5.88 believing it still does.
    """
    try:
        await BleakAdapter.get()
        if sys.platform != "linux":
            async with BleakScanner():
                pass
    except NotImplementedError as error:
        raise DeviceError(
            "Bluetooth: this system is not supported; use --feet replay:FILE", Reason.NO_DEVICE
        ) from error


def _log_error(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What a task of the library ended in after nobody waited for it: for a developer, not for the terminal."""
    logging.getLogger("bleak").debug("%s", context.get("message"), exc_info=context.get("exception"))
