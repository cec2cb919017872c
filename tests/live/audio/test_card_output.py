"""Sound that is lost and comes back, on real processes and real sound servers."""

import math
import os
import signal
import sys
import time
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sound_servers import FOLLOWED_EVERY_S, HAS_ALSA, HAS_PULSE, NO_ALSA, NO_PULSE, PulseServer, file_card, wait_until

from cadencecoach.coach.actions import CueKind, CueReason, GiveCue, SetMuted, SetTempo, SetVolume
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.audio.card import BEAT_REACH_S, Card
from cadencecoach.live.audio.card_output import RESERVE_AFTER_S, CardOutput, Keeping
from cadencecoach.live.audio.performer import Performer
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import SoundLine
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.commands import Bus, Play
from cadencecoach.sound.engine import DEFAULT_GAINS

pytestmark = [pytest.mark.skipif(not HAS_ALSA, reason=NO_ALSA), pytest.mark.slow]
needs_pulse = pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE)
TEMPO_SPM = 173.7
BEEP = GiveCue(time_s=0.0, kind=CueKind.EARCON, text="count", reason=CueReason.COUNTDOWN, expires_s=1e9)


def children() -> set[int]:
    """Process ids of this process's own children."""
    tasks = Path("/proc/self/task").iterdir()
    return {int(pid) for task in tasks for pid in (task / "children").read_text().split()}


class Rig:
    """An ear on a card, its clock, and the journal's lines."""

    def __init__(self, device: str) -> None:
        """Open the card; raises where there is none."""
        bank = load_bank(asset("sounds"))
        lengths_s = {name: len(clip) / FS_HZ for name, clip in bank.items()}
        self.clock = HostClock()
        self.card = Card(self.clock, AudioSettings(device=device), asset("sounds"), DEFAULT_GAINS)
        self.card.take(self.card.open())
        performer = Performer(send=self.card.tell, length_s=lengths_s.get, gains=DEFAULT_GAINS, clock=self.card)
        self.kept_s: list[float] = []
        self.kept_db: list[tuple[str, float, float]] = []
        keeping = Keeping(latency=self.kept_s.append, volume=lambda *told: self.kept_db.append(told))
        self.output = CardOutput(self.card, performer, message="", keeping=keeping)
        self.lines: list[SoundLine] = []
        self.clock.restart()
        self.output.perform(SetTempo(time_s=0.1, timeline=Timeline.steady(start_s=0.1, tempo_spm=TEMPO_SPM)))

    def has(self, state: str) -> bool:
        """Look at the card, and say whether the journal has a line of this state."""
        line = self.output.follow(self.clock.now_s())
        self.lines += [line] if isinstance(line, SoundLine) else []
        return any(line.state == state for line in self.lines)

    def has_come(self, time_s: float) -> bool:
        """Look at the card, and say whether the session has come so far."""
        self.has("")
        return self.clock.now_s() >= time_s

    def play_until(self, time_s: float) -> None:
        """Follow the card until a session time."""
        wait_until(lambda: self.has_come(time_s), every_s=FOLLOWED_EVERY_S)

    def at(self, state: str) -> float:
        """Session time of the first line of a state."""
        return next(line.t for line in self.lines if line.state == state)

    def kill(self) -> float:
        """Kill the audio process; the answer is when."""
        assert self.card.audio.pid is not None
        os.kill(self.card.audio.pid, signal.Signals["SIGKILL"])
        return self.clock.now_s()


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    """A private sound server at real-time pace."""
    with PulseServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def onsets(heard: NDArray[np.float32]) -> NDArray[np.int64]:
    """Where clicks begin in a recording; nothing else sounds."""
    loud = np.flatnonzero(np.abs(heard) > 0.2)
    return loud[np.diff(loud, prepend=-FS_HZ) > FS_HZ // 10]


@needs_pulse
def test_a_killed_process_is_replaced_and_the_beat_comes_back_in_phase(pulse: PulseServer) -> None:
    """Within 2 s, at the place in the beat where it would have been: a recording of the whole shows it, to 2 ms."""
    rig = Rig(pulse.device)
    rig.play_until(2.0)
    killed_s = rig.kill()
    wait_until(lambda: rig.has("back"))
    rig.play_until(rig.at("back") + 2.0)
    found = onsets(pulse.heard())
    rig.output.close(0.0)
    assert [line.state for line in rig.lines] == ["playing", "lost", "back"]
    assert rig.kept_s == [0.0]  # nothing slipped: the next session needs no deeper buffer
    assert rig.at("back") - killed_s < 2.0
    beats = (found - found[0]) * TEMPO_SPM / 60 / FS_HZ
    gaps_s = np.diff(found) / FS_HZ
    assert gaps_s.max() < 2.0
    assert len(found) - 1 - int(np.argmax(gaps_s)) >= 4
    assert np.abs(beats - np.round(beats)).max() * 60 / TEMPO_SPM < 0.002


class HostTimes:
    """When the frames of a recording were heard, by the host's clock: the recorder is late, but never early."""

    def __init__(self, pulse: PulseServer) -> None:
        """Begin with what is recorded from now on."""
        self._pulse, self._first = pulse, pulse.n_heard()
        self._origins_s: list[float] = []

    def look(self) -> bool:
        """Once more."""
        self._origins_s.append(time.monotonic() - self._pulse.n_heard() / FS_HZ)
        return True

    def frame(self, host_s: float) -> int:
        """The frame of the recording that was heard at a host time."""
        return round((host_s - min(self._origins_s)) * FS_HZ)

    def beats_s(self) -> NDArray[np.float64]:
        """Host times of the clicks."""
        return min(self._origins_s) + (onsets(self._pulse.heard()[self._first :]) + self._first) / FS_HZ


@needs_pulse
def test_a_stop_for_pain_is_silent_at_once_and_a_beat_taken_back_is_in_phase(pulse: PulseServer) -> None:
    """Click and voice end within 100 ms, though the card holds a quarter of a second; the words come whole."""
    rig = Rig(pulse.device)
    rig.card.load("long", array("h", [3277]) * (20 * FS_HZ))
    times = HostTimes(pulse)
    wait_until(lambda: times.look() and rig.has_come(3.0))
    rig.card.tell(Play(at_s=rig.card.cue_s(rig.clock.now_s()), clip="long", bus=Bus.VOICE))
    wait_until(lambda: times.look() and rig.has_come(4.0))
    key_s = rig.clock.now_s()
    rig.output.perform(SetTempo(time_s=key_s, timeline=None))
    rig.output.perform(replace(BEEP, time_s=key_s, reason=CueReason.PAIN))
    wait_until(lambda: times.look() and rig.has_come(key_s + 1.0))
    beat = Timeline.steady(start_s=0.1, tempo_spm=TEMPO_SPM)
    back_s = beat.time_of(2 * math.ceil(beat.beat_at(rig.clock.now_s()) / 2))
    rig.output.perform(SetTempo(time_s=back_s, timeline=Timeline.steady(start_s=back_s, tempo_spm=TEMPO_SPM)))
    wait_until(lambda: times.look() and rig.has_come(key_s + 5.0))
    heard, key_frame = np.abs(pulse.heard()), times.frame(rig.clock.origin_s + key_s)
    found = onsets(heard)
    rig.output.close(0.0)
    after = np.flatnonzero(heard[key_frame + FS_HZ // 10 : key_frame + FS_HZ] > 0.002) / FS_HZ + 0.1
    assert heard[key_frame - FS_HZ // 10 : key_frame - FS_HZ // 20].min() > 0.02
    assert 0.1 < after[0] < 0.5
    assert after[-1] - after[0] == pytest.approx(0.09, abs=0.01)  # the tone alone
    found = found[(found < key_frame) | (found > key_frame + FS_HZ)]
    beats = (found - found[0]) * TEMPO_SPM / 60 / FS_HZ
    assert (found > key_frame).sum() > 5
    assert np.abs(beats - np.round(beats)).max() * 60 / TEMPO_SPM < 0.002
    assert [line.state for line in rig.lines] == ["playing"]
    assert rig.lines[-1].slip_frames == 0


@needs_pulse
def test_a_sound_server_that_is_restarted_is_found_again(pulse: PulseServer) -> None:
    """Silent and said why while there is none; back within 2 s of its return, at the place in the beat it would have.

    Two recordings, one of each server, are laid on the host's clock, good to milliseconds; a tenth of a beat is 35.
    """
    rig = Rig(pulse.device)
    before = HostTimes(pulse)
    wait_until(lambda: before.look() and rig.has_come(3.0))
    beats_before_s = before.beats_s()
    pulse.stop(signal.Signals["SIGKILL"])
    wait_until(lambda: rig.has("silent"))
    assert "without sound" in rig.output.message
    assert "no sound device" in rig.output.message
    assert rig.output.perform(BEEP) is None
    pulse.start()
    started_s = rig.clock.now_s()
    after = HostTimes(pulse)
    wait_until(lambda: after.look() and rig.has("back"))
    assert rig.at("back") - started_s < 2.0
    wait_until(lambda: after.look() and rig.has_come(rig.at("back") + 3.0))
    beats_after_s = after.beats_s()
    rig.output.close(0.0)
    assert [line.state for line in rig.lines] == ["playing", "lost", "silent", "back"]
    assert min(len(beats_before_s), len(beats_after_s)) >= 4
    phases = [(beats_s - beats_before_s[0]) * TEMPO_SPM / 60 for beats_s in (beats_before_s, beats_after_s)]
    off_beats = [float(np.median(phase - np.round(phase))) for phase in phases]
    assert abs(off_beats[1] - off_beats[0]) < 0.1


def open_here() -> tuple[int, int]:
    """Threads and descriptors of this process."""
    return len([*Path("/proc/self/task").iterdir()]), len([*Path("/proc/self/fd").iterdir()])


@needs_pulse
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(240)
def test_many_losses_leave_no_thread_and_no_descriptor(pulse: PulseServer, request: pytest.FixtureRequest) -> None:
    """Each time the sound is back, the lost process has given everything back: ten times, thirty with `--long`."""
    rig = Rig(pulse.device)
    rig.card.keep_reserve()
    wait_until(lambda: rig.has("playing"))
    before = open_here()
    for _ in range(30 if request.config.getoption("long") else 10):
        rig.lines.clear()
        rig.kill()
        wait_until(lambda: rig.has("back"))
    rig.card.keep_reserve()
    wait_until(lambda: open_here() <= before)
    rig.output.close(0.0)


@needs_pulse
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_process_that_only_waits_is_not_killed(pulse: PulseServer) -> None:
    """Stopped for two seconds, as by a busy machine: the same process plays on, the beat in phase, nothing is lost."""
    rig = Rig(pulse.device)
    rig.play_until(3.0)
    pid = rig.card.audio.pid
    assert pid is not None
    os.kill(pid, signal.Signals["SIGSTOP"])
    stopped_s = rig.clock.now_s()
    rig.play_until(stopped_s + 2.0)
    os.kill(pid, signal.Signals["SIGCONT"])
    rig.play_until(stopped_s + 6.0)
    assert rig.card.audio.pid == pid
    found = onsets(pulse.heard())
    rig.output.close(0.0)
    assert {line.state for line in rig.lines} == {"playing"}
    assert (rig.lines[-1].slip_frames or 0) > FS_HZ
    beats = (found - found[0]) * TEMPO_SPM / 60 / FS_HZ
    late = beats[-4:] - np.round(beats[-4:])
    assert np.abs(late).max() * 60 / TEMPO_SPM < 0.02


@needs_pulse
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_card_that_slipped_opens_deeper_the_next_time(pulse: PulseServer) -> None:
    """Twice the buffer after the next loss, the beat in phase; and the next session is told."""
    rig = Rig(pulse.device)
    rig.play_until(2.0)
    pid, before_s = rig.card.audio.pid, rig.card.audio.status().latency_s
    assert pid is not None
    os.kill(pid, signal.Signals["SIGSTOP"])
    stopped_s = rig.clock.now_s()
    rig.play_until(stopped_s + 1.0)
    os.kill(pid, signal.Signals["SIGCONT"])
    wait_until(lambda: rig.has("playing") and (rig.lines[-1].slip_frames or 0) > 0)
    n_heard = pulse.n_heard()
    rig.play_until(stopped_s + 4.0)
    rig.kill()
    wait_until(lambda: rig.has("back"))
    rig.play_until(rig.at("back") + 3.0)
    after_s = rig.card.audio.status().latency_s
    found = onsets(pulse.heard()[n_heard:])
    rig.output.close(0.0)
    assert after_s > 1.6 * before_s
    assert rig.lines[-1].latency_s == pytest.approx(after_s + BEAT_REACH_S)
    assert rig.kept_s == [rig.card.latency_s]
    assert rig.card.latency_s == pytest.approx(2 * before_s)
    beats = (found - found[-1]) * TEMPO_SPM / 60 / FS_HZ
    assert np.median(np.abs(beats - np.round(beats))) * 60 / TEMPO_SPM < 0.005


@needs_pulse
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_process_that_hangs_is_replaced(pulse: PulseServer) -> None:
    """Stopped for good: after three seconds nobody waits any longer."""
    rig = Rig(pulse.device)
    rig.play_until(RESERVE_AFTER_S + 0.5)
    pid = rig.card.audio.pid
    assert pid is not None
    os.kill(pid, signal.Signals["SIGSTOP"])
    wait_until(lambda: rig.has("back"))
    assert rig.card.audio.pid != pid
    rig.output.close(0.0)


@pytest.fixture
def ccfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A card that writes what it is given, faster than real time."""
    for name, value in file_card(tmp_path, tmp_path / "heard.f32").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "heard.f32"


@pytest.mark.usefixtures("ccfile")
def test_what_was_said_while_playing_holds_for_the_next_process() -> None:
    """A mute and a clip loaded later are known to the process that takes over; the beat is not heard, the clip is."""
    rig = Rig("ccfile")
    rig.output.perform(SetMuted(time_s=0.2, is_muted=True))
    rig.card.load("later", array("h", [16384]) * 4800)
    wait_until(lambda: rig.has("playing"))
    rig.kill()
    wait_until(lambda: rig.has("back"))
    rig.play_until(rig.at("back") + 0.1)
    status = rig.card.audio.status()
    assert status.n_refused == 0
    assert status.is_running
    position_frames = status.position_frames
    rig.output.perform(SetMuted(time_s=0.3, is_muted=False))
    wait_until(lambda: rig.card.audio.status().position_frames > position_frames + FS_HZ)
    rig.output.close(0.0)


@pytest.mark.usefixtures("ccfile")
def test_words_read_while_a_card_is_opened_are_known_to_it() -> None:
    """A sentence with a number comes off the disk when it is said, and that may be during the search for a card."""
    rig = Rig("ccfile")
    rig.card.load("before", array("h", [16384]) * 4800)
    found = rig.card.open()
    rig.card.load("meanwhile", array("h", [16384]) * 4800)
    rig.card.audio.kill()
    rig.card.take(found)
    for name in ("before", "meanwhile", "nobody has loaded this"):
        found.tell(Play(at_s=0.0, clip=name, bus=Bus.VOICE))
    wait_until(lambda: found.status().n_refused > 0)
    position_frames = found.status().position_frames
    wait_until(lambda: found.status().position_frames > position_frames + FS_HZ)
    assert found.status().n_refused == 1
    rig.output.close(0.0)


@pytest.mark.usefixtures("ccfile")
def test_a_device_that_does_not_come_back_is_replaced_by_the_systems_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The device that was chosen is pulled out: the search takes what the system offers.

    How loud it was left is remembered of the device that was heard then, not of the one that stands in for it.
    """
    rig = Rig("ccfile")
    rig.output.perform(SetVolume(time_s=0.2, beat_db=6.0, words_db=-3.0))
    config = Path(os.environ["ALSA_CONFIG_PATH"])
    config.write_text(config.read_text().replace("pcm.ccfile", "pcm.!default"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    rig.kill()
    wait_until(lambda: rig.has("back"))
    assert rig.card.audio.device == "default"
    rig.output.close(0.0)
    assert rig.kept_db == [("ccfile", 6.0, -3.0)]


@pytest.mark.usefixtures("ccfile")
def test_a_volume_is_remembered_though_the_program_is_killed() -> None:
    """Once, two seconds after the last key, and not again at the end."""
    rig = Rig("ccfile")
    for time_s, beat_db in ((0.1, 3.0), (0.2, 6.0)):
        rig.output.perform(SetVolume(time_s=time_s, beat_db=beat_db, words_db=0.0))
    rig.play_until(2.0)
    assert rig.kept_db == []
    wait_until(lambda: rig.has_come(2.2) and rig.kept_db != [])
    rig.output.close(0.0)
    assert rig.kept_db == [("ccfile", 6.0, 0.0)]


@pytest.mark.usefixtures("ccfile")
def test_the_process_in_reserve_takes_over() -> None:
    """Once the session runs there is another process, and it is the one that plays after a loss."""
    rig = Rig("ccfile")
    before = children()
    rig.play_until(RESERVE_AFTER_S + 0.5)
    (reserve,) = children() - before
    rig.kill()
    wait_until(lambda: rig.has("back"))
    assert rig.card.audio.pid == reserve
    rig.output.close(0.0)


@pytest.mark.usefixtures("ccfile")
def test_an_ear_that_is_closed_while_it_searches_leaves_no_process() -> None:
    """Nothing hangs, and what is still found is closed."""
    rig = Rig("ccfile")
    rig.kill()
    wait_until(lambda: rig.has("lost"))
    rig.output.close(0.0)
