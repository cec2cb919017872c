"""A stand-in for bluetoothd: the objects, methods and signals that a client of pods touches, and its bad habits."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from radio_rig.pace import ticks
from radio_rig.pods import ADAPTER_PATH, Characteristic, Pod, Uuid

OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
ADAPTER, DEVICE = "org.bluez.Adapter1", "org.bluez.Device1"
SERVICE, CHARACTERISTIC = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
FAILED, NOT_READY = "org.bluez.Error.Failed", "org.bluez.Error.NotReady"
UNKNOWN_OBJECT = "org.freedesktop.DBus.Error.UnknownObject"

ADVERTISE_EVERY_S = 0.05
PAGE_S = 20.0  # how long the kernel tries to reach a pod that does not answer
Answer = tuple[str, list[object]]
NOTHING: Answer = ("", [])


class RefusedError(Exception):
    """A D-Bus error to answer with: name and text."""


class FakeBluez:
    """bluetoothd with one adapter and some pods in reach.

    Args:
        address: of the bus
        pods: the pods

    Attributes:
        n_refused: calls that ended in an error
        n_scans: scans that were begun
    """

    def __init__(self, address: str, *pods: Pod) -> None:
        """Nothing is on the bus before `start`."""
        self._address = address
        self.pods = pods
        self.is_powered = True
        self.has_adapter = True
        self._bus: MessageBus | None = None
        self._tree: dict[str, dict[str, dict[str, Variant]]] = {}
        self._scanners: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.changed = asyncio.Event()
        self.n_refused = 0
        self.n_scans = 0

    @property
    def is_scanned(self) -> bool:
        """Whether somebody listens for advertisements."""
        return bool(self._scanners)

    # What a test does to it

    async def start(self) -> None:
        """Come up: nothing is known of earlier connections."""
        self._bus = await MessageBus(bus_address=self._address, negotiate_unix_fd=True).connect()
        self._bus.add_message_handler(self._on_message)
        self._tree = {"/org/bluez": {}}
        if self.has_adapter:
            self._tree[ADAPTER_PATH] = {ADAPTER: self._adapter()}
        match = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"
        await self._bus.call(
            Message(
                destination="org.freedesktop.DBus",
                path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus",
                member="AddMatch",
                signature="s",
                body=[match],
            )
        )
        await self._bus.request_name("org.bluez")
        self._spawn(self._advertise())

    async def kill(self) -> None:
        """Die at once: no signal tells anybody that the connections are gone."""
        for task in tuple(self._tasks):
            task.cancel()
        if self._bus is not None:
            self._bus.disconnect()
            with suppress(Exception):
                await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
            self._bus = None
        self._scanners.clear()
        for pod in self.pods:
            pod.is_known = pod.is_connected = pod.is_resolved = False
            for one in pod.characteristics:
                one.listeners.clear()

    def power(self, state: str) -> None:
        """Switch the adapter `on` or `off`; off drops every link."""
        self.is_powered = state == "on"
        if not self.is_powered:
            for pod in self.pods:
                self.drop(pod)
            self._scanners.clear()
        self._change(ADAPTER_PATH, ADAPTER, Powered=Variant("b", self.is_powered))

    def notify(self, pod: Pod, uuid: Uuid, payload: bytes) -> bool:
        """The pod speaks; the answer is whether anybody listened. Once for each listener, as bluetoothd does."""
        one = pod.at(uuid)
        path = next(path for _, path, other in pod.placed() if other is one)
        if not pod.is_connected:
            return False
        for _ in one.listeners:
            self._change(path, CHARACTERISTIC, Value=Variant("ay", payload))
        return bool(one.listeners)

    def drop(self, pod: Pod) -> None:
        """The link is lost."""
        if not pod.is_connected:
            return
        pod.is_connected = pod.is_resolved = False
        for one in pod.characteristics:
            one.listeners.clear()
        self._change(pod.path, DEVICE, ServicesResolved=Variant("b", False))  # noqa: FBT003  # a D-Bus value
        for path in [path for path in self._tree if path.startswith(f"{pod.path}/")]:
            self._remove(path)
        self._change(pod.path, DEVICE, Connected=Variant("b", False))  # noqa: FBT003
        self._news()

    def sleep(self, pod: Pod) -> None:
        """The pod drops the link and is not to be heard any more."""
        pod.is_awake = False
        self.drop(pod)
        self._news()

    def wake(self, pod: Pod) -> None:
        """The pod is there again."""
        pod.is_awake = True
        self._news()

    async def until(self, is_so: Callable[[], bool], *, within_s: float = 10.0) -> None:
        """Wait for something that a connection, subscription or change of a pod brings about."""
        async with asyncio.timeout(within_s):
            while not is_so():
                self.changed.clear()
                await self.changed.wait()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    # Objects and signals

    def _adapter(self) -> dict[str, Variant]:
        return {
            "Address": Variant("s", "00:00:00:00:00:01"),
            "Name": Variant("s", "rig"),
            "Powered": Variant("b", self.is_powered),
            "Discovering": Variant("b", False),  # noqa: FBT003
            "Roles": Variant("as", ["central"]),
        }

    def _device(self, pod: Pod) -> dict[str, Variant]:
        flags = {"Paired": False, "Bonded": False, "Trusted": False, "Blocked": False}
        return {
            "Address": Variant("s", pod.address),
            "AddressType": Variant("s", "random"),
            "Name": Variant("s", pod.name),
            "Alias": Variant("s", pod.name),
            "Adapter": Variant("o", ADAPTER_PATH),
            "UUIDs": Variant("as", pod.services if pod.advertised is None else pod.advertised),
            "RSSI": Variant("n", pod.signal_dbm),
            "Connected": Variant("b", pod.is_connected),
            "ServicesResolved": Variant("b", pod.is_resolved),
            **{name: Variant("b", value) for name, value in flags.items()},
        }

    def _signal(self, path: str, interface: str, member: str, signature: str, body: list[object]) -> None:
        if self._bus is not None:
            kind = MessageType.SIGNAL
            message = Message(
                message_type=kind, path=path, interface=interface, member=member, signature=signature, body=body
            )
            self._bus.send(message)

    def _add(self, path: str, interface: str, properties: dict[str, Variant]) -> None:
        self._tree[path] = {interface: properties}
        self._signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", [path, self._tree[path]])

    def _remove(self, path: str) -> None:
        interfaces = list(self._tree.pop(path, {}))
        self._signal("/", OBJECTS, "InterfacesRemoved", "oas", [path, interfaces])

    def _change(self, path: str, interface: str, **properties: Variant) -> None:
        if path in self._tree:
            self._tree[path][interface].update(properties)
            self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", [interface, properties, []])

    def _news(self) -> None:
        self.changed.set()

    def _spawn(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _advertise(self) -> None:
        """While somebody scans, every pod that is awake and free is heard."""
        async for _ in ticks(ADVERTISE_EVERY_S):
            for pod in self.pods if self._scanners else ():
                if pod.is_awake and not pod.is_connected:
                    self._heard(pod)

    def _heard(self, pod: Pod) -> None:
        if pod.is_known:
            self._change(pod.path, DEVICE, RSSI=Variant("n", pod.signal_dbm))
        else:
            pod.is_known = True
            self._add(pod.path, DEVICE, self._device(pod))

    def forget(self, pod: Pod) -> None:
        """What happens to a pod that is not connected half a minute after a scan."""
        if pod.is_known and not pod.is_connected:
            pod.is_known = False
            self._remove(pod.path)

    # Methods

    def _on_message(self, message: Message) -> bool | None:
        if message.message_type is MessageType.SIGNAL and message.member == "NameOwnerChanged":
            name, _, owner = message.body
            if not owner:
                self._gone(name)
            return None
        is_ours = message.path == "/" or (message.path or "").startswith("/org/bluez")
        if message.message_type is not MessageType.METHOD_CALL or not is_ours:
            return None
        self._spawn(self._answer(message))
        return True

    def _gone(self, name: str) -> None:
        """A program has left the bus: its scan and subscriptions end; the links stay, as with bluetoothd."""
        self._scanners.discard(name)
        for pod in self.pods:
            for one in pod.characteristics:
                if name in one.listeners:
                    one.listeners.remove(name)
        self._news()

    async def _answer(self, message: Message) -> None:
        try:
            signature, body = await self._call(message)
            reply = Message.new_method_return(message, signature, body)
        except RefusedError as error:
            name, text = error.args
            reply = Message.new_error(message, name, text)
            self.n_refused += 1
            self._news()
        if self._bus is not None:
            with suppress(OSError):  # the bus has died under us
                self._bus.send(reply)

    async def _call(self, message: Message) -> Answer:
        path = message.path or ""
        if message.member == "GetManagedObjects":
            return "a{oa{sa{sv}}}", [self._tree]
        if path not in self._tree:
            raise RefusedError(UNKNOWN_OBJECT, path)
        if message.interface == PROPERTIES:
            return self._properties(path, message)
        if path == ADAPTER_PATH:
            return self._adapter_does(message)
        pod = next(pod for pod in self.pods if path.startswith(pod.path))
        if path == pod.path:
            return await self._device_does(pod, message)
        one = next(one for _, place, one in pod.placed() if place == path)
        return await self._characteristic_does(pod, one, message)

    def _properties(self, path: str, message: Message) -> Answer:
        properties = self._tree[path].get(message.body[0], {})
        return ("v", [properties[message.body[1]]]) if message.member == "Get" else ("a{sv}", [properties])

    def _adapter_does(self, message: Message) -> Answer:
        sender = message.sender or ""
        if not self.is_powered and message.member != "SetDiscoveryFilter":
            raise RefusedError(NOT_READY, "Resource Not Ready")
        match message.member:
            case "StartDiscovery":
                self._scanners.add(sender)
                self.n_scans += 1
            case "StopDiscovery" if sender not in self._scanners:
                raise RefusedError(FAILED, "No discovery started")
            case "StopDiscovery":
                self._scanners.discard(sender)
        self._change(ADAPTER_PATH, ADAPTER, Discovering=Variant("b", bool(self._scanners)))
        self._news()
        return NOTHING

    async def _device_does(self, pod: Pod, message: Message) -> Answer:
        match message.member:
            case "Connect":
                await self._connect(pod)
            case "Disconnect":
                self.drop(pod)
        return NOTHING

    async def _connect(self, pod: Pod) -> None:
        if not self.is_powered:
            raise RefusedError(NOT_READY, "Resource Not Ready")
        if pod.is_connected:
            return
        try:
            await self.until(lambda: pod.is_awake, within_s=PAGE_S)
        except TimeoutError:
            raise RefusedError(FAILED, "le-connection-abort-by-local") from None
        if pod.refusals:
            raise RefusedError(*pod.refusals.pop(0))
        pod.is_connected = True
        pod.connects_s.append(asyncio.get_running_loop().time())
        self._change(pod.path, DEVICE, Connected=Variant("b", True))  # noqa: FBT003
        for service, path, one in pod.placed():
            if service not in self._tree:
                about = {"UUID": Variant("s", one.service), "Device": Variant("o", pod.path)}
                self._add(service, SERVICE, {**about, "Primary": Variant("b", True), "Includes": Variant("ao", [])})  # noqa: FBT003
            self._add(path, CHARACTERISTIC, _described(service, one))
        pod.is_resolved = True
        self._change(pod.path, DEVICE, ServicesResolved=Variant("b", True))  # noqa: FBT003
        self._news()

    async def _characteristic_does(self, pod: Pod, one: Characteristic, message: Message) -> Answer:
        sender = message.sender or ""
        match message.member:
            case "ReadValue" if one.is_locked:
                await asyncio.Event().wait()  # nobody here can pair, and bluetoothd goes on asking
            case "ReadValue":
                return "ay", [one.value]
            case "WriteValue":
                answer = one.written(bytes(message.body[0]))
                if answer is not None:
                    asyncio.get_running_loop().call_soon(self.notify, pod, one.uuid, answer)
            case "StartNotify":
                one.listeners.append(sender)
            case "StopNotify" if sender in one.listeners:
                one.listeners.remove(sender)
        self._news()
        return NOTHING


def _described(service: str, one: Characteristic) -> dict[str, Variant]:
    return {
        "UUID": Variant("s", one.uuid),
        "Service": Variant("o", service),
        "Value": Variant("ay", one.value),
        "Notifying": Variant("b", False),  # noqa: FBT003
        "Flags": Variant("as", list(one.flags)),
        "MTU": Variant("q", 247),
    }
