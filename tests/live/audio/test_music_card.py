"""Music through a real card: what a recording of it shows."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from clicked_songs import TONE_HZ, ClickedSong, click_frames, clicked_song, likenesses, tone_cents
from loudness_meter import integrated_lufs
from made_songs import FS_HZ as MADE_FS
from made_songs import even_beats, kick, mixed, rock, snare
from numpy.typing import NDArray
from sound_servers import FOLLOWED_EVERY_S, HAS_PULSE, NO_PULSE, PulseServer, wait_until

from cadencecoach.coach.actions import Pause, SetTempo
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.song_file import N_SIDES, on_two_sides
from cadencecoach.live.audio.card import Card
from cadencecoach.live.audio.card_output import CardOutput
from cadencecoach.live.audio.music import Music
from cadencecoach.live.audio.performer import Performer
from cadencecoach.music.finding import SongFinder
from cadencecoach.music.song import Song
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import Line, MusicLine
from cadencecoach.sound.bank import load_wav
from cadencecoach.sound.commands import Bus, Command, SetBeat

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
    return Song(path, song.spm, song.beats_s, 0.0, song.loudness_lufs, song.crest_db, song.duration_s)


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
        self.beats = list[SetBeat]()  # as the engine was told them
        performer = Performer(send=self._tell, length_s=lambda _: None, gains=GAINS, clock=self.card)
        self.output = CardOutput(self.card, performer, message="")
        self.recorded_from_s = time.monotonic()  # host time of the recording's first frame
        self.clock.restart()

    def _tell(self, command: Command) -> None:
        self.beats += [command] if isinstance(command, SetBeat) else []
        self.card.tell(command)

    @property
    def states(self) -> list[str]:
        """What the journal has of the music."""
        return [line.state for line in self.lines if isinstance(line, MusicLine)]

    def order(self, time_s: float, timeline: Timeline | None) -> None:
        """The coach's order for a beat."""
        self.output.perform(SetTempo(time_s=time_s, timeline=timeline))

    def run_until(self, time_s: float) -> None:
        """Follow the card until a session time."""
        wait_until(lambda: self._has_come(time_s), within_s=100.0, every_s=FOLLOWED_EVERY_S)

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


def errors_of(frames: NDArray[np.int64], orders: list[SetBeat]) -> NDArray[np.float64]:
    """How far recorded beats are from those that were ordered, in ms, but for a constant: where the recording began."""
    due_s = list[float]()
    for order, following in zip(orders, [*orders[1:], None], strict=True):
        assert order.timeline is not None
        beat, until_s = np.ceil(order.timeline.beat_at(order.at_s) - 1e-6), following.at_s if following else np.inf
        while (time_s := order.timeline.time_of(beat)) < min(until_s, order.at_s + 100):
            due_s.append(time_s)
            beat += 1
    due, heard_s = np.array(due_s), frames / FS
    tried = []
    for first in range(12):  # the song may begin some beats after the click
        late_s = heard_s - (heard_s[0] - due[first])
        errors = late_s - due[np.abs(due[:, None] - late_s).argmin(axis=0)]
        tried.append((errors - np.median(errors)) * 1000)
    return min(tried, key=lambda errors: float(np.abs(errors).mean()))


@pytest.mark.timeout(180)
def test_a_ramp_and_a_key_are_played_within_5_ms(
    pulse: PulseServer, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """14 steps a minute more each minute, then a key for one more: 99 % of the beats where they were ordered.

    In short for 18 s, from 164 to 168.2, and 8 s after the key, 75 beats, so that none may miss; with `--long` for a
    minute, and 12 s.
    """
    ramp_s, after_s = (60.0, 12.0) if pytestconfig.getoption("long") else (18.0, 8.0)
    to_spm, key_s = 164.0 + 14.0 * ramp_s / 60, ramp_s + 2.0
    made = clicked_song(170.0, fs_hz=FS, duration_s=ramp_s + 20.0)
    rig = Rig(pulse, filed(tmp_path, made))
    ramp = Timeline(start_s=0.1, start_beat=0.0, from_spm=164.0, to_spm=to_spm, ramp_s=ramp_s)
    rig.order(0.1, ramp)
    rig.run_until(key_s)
    rig.order(key_s, ramp.retime(at_s=key_s, tempo_spm=to_spm + 1))
    rig.run_until(key_s + after_s)
    heard = rig.heard()
    frames = click_frames(heard, made.click, fs_hz=FS)
    errors_ms = np.abs(errors_of(frames, rig.beats))
    assert len(frames) > 2.6 * (key_s + after_s)
    assert np.mean(errors_ms < 5.0) >= 0.99, f"worst {errors_ms.max():.1f} ms"
    assert rig.states == ["playing"]


def test_one_song_goes_over_into_the_next_without_a_step(pulse: PulseServer, tmp_path: Path) -> None:
    """Between the clicks no two samples lie farther apart than two tones at once can, and no hole is heard."""
    tones = {"a": 440.0, "b": 587.0}
    made = [clicked_song(170.0, fs_hz=FS, duration_s=9.0, tone_hz=hz, name=name) for name, hz in tones.items()]
    rig = Rig(pulse, *(filed(tmp_path, one) for one in made))
    rig.order(0.1, Timeline.steady(start_s=0.1, tempo_spm=172.0))
    rig.run_until(13.0)
    heard = rig.heard()
    frames = click_frames(heard, made[0].click, fs_hz=FS)
    between = np.concatenate([np.arange(at + FS // 50, at + FS // 4) for at in frames[2:-1]])
    level = np.abs(heard[between]).max()
    steepest = 2 * np.pi * max(tones.values()) / FS * level
    assert [line.song for line in rig.lines if isinstance(line, MusicLine)][:2] == ["a", "b"]
    assert np.abs(np.diff(heard)[between]).max() < 1.2 * steepest
    energies = [np.mean(heard[at + FS // 50 : at + FS // 4] ** 2) for at in frames[2:-1]]
    assert 10 * np.log10(max(energies) / min(energies)) < 2.0
    assert np.diff(frames).max() < 1.02 * FS * 60 / 172  # no beat is lost, and none doubled
    assert np.diff(frames).min() > 0.98 * FS * 60 / 172


def found(path: Path, sound: NDArray[np.float32]) -> Song:
    """A song as it is found when it is added."""
    finder = SongFinder(MADE_FS, N_SIDES)
    finder.add(on_two_sides(sound))
    return finder.song(path)


@pytest.mark.timeout(180)
def test_songs_are_played_equally_loud(pulse: PulseServer, tmp_path: Path) -> None:
    """Songs 30 dB apart, one of them in two channels: in the recording within 1 LU of each other (BS.1770)."""
    seconds = 10.0
    beats = even_beats(170.0, seconds)
    sounds = {
        "loud": 1.9 * rock(beats, seconds)[:, None],
        "soft": 0.05 * np.stack([rock(beats, seconds)] * 2, axis=1),
        "drums": 0.8 * mixed(seconds, [(kick, beats[::2], 1.0), (snare, beats[1::2], 0.9)])[:, None],
    }
    for name, sound in sounds.items():
        soundfile.write(tmp_path / f"{name}.flac", sound, MADE_FS, subtype="PCM_24")
    songs = [found(tmp_path / f"{name}.flac", sound) for name, sound in sounds.items()]
    assert not any(song.refused for song in songs)
    assert np.ptp([song.loudness_lufs for song in songs]) > 28
    rig = Rig(pulse, *songs)
    rig.order(0.1, Timeline.steady(start_s=0.1, tempo_spm=172.0))
    rig.run_until(3 * seconds - 4.0)
    rig.output.close(rig.clock.now_s())
    stereo = rig.pulse.heard_stereo()
    heard = [line for line in rig.lines if isinstance(line, MusicLine)][: len(sounds)]
    assert [line.song for line in heard] == list(sounds)
    begins_s = [rig.clock.origin_s - rig.recorded_from_s + line.t + 2.0 for line in heard]  # after the cross-fade
    loud = [integrated_lufs(stereo[round(at_s * FS) : round((at_s + seconds - 7.0) * FS)], FS) for at_s in begins_s]
    assert np.ptp(loud) < 1.0, loud


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGSTOP"])
def test_a_process_that_is_lost_leaves_no_silence(pulse: PulseServer, tmp_path: Path, sign: str) -> None:
    """Killed or stopped in mid-song: a beat in each step, clicks on the song's beats; said; and music again."""
    made = clicked_song(170.0, fs_hz=FS, duration_s=30.0)
    rig = Rig(pulse, filed(tmp_path, made))
    rig.order(0.1, Timeline.steady(start_s=0.1, tempo_spm=172.0))
    rig.run_until(3.0)
    assert rig.card.music is not None
    os.kill(rig.card.music.pid, getattr(signal, sign))
    messages = set[str]()

    def is_back() -> bool:
        messages.add(rig.output.message)
        line = rig.output.follow(rig.clock.now_s())
        rig.lines += [] if line is None else [line]
        return rig.states == ["playing", "gone", "playing"]

    wait_until(is_back, within_s=30.0)
    assert ENGLISH_SCREEN.music_gone in messages
    rig.run_until(rig.clock.now_s() + 4.0)
    assert rig.output.message == ""
    heard = rig.heard()
    click = load_wav(asset("sounds") / "click.wav").astype(float)
    beats = np.sort(np.concatenate([click_frames(heard, made.click, fs_hz=FS), *own_clicks(heard, click)]))
    intervals = np.diff(beats)
    step = FS * 60 / 172
    assert intervals[intervals > step / 4].max() < 1.05 * step  # no beat is missing; a click may fall on a song's


def own_clicks(heard: NDArray[np.float32], click: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """The metronome's own clicks in a recording that has some."""
    likeness = likenesses(heard, click) / (click**2).sum()
    return [click_frames(heard, click, fs_hz=FS)] if likeness.max() > GAINS[Bus.CLICK] / 2 else []


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
    assert rig.states == ["playing"]


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
