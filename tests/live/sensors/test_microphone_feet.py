"""A microphone as a source: which clicks its process is told of, and what happens where that process is gone."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from cadencecoach.coach.actions import Pause, SetGate, SetMuted, SetTempo
from cadencecoach.coach.events import NEVER
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.sensors import microphone_feet, microphone_port
from cadencecoach.live.sensors.microphone_child import Listening, Played
from cadencecoach.live.sensors.microphone_feet import BeatTimes, MicrophoneFeet
from cadencecoach.live.sensors.microphone_port import MicrophonePort
from cadencecoach.plan.timeline import Timeline

AT_180 = Timeline.steady(start_s=1.0, tempo_spm=180.0)


def beats_of_180() -> BeatTimes:
    """A beat at 180 from 1 s on."""
    beats = BeatTimes()
    beats.hear(SetTempo(time_s=1.0, timeline=AT_180))
    return beats


def test_each_beat_is_told_once_when_it_is_past() -> None:
    """Also the one on the start, and on the edge between two calls."""
    beats = beats_of_180()
    assert beats.until(0.9) == []
    assert beats.until(1.4) == pytest.approx([1.0, 1.0 + 1 / 3])
    assert beats.until(1.4) == []
    assert beats.until(2.0) == pytest.approx([1 + 2 / 3, 2.0])


def test_another_tempo_goes_on_from_the_beat_before() -> None:
    """No beat is told twice."""
    beats = beats_of_180()
    told = beats.until(1.5)
    beats.hear(SetTempo(time_s=1.5, timeline=AT_180.retime(at_s=1.5, tempo_spm=160.0)))
    told += beats.until(2.5)
    assert told == pytest.approx([1.0, 4 / 3, 1.6875, 2.0625, 2.4375])


def test_what_is_not_heard_is_not_told() -> None:
    """While the beat is muted, gated or paused; after it, only what comes then."""
    beats = beats_of_180()
    for silent, loud in (
        (SetMuted(time_s=2.0, is_muted=True), SetMuted(time_s=3.0, is_muted=False)),
        (SetGate(time_s=2.0, is_open=False), SetGate(time_s=3.0, is_open=True)),
        (Pause(time_s=2.0), SetTempo(time_s=3.0, timeline=Timeline.steady(start_s=3.0, tempo_spm=180.0))),
    ):
        beats = beats_of_180()
        beats.until(1.9)
        beats.hear(silent)
        assert beats.until(2.9) == []
        beats.hear(loud)
        assert all(one > 2.9 for one in beats.until(3.5))


def test_clicks_of_long_ago_are_not_told() -> None:
    """A program that stood still, or a beat known from before the clock was restarted."""
    assert min(beats_of_180().until(60.0)) >= 58.0


class HandClock(HostClock):
    """A clock that is set by hand."""

    hand_s = 0.0

    def now_s(self) -> float:
        """What it was set to."""
        return self.hand_s


@pytest.fixture
def feet() -> Iterator[MicrophoneFeet]:
    """A microphone that is said to listen, with a process that finds none of that name."""
    listening = Listening(device="a microphone", note="")
    feet = MicrophoneFeet(MicrophonePort("no microphone has this name"), listening, "no microphone has this name")
    yield feet
    feet.close()


class WatchedPort(MicrophonePort):
    """A process of which it is kept what it is told."""

    def __init__(self) -> None:
        """One that finds no microphone."""
        super().__init__("no microphone has this name")
        self.told: list[Played] = []

    def play(self, played: Played) -> None:
        """Keep it, too."""
        self.told.append(played)
        super().play(played)


def test_who_listens_is_told_soon_until_when_all_clicks_are_known_and_who_is_gone_nothing() -> None:
    """What was heard waits for that, also where nothing sounds."""
    port, clock = WatchedPort(), HandClock()
    feet = MicrophoneFeet(port, Listening(device="a microphone", note=""), "no microphone has this name")
    feet.begin(clock)
    for _ in range(2):  # that there is no such microphone, and that it ends: nobody else is to hear of that here
        port.wait(microphone_port.OPENS_WITHIN_S)
    feet.next_s()
    feet.hear(SetTempo(time_s=0.05, timeline=Timeline.steady(start_s=0.05, tempo_spm=180.0)))
    for turn in range(1, 41):
        clock.hand_s = 0.02 * turn
        feet.next_s()
    clock.hand_s = 0.8 + microphone_feet.SILENT_FOR_S
    feet.next_s()
    n_told = len(port.told)
    clock.hand_s += 0.1
    feet.next_s()
    feet.close()
    assert len(port.told) == n_told
    until_s = [one.until_host_s - clock.origin_s for one in port.told]
    assert until_s[0] == pytest.approx(0.0)
    assert all(0 < later - before <= 0.061 for before, later in pairwise(until_s[:-1]))
    clicks_s = [one - clock.origin_s for played in port.told[:-1] for one in played.host_times_s]
    assert clicks_s == pytest.approx([0.05, 0.05 + 1 / 3, 0.05 + 2 / 3])
    assert all(one <= played.until_host_s for played in port.told for one in played.host_times_s)


def test_a_microphone_that_is_gone_does_not_end_the_session_while_the_beat_sounds(feet: MicrophoneFeet) -> None:
    """Clicks go on, nobody is told of them, and it is looked for again, however often it is not found."""
    clock = HandClock()
    feet.begin(clock)
    feet.hear(SetTempo(time_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=180.0)))
    seen = set()
    for turn in range(60):
        clock.hand_s = float(turn)
        assert feet.next_s() == NEVER
        seen.add(feet.message)
    assert any("trying to open it again" in message for message in seen)


def test_a_microphone_that_says_nothing_from_the_start_is_gone(feet: MicrophoneFeet) -> None:
    """After the same silence as one that spoke before."""
    clock = HandClock()
    feet.begin(clock)
    before = feet.message
    assert feet.next_s() == NEVER
    clock.hand_s = microphone_feet.SILENT_FOR_S + 0.1
    assert feet.next_s() == NEVER
    assert feet.message != before


def test_a_system_without_a_process_to_spare_is_asked_again_later(
    feet: MicrophoneFeet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session goes on meanwhile."""
    clock = HandClock()
    feet.begin(clock)
    feet.next_s()
    n_asked = 0

    def none_left(words: str) -> MicrophonePort:
        nonlocal n_asked
        n_asked += 1
        raise OSError(11, words)

    monkeypatch.setattr(microphone_feet, "MicrophonePort", none_left)
    for turn in range(30):
        clock.hand_s = float(turn)
        feet.next_s()
    assert n_asked > 1
