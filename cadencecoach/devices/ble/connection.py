"""One connection to one sensor, from the first attempt to the guarded end. It is never used a second time.

Manners that each answer something seen (docs/bluetooth.md): always a disconnect, for one that dropped leaks a file
otherwise; a silence watchdog, because the system goes on saying "connected" when the pod is silent or the Bluetooth
service has died; a limit of time on every request.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.exc import BleakError

from cadencecoach.devices.ble.events import Event, Linked, Notified, Sensor, SensorFact, Unlinked
from cadencecoach.devices.ble.gatt import FACTS, Stream, services_of
from cadencecoach.devices.ble.polar import start
from cadencecoach.devices.ble.scanning import sensor_of
from cadencecoach.devices.ble.trouble import RADIO_ERRORS

PENDING_S = 15.0  # the kernel gives a connect up at 20 s; ours ends first and is begun again
SUBSCRIBE_S = 6.0
READ_S = 3.0  # a read that wants encryption hangs for ever where nobody can pair
PART_S = 5.0
DOUBLE_WITHIN_S = 0.05  # BlueZ delivers once for each program that listens

Emit = Callable[[Event], None]


class Connection:
    """One connection.

    Args:
        device: as a scan found it
        streams: what to subscribe to, of what it has
        emit: takes what happens
        pending_s: how long a connect may take
        before: the sensor as it was connected last
    Time limits are `asyncio.timeout`: Python 3.11's `wait_for` swallows a cancel that comes as the waiting ends, and a
    link that is not called off keeps its sensor.

    Threads: the radio's loop only.
    """

    def __init__(
        self,
        device: BLEDevice,
        streams: tuple[Stream, ...],
        emit: Emit,
        *,
        pending_s: float = PENDING_S,
        before: Sensor | None = None,
    ) -> None:
        """Nothing happens before `connect`."""
        self._sensor = sensor_of(device)
        self._before = before if before is not None and before.address != device.address else None
        self._wanted = streams
        self._emit = emit
        self._is_lost = asyncio.Event()
        self._client = BleakClient(
            device,
            disconnected_callback=lambda _: self._is_lost.set(),
            services=services_of(streams),
            timeout=pending_s,
        )
        self._sources: tuple[str, ...] = ()
        self._newest: dict[str, tuple[float, bytes]] = {}
        self._early: list[Notified] = []
        self._n_doubles = 0
        self._why = "closed"
        self._has_stood = self._has_linked = False
        self.has_spoken = False

    async def connect(self) -> None:
        """Connect; a sensor that sleeps is waited for until the time is up.

        Raises:
            RADIO_ERRORS: it did not come about
        """
        await self._client.connect()
        self._has_stood = True

    async def listen(self, silent_after_s: float) -> None:
        """Subscribe, and hand up what comes until the link is lost or silent for so long.

        Raises:
            RADIO_ERRORS: the sensor or the system refused
        """
        try:
            async with asyncio.timeout(SUBSCRIBE_S):
                self._sources = await self._subscribe()
        except TimeoutError as error:  # unlike a connect that only waits for a sensor to wake
            raise BleakError("no answer to a subscription") from error
        self._say_linked()
        for event in self._early:
            self._emit(event)
        telling = asyncio.ensure_future(self._tell())
        try:
            self._why = await self._end(time.monotonic(), silent_after_s)
        finally:
            telling.cancel()
            await asyncio.wait({telling})

    @property
    def has_linked(self) -> bool:
        """It brought something, so that the sensor is the one that is wanted."""
        return self._has_linked

    @property
    def was_silent(self) -> bool:
        """It ended because nothing came."""
        return self._why == "silent"

    async def disconnect(self) -> None:
        """Disconnect, also what has dropped, and give everything back; never raises for a radio's reasons.

        A connect that failed or was called off has tidied up after itself; asking it to do so again would hang.
        """
        if self._sources:
            self._emit(
                Unlinked(
                    time_s=time.monotonic(),
                    sensor=self._sensor,
                    sources=self._sources,
                    why=self._why,
                    n_doubles=self._n_doubles,
                )
            )
            self._sources = ()
        if self._has_stood or self._client.is_connected:
            with suppress(*RADIO_ERRORS):
                async with asyncio.timeout(PART_S):
                    await self._client.disconnect()

    def _say_linked(self) -> None:
        self._has_linked = bool(self._sources)
        event = Linked(time_s=time.monotonic(), sensor=self._sensor, sources=self._sources, before=self._before)
        self._emit(event)

    async def _subscribe(self) -> tuple[str, ...]:
        """Subscribe to every stream that is wanted and there; which ones."""
        streams = [stream for stream in self._wanted if self._has(stream.characteristic)]
        counting = [stream for stream in streams if stream.counts_steps]
        streams = [stream for stream in streams if stream not in counting[1:]]
        if not streams:
            self._say_linked()
            raise BleakError("it offers nothing that is wanted")
        for stream in streams:
            if stream.control:
                self._hand_up(time.monotonic(), stream.name, await start(self._client, stream))
            await self._client.start_notify(stream.characteristic, self._listener_for(stream))
        return tuple(stream.name for stream in streams)

    def _has(self, characteristic: str) -> bool:
        return self._client.services.get_characteristic(characteristic) is not None

    def _listener_for(self, stream: Stream) -> Callable[[BleakGATTCharacteristic, bytearray], None]:
        def hear(_: BleakGATTCharacteristic, data: bytearray) -> None:
            self._hand_up(time.monotonic(), stream.name, bytes(data))

        return hear

    def _hand_up(self, time_s: float, source: str, payload: bytes) -> None:
        """Hand up a notification, unless it is the same one again."""
        before_s, before = self._newest.get(source, (-1.0, b""))
        self.has_spoken = True
        if payload == before and time_s - before_s < DOUBLE_WITHIN_S:
            self._n_doubles += 1
            return
        self._newest[source] = time_s, payload
        event = Notified(time_s=time_s, source=source, sensor=self._sensor, payload=payload)
        if self._sources:
            self._emit(event)
        else:
            self._early.append(event)  # the answer to the subscription is still on its way

    async def _end(self, began_s: float, silent_after_s: float) -> str:
        """Wait for the end of the link; why it ended."""
        while not self._is_lost.is_set():
            heard_s = max((time_s for time_s, _ in self._newest.values()), default=began_s)
            left_s = heard_s + silent_after_s - time.monotonic()
            if left_s <= 0:
                return "silent"
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._is_lost.wait()
        return "dropped"

    async def _tell(self) -> None:
        """Ask the sensor about itself, one thing after the other, none of them worth waiting for."""
        for about, characteristic in FACTS.items():
            if not self._has(characteristic):
                continue
            with suppress(*RADIO_ERRORS):
                async with asyncio.timeout(READ_S):
                    value = await self._client.read_gatt_char(characteristic)
                self._emit(SensorFact(time_s=time.monotonic(), sensor=self._sensor, about=about, value=bytes(value)))
