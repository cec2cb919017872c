"""One sensor, kept connected: found, connected, listened to, parted from, and again, until it is called off.

A fresh `Connection` each time; while the sensor sleeps, a long pending connect instead of one scan after the other. In
between it is listened for: a sensor that has taken a new address never answers at the old one.
"""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bleak.backends.device import BLEDevice

from cadencecoach.devices.ble.air import Air, GaveWayError
from cadencecoach.devices.ble.connection import PENDING_S, Connection, Emit
from cadencecoach.devices.ble.events import Found, Sensor, Troubled
from cadencecoach.devices.ble.gatt import Stream
from cadencecoach.devices.ble.scanning import (
    SETTLE_S,
    Matches,
    at_address,
    find_heard,
    find_held,
    namesake,
    no_sensor,
    sensor_of,
)
from cadencecoach.devices.ble.trouble import LOCAL, as_device_error, is_of_radio, reason_of

_log = logging.getLogger(__name__)

SCAN_S = 30.0  # ends as soon as the sensor is heard
SOON_S = 5.0  # a sensor that dropped comes back within that, or it sleeps, or has another address
SILENT_AFTER_S = 5.0  # the feet are lost by then anyway; a pod speaks once a second
MOST_SILENT_S = 40.0  # a pod may fall silent while the runner stands: ask again, but less and less often
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
JITTER = 0.25  # of a pause: sensors that were lost together do not come back in step
MOST_BACK_OFF_LOCAL_S = 0.5  # asking this computer costs no radio: be there when it is switched on again


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A sensor to keep.

    Attributes:
        matches: which one it is
        like: which one it may be besides, if it is the only one or clearly the nearest
        streams: what to subscribe to, of what it has
        turn_s: how long it may keep the adapter while others wait: long for the feet, short for what only joins
        rest_s: pause between two searches, for what only joins
    """

    matches: Matches
    streams: tuple[Stream, ...]
    like: Matches = no_sensor
    turn_s: float = 5.0
    rest_s: float = 0.0

    def may_be(self, sensor: Sensor) -> bool:
        """Whether a sensor may be the one."""
        return self.matches(sensor) or self.like(sensor)


class Link:
    """One sensor's connections, one after the other.

    Threads: the radio's loop only.
    """

    def __init__(self, wanted: Wanted, air: Air, emit: Emit, adapter: str = "") -> None:
        """Nothing happens before `keep`.

        Args:
            wanted: which sensor
            air: turns at the adapter
            emit: takes what happens
            adapter: of several that Linux has, such as `hci1`; empty for the system's own
        """
        self._adapter = adapter
        self._wanted = wanted
        self._air = air
        self._emit = emit
        self._device: BLEDevice | None = None
        self._sensor: Sensor | None = None  # as it was connected last
        self._is_missed = False
        self._silent_after_s = SILENT_AFTER_S
        self._n_failed = 0
        self._trouble = ""
        self._doubted: set[str] = set()
        self._others: set[str] = set()  # addresses that were heard beside the one that was taken

    async def keep(self) -> None:
        """Stay connected, for ever; cancel it to part."""
        while True:
            try:
                await self._once()
                self._n_failed = 0
                await asyncio.sleep(0)  # let the library finish with the connection that was
            except (GaveWayError, TimeoutError):  # it sleeps: go on waiting
                self._is_missed = True
                await asyncio.sleep(max(BACK_OFF_S[0], self._wanted.rest_s))
            except Exception as error:  # noqa: BLE001  # on a dying bus the library fails in ways it does not name
                await self._tell_trouble(error)

    async def _once(self) -> None:
        """Find the sensor if need be; one connection from its beginning to its end."""
        if self._device is None:
            self._device = await self._find()
        elif self._is_missed and self._wanted.like is not no_sensor:
            self._device = await self._listen(within_s=SETTLE_S) or self._device
        if self._device is None:
            await asyncio.sleep(self._wanted.rest_s)
            return
        pending_s = PENDING_S if self._is_missed else SOON_S
        connection = Connection(
            self._device, self._wanted.streams, self._emit, pending_s=pending_s, before=self._sensor
        )
        try:
            await self._air.use(connection.connect(), turn_s=self._wanted.turn_s)
            self._trouble, self._is_missed = "", False
            await connection.listen(self._silent_after_s)
        finally:
            await connection.disconnect()
            self._learn(connection)

    def _learn(self, connection: Connection) -> None:
        """A silent sensor is given longer the next time, and looked for again: the system may have lost it."""
        if connection.has_linked and self._device is not None:
            self._sensor = sensor_of(self._device)
        if connection.has_spoken:
            self._silent_after_s = SILENT_AFTER_S
        elif connection.was_silent:
            self._silent_after_s = min(2 * self._silent_after_s, MOST_SILENT_S)
        if connection.was_silent:
            self._device = None

    async def _find(self) -> BLEDevice | None:
        """The sensor, where the system knows it already or as soon as it is heard.

        What the system says it is connected to may be long gone, so after a failure it is listened for.
        """
        if self._n_failed % 2 == 0:
            for matches in (self._matches, self._like):
                held = await self._air.use(
                    find_held(matches, self._wanted.streams, self._adapter), turn_s=self._wanted.turn_s
                )
                if held is not None:
                    return held
        return await self._listen(within_s=SCAN_S)

    async def _listen(self, *, within_s: float) -> BLEDevice | None:
        heard = find_heard(
            self._matches, like=self._like, within_s=within_s, weighed=self._weigh, adapter=self._adapter
        )
        return await self._air.use(heard, turn_s=self._wanted.turn_s)

    def _matches(self, sensor: Sensor) -> bool:
        """It was connected before, or is what was asked for."""
        return self._wanted.matches(sensor) if self._sensor is None else at_address(self._sensor.address)(sensor)

    def _like(self, sensor: Sensor) -> bool:
        """It calls itself as the one that was connected before, or is like what was asked for."""
        is_like = self._wanted.like(sensor) and sensor.address not in self._others
        return is_like and (self._sensor is None or namesake(self._sensor)(sensor))

    def _weigh(self, alike: Sequence[Found], taken: Found | None) -> None:
        """Several sensors may be the one: keep in mind which are not, or say once how to name the one."""
        addresses = {one.sensor.address for one in alike}
        if taken is not None:
            self._others |= addresses - {taken.sensor.address}
            return
        if addresses <= self._doubted or self._wanted.rest_s:  # what only joins is not worth a line
            return
        self._doubted |= addresses
        names = ", ".join(one.text for one in alike)
        text = f"several sensors may be yours: {names}; name one by its address, as in --feet ble:ADDRESS"
        self._emit(Troubled(time_s=time.monotonic(), text=text))

    async def _tell_trouble(self, error: BaseException) -> None:
        """Tell of trouble once, wait, and begin with a search."""
        self._device = None
        self._n_failed += 1
        if not is_of_radio(error):
            _log.debug("a link failed in a way nobody foresaw", exc_info=error)
        reason = reason_of(error)
        text = str(as_device_error(error))
        if reason in LOCAL and text != self._trouble:
            self._trouble = text
            self._emit(Troubled(time_s=time.monotonic(), text=text))
        most_s = MOST_BACK_OFF_LOCAL_S if reason in LOCAL else BACK_OFF_S[-1]
        pause_s = min(most_s, BACK_OFF_S[min(self._n_failed, len(BACK_OFF_S)) - 1])
        await asyncio.sleep(pause_s * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311  # no secret
