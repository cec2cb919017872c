"""`cadencecoach run PLAN --feet ble` as a real process, against pods that follow scripts, all of them side by side.

The first one is a Python started anew, the others are copies of a process that has loaded the package.
"""

import asyncio
import json
import random
import struct
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

import pytest
from radio_rig.bus import needs_bus
from radio_rig.driving import Rig, Run, driven, prepared
from radio_rig.pace import ticks
from radio_rig.pods import POLAR_DATA, Pod, foot_pod, heart_strap, polar_strap, rsc, treadmill, treadmill_with_steps
from simulated_bodies import RUN, moving, step_times

from cadencecoach.gait.rsc import decode_rsc
from cadencecoach.gait.steps.placement import Placement

pytestmark = [
    needs_bus,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]  # all scripts are played in the first one

STALE_AFTER_S = 3.0
SECOND_POD = "C0:00:00:00:00:0B"


async def normal(rig: Rig) -> None:
    """A pod that does what pods do, a strap beside it."""
    for _ in range(8):
        rig.beats(rig.pods[1], 140)
        await rig.runs(1.0)


async def silent(rig: Rig) -> None:
    """The link stands, and the pod says nothing for seven seconds."""
    await rig.runs(6.0)
    await rig.passes(7.0)
    await rig.listened_to()
    await rig.runs(3.0)


async def drop(rig: Rig) -> None:
    """The link is lost once; the pod is there again at once."""
    await rig.runs(6.0)
    rig.bluez.drop(rig.pod)
    await rig.listened_to()
    await rig.runs(3.0)


async def sleep_and_wake(rig: Rig) -> None:
    """The pod is gone for six seconds."""
    await rig.runs(6.0)
    rig.bluez.sleep(rig.pod)
    await rig.passes(6.0)
    rig.bluez.wake(rig.pod)
    await rig.listened_to()
    await rig.runs(3.0)


async def forgotten(rig: Rig) -> None:
    """The pod sleeps so long that the service forgets it, and has to be found again."""
    await rig.runs(6.0)
    rig.bluez.sleep(rig.pod)
    rig.bluez.forget(rig.pod)
    await rig.passes(4.0)
    rig.bluez.wake(rig.pod)
    await rig.listened_to()
    await rig.runs(3.0)


async def service_killed(rig: Rig) -> None:
    """The Bluetooth service dies without a word and is started again."""
    await rig.runs(6.0)
    await rig.bluez.kill()
    await rig.passes(1.0)
    await rig.bluez.start()
    await rig.listened_to()
    await rig.runs(3.0)


async def adapter_off(rig: Rig) -> None:
    """The adapter is switched off for four seconds."""
    await rig.runs(6.0)
    rig.bluez.power("off")
    await rig.passes(4.0)
    rig.bluez.power("on")
    await rig.listened_to()
    await rig.runs(3.0)


async def doubles(rig: Rig) -> None:
    """Every message comes twice, as with two listeners on one computer."""
    for n in range(24):
        payload = rsc(75, distance=n)
        rig.says(payload)
        rig.says(payload)
        await rig.passes(0.25)


async def steps(rig: Rig) -> None:
    """A pod that sends steps where the service says strides."""
    await rig.runs(6.0, raw=150)


async def slow_walk_first(rig: Rig) -> None:
    """A pod that counts steps, in a slow walk and then in a run: each number of the walk could be a run's strides."""
    await rig.runs(6.0, raw=85, speed_mps=0.86)
    await rig.runs(4.0, raw=150, speed_mps=2.6)


async def nonsense(rig: Rig) -> None:
    """A pod that runs, and then sends what no unit makes steps of."""
    await rig.runs(4.0)
    await rig.runs(7.0, raw=255)


async def cut_short(rig: Rig) -> None:
    """A pod whose flags promise stride length and distance, and whose messages end after the cadence."""
    async for n in ticks(0.25, n=24):
        rig.says(struct.pack("<BHB", 7, 768 + n % 2, 75))


async def new_address(rig: Rig) -> None:
    """The pod drops, and is there again at another address."""
    before, after = rig.pods
    await rig.runs(6.0)
    rig.bluez.sleep(before)
    rig.bluez.wake(after)
    await rig.listened_to(after)
    await rig.runs(3.0, pod=after)


async def always_zero(rig: Rig) -> None:
    """The pod tells the speed of a run, and no steps."""
    await rig.runs(8.0, raw=0)


async def walking(rig: Rig) -> None:
    """A walk: 110 steps a minute."""
    await rig.runs(9.0, raw=55, speed_mps=1.3)


async def behind_a_treadmill(rig: Rig) -> None:
    """A machine that advertises its belt alone counts steps too."""
    await rig.runs(6.0)


async def two_pods(rig: Rig) -> None:
    """Two pods; the one that leads falls silent for five seconds."""
    first, second = rig.pods
    for _ in range(6):
        await asyncio.gather(rig.runs(1.0, pod=first), rig.runs(1.0, raw=78, pod=second))
    await rig.runs(4.75, raw=78, pod=second)
    for _ in range(3):
        await asyncio.gather(rig.runs(1.0, pod=first), rig.runs(1.0, raw=78, pod=second))


async def big_frames(rig: Rig) -> None:
    """A strap sends acceleration, 226 bytes eleven times a second, beside a running pod."""
    pod, strap = rig.pods
    await rig.bluez.until(lambda: bool(strap.at(POLAR_DATA).listeners))

    async def frames() -> None:
        async for n in ticks(1 / 11, n=66):
            rig.bluez.notify(strap, POLAR_DATA, acceleration(n))

    await asyncio.gather(frames(), rig.runs(6.0, pod=pod))


async def garbage(rig: Rig) -> None:
    """Between good messages come cut, empty, endless and random ones."""
    noise = random.Random(7)  # noqa: S311  # the same noise each time
    for payload in (b"", b"\x07", b"\x03\x80\x02\x50", b"\xff" * 4, b"\x00" * 3, b"\xff" * 200):
        rig.says(payload)
        await rig.runs(0.5)
    for _ in range(20):
        rig.says(noise.randbytes(noise.randrange(4)))
        await rig.runs(0.25)


async def plug_pulled(rig: Rig) -> None:
    """Drops, sleeps and power cuts at random moments for a while."""
    chance = random.Random(11)  # noqa: S311  # the same harm each time
    harms: tuple[Callable[[], None], ...] = (
        lambda: rig.bluez.drop(rig.pod),
        lambda: rig.bluez.sleep(rig.pod),
        lambda: rig.bluez.power("off"),
    )
    for _ in range(6):
        await rig.runs(chance.choice((0.5, 1.0, 2.0)))
        chance.choice(harms)()
        await rig.passes(chance.random())
        rig.bluez.power("on")
        rig.bluez.wake(rig.pod)
        await rig.listened_to()
    await rig.runs(3.0)


def acceleration(n: int) -> bytes:
    """A frame of 36 samples at rest, upright: 226 bytes, the time of the last sample counting up."""
    return bytes([2]) + (n * 90_909_090).to_bytes(8, "little") + b"\x01" + b"\x00\x00\x00\x00\xe8\x03" * 36


async def strap_alone(rig: Rig) -> None:
    """No pod: a strap on the chest of a simulated runner at 160 steps a minute, 100 samples a second."""
    await rig.bluez.until(lambda: bool(rig.pod.at(POLAR_DATA).listeners))
    steps_s = step_times([(13.0, 160.0)], jitter=0.02, seed=1)
    motion = moving(Placement.CHEST, steps_s, RUN, rate_hz=100.0, seed=1)
    async for number in ticks(0.36, n=33):
        first, after = 36 * number, 36 * (number + 1)
        samples = (1000 * motion.accel_g[first:after]).round().astype("<i2").tobytes()
        last_ns = round(1e9 * motion.times_s[after - 1])
        rig.bluez.notify(rig.pod, POLAR_DATA, b"\x02" + last_ns.to_bytes(8, "little") + b"\x01" + samples)


def asleep(pod: Pod) -> Pod:
    """A pod that is not heard yet."""
    pod.is_awake = False
    return pod


def second() -> Pod:
    """Another running pod."""
    return foot_pod("Pod B", SECOND_POD)


N_AT_THE_START = 3  # the machine is small, and many programs at once start slowly
Script = Callable[[Rig], Awaitable[None]]
SCRIPTS: dict[Script, tuple[str, Callable[[], tuple[Pod, ...]]]] = {
    normal: ("ble", lambda: (foot_pod(), heart_strap(), treadmill())),
    silent: ("ble", lambda: (foot_pod(),)),
    drop: ("ble", lambda: (foot_pod(),)),
    sleep_and_wake: ("ble", lambda: (foot_pod(),)),
    forgotten: ("ble", lambda: (foot_pod(),)),
    service_killed: ("ble", lambda: (foot_pod(),)),
    adapter_off: ("ble", lambda: (foot_pod(),)),
    doubles: ("ble", lambda: (foot_pod(),)),
    steps: ("ble", lambda: (foot_pod(),)),
    slow_walk_first: ("ble", lambda: (foot_pod(),)),
    nonsense: ("ble", lambda: (foot_pod(),)),
    walking: ("ble", lambda: (foot_pod(),)),
    cut_short: ("ble", lambda: (foot_pod(),)),
    new_address: ("ble", lambda: (foot_pod(), asleep(foot_pod(address=SECOND_POD)))),
    always_zero: ("ble", lambda: (foot_pod(),)),
    behind_a_treadmill: ("ble", lambda: (treadmill_with_steps(),)),
    two_pods: ("ble:Pod A,Pod B", lambda: (foot_pod(), second())),
    big_frames: ("ble:Pod A,Polar", lambda: (foot_pod(), polar_strap())),
    strap_alone: ("ble", lambda: (polar_strap(),)),
    garbage: ("ble:pod a", lambda: (foot_pod(),)),
    plug_pulled: ("ble", lambda: (foot_pod(),)),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[Script, Run]:
    """Every script has been played to its end."""
    folder = tmp_path_factory.mktemp("radio")

    async def one(script: Script, at_the_start: asyncio.Semaphore) -> Run:
        feet, pods = SCRIPTS[script]
        async with AsyncExitStack() as start:
            await start.enter_async_context(at_the_start)

            async def from_its_beginning(rig: Rig) -> None:
                await start.aclose()
                await script(rig)

            own = prepared(Path(folder, script.__name__))
            return await driven(own, from_its_beginning, *pods(), feet=feet, is_fresh=script is normal)

    async def all_of_them() -> list[Run]:
        at_the_start = asyncio.Semaphore(N_AT_THE_START)
        return await asyncio.gather(*(one(script, at_the_start) for script in SCRIPTS))

    return dict(zip(SCRIPTS, asyncio.run(all_of_them()), strict=True))


def judged(run: Run) -> list[float]:
    """When the coach judged the cadence."""
    return [line["t"] for line in run.of("cue") if line["reason"] in {"below", "above"}]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_the_session_ends_in_order(runs: dict[Script, Run], script: Script) -> None:
    """Whatever the radio did, the program ends when it is asked to, with its journal whole and without a traceback."""
    run = runs[script]
    assert run.exit_status == 130, run.output
    assert "Traceback" not in run.output
    assert run.lines[-1]["what"] == "end"
    times = [line["t"] for line in run.lines]
    assert times == sorted(times)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_the_coach_never_speaks_on_a_stale_value(runs: dict[Script, Run], script: Script) -> None:
    """For each correction there is a reading with a step rate that had come less than three seconds before."""
    run = runs[script]
    heard = [line["t"] for line in run.of("reading") if line["cadence_spm"]]
    for time_s in judged(run):
        assert any(0.0 <= time_s - t < STALE_AFTER_S for t in heard), f"spoke at {time_s} s"


@pytest.mark.parametrize(
    "script", [silent, drop, sleep_and_wake, service_killed, adapter_off], ids=lambda s: s.__name__
)
def test_the_coach_does_speak_before_the_trouble(runs: dict[Script, Run], script: Script) -> None:
    """A runner at 150 whose target is 170 is told so: the silence later is no accident."""
    assert any(time_s < 6.5 for time_s in judged(runs[script]))


def test_nothing_is_lost_or_made_up_in_a_normal_run(runs: dict[Script, Run]) -> None:
    """As many payloads as the pod has sent, a reading of steps for each; strap and treadmill have joined."""
    run = runs[normal]
    sent = [line for line in run.of("payload") if line["source"] == "rsc"]
    assert len(sent) == run.rig.n_sent
    kept = [line["cadence_spm"] for line in run.of("reading") if "came_s" in line]
    assert kept == [150.0, 150.0]
    steps = [line for line in run.of("reading") if line["cadence_spm"] is not None]
    assert len(steps) == run.rig.n_sent
    assert ("connected", "hr", "Strap") in run.links()
    assert ("connected", "treadmill", "Belt") in run.links()
    assert any(line["source"] == "hr" for line in run.of("payload"))


def test_a_drop_is_written_down_and_mended_at_once(runs: dict[Script, Run]) -> None:
    """Connected, lost, connected; back within a second, and the feet were never lost."""
    run = runs[drop]
    steps_links = [state for state, source, _ in run.links() if source == "rsc"]
    assert steps_links == ["connected", "lost", "connected"]
    assert run.rig.waits_s[-1] < 1.0
    assert "lost" not in [line["state"] for line in run.of("feet")]


@pytest.mark.parametrize("script", [sleep_and_wake, forgotten, adapter_off], ids=lambda script: script.__name__)
def test_a_pod_that_is_back_is_connected_within_a_second(runs: dict[Script, Run], script: Script) -> None:
    """From the moment the pod can be heard again to the subscription."""
    assert runs[script].rig.waits_s[-1] < 1.0


@pytest.mark.parametrize("script", [silent, sleep_and_wake, service_killed], ids=lambda script: script.__name__)
def test_lost_and_back_are_said_once(runs: dict[Script, Run], script: Script) -> None:
    """One cue when the sensor is lost, one when it is back."""
    reasons = [line["reason"] for line in runs[script].of("cue") if line["reason"].startswith("sensor")]
    assert reasons == ["sensor lost", "sensor back"]


@pytest.mark.parametrize("script", [silent, service_killed], ids=lambda script: script.__name__)
def test_a_link_that_only_seems_to_stand_is_given_up(runs: dict[Script, Run], script: Script) -> None:
    """The system reports nothing; the silence is noticed, and the sensor connected anew."""
    assert [state for state, _, _ in runs[script].links()][:3] == ["connected", "lost", "connected"]


def test_messages_that_come_twice_count_once(runs: dict[Script, Run]) -> None:
    """Twenty-four were meant, forty-eight sent."""
    run = runs[doubles]
    assert len(run.of("payload")) == 24 == run.rig.n_sent // 2


@pytest.mark.parametrize(
    ("script", "unit", "cadence_spm"),
    [(normal, "strides", 150.0), (steps, "steps", 150.0), (walking, "strides", 110.0)],
)
def test_the_unit_is_voted_for_shown_and_remembered(
    runs: dict[Script, Run], script: Script, unit: str, cadence_spm: float
) -> None:
    """Strides or steps, the runner's cadence is the same; the decision is in the journal, the summary and the book."""
    run = runs[script]
    assert [line["unit"] for line in run.of("unit")] == [unit]
    assert {line["cadence_spm"] for line in run.of("reading") if line["cadence_spm"]} == {cadence_spm}
    assert f"sensor counts {unit}" in run.output
    assert f'"unit": "{unit}"' in (run.config / "sensors.json").read_text(encoding="utf-8")


def test_steps_of_a_slow_walk_are_not_taken_for_strides(runs: dict[Script, Run]) -> None:
    """Decided at the third message, read as 85 and then as 150, and remembered."""
    run = runs[slow_walk_first]
    assert [line["unit"] for line in run.of("unit")] == ["steps"]
    assert {line["cadence_spm"] for line in run.of("reading")} - {None} == {85.0, 150.0}
    assert "lost" not in [line["state"] for line in run.of("feet")]
    assert '"unit": "steps"' in (run.config / "sensors.json").read_text(encoding="utf-8")


def test_nonsense_is_told_and_not_called_a_loss_nor_remembered(runs: dict[Script, Run]) -> None:
    """Four seconds of running and seven of 510 steps a minute: said, shown with the key, and no unit in the book."""
    run = runs[nonsense]
    assert [line["reason"] for line in run.of("cue") if line["reason"].startswith("sensor")] == ["sensor unclear"]
    assert "Press u" in run.output
    assert '"unit": ""' in (run.config / "sensors.json").read_text(encoding="utf-8")


def test_a_message_cut_short_counts_as_far_as_it_goes(runs: dict[Script, Run]) -> None:
    """None is unreadable, each is a reading of 150 steps a minute."""
    run = runs[cut_short]
    assert "could not be read" not in run.output
    assert {line["cadence_spm"] for line in run.of("reading")} - {None} == {150.0}


def test_a_pod_at_a_new_address_goes_on_as_the_same_pod(runs: dict[Script, Run]) -> None:
    """One name, one unit, one lead; told on the screen, and one entry in the book, at the new address."""
    run = runs[new_address]
    assert [state for state, _, _ in run.links()] == ["connected", "lost", "connected"]
    assert {name for _, _, name in run.links()} == {"Pod A"}
    assert [line["unit"] for line in run.of("unit")] == ["strides"]
    assert len(run.of("lead")) == 1
    assert f"Pod A is back with a new address: {SECOND_POD}" in run.output
    book = (run.config / "sensors.json").read_text(encoding="utf-8")
    assert book.count('"address"') == 1
    assert f'"address": "{SECOND_POD}"' in book


def test_a_pod_that_always_says_zero_is_told_within_seconds(runs: dict[Script, Run]) -> None:
    """On the screen and in the journal, with its name and speed."""
    run = runs[always_zero]
    (note,) = run.of("note")
    assert "Pod A says 0 steps a minute while you move" in note["text"]
    assert note["text"] in run.output
    assert note["t"] < 8.0


def test_steps_behind_a_treadmills_advertisement_are_coached_on(runs: dict[Script, Run]) -> None:
    """Found after a look inside, connected, and remembered as what counts steps."""
    run = runs[behind_a_treadmill]
    assert {line["cadence_spm"] for line in run.of("reading")} - {None} == {150.0}
    assert '"foot pod"' in (run.config / "sensors.json").read_text(encoding="utf-8")


def test_a_walker_is_left_alone(runs: dict[Script, Run]) -> None:
    """Walking is recognised, and not corrected."""
    assert judged(runs[walking]) == []
    assert "walking" in [line["state"] for line in runs[walking].of("feet")]


def test_of_two_pods_one_leads_and_the_other_takes_over(runs: dict[Script, Run]) -> None:
    """The journal says who leads; when the leader falls silent the feet do not even go stale."""
    run = runs[two_pods]
    leads = [line["name"] for line in run.of("lead")]
    assert len(leads) >= 2
    assert set(leads) == {"Pod A", "Pod B"}
    assert "stale" not in [line["state"] for line in run.of("feet")]


def test_big_frames_arrive_whole_beside_the_pod(runs: dict[Script, Run]) -> None:
    """Sixty-six frames of 226 bytes, in order, and the strap's answer to the start before them."""
    payloads = [bytes.fromhex(line["hex"]) for line in runs[big_frames].of("payload") if line["source"] == "accel"]
    assert payloads[0][:3] == b"\xf0\x02\x02"
    assert payloads[1:] == [acceleration(n) for n in range(66)]


def test_a_strap_alone_is_coached_on(runs: dict[Script, Run]) -> None:
    """Steps from its acceleration make readings about the truth; where it sits is in the journal."""
    run = runs[strap_alone]
    cadences = [line["cadence_spm"] for line in run.of("reading") if line["cadence_spm"]]
    assert len(cadences) > 5
    assert abs(median(cadences) - 160.0) <= 3.0
    assert "chest" in run.of("placement")[-1]["placement"]
    assert judged(run)


def test_garbage_is_counted_and_survived(runs: dict[Script, Run]) -> None:
    """Every message is in the journal, the bad ones are counted, the good ones coached on."""
    run = runs[garbage]
    assert "sensor messages could not be read" in run.output
    assert "live" in [line["state"] for line in run.of("feet")]


def test_a_journal_replayed_decides_the_same(runs: dict[Script, Run], tmp_path: Path) -> None:
    """The journal of the drop as sensor: the same readings and the same cues at the same times."""
    run = runs[drop]
    source = run.config.parents[1] / "out.jsonl"
    plan = run.config.parents[1] / "plan.yaml"
    from cadencecoach.cli.main import main  # noqa: PLC0415

    words = ("rehearse", str(plan), "--feet", f"replay:{source}", "--journal", str(tmp_path / "again.jsonl"))
    assert main(words) == 130
    again = (tmp_path / "again.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    before = source.read_text(encoding="utf-8").splitlines()[1:]
    assert again == [line for line in before if json.loads(line)["what"] not in {"plan", "alive"}]  # of live sessions


def test_every_payload_of_a_pod_is_what_it_sent(runs: dict[Script, Run]) -> None:
    """The distance counts the messages: none is missing, none out of order."""
    payloads = [bytes.fromhex(line["hex"]) for line in runs[normal].of("payload") if line["source"] == "rsc"]
    assert [decode_rsc(payload).distance_m for payload in payloads] == [n / 10 for n in range(len(payloads))]
