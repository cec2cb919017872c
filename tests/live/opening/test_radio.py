"""`--feet ble`: which of the sensors around is taken, what is told and asked of it; and where there is no Bluetooth."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus
from radio_rig.pods import Pod, foot_pod, heart_strap, power_pod, treadmill, treadmill_with_steps

from cadencecoach.devices.ble.events import Sensor
from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.live.opening import radio
from cadencecoach.live.opening.radio import choose, open_radio, votes_of
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.host import NOBODY, Nobody
from cadencecoach.store.sensor_book import Remembered, change_book, open_book
from cadencecoach.store.user_store import user_machine

pytestmark = needs_bus


@pytest.fixture(autouse=True)
def _book_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


A, B, C = (f"C0:00:00:00:00:0{number}" for number in "ABC")
MINE = Remembered(name="Stryd", address=A, kinds=("foot pod",), unit="steps")


def stryd(address: str, signal_dbm: int = -60) -> Pod:
    """A pod of a name that others have too."""
    pod = foot_pod("Stryd", address)
    pod.signal_dbm = signal_dbm
    return pod


@dataclass
class Runner(Nobody):
    """Somebody who is told things and, where there is an answer, gives it.

    Attributes:
        answer: the place of the choice; None cannot answer
        told, asked: what was read, line by line
    """

    answer: int | None = None
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def can_answer(self) -> bool:  # type: ignore[override]
        """Whether there is an answer."""
        return self.answer is not None

    def tell(self, *lines: str) -> None:
        """Keep them."""
        self.told += lines

    def choose(self, question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:  # noqa: ARG002
        """The answer, kept with its question."""
        self.asked += [question, *names]
        assert self.answer is not None
        return self.answer


@dataclass
class Taken:
    """What came of it: the addresses that are the one for sure, or may be the one, its name, what is told of it."""

    sure: list[str]
    likely: list[str]
    name: str
    told: str = ""


def taken(text: str, runner: Runner, *pods: Pod, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """The first sensor chosen among these pods."""

    def chosen() -> Taken:
        one = choose(user_machine(), text, runner)
        one.radio.close()
        found = [Sensor(address=pod.address, name=pod.name) for pod in pods]
        wanted = one.wanted[0]
        sure = [sensor.address for sensor in found if wanted.matches(sensor)]
        likely = [sensor.address for sensor in found if wanted.like(sensor) and not wanted.matches(sensor)]
        return Taken(sure, likely, one.name, one.told)

    async def play(address: str) -> Taken:
        async with FakeBluez(address, *pods):
            return await asyncio.to_thread(chosen)

    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        return asyncio.run(play(address))


@pytest.mark.slow
def test_of_two_pods_of_one_name_the_near_one_is_taken_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With addresses and strengths; the far one is never taken for it later."""
    got = taken("stryd", Runner(), stryd(A, -88), stryd(B, -40), monkeypatch=monkeypatch)
    assert (got.sure, got.likely) == ([B], [])
    assert got.told.startswith(f"using Stryd ({B}, -40 dBm), the nearest.")
    assert got.told.endswith(f"Also heard: Stryd ({A}, -88 dBm)")


@pytest.mark.slow
def test_of_two_pods_that_are_equally_near_a_person_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its address and strength."""
    runner = Runner(answer=1)
    got = taken("", runner, stryd(A, -55), stryd(B, -50), monkeypatch=monkeypatch)
    assert got.sure == [A]
    assert runner.asked == ["Which one is yours?", f"Stryd ({B}, -50 dBm)", f"Stryd ({A}, -55 dBm)"]


@pytest.mark.slow
def test_where_nobody_can_choose_the_addresses_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a name that both have, neither is taken."""
    with pytest.raises(UsageError, match=f"ble:ADDRESS.*{B}, -50 dBm.*{A}, -55 dBm"):
        taken("stryd", Runner(), stryd(A, -55), stryd(B, -50), monkeypatch=monkeypatch)


def test_a_remembered_pod_at_a_new_address_is_found_told_and_remembered_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one entry of the book has the new address, and the unit it had."""
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE))
    got = taken("", Runner(), stryd(B), monkeypatch=monkeypatch)
    assert got.sure == [B]
    assert [(one.address, one.unit) for one in open_book(user_machine().sensors_file).sensors] == [(B, "steps")]
    assert got.told.startswith(f"using Stryd ({B}, -60 dBm), whose address is new")


@pytest.mark.slow
def test_a_namesake_without_steps_does_not_take_its_place_in_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be the pod in cycling mode, and is tried; until it has counted, what is remembered stays."""
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE))
    assert taken("", Runner(), power_pod("Stryd", B), monkeypatch=monkeypatch).sure == [B]
    assert [one.address for one in open_book(user_machine().sensors_file).sensors] == [A]


@pytest.mark.slow
def test_a_remembered_pod_that_is_heard_is_taken_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever else is around, and however near; a stranger of its name may not become it later."""
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE))
    runner = Runner(answer=0)
    got = taken("", runner, stryd(A), stryd(B, -62), foot_pod("Pod C", C), monkeypatch=monkeypatch)
    assert (got, runner.told, runner.asked) == (Taken([A], [], "Stryd"), [], [])


@pytest.mark.slow
def test_a_new_pod_is_offered_where_the_remembered_one_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person says that it is theirs."""
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE))
    runner = Runner(answer=0)
    assert taken("", runner, foot_pod("Pod C", C), monkeypatch=monkeypatch).sure == [C]
    assert runner.asked[0] == "Stryd is not heard. Which one is yours?"
    assert runner.asked[-1] == "none of them: wait for Stryd"


@pytest.mark.slow
@pytest.mark.parametrize("runner", [Runner(answer=1), Runner()])
def test_or_the_remembered_one_is_waited_for(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may sleep, and the other be a neighbour's; where nobody can answer it is told how to take the other."""
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE))
    got = taken("", runner, foot_pod("Pod C", C), monkeypatch=monkeypatch)
    told = f"looking for Stryd. Heard: Pod C ({C}, -60 dBm); to use one: --feet ble:ADDRESS"
    assert got == Taken([], [], "Stryd", told)


@pytest.mark.slow
def test_steps_behind_a_treadmills_advertisement_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is connected to for a look, once, and parted from again."""
    belt = treadmill_with_steps()
    assert taken("", Runner(), belt, heart_strap(), monkeypatch=monkeypatch).sure == [belt.address]
    assert len(belt.connects_s) == 1
    assert not belt.is_connected


@pytest.mark.slow
def test_no_treadmill_is_opened_while_a_pod_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own steps would yield to the pod's in any case."""
    belt = treadmill_with_steps()
    assert taken("", Runner(), belt, foot_pod("Pod C", C), monkeypatch=monkeypatch).sure == [C]
    assert belt.connects_s == []


@pytest.mark.parametrize(
    ("pod", "words"),
    [(power_pod(), "sends cycling power"), (heart_strap(), "sends heart rate"), (treadmill(), "sends treadmill")],
)
@pytest.mark.slow
def test_a_device_without_steps_is_named_as_such_at_once(pod: Pod, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first look, and once; then the pod is waited for."""
    monkeypatch.setattr(radio, "N_LOOKS", 1)
    runner = Runner()
    with pytest.raises(DeviceError, match="no foot pod found"):
        taken("", runner, pod, monkeypatch=monkeypatch)
    waiting, mute = runner.told
    assert waiting.startswith("No foot pod found yet")
    assert f"{words}, but no steps" in mute


@pytest.mark.slow
def test_each_of_two_pods_of_one_name_has_its_own_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that is meant counts, though the other was used later."""
    other = Remembered(name="Stryd", address=B, kinds=("foot pod",), unit="strides")
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(MINE).with_sensor(other))

    def unit_of(text: str) -> str:
        chosen = choose(user_machine(), text, NOBODY)
        chosen.radio.close()
        vote = votes_of(chosen)["Stryd"]
        assert vote.unit is not None
        return vote.unit.name

    async def play(address: str) -> list[str]:
        async with FakeBluez(address, stryd(A), stryd(B)):
            return [await asyncio.to_thread(unit_of, text) for text in (A, B)]

    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        assert asyncio.run(play(address)) == ["STEPS", "STRIDES"]


async def refused_by(bluez: FakeBluez) -> str:
    """What a person reads when this service is all there is."""
    async with bluez:
        with pytest.raises(DeviceError) as caught:
            await asyncio.to_thread(open_radio, user_machine(), "", "auto", NOBODY)
    return str(caught.value)


def test_without_an_adapter_the_session_is_offered_without_a_pod(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, what to do, and how to run all the same."""
    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        bluez = FakeBluez(address)
        bluez.has_adapter = False
        said = asyncio.run(refused_by(bluez))
    assert "no Bluetooth adapter" in said
    assert said.endswith("go without a pod: by taps (--feet taps) or with no sensor (--feet none)")


def test_without_a_bus_the_session_is_offered_without_a_pod(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container there is often no bus at all; starting the Bluetooth service would not help."""
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path / 'nobody'}")
    with pytest.raises(DeviceError) as caught:
        open_radio(user_machine(), "", "auto", NOBODY)
    assert "the system bus" in str(caught.value)
    assert "--feet none" in str(caught.value)
