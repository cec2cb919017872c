"""One owner of the radio for several sessions: each is handed its own pod's bytes, whoever dies."""

import asyncio
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from ended_child import ended
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus
from radio_rig.pods import foot_pod, rsc
from reached_rig import private_folder
from sound_servers import wait_until

from cadencecoach.devices.ble.events import Event, Linked, Notified, Troubled, Unlinked
from cadencecoach.devices.ble.remote import RemotePods
from cadencecoach.devices.reach.place import HOME, find_place

OWNER = """
import asyncio, sys
from cadencecoach.devices.ble.owner import RadioOwner
from cadencecoach.live.sensors.lane_pods import lane_wanted
lanes = {n: lane_wanted(text) for n, text in enumerate(sys.argv[2:], 1)}
adapters = [word for word in sys.argv[2:] if word.startswith("hci")]
lanes = {n: wanted for n, wanted in lanes.items() if n <= len(lanes) - len(adapters)}
asyncio.run(RadioOwner(lanes, adapters).serve(sys.argv[1], {"kind": "radio"}, lambda: True))
"""
NAME = "radio-0123456789ab"
Kind = TypeVar("Kind", bound=Event)
pytestmark = [needs_bus, pytest.mark.slow, pytest.mark.timeout(120)]


@contextmanager
def owner(*lanes: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that owns the radio for lanes with these sensors."""
    with ended(subprocess.Popen([sys.executable, "-c", OWNER, NAME, *lanes])) as process:
        wait_until(lambda: find_place(NAME) is not None, within_s=60.0)
        yield process


class Air:
    """Pods that speak when they are told to, in a thread."""

    def __init__(self, address: str, n: int) -> None:
        """Begin."""
        self.pods = tuple(foot_pod(f"Pod {k}", f"C0:00:00:00:00:0{k}") for k in range(1, n + 1))
        self._loop = asyncio.new_event_loop()
        self._bluez = FakeBluez(address, *self.pods)
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.do(self._bluez.start)

    def do(self, act: Callable[[], object]) -> None:
        """Do something on the bus's loop."""

        async def done() -> None:
            came = act()
            if asyncio.iscoroutine(came):
                await came

        asyncio.run_coroutine_threadsafe(done(), self._loop).result(30.0)

    def says(self, number: int, payload: bytes) -> None:
        """A pod notifies."""
        self.do(lambda: self._bluez.notify(self.pods[number - 1], 0x2A53, payload))

    def drop(self, number: int) -> None:
        """A pod's link is lost."""
        self.do(lambda: self._bluez.drop(self.pods[number - 1]))

    def is_heard(self, number: int) -> bool:
        """Whether somebody listens to a pod."""
        return bool(self.pods[number - 1].at(0x2A53).listeners)

    def close(self) -> None:
        """End."""
        self.do(self._bluez.kill)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def air(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Air]:
    """Two pods on a private bus, and a private folder."""
    private_folder(tmp_path, monkeypatch)
    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        one = Air(address, 2)
        yield one
        one.close()


def taken(pods: RemotePods, kind: type[Kind]) -> Kind:
    """The next event of a kind; others are passed over."""
    found: list[Kind] = []

    def is_there() -> bool:
        while not found and (event := pods.take()) is not None:
            found.extend([event] if isinstance(event, kind) else [])
        return bool(found)

    wait_until(is_there, within_s=60.0)
    return found[0]


def test_each_session_is_handed_its_own_pods_bytes(air: Air) -> None:
    """By address and by a part of the name, with the time of arrival; the other lane's never come."""
    with owner("C0:00:00:00:00:01", "pod 2"):
        lanes = RemotePods(NAME, 1), RemotePods(NAME, 2)
        assert [taken(one, Linked).sensor.name for one in lanes] == ["Pod 1", "Pod 2"]
        for number in (1, 2):
            air.says(number, rsc(80 + number))
        assert [taken(one, Notified).payload for one in lanes] == [rsc(81), rsc(82)]
        assert [one.take() for one in lanes if isinstance(one.peek(), Notified)] == []
        for one in lanes:
            one.close()


def test_a_session_that_comes_again_finds_its_pod_linked(air: Air) -> None:
    """The owner keeps it while a session is restarted; the newest session of a lane is the one that is served."""
    with owner("Pod 1"):
        first = RemotePods(NAME, 1)
        taken(first, Linked)
        first.close()
        second = RemotePods(NAME, 1)
        assert taken(second, Linked).sensor.name == "Pod 1"
        air.says(1, rsc(85))
        assert taken(second, Notified).payload == rsc(85)
        assert len(air.pods[0].connects_s) == 1
        second.close()


def test_an_owner_that_dies_is_a_sensor_lost_and_the_next_one_brings_it_back(air: Air) -> None:
    """Killed outright: the session hears of the loss by itself, and of the pod from the next owner."""
    with owner("Pod 1") as first:
        pods = RemotePods(NAME, 1)
        taken(pods, Linked)
        first.kill()
        assert taken(pods, Unlinked).why == "dropped"
    with owner("Pod 1"):
        assert taken(pods, Linked).sensor.name == "Pod 1"
        wait_until(lambda: air.is_heard(1))
        air.says(1, rsc(86))
        assert taken(pods, Notified).payload == rsc(86)
        pods.close()


def test_a_pod_that_drops_is_told_and_comes_back(air: Air) -> None:
    """As with a radio of its own."""
    with owner("Pod 1", "Pod 2"):
        pods = RemotePods(NAME, 1)
        taken(pods, Linked)
        air.drop(1)
        assert taken(pods, Unlinked).why == "dropped"
        assert taken(pods, Linked).sensor.name == "Pod 1"
        pods.close()


def test_sensors_are_shared_out_among_adapters(air: Air) -> None:
    """Of two adapters one is not there: its lane is told what is wrong, and the other one's pod is listened to."""
    with owner("Pod 1", "Pod 2", "hci0", "hci1"):
        lanes = RemotePods(NAME, 1), RemotePods(NAME, 2)
        assert taken(lanes[0], Linked).sensor.name == "Pod 1"
        wait_until(lambda: air.is_heard(1))
        assert taken(lanes[1], Troubled).text.startswith("Bluetooth: ")
        assert not air.is_heard(2)
        for one in lanes:
            one.close()


def test_strangers_are_let_go(air: Air) -> None:
    """Who does not know the token, or asks for a lane there is not; the session is served on."""
    with owner("Pod 1"):
        pods, place = RemotePods(NAME, 1), find_place(NAME)
        taken(pods, Linked)
        assert place is not None
        no_lane = json.dumps({"token": place.token, "lane": 2}).encode() + b"\n"
        for line in (b"", b"{}\n", b'{"token": "x", "lane": 1}\n', b"[" * 900 + b"\n", b"x" * 5000, no_lane):
            with socket.create_connection((HOME, place.port), 10.0) as stranger:
                stranger.sendall(line)
                assert stranger.recv(100) == b""
        air.says(1, rsc(84))
        assert taken(pods, Notified).payload == rsc(84)
        pods.close()
