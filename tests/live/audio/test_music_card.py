"""Music through a real card: what a recording of it shows."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from clicked_songs import TONE_HZ, ClickedSong, click_frames, clicked_song, tone_cents
from numpy.typing import NDArray
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

from cadencecoach.coach.actions import Pause, SetTempo
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.audio.card import Card
from cadencecoach.live.audio.card_output import CardOutput
from cadencecoach.live.audio.music import Music
from cadencecoach.live.audio.performer import Performer
from cadencecoach.music.song import Song
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import Line, MusicLine
from cadencecoach.sound.commands import Bus

pytestmark = [pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE), pytest.mark.slow]
FS = 48_000
GAINS = {Bus.CLICK: 0.5, Bus.VOICE: 0.8, Bus.EARCON: 0.4}


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    """A private sound server at real-time pace."""
    with PulseServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def filed(folder: Path, made: ClickedSong, fs_hz: int = FS) -> Song:
    """A made song as a file."""
    path = folder / made.song.path.name.replace(".wav", ".flac")
    soundfile.write(path, made.sound, fs_hz, subtype="PCM_24")
    song = made.song
    return Song(path, song.spm, song.beats_s, 0.0, song.loudness_lufs, song.duration_s)


class Rig:
    """A card that plays songs, and what comes of it."""

    def __init__(self, pulse: PulseServer, *songs: Song) -> None:
        """Open it."""
        music = Music(songs=songs, by_stage=(tuple(range(len(songs))),))
        self.pulse, self.clock, self.lines = pulse, HostClock(), list[Line]()
        self.card = Card(
            self.clock, AudioSettings(device=pulse.device), asset("sounds"), GAINS, n_channels=2, music=music
        )
        self.card.take(self.card.open())
        performer = Performer(send=self.card.tell, length_s=lambda _: None, gains=GAINS, clock=self.card)
        self.output = CardOutput(self.card, performer, message="")
        self.recorded_from_s = time.monotonic()  # host time of the recording's first frame
        self.clock.restart()

    def order(self, time_s: float, timeline: Timeline | None) -> None:
        """The coach's order for a beat."""
        self.output.perform(SetTempo(time_s=time_s, timeline=timeline))

    def run_until(self, time_s: float) -> None:
        """Follow the card until a session time."""
        wait_until(lambda: self._has_come(time_s), within_s=60.0)

    def _has_come(self, time_s: float) -> bool:
        # The recorder is late, but never early.
        self.recorded_from_s = min(self.recorded_from_s, time.monotonic() - self.pulse.n_heard() / FS)
        line = self.output.follow(self.clock.now_s())
        self.lines += [] if line is None else [line]
        return self.clock.now_s() >= time_s

    def heard(self) -> NDArray[np.float32]:
        """What was recorded, one channel."""
        self.output.close(self.clock.now_s())
        recorded = self.pulse.heard()
        return recorded[:, 0] if recorded.ndim > 1 else recorded


def errors_over(frames: NDArray[np.int64], tempo_spm: float) -> NDArray[np.float64]:
    """How far beats stray from an even row of a tempo, in ms: the recording's own beginning is not known."""
    period = FS * 60 / tempo_spm
    beats = np.round((frames - frames[0]) / period)
    late = frames - beats * period
    errors_ms: NDArray[np.float64] = (late - np.median(late)) * 1000 / FS
    return errors_ms


@pytest.mark.parametrize("ratio", [-0.08, 0.08])
def test_beats_in_a_recording_are_the_timelines(pulse: PulseServer, tmp_path: Path, ratio: float) -> None:
    """Ten seconds at the ends of what a song is stretched: 99 % of beats within 5 ms, the pitch within 5 cents."""
    made = clicked_song(170.0, fs_hz=FS, duration_s=16.0)
    rig = Rig(pulse, filed(tmp_path, made))
    tempo_spm = 170.0 * (1 + ratio)
    rig.order(0.1, Timeline.steady(start_s=0.1, tempo_spm=tempo_spm))
    rig.run_until(10.0)
    heard = rig.heard()
    frames = click_frames(heard, made.click, fs_hz=FS)
    assert len(frames) > 20
    assert np.mean(np.abs(errors_over(frames, tempo_spm)) < 5.0) >= 0.99
    assert np.abs(np.diff(frames) / FS * tempo_spm / 60 - 1).max() < 0.05
    assert abs(tone_cents(heard[frames[3] : frames[3] + 4 * FS], TONE_HZ, fs_hz=FS)) < 5.0
    assert [line.state for line in rig.lines if isinstance(line, MusicLine)] == ["playing"]


def test_a_key_is_followed_within_a_beat_and_a_stop_within_a_tenth_of_a_second(
    pulse: PulseServer, tmp_path: Path
) -> None:
    """At 4 s one step a minute more, at 7 s a pause: the intervals are the new tempo's, and then there is silence."""
    made = clicked_song(170.0, fs_hz=FS, duration_s=16.0)
    rig = Rig(pulse, filed(tmp_path, made))
    before = Timeline.steady(start_s=0.1, tempo_spm=172.0)
    rig.order(0.1, before)
    rig.run_until(4.0)
    rig.order(4.0, before.retime(at_s=4.0, tempo_spm=173.0))
    rig.run_until(7.0)
    asked_s = time.monotonic()
    rig.output.perform(Pause(time_s=rig.clock.now_s()))
    rig.run_until(8.0)
    asked_frame = round((asked_s - rig.recorded_from_s) * FS)
    heard = rig.heard()
    frames = click_frames(heard, made.click, fs_hz=FS)
    assert np.abs(errors_over(frames[-7:], 173.0)).max() < 5.0
    assert np.abs(errors_over(frames[2:8], 172.0)).max() < 5.0
    loud = np.flatnonzero(np.abs(heard) > 1e-4)
    assert (loud[-1] - asked_frame) / FS < 0.1  # of a fade that the card had not begun, nothing comes later
    assert len(heard) - loud[-1] > FS // 2
