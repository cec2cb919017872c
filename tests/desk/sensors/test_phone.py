"""A phone outside a session: recorded so that it plays again, and tested before a run."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from each_row import each_row
from phone_batches import batches, worn

from cadencecoach.desk.sensors.phone import PhoneTest, listen_phone, try_phone
from cadencecoach.desk.sensors.recording import record
from cadencecoach.desk.sensors.watching import watch
from cadencecoach.devices.ble.events import Linked, Notified
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import Came, Event, NoAnswer
from cadencecoach.errors import DeviceError
from cadencecoach.gait.phone_order import Signal
from cadencecoach.gait.steps import Placement
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import LinkLine, PayloadLine

GOOD = PhoneTest(
    rate_hz=100.0, signal=Signal.MPS2, cadence_spm=165.0, place="hip or chest", missing_ratio=0.0, longest_gap_s=0.0
)


@dataclass
class Events:
    """What a phone has sent already."""

    waiting: deque[Event] = field(default_factory=deque)
    is_closed: bool = False

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Everything is there."""

    def peek(self) -> Event | None:
        """The next."""
        return self.waiting[0] if self.waiting else None

    def take(self) -> Event | None:
        """The next."""
        return self.waiting.popleft() if self.waiting else None

    def close(self) -> None:
        """No more."""
        self.is_closed = True


def running(seconds: float = 8.0) -> Events:
    """A phone that has sent a run, the last of it now."""
    now_s = time.monotonic()
    sent = list(batches(worn(Placement.HIP, [(seconds, 165.0)])))
    return Events(deque(Came(time_s=now_s + time_s - sent[-1][0], value=batch) for time_s, batch in sent))


def phone(events: Events) -> PhoneFeet:
    """That phone."""
    return PhoneFeet(events, ENGLISH_SCREEN, is_asked=False, begin_again=lambda: events, address="http://here")


def test_a_phone_is_recorded_as_any_sensor_is(tmp_path: Path) -> None:
    """A link and payloads under the name phone; the header says where they came from without an address."""
    events, clock = running(1.0), HostClock()
    feet = phone(events)
    journal = record(
        listen_phone(feet, clock, seconds=0.1), tmp_path / "a.jsonl", {}, label="phone", origin_s=clock.origin_s
    )
    lines = journal.path.read_bytes().splitlines(keepends=True)
    told = read_journal(lines)
    assert told.header["feet"] == "phone"
    assert [(line.state, line.source, line.name) for line in told.lines if isinstance(line, LinkLine)] == [
        ("connected", "phone", "phone")
    ]
    payloads = [line for line in told.lines if isinstance(line, PayloadLine)]
    assert len(payloads) > 3
    assert {(line.source, line.sensor) for line in payloads} == {("phone", "phone")}
    assert events.is_closed


def test_a_phone_is_watched_line_by_line() -> None:
    """How many samples, the newest of them, and about once a second the step rate a session would make of them."""
    clock = HostClock()
    lines = list(watch(listen_phone(phone(running()), clock, seconds=0.1), clock.origin_s - 20.0, {}))
    assert lines[0]["link"] == "connected"
    assert all(line["source"] == "phone" and "n_samples" in line for line in lines[1:])
    assert not any("unit" in line for line in lines)
    assert 160.0 < max(float(str(line.get("cadence_spm", 0.0))) for line in lines) < 170.0


def test_events_of_a_phone_are_those_of_a_sensor() -> None:
    """Its link first, then bytes; nothing where nothing comes."""
    found = [one for one in listen_phone(phone(running(1.0)), HostClock(), seconds=0.1) if one is not None]
    assert isinstance(found[0], Linked)
    assert all(isinstance(one, Notified) for one in found[1:])
    assert [one for one in listen_phone(phone(Events()), HostClock(), seconds=0.1) if one is not None] == []


@each_row(
    ("change", "says"),
    [
        ({}, ""),
        ({"signal": Signal.G}, ""),
        ({"signal": Signal.SENSELESS}, "make no sense"),
        ({"signal": Signal.WITHOUT_GRAVITY}, "without gravity"),
        ({"rate_hz": 19.0}, ""),
        ({"rate_hz": 18.9}, "19 samples a second"),
        ({"missing_ratio": 0.1}, ""),
        ({"missing_ratio": 0.11}, "11 % of the samples"),
        ({"longest_gap_s": 2.0}, ""),
        ({"longest_gap_s": 2.1}, "Nothing came for 2 s"),
        ({"cadence_spm": None}, "No steps were heard"),
        ({"cadence_spm": 0.0}, "No steps were heard"),
    ],
)
def test_what_stands_against_a_phone_is_said_with_what_to_do(change: dict[str, object], says: str) -> None:
    """Each by itself; nothing where it will do."""
    faults = replace(GOOD, **change).faults(ENGLISH_SCREEN)  # type: ignore[arg-type]
    assert (len(faults) == 1 and says in faults[0]) if says else not faults


@pytest.mark.slow
def test_a_phone_that_is_worn_in_a_run_will_do() -> None:
    """Its owner is told when; the steps of the time after it was put away count."""
    said = list[str]()
    events = running(14.0)
    one = try_phone(phone(events), ENGLISH_SCREEN, said.append, put_away_s=0.0, test_s=1.0)
    assert said[0].startswith("Put the phone where you will wear it")
    assert one.cadence_spm == pytest.approx(165.0, abs=3.0)
    assert not one.faults(ENGLISH_SCREEN)
    assert one.signal is Signal.MPS2
    assert one.rate_hz == pytest.approx(100.0, rel=0.02)
    assert events.is_closed


@pytest.mark.slow
def test_a_phone_that_is_locked_in_the_middle_of_the_test_will_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it sent before was good, and then nothing more came: that is a gap too."""
    monkeypatch.setattr("cadencecoach.desk.sensors.phone.LONGEST_GAP_S", 0.3)
    one = try_phone(phone(running(14.0)), ENGLISH_SCREEN, lambda _: None, put_away_s=0.0, test_s=1.0)
    assert one.cadence_spm == pytest.approx(165.0, abs=3.0)
    assert [fault for fault in one.faults(ENGLISH_SCREEN) if "keep its app in front" in fault]


@pytest.mark.slow
def test_a_phone_that_never_comes_is_no_endless_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to look at stands in the error: of a phone that pushes, and of one that was asked and did not answer."""
    monkeypatch.setattr("cadencecoach.desk.sensors.phone.COMES_WITHIN_S", 0.2)
    silent = Events()
    silent.waiting.append(NoAnswer(time_s=0.0, is_other=False))
    for events, why in ((Events(), ENGLISH_SCREEN.phone_never_came), (silent, ENGLISH_SCREEN.phone_silent)):
        with pytest.raises(DeviceError) as error:
            try_phone(phone(events), ENGLISH_SCREEN, lambda _: None)
        assert str(error.value) == why
