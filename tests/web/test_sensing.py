"""Sensors looked for and listened to over HTTP, with pods on a bus of our own; each story is of the desk."""

import asyncio
import http.client
import json
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from page_rig import PATIENCE_S, Server, page_server
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus
from radio_rig.pace import ticks
from radio_rig.pods import RSC_MEASUREMENT, foot_pod, heart_strap, rsc

pytestmark = [needs_bus, pytest.mark.slow, pytest.mark.timeout(240)]
ONE, OTHER = "C0:00:00:00:00:01", "C0:00:00:00:00:0B"


def values_of(server: Server, ids: list[str], until: int) -> Generator[dict[str, object], None, None]:
    """What is sent of some sensors, until so many numbers have come."""
    stream = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    shown = {"Authorization": f"Bearer {server.token}"}
    stream.request("GET", f"/api/sensors/values?ids={','.join(ids)}", None, shown)
    answer = stream.getresponse()
    assert answer.status == 200, answer.read()
    try:
        for line in answer:
            if line.startswith(b"data:") and b"raw_per_min" in line:
                yield json.loads(line[5:])
                until -= 1
                if not until:
                    return
    finally:
        stream.close()


async def stamp(bluez: FakeBluez, pod: object, is_over: threading.Event) -> None:
    """One of two pods of one name is moved; the other sends a zero."""
    n = 0
    async for _ in ticks(0.2, n=400):
        if is_over.is_set():
            return
        n += 1
        bluez.notify(pod, RSC_MEASUREMENT, rsc(82, distance=n))  # type: ignore[arg-type]


async def story(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pods of one name, and a strap: the one that is stamped with is told apart, chosen, and forgotten."""
    mine, other = foot_pod("Pod", ONE), foot_pod("Pod", OTHER)
    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        async with FakeBluez(address, mine, other, heart_strap()) as bluez:
            is_over = threading.Event()
            stamping = asyncio.ensure_future(stamp(bluez, other, is_over))
            try:
                await asyncio.to_thread(look_listen_choose, home)
            finally:
                is_over.set()
                await stamping


def look_listen_choose(home: Path) -> None:
    """What the page asks for, in that order."""
    with page_server(home) as server:
        assert server.ask("GET", "/api/sensors/values?ids=sensor-0")[0] == 404
        status, told = server.ask("POST", "/api/sensors/scan", {})
        assert status == 200, told
        pods = [one for one in told["sensors"] if one["name"] == "Pod"]
        assert (len(told["sensors"]), len(pods)) == (3, 2)
        assert "C0:00" not in json.dumps(told["sensors"])  # no address goes out
        heard = [one for one in values_of(server, [pod["id"] for pod in pods], 5) if one["raw_per_min"]]
        (stamped,) = {one["id"] for one in heard}
        assert {one["raw_per_min"] for one in heard} == {82}
        listened = values_of(server, [str(stamped)], 2)
        assert next(listened)["raw_per_min"] is not None
        status, told = server.ask("POST", "/api/sensors/scan", {})  # in the middle of the minute
        assert (status, len(told["sensors"])) == (200, 3)
        listened.close()
        assert server.ask("PUT", f"/api/sensors/{stamped}", {"unit": "feet"})[0] == 400
        assert server.ask("PUT", f"/api/sensors/{stamped}", {"unit": "strides"})[0] == 204
        kept = json.loads((home / "config" / "cadencecoach" / "sensors.json").read_text())["sensors"]
        assert [(one["address"], one["unit"], one["is_unit_given"]) for one in kept] == [(OTHER, "strides", True)]
        assert server.ask("DELETE", f"/api/sensors/{stamped}")[0] == 204
        assert json.loads((home / "config" / "cadencecoach" / "sensors.json").read_text())["sensors"] == []


def test_which_pod_is_mine_is_found_by_stamping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number moves and the other's does not, though both have one name; it is remembered with what it counts."""
    asyncio.run(story(tmp_path, monkeypatch))


def test_without_a_radio_the_page_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence; and what works here is told in findings."""
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path / 'none'}")
    with page_server(tmp_path) as server:
        status, told = server.ask("POST", "/api/sensors/scan", {})
        assert (status, "Bluetooth" in told["error"]) == (409, True)
        findings = server.ask("GET", "/api/doctor")[1]["findings"]
        assert {"Bluetooth", "settings file"} <= {one["about"] for one in findings}
        assert "Bluetooth" not in {one["about"] for one in findings if one["is_well"]}
        assert "</html>" in server.ask("GET", "/sensors")[1]
