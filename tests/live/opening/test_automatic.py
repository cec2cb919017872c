"""`--feet auto`: the sensor around, else what was chosen before, else three ways in three lines."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from coach_rig import AT_170, STAGE, plan_of
from radio_rig.bluez import FakeBluez
from radio_rig.bus import ADDRESS, needs_bus, private_bus
from radio_rig.pods import Pod, foot_pod

from cadencecoach.errors import UsageError
from cadencecoach.live.opening.automatic import open_automatically
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.opening.tapping import open_taps
from cadencecoach.plan.model import Plan, Walk
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN as TEXTS
from cadencecoach.session.host import NOBODY, Nobody, Person
from cadencecoach.store.sensor_book import Remembered, change_book, keep_chosen, open_book
from cadencecoach.store.user_store import user_machine

A, B = "C0:00:00:00:00:0A", "C0:00:00:00:00:0B"
COACHED = plan_of(STAGE, AT_170)
WAYS = [TEXTS.auto_none, TEXTS.auto_taps, TEXTS.auto_phone, TEXTS.auto_mic]


@dataclass
class Runner(Nobody):
    """Somebody at a terminal.

    Attributes:
        presses_t: or Enter
        told: what was read, line by line
    """

    presses_t: bool
    told: list[str] = field(default_factory=list)
    can_answer = True

    def tell(self, *lines: str) -> None:
        """Keep them."""
        self.told += lines

    def presses(self, key: str, question: str) -> bool:
        """The key, or Enter."""
        assert key == "t"
        self.told.append(question)
        return self.presses_t


@pytest.fixture(autouse=True)
def _no_bluetooth(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A book of its own, and a bus that is not there."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path}/no-bus")


def opened(person: Person, plan: Plan = COACHED) -> OpenedFeet:
    """The source; a phone that was chosen before opens as what it is called."""
    return open_automatically(user_machine(), plan, "auto", person, TEXTS, open_chosen=chosen_phone)


def chosen_phone(text: str) -> OpenedFeet:
    """A phone, where this version has one."""
    if text == "phone:older":
        raise UsageError("no such source")
    return open_taps(user_machine(), TEXTS, label=text)


def chosen() -> str:
    """What is kept."""
    return open_book(user_machine().sensors_file).chosen


def test_without_a_terminal_it_goes_on_with_the_beat_alone_and_says_so() -> None:
    """Nothing is asked, nothing is kept; taps are welcome all the same, but nobody counts on them."""
    feet = opened(NOBODY)
    assert (feet.label, feet.has_readings, feet.takes_taps) == ("auto", False, True)
    assert feet.notes == (TEXTS.auto_alone,)
    assert chosen() == ""


def test_three_ways_are_named_and_t_taps() -> None:
    """The next time taps are taken without a question."""
    runner = Runner(presses_t=True)
    feet = opened(runner)
    assert runner.told == [*WAYS, TEXTS.auto_asked]
    assert (feet.label, feet.has_readings, feet.takes_taps, feet.error_spm) == ("taps", True, True, 3.0)
    again = Runner(presses_t=False)
    feet = opened(again)
    assert (feet.label, feet.has_readings, feet.notes) == ("taps", True, (TEXTS.auto_as_before, TEXTS.taps_in_run))
    assert again.told == []


def test_enter_goes_on_with_the_beat_alone() -> None:
    """And does so the next time, with one line; there is still a key to tap."""
    assert opened(Runner(presses_t=False)).label == "auto"
    again = Runner(presses_t=True)
    feet = opened(again)
    assert (feet.label, feet.has_readings, feet.takes_taps) == ("auto", False, True)
    assert feet.notes == (TEXTS.auto_alone_as_before,)
    assert again.told == []


@pytest.mark.parametrize("person", [NOBODY, Runner(presses_t=False)], ids=["a script", "a terminal"])
def test_taps_chosen_before_are_taken_again(person: Person) -> None:
    """In a script too: a page has a button for them."""
    keep_chosen(user_machine().sensors_file, "taps")
    assert opened(person).label == "taps"


def test_a_phone_that_was_chosen_before_is_opened() -> None:
    """One that this version cannot open is as good as none."""
    keep_chosen(user_machine().sensors_file, "phone")
    assert opened(NOBODY).label == "phone"
    keep_chosen(user_machine().sensors_file, "phone:older")
    assert opened(NOBODY).notes == (TEXTS.auto_alone,)


def test_a_plan_that_asks_for_no_cadence_asks_for_no_sensor() -> None:
    """Free and walking alone; a stage that measures the baseline wants to know."""
    walking = replace(STAGE, target=Walk())
    runner = Runner(presses_t=True)
    feet = opened(runner, plan_of(STAGE, walking))
    assert (feet.label, feet.has_readings, feet.takes_taps, feet.notes) == ("auto", False, True, ())
    assert runner.told == []
    opened(runner, plan_of(walking, replace(STAGE, measures_baseline=True)))
    assert runner.told[0] == TEXTS.auto_none


def test_a_pod_that_is_known_and_not_heard_is_named_first() -> None:
    """It may be asleep; the ways without it come after."""
    mine = Remembered(name="Pod B", address=B, kinds=("foot pod",))
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(mine))
    runner = Runner(presses_t=True)
    opened(runner)
    assert runner.told[0] == "Pod B is not heard: wake it and start again, or let --feet ble wait for it."
    assert runner.told[1:5] == WAYS


@pytest.mark.parametrize("before", ["mic", "mic:USB", "something else"])
def test_a_microphone_is_never_chosen_by_itself(before: str) -> None:
    """Whatever the book says."""
    keep_chosen(user_machine().sensors_file, before)
    runner = Runner(presses_t=False)
    assert opened(runner).label == "auto"
    assert runner.told[0] == TEXTS.auto_none


def opened_among(person: Person, *pods: Pod, monkeypatch: pytest.MonkeyPatch) -> OpenedFeet:
    """The source among these pods."""

    async def play(address: str) -> OpenedFeet:
        async with FakeBluez(address, *pods):
            return await asyncio.to_thread(opened, person)

    with private_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        feet = asyncio.run(play(address))
    if feet.live is not None:
        feet.live.close()
    return feet


@needs_bus
@pytest.mark.slow
def test_a_pod_that_is_around_is_taken_whatever_was_chosen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only one, and of two the one used last."""
    keep_chosen(user_machine().sensors_file, "taps")
    pod, other = foot_pod("Pod A", A), foot_pod("Pod B", B)
    assert opened_among(NOBODY, pod, monkeypatch=monkeypatch).label == "ble"
    mine = Remembered(name="Pod B", address=B, kinds=("foot pod",), unit="steps")
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(mine))
    feet = opened_among(NOBODY, pod, other, monkeypatch=monkeypatch)
    assert (feet.label, set(feet.votes)) == ("ble", {"Pod B"})


@needs_bus
@pytest.mark.slow
def test_of_several_pods_and_nobody_to_ask_none_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may be anybody's; nothing is waited for, and it goes on."""
    pods = [foot_pod(name, address) for name, address in (("Pod A", A), ("Pod B", B))]
    assert opened_among(NOBODY, *pods, monkeypatch=monkeypatch).label == "auto"
