"""Cards that are not like others, or not there: the session opens them, or finds them while it runs.

JACK servers and PulseAudio at real-time pace, private to these tests.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from coach_rig import AT_170, plan_of
from numpy.typing import NDArray
from sound_servers import FOLLOWED_EVERY_S, HAS_JACK, HAS_PULSE, NO_JACK, NO_PULSE, JackServer, PulseServer, wait_until

from cadencecoach.coach.actions import SetTempo
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.audio.card_output import CardOutput, open_card_output
from cadencecoach.live.audio.destination import ANYWHERE, Destination
from cadencecoach.plan.timeline import Timeline
from cadencecoach.store.settings import Settings, SoundSettings, VoiceTable

pytestmark = pytest.mark.slow
needs_jack = pytest.mark.skipif(not HAS_JACK, reason=NO_JACK)
needs_pulse = pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE)
SETTINGS = Settings(voice=VoiceTable(engine="none"), sound=SoundSettings(click_db=0.0))
TEMPO_SPM = 173.7


class Played:
    """A session's output with a beat, and the lines it wrote."""

    def __init__(self, device: str | None, destination: Destination = ANYWHERE) -> None:
        """Open the card and order the beat."""
        self.clock = HostClock()
        self.output: CardOutput = open_card_output(
            plan_of(AT_170), SETTINGS, self.clock, device, destination=destination
        )
        self.clock.restart()
        self.states: list[str] = []
        self.output.perform(SetTempo(time_s=0.1, timeline=Timeline.steady(start_s=0.1, tempo_spm=TEMPO_SPM)))

    def has(self, state: str) -> bool:
        """Look at the card, and say whether it has come to this."""
        line = self.output.follow(self.clock.now_s())
        self.states += [] if line is None else [line.state]
        return state in self.states

    def play(self, seconds: float) -> None:
        """Follow it for a while."""
        end_s = self.clock.now_s() + seconds
        wait_until(lambda: self.has("") or self.clock.now_s() >= end_s, every_s=FOLLOWED_EVERY_S)


def onsets(heard: NDArray[np.float32], fs_hz: int) -> NDArray[np.int64]:
    """Where clicks begin in a recording; nothing else sounds."""
    loud = np.flatnonzero(np.abs(heard) > 0.2)
    return loud[np.diff(loud, prepend=-fs_hz) > fs_hz // 10]


def worst_ms(found: NDArray[np.int64], fs_hz: int) -> float:
    """How far the intervals are off, at most."""
    return float(np.abs(np.diff(found) / fs_hz - 60 / TEMPO_SPM).max() * 1000)


@needs_jack
@pytest.mark.parametrize(("fs_hz", "n_channels"), [(44_100, 2), (48_000, 1)])
def test_a_card_with_one_rate_or_one_channel_plays(
    fs_hz: int, n_channels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The beat is in the recording, nearly every interval within a frame.

    A server that waits for its clients lets its clock run on, and the beat is held to that: on a busy machine some
    intervals are short. At a wrong rate all of them would be.
    """
    with JackServer(8, fs_hz=fs_hz, n_channels=n_channels) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        played = Played(None)
        played.play(7.0)
        played.output.close(0.0)
        server.finish()
        found = onsets(server.heard(), fs_hz)
        assert server.n_unrecorded() == 0
    assert played.output.message == ""
    assert played.states[0] == "playing"
    assert len(found) >= 5
    assert np.median(np.abs(np.diff(found) - 60 / TEMPO_SPM * fs_hz)) <= 1.01


@needs_pulse
def test_a_card_that_appears_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """No device at the start: said so, silent, and the beat is there within seconds of the server's start."""
    server = PulseServer()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    played = Played(server.device)
    assert played.output.message == "No sound device. Try: cadencecoach doctor"
    wait_until(lambda: played.has("silent"))
    with server:
        wait_until(lambda: played.has("back"))
        played.play(3.0)
        found = onsets(server.heard(), 48_000)
        played.output.close(0.0)
    assert played.states == ["silent", "back"]
    assert len(found) >= 5
    assert worst_ms(found, 48_000) < 0.1


@needs_pulse
@pytest.mark.timeout(120)
def test_a_server_that_is_suspended_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desktop whose screen is locked: the sound is lost, and back when the card is."""
    with PulseServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        played = Played(server.device)
        played.play(2.0)
        server.command("pactl", "suspend-sink", "cc", "1")
        wait_until(lambda: played.has("lost"))
        server.command("pactl", "suspend-sink", "cc", "0")
        wait_until(lambda: played.has("back"), within_s=60.0)
        n_before = server.n_heard()
        played.play(3.0)
        found = onsets(server.heard()[n_before:], 48_000)
        played.output.close(0.0)
    assert len(found) >= 5
    assert worst_ms(found, 48_000) < 0.1


@needs_pulse
def test_a_sound_that_is_moved_to_another_card_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when headphones are connected: the same process plays on, nothing is lost for more than a moment."""
    with PulseServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        played = Played(server.device)
        played.play(2.0)
        server.command("pactl", "load-module", "module-null-sink", "sink_name=other", "rate=44100")
        stream = server.command("pactl", "list", "short", "sink-inputs").split()[0]
        server.command("pactl", "move-sink-input", stream, "other")
        played.play(2.0)
        server.command("pactl", "move-sink-input", stream, "cc")
        n_before = server.n_heard()
        played.play(4.0)
        found = onsets(server.heard()[n_before:], 48_000)
        played.output.close(0.0)
    assert set(played.states) == {"playing"}
    assert len(found) >= 8
    assert worst_ms(found[2:], 48_000) < 0.1


@needs_jack
def test_a_server_that_was_killed_is_seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """JACK does not tell its clients; the process is asked, finds its stream ended, and the search begins."""
    with JackServer(30, how=("--no-realtime",)) as server:  # one that waits for its clients could not end
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        played = Played(None)
        played.play(1.0)
        server.stop()
        killed_s = played.clock.now_s()
        wait_until(lambda: played.has("lost"))
        assert played.clock.now_s() - killed_s < 2.5
        played.output.close(0.0)


@needs_pulse
def test_a_mistyped_device_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Status 2, one line with the names there are, and no journal."""
    with PulseServer() as server:
        own = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CONFIG", "DATA", "CACHE")}
        words = ("metronome", "170", "--for", "2s", "--sound", "device:ccpluse", "--journal", str(tmp_path / "a.jsonl"))
        done = subprocess.run(
            [sys.executable, "-m", "cadencecoach", *words],
            env=os.environ | server.environment | own,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip() == "--sound device:ccpluse: no sound device fits ccpluse; there are: ccpulse"
    assert not (tmp_path / "a.jsonl").exists()


@needs_pulse
def test_a_sink_is_played_on_and_the_usual_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own choice would be another runner's headphones."""
    with PulseServer(others=("usual",), device="pulse") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        played = Played(None, Destination(sink="cc", is_only=True))
        played.play(3.0)
        played.output.close(0.0)
        assert len(onsets(server.heard(), 48_000)) > 6
        n_before = server.n_heard() + 4800  # what the card still held
        played = Played(None)
        played.play(2.0)
        played.output.close(0.0)
        assert len(onsets(server.heard(n_before), 48_000)) == 0


@needs_jack
@pytest.mark.parametrize(("pairs", "is_first", "is_last"), [([(1, 2)], True, False), ([(1, 2), (3, 4)], True, True)])
def test_pairs_of_one_card_are_outputs_of_their_own(
    pairs: list[tuple[int, int]],
    is_first: bool,  # noqa: FBT001  # a row
    is_last: bool,  # noqa: FBT001  # likewise
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Channels 1 and 4 of a card are recorded: one on 1-2 is heard on the first alone."""
    with JackServer(8, n_channels=4) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        lanes = [Played("system", Destination(device="system", pair=pair, is_only=True)) for pair in pairs]
        lanes[-1].play(4.0)
        for one in lanes:
            one.output.close(0.0)
        server.finish()
        heard = len(onsets(server.heard(), 48_000)), len(onsets(server.heard_last(), 48_000))
    assert (heard[0] > 4, heard[1] > 4) == (is_first, is_last)
    assert is_last or heard[1] == 0


@needs_pulse
def test_a_lane_waits_for_its_own_device_and_plays_on_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where any session would play on the system's own, which may be a neighbour's."""
    with PulseServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        lane = Played("gone", Destination(device="gone", is_only=True))
        assert "gone" in lane.output.message
        lane.play(2.0)
        lane.output.close(0.0)
        assert len(onsets(server.heard(), 48_000)) == 0
