"""The real library over a real bus, against pods that do as told."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from radio_rig.bluez import FAILED, FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus
from radio_rig.pods import RSC_MEASUREMENT, Pod, foot_pod, heart_strap, polar_strap, power_pod, rsc

from cadencecoach.devices.ble.events import Event, Found, Linked, Notified, Sensor, SensorFact, Troubled, Unlinked
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import at_address, matches_text, namesake, scan
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.gait.sources import RADIO_SOURCES, TREADMILL, Source

pytestmark = needs_bus

WITHIN_S = 15.0
N_DROPS = 50
N_TRIES = 4


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bus that the library takes for the system's."""
    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        yield address


class Ears:
    """A radio whose events wake a test."""

    def __init__(self) -> None:
        """Listening at once."""
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self.radio = Radio(self._ring)
        self.heard: list[Event] = []

    def _ring(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    async def until(self, is_so: Callable[[Event], bool]) -> Event:
        """The first event from now on that is so."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                event = self.radio.take()
                if event is None:
                    await self._news.wait()
                    self._news.clear()
                    continue
                self.heard.append(event)
                if is_so(event):
                    return event

    def keep_one(self, pod: Pod) -> None:
        """Keep a sensor by its address, or by its name should it take another one."""
        sensor = Sensor(address=pod.address, name=pod.name)
        self.radio.keep(Wanted(matches=at_address(pod.address), like=namesake(sensor), streams=RADIO_SOURCES))

    def keep(self, text: str, *, turn_s: float = 5.0, streams: tuple[Source, ...] = RADIO_SOURCES) -> None:
        """Keep a sensor by its name."""
        self.radio.keep(Wanted(matches=matches_text(text), streams=streams, turn_s=turn_s))


@asynccontextmanager
async def ears() -> AsyncIterator[Ears]:
    """A radio, closed at the end."""
    one = Ears()
    try:
        yield one
    finally:
        await asyncio.to_thread(one.radio.close)


def linked(event: Event) -> bool:
    """It is a new link."""
    return isinstance(event, Linked)


def notified(event: Event) -> bool:
    """It is bytes."""
    return isinstance(event, Notified)


async def asked(one: Ears) -> tuple[Found, ...]:
    """Who is around."""
    return await asyncio.to_thread(lambda: one.radio.ask(scan(RADIO_SOURCES, 0.4), within_s=WITHIN_S))


@pytest.mark.slow
def test_fifty_drops_leave_no_file_open_and_are_mended_within_a_second(bus: str) -> None:
    """After each drop the pod is listened to again in at most a second, and no connection to the bus is left over."""

    async def play() -> tuple[list[float], list[int]]:
        pod, times_s, n_files = foot_pod(), list[float](), list[int]()
        loop = asyncio.get_running_loop()
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a")
            await one.until(linked)
            for _ in range(N_DROPS):
                dropped_s = loop.time()
                bluez.drop(pod)
                await one.until(linked)
                times_s.append(loop.time() - dropped_s)
                n_files.append(len(list(Path("/proc/self/fd").iterdir())))  # noqa: ASYNC240  # no disk behind it
        return times_s, n_files

    times_s, n_files = asyncio.run(play())
    assert max(times_s) < 1.0
    assert max(n_files[-10:]) <= max(n_files[:10])


def test_bytes_come_as_they_were_sent_with_the_time_they_came(bus: str) -> None:
    """In order, none missing, times rising, the pod's name beside them."""

    async def play() -> list[Notified]:
        pod = foot_pod()
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a")
            await one.until(linked)
            for n in range(20):
                bluez.notify(pod, RSC_MEASUREMENT, rsc(85, distance=n))
            await one.until(lambda event: notified(event) and sum(map(notified, one.heard)) == 20)
            return [event for event in one.heard if isinstance(event, Notified)]

    got = asyncio.run(play())
    assert [event.payload for event in got] == [rsc(85, distance=n) for n in range(20)]
    assert [event.time_s for event in got] == sorted(event.time_s for event in got)
    assert {(event.source, event.sensor.name) for event in got} == {("rsc", "Pod A")}


def test_doubles_are_counted_and_handed_up_once(bus: str) -> None:
    """The same bytes at once after each other are one message; the end of the link tells how many there were."""

    async def play() -> tuple[int, Event]:
        pod = foot_pod()
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a")
            await one.until(linked)
            for n in range(5):
                bluez.notify(pod, RSC_MEASUREMENT, rsc(85, distance=n))
                bluez.notify(pod, RSC_MEASUREMENT, rsc(85, distance=n))
            await one.until(lambda event: isinstance(event, Notified) and event.payload == rsc(85, distance=4))
            bluez.drop(pod)
            end = await one.until(lambda event: isinstance(event, Unlinked))
            return sum(map(notified, one.heard)), end

    n_notified, end = asyncio.run(play())
    assert n_notified == 5
    assert isinstance(end, Unlinked)
    assert (end.why, end.n_doubles) == ("dropped", 5)


@pytest.mark.slow
def test_a_read_that_hangs_holds_up_nothing(bus: str) -> None:
    """The battery wants encryption nobody can give; messages come at once, and the maker is told after all."""

    async def play() -> list[str]:
        pod = foot_pod()
        pod.at(0x2A19).is_locked = True
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a")
            await one.until(linked)
            bluez.notify(pod, RSC_MEASUREMENT, rsc(85))
            await one.until(notified)
            await one.until(lambda event: isinstance(event, SensorFact) and event.about == "manufacturer")
            return [event.about for event in one.heard if isinstance(event, SensorFact)]

    assert asyncio.run(play()) == ["manufacturer"]


@pytest.mark.parametrize(
    "refusal",
    [
        (FAILED, "br-connection-canceled"),
        (FAILED, "Software caused connection abort"),
        ("org.bluez.Error.InProgress", ""),
    ],
)
@pytest.mark.slow
def test_a_refused_connect_is_tried_again(bus: str, refusal: tuple[str, str]) -> None:
    """Twice refused, then connected."""

    async def play() -> int:
        pod = foot_pod()
        pod.refusals = [refusal, refusal]
        async with FakeBluez(bus, pod), ears() as one:
            one.keep("pod a")
            await one.until(linked)
        return len(pod.connects_s)

    assert asyncio.run(play()) == 1


def test_a_sleeping_pod_does_not_keep_others_from_connecting(bus: str) -> None:
    """While one link waits for its pod, a strap gets its turn; then the pod wakes and is connected too."""

    async def play() -> list[str]:
        pod, strap = foot_pod(), heart_strap()
        async with FakeBluez(bus, pod, strap) as bluez, ears() as one:
            one.keep("pod a", turn_s=0.2)
            await one.until(linked)
            bluez.sleep(pod)
            one.keep("strap", turn_s=0.2)
            await one.until(linked)
            bluez.wake(pod)
            await one.until(linked)
            return [event.sensor.name for event in one.heard if isinstance(event, Linked)]

    assert asyncio.run(play()) == ["Pod A", "Strap", "Pod A"]


SECOND, THIRD = "C0:00:00:00:00:0B", "C0:00:00:00:00:0C"


@pytest.mark.slow
def test_a_sensor_that_takes_a_new_address_is_found_again(bus: str) -> None:
    """Random private addresses change: by its name, with the sensor it was before."""

    async def play() -> Event:
        before, after = foot_pod(), foot_pod(address=SECOND)
        after.is_awake = False
        async with FakeBluez(bus, before, after) as bluez, ears() as one:
            one.keep_one(before)
            await one.until(linked)
            bluez.sleep(before)
            bluez.wake(after)
            return await one.until(linked)

    event = asyncio.run(play())
    assert isinstance(event, Linked)
    assert event.sensor.address == SECOND
    assert event.before == Sensor(address="C0:00:00:00:00:01", name="Pod A")


@pytest.mark.slow
def test_a_sensor_that_is_not_heard_is_found_at_a_new_address(bus: str) -> None:
    """Where two have its name, the clearly nearer one; it was never linked before."""

    async def play() -> Event:
        near, far = foot_pod(address=SECOND), foot_pod(address=THIRD)
        near.signal_dbm, far.signal_dbm = -45, -85
        async with FakeBluez(bus, far, near), ears() as one:
            one.keep_one(foot_pod())
            return await one.until(linked)

    event = asyncio.run(play())
    assert isinstance(event, Linked)
    assert (event.sensor.address, event.before) == (SECOND, None)


@pytest.mark.slow
def test_a_sensor_that_was_heard_beside_the_one_taken_is_never_taken_for_it(bus: str) -> None:
    """The near one is lost; the far one goes on advertising under the same name, and is left alone."""

    async def play() -> list[float]:
        near, far = foot_pod(address=SECOND), foot_pod(address=THIRD)
        near.signal_dbm, far.signal_dbm = -45, -85
        async with FakeBluez(bus, far, near) as bluez, ears() as one:
            one.keep_one(foot_pod())
            await one.until(linked)
            bluez.sleep(near)
            await one.until(lambda event: isinstance(event, Unlinked))
            await bluez.until(lambda: bluez.n_scans >= 2, within_s=WITHIN_S)  # the first one found the near one
            await bluez.until(lambda: not bluez.is_scanned, within_s=WITHIN_S)
            bluez.wake(near)
            await one.until(linked)
            return far.connects_s

    assert asyncio.run(play()) == []


@pytest.mark.slow
def test_between_two_equally_near_sensors_of_its_name_none_is_taken_and_it_is_told(bus: str) -> None:
    """Once, with addresses and strengths; the sensor itself is taken as soon as it wakes."""

    async def play() -> list[Event]:
        pod = foot_pod()
        pod.is_awake = False
        async with FakeBluez(bus, pod, foot_pod(address=SECOND), foot_pod(address=THIRD)) as bluez, ears() as one:
            one.keep_one(pod)
            await one.until(lambda event: isinstance(event, Troubled))
            bluez.wake(pod)
            await one.until(linked)
            return one.heard

    told, link = asyncio.run(play())
    assert isinstance(told, Troubled)
    assert "several sensors may be yours" in told.text
    assert f"Pod A ({SECOND}, -60 dBm)" in told.text
    assert isinstance(link, Linked)
    assert link.sensor.address == "C0:00:00:00:00:01"


def test_a_sensor_with_nothing_to_count_is_told_of_at_once(bus: str) -> None:
    """It is linked and brings nothing."""

    async def play() -> Event:
        async with FakeBluez(bus, power_pod()), ears() as one:
            one.keep("power")
            return await one.until(linked)

    event = asyncio.run(play())
    assert isinstance(event, Linked)
    assert (event.sensor.name, event.sources) == ("Power", ())


def test_a_strap_is_asked_for_its_acceleration(bus: str) -> None:
    """Heart rate and acceleration of one strap over one connection."""

    async def play() -> tuple[str, ...]:
        async with FakeBluez(bus, polar_strap()), ears() as one:
            one.keep("polar")
            event = await one.until(linked)
            assert isinstance(event, Linked)
            return event.sources

    assert asyncio.run(play()) == ("hr", "accel")


def test_a_scan_finds_everything_of_ours_once(bus: str) -> None:
    """Name, kinds and signal; a name that would obey a terminal does not."""

    async def play() -> tuple[Found, ...]:
        async with FakeBluez(bus, foot_pod("\x1b[2JPod\n"), heart_strap(), polar_strap()), ears() as one:
            return await asked(one)

    found = {one.sensor.name: one for one in asyncio.run(play())}
    assert found.keys() == {"[2JPod", "Strap", "Polar H10 1234"}
    assert found["Polar H10 1234"].kinds == ("heart rate", "acceleration")
    assert found["Strap"].signal_dbm == -60


def test_a_pod_another_program_holds_is_seen_and_listened_to(bus: str) -> None:
    """It does not advertise any more; it is found all the same, and said to be held."""

    async def play() -> tuple[Found, ...]:
        pod = foot_pod()
        async with FakeBluez(bus, pod) as bluez, ears() as first, ears() as second:
            first.keep("pod a")
            await first.until(linked)
            found = await asked(second)
            second.keep("pod a")
            await second.until(linked)
            bluez.notify(pod, RSC_MEASUREMENT, rsc(85))
            await second.until(notified)
            return found

    (found,) = asyncio.run(play())
    assert found.is_held
    assert found.signal_dbm is None


@pytest.mark.slow
def test_trouble_is_told_once_and_ends_by_itself(bus: str) -> None:
    """The adapter is switched off: one line says so, however often it is asked; on again, the pod is back."""

    async def play() -> list[str]:
        pod = foot_pod()
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a")
            await one.until(linked)
            bluez.is_powered = False  # and nobody has said so yet: each attempt asks, and is refused
            bluez.drop(pod)
            await one.until(lambda event: isinstance(event, Troubled))
            n_refused = bluez.n_refused
            await bluez.until(lambda: bluez.n_refused >= n_refused + 2)
            bluez.power("on")
            await one.until(linked)
            return [event.text for event in one.heard if isinstance(event, Troubled)]

    (text,) = asyncio.run(play())
    assert "switched off" in text


async def reason_with(bluez: FakeBluez | None) -> Reason:
    """Why the radio cannot be used."""
    async with ears() as one:
        try:
            if bluez is not None:
                await bluez.start()
            with pytest.raises(DeviceError) as caught:
                await asyncio.to_thread(one.radio.check)
        finally:
            if bluez is not None:
                await bluez.kill()
    return caught.value.reason


def test_an_adapter_that_is_off_is_called_that(bus: str) -> None:
    """The first thing a person forgets."""
    bluez = FakeBluez(bus)
    bluez.is_powered = False
    assert asyncio.run(reason_with(bluez)) is Reason.POWERED_OFF


def test_a_machine_without_an_adapter_is_called_that(bus: str) -> None:
    """The service runs and has nothing to serve."""
    bluez = FakeBluez(bus)
    bluez.has_adapter = False
    assert asyncio.run(reason_with(bluez)) is Reason.NO_DEVICE


def test_a_bus_without_the_service_is_called_that(bus: str) -> None:
    """Nobody answers to the name org.bluez."""
    assert bus == os.environ[ADDRESS]
    assert asyncio.run(reason_with(None)) is Reason.NO_SERVICE


def test_a_machine_without_a_bus_is_called_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is no socket where the bus should be."""
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path / 'nobody'}")
    assert asyncio.run(reason_with(None)) is Reason.NO_SERVICE


@pytest.mark.slow
def test_a_sensor_without_anything_of_ours_is_not_hammered(bus: str) -> None:
    """Connected, found to have nothing to subscribe to, and tried again ever more seldom."""

    async def play() -> list[float]:
        pod = foot_pod()
        async with FakeBluez(bus, pod) as bluez, ears() as one:
            one.keep("pod a", streams=(TREADMILL,))
            await bluez.until(lambda: len(pod.connects_s) >= N_TRIES)
        return pod.connects_s

    times_s = asyncio.run(play())
    waits_s = [after - before for before, after in pairwise(times_s)]
    assert waits_s[-1] > 2 * waits_s[0]


def test_closing_parts_from_the_pod(bus: str) -> None:
    """The link is given back, so that a watch can have the pod; a second close does nothing."""

    async def play() -> Pod:
        pod = foot_pod()
        async with FakeBluez(bus, pod), ears() as one:
            one.keep("pod a")
            await one.until(linked)
            await asyncio.to_thread(one.radio.close)
            return pod

    assert not asyncio.run(play()).is_connected
