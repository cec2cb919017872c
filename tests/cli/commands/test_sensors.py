"""`sensors` and `doctor` as real processes, against scripted pods."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

import pytest
from radio_rig.bluez import FakeBluez
from radio_rig.bus import needs_bus, private_bus
from radio_rig.driving import gone, journal_of, prepared, started
from radio_rig.pace import ticks
from radio_rig.pods import RSC_MEASUREMENT, Pod, foot_pod, heart_strap, power_pod, rsc, treadmill_with_steps

from cadencecoach.cli.main import main
from cadencecoach.store.sensor_book import Remembered, SensorBook

pytestmark = [needs_bus, pytest.mark.slow, pytest.mark.timeout(180)]
WITHIN_S = 90.0  # on a machine that is busy with other things
SECOND = "C0:00:00:00:00:0B"


async def play(
    folder: Path, *words: str, pods: Iterable[Pod] = (), power: str = "on", speaks: int = 0
) -> tuple[int, str]:
    """Exit status and output of a command with these pods around; the first says so many things when listened to."""
    around = tuple(pods)
    with private_bus() as address:
        async with FakeBluez(address, *around) as bluez:
            bluez.power(power)
            async with gone(await started(folder, address, *words)) as process:
                if speaks:
                    await bluez.until(lambda: bool(around[0].at(RSC_MEASUREMENT).listeners), within_s=WITHIN_S)
                    async for n in ticks(0.06, n=speaks):
                        bluez.notify(around[0], RSC_MEASUREMENT, rsc(85, distance=n))
                output, _ = await asyncio.wait_for(process.communicate(), WITHIN_S)
    return process.returncode or 0, output.decode()


def called(folder: Path, *words: str, pods: Iterable[Pod] = (), power: str = "on", speaks: int = 0) -> tuple[int, str]:
    """The same, waited for."""
    return asyncio.run(play(folder, *words, pods=pods, power=power, speaks=speaks))


def scanned_and_examined(folder: Path, pods: Iterable[Pod]) -> tuple[str, str]:
    """What `scan` and `doctor` print, side by side, each with such pods around that nobody has met yet."""

    async def both() -> tuple[str, str]:
        scan = play(folder, "sensors", "scan", "--seconds", "1", pods=copies(pods))
        (_, shown), (_, told) = await asyncio.gather(scan, play(folder, "doctor", pods=copies(pods)))
        return shown, told

    return asyncio.run(both())


def copies(pods: Iterable[Pod]) -> tuple[Pod, ...]:
    """The same pods as nobody has met them yet."""
    return tuple(deepcopy(pod) for pod in pods)


def remember(folder: Path, *sensors: Remembered) -> SensorBook:
    """Put sensors into the user's book."""
    book = SensorBook(path=folder / "config" / "cadencecoach" / "sensors.json", sensors=sensors)
    book.save()
    return book


POD = Remembered(name="Pod A", address="C0:00:00:00:00:01", kinds=("foot pod",), unit="steps")


def test_scan_shows_who_is_around_and_who_is_remembered(tmp_path: Path) -> None:
    """Name, kind, signal; the remembered one with its unit."""
    remember(tmp_path, POD)
    status, output = called(tmp_path, "sensors", "scan", "--seconds", "0.5", pods=(foot_pod(), heart_strap()))
    lines = output.splitlines()
    assert status == 0
    assert any("Pod A" in line and "foot pod" in line and "-60 dBm" in line and "yes, steps" in line for line in lines)
    assert any("Strap" in line and "heart rate" in line and line.rstrip().endswith("no") for line in lines)


def test_a_name_from_the_air_cannot_command_the_terminal(tmp_path: Path) -> None:
    """Anybody near may call a sensor what they like."""
    _, output = called(tmp_path, "sensors", "scan", "--seconds", "0.5", pods=(foot_pod(name="Pod\x1b[2J"),))
    assert "Pod[2J" in output
    assert "\x1b" not in output


def test_scan_as_json_holds_the_same(tmp_path: Path) -> None:
    """One object; an empty list when nobody is around, and a status that says so."""
    status, output = called(tmp_path, "sensors", "scan", "--seconds", "0.5", "--json", pods=(foot_pod(),))
    (row,) = json.loads(output)["sensors"]
    assert status == 0
    assert (row["name"], row["kinds"], row["is_remembered"], row["is_held"]) == ("Pod A", ["foot pod"], False, False)
    status, output = called(tmp_path, "sensors", "scan", "--seconds", "0.2", "--json")
    session = {"uses": None, "waits_for": None, "text": "would find no foot pod"}
    assert (status, json.loads(output)) == (1, {"sensors": [], "session": session})


MOVED = Remembered(name="Pod A", address="C0:00:00:00:00:0B", kinds=("foot pod",), unit="steps")


@pytest.mark.parametrize(
    ("remembered", "pods", "words"),
    [
        ((), (foot_pod(),), "would use Pod A (C0:00:00:00:00:01, -60 dBm)"),
        ((MOVED,), (foot_pod(),), "would use Pod A (C0:00:00:00:00:01, -60 dBm), at a new address"),
        ((POD,), (foot_pod("Pod B", SECOND),), "would wait for Pod A, or ask whether to use another: Pod B"),
        ((), (foot_pod(), foot_pod("Pod B", SECOND)), "would ask which one: Pod A"),
        ((), (treadmill_with_steps(),), "would use RUNN 0001"),
    ],
)
def test_scan_and_doctor_say_what_a_session_would_do(
    tmp_path: Path, remembered: tuple[Remembered, ...], pods: tuple[Pod, ...], words: str
) -> None:
    """The same in the same words."""
    remember(tmp_path, *remembered)
    shown, told = scanned_and_examined(tmp_path, pods)
    assert f"A session (--feet ble) {words}" in shown
    assert f"session: {words}" in told
    assert "remembered, not found" not in told or POD in remembered


@pytest.mark.parametrize("pod", [power_pod(), heart_strap()])
def test_scan_and_doctor_find_no_steps_where_a_session_would_not(tmp_path: Path, pod: Pod) -> None:
    """The device is shown with what it sends; doctor says what to do."""
    shown, told = scanned_and_examined(tmp_path, (pod,))
    assert f"would find no foot pod: {pod.name} ({pod.address}, -60 dBm) sends " in shown
    assert "CHECK  foot pod: none found" in told
    assert "switch on its running mode" in told


def test_test_of_a_device_without_steps_ends_at_once(tmp_path: Path) -> None:
    """Nobody walks a minute for a sensor that counts nothing."""
    if sys.platform != "linux":
        pytest.skip("the rig is Linux's")
    ours, theirs = os.openpty()

    async def play() -> tuple[int, str]:
        with private_bus() as address:
            async with FakeBluez(address, power_pod()):
                async with gone(await started(tmp_path, address, "sensors", "test", "power", stdin=theirs)) as process:
                    output, _ = await asyncio.wait_for(process.communicate(), WITHIN_S)
                return process.returncode or 0, output.decode()

    status, output = asyncio.run(play())
    assert status != 0
    assert "Power is connected but sends no steps" in output
    os.close(ours)
    os.close(theirs)


def test_watch_shows_values_and_bytes(tmp_path: Path) -> None:
    """Decoded fields, the bytes on request, and what the pod says about itself."""
    words = ("sensors", "watch", "pod a", "--raw", "--seconds", "2")
    status, output = called(tmp_path, *words, pods=(foot_pod(),), speaks=3)
    assert status == 0
    assert "raw_per_min 85" in output
    assert f"hex {rsc(85, distance=0).hex()}" in output
    assert "battery 85 %" in output


def test_watch_as_json_is_one_object_a_line(tmp_path: Path) -> None:
    """With the same names."""
    words = ("sensors", "watch", "--json", "--seconds", "4.5")
    _, output = called(tmp_path, *words, pods=(foot_pod(),), speaks=3)
    lines = [json.loads(line) for line in output.splitlines()]
    assert [line["raw_per_min"] for line in lines if "raw_per_min" in line] == [85, 85, 85]
    assert lines[0]["link"] == "connected"


def test_a_recording_replays_to_the_same_decisions_each_time(tmp_path: Path) -> None:
    """What the pod said, and the unit that was known, are in the file; a session on it and one on its journal agree.

    The unit that was known is wrong, 85 steps a minute at a run, and both overturn it.
    """
    remember(tmp_path, POD)
    recording = tmp_path / "pod.jsonl"
    words = ("sensors", "record", str(recording), "pod a", "--seconds", "3")
    status, output = called(prepared(tmp_path), *words, pods=(foot_pod(),), speaks=20)
    assert status == 0, output
    payloads = [line for line in journal_of(recording) if line["what"] == "payload"]
    assert [line["hex"] for line in payloads] == [rsc(85, distance=n).hex() for n in range(20)]

    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    for feet, journal in ((recording, first), (first, second)):
        plan = str(tmp_path / "plan.yaml")
        assert main(("rehearse", plan, "--feet", f"replay:{feet}", "--journal", str(journal))) == 0
    assert journal_of(first) == journal_of(second)
    assert [line["unit"] for line in journal_of(first) if line["what"] == "unit"] == ["steps", "strides"]


def test_forget_takes_a_sensor_out_of_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name; then there is nobody of that name any more."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    book = remember(tmp_path, POD)
    assert main(("sensors", "forget", "pod a")) == 0
    assert json.loads(Path(str(book.path)).read_text(encoding="utf-8")) == {"sensors": []}
    assert main(("sensors", "forget", "pod a", "--json")) == 1
    assert main(("sensors", "forget")) == 2


def test_test_needs_somebody_to_press_keys(tmp_path: Path) -> None:
    """Without a terminal it says so and ends."""
    status, output = called(tmp_path, "sensors", "test", "pod a", pods=(foot_pod(),))
    assert status != 0
    assert "needs a terminal" in output


def test_twenty_counted_steps_settle_the_unit(tmp_path: Path) -> None:
    """Two presses of Enter six seconds apart are 200 steps a minute; the pod says 100: strides, and remembered."""
    if sys.platform != "linux":
        pytest.skip("the rig is Linux's")
    ours, theirs = os.openpty()
    said: list[str] = []

    async def said_about(reader: asyncio.StreamReader, words: str) -> None:
        while not said or words not in said[-1]:
            said.append((await asyncio.wait_for(reader.readline(), WITHIN_S)).decode())
            assert said[-1], said

    async def walk(bluez: FakeBluez, pod: Pod, first: int, n: int) -> None:
        async for number in ticks(0.25, n=n):
            bluez.notify(pod, RSC_MEASUREMENT, rsc(100, distance=first + number))

    async def play() -> int:
        pod = foot_pod()
        with private_bus() as address:
            async with FakeBluez(address, pod) as bluez:
                process = await started(tmp_path, address, "sensors", "test", "pod a", stdin=theirs)
                walking = asyncio.ensure_future(walk(bluez, pod, 0, 1000))
                assert process.stdout is not None
                await said_about(process.stdout, "Then press Enter")
                os.write(ours, b"\n")
                await said_about(process.stdout, "Counting")
                walking.cancel()
                await walk(bluez, pod, 1000, 24)  # six seconds
                os.write(ours, b"\n")
                said.append((await process.stdout.read()).decode())
                return await process.wait()

    assert asyncio.run(play()) == 0, said
    assert "sensor counts strides" in said[-1]
    (entry,) = json.loads((tmp_path / "config" / "cadencecoach" / "sensors.json").read_text(encoding="utf-8"))[
        "sensors"
    ]
    assert (entry["name"], entry["unit"]) == ("Pod A", "strides")
    os.close(ours)
    os.close(theirs)


def test_doctor_finds_radio_and_pod_well(tmp_path: Path) -> None:
    """A radio, a pod that is heard; whether this machine has a sound card is another matter."""
    _, output = called(tmp_path, "doctor", pods=(foot_pod(),))
    assert "ok     Bluetooth: works" in output
    assert "ok     Pod A" in output


def test_doctor_says_what_to_do_about_an_adapter_that_is_off(tmp_path: Path) -> None:
    """What is wrong, and what to do, in the words of a person."""
    status, output = called(tmp_path, "doctor", power="off")
    assert status == 3
    assert "Bluetooth is switched off" in output
    assert "bluetoothctl power on" in output


def test_doctor_suspects_a_watch_when_a_remembered_pod_is_not_heard(tmp_path: Path) -> None:
    """Asleep, out of reach, or taken: a pod talks to one at a time."""
    remember(tmp_path, POD)
    status, output = called(tmp_path, "doctor", "--json")
    (finding,) = [one for one in json.loads(output)["findings"] if one["about"] == "Pod A"]
    assert status == 3
    assert (finding["about"], finding["is_well"]) == ("Pod A", False)
    assert "watch or phone" in finding["todo"]


def test_a_session_on_a_device_without_steps_says_so_on_the_screen(tmp_path: Path) -> None:
    """It is named, and there: it is connected and has nothing to count, instead of being looked for for ever."""
    folder = prepared(tmp_path)

    async def play() -> str:
        with private_bus() as address:
            async with FakeBluez(address, power_pod()):
                process = await started(folder, address, "run", str(folder / "plan.yaml"), "--feet", "ble:power")
                assert process.stdout is not None
                async with asyncio.timeout(WITHIN_S):
                    async for line in process.stdout:
                        if b"sends no steps" in line:
                            break
                process.send_signal(signal.SIGINT)
                await process.communicate()
                return line.decode()

    assert asyncio.run(play()).startswith("Power is connected but sends no steps.")


def test_run_without_a_radio_ends_with_status_3(tmp_path: Path) -> None:
    """One line says what is wrong; no session is begun, no journal written."""
    folder = prepared(tmp_path)
    journal = tmp_path / "out.jsonl"
    words = ("run", str(folder / "plan.yaml"), "--feet", "ble", "--journal", str(journal))
    status, output = called(folder, *words, power="off")
    assert "switched off" in output
    assert status in {1, 3}  # with --debug the error is shown in full
    assert not journal.exists()


def test_several_pods_and_nobody_to_ask(tmp_path: Path) -> None:
    """The names are listed, and how to name one."""
    folder = prepared(tmp_path)
    second = foot_pod("Pod B", "C0:00:00:00:00:0B")
    words = ("run", str(folder / "plan.yaml"), "--feet", "ble", "--journal", str(tmp_path / "out.jsonl"))
    status, output = called(folder, *words, pods=(foot_pod(), second))
    assert status != 0
    assert "--feet ble:NAME" in output
    assert "Pod B" in output
