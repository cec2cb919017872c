"""Music sounds only where and when the beat would: every state of a session in which there is none, in turn.

What the coach asks for is rendered into a file, with the song's tone on it; a stretch without the beat must be silent.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from clicked_songs import clicked_song
from coach_rig import AT_170, STAGE, CoachRig
from numpy.typing import NDArray

from cadencecoach.coach.actions import CueReason, GiveCue, SetTempo
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import SoundForm
from cadencecoach.gait.reading import Feet
from cadencecoach.live.audio.file_output import FileOutput
from cadencecoach.live.audio.music import Music
from cadencecoach.music.song import Song
from cadencecoach.plan.model import Beat, Fixed, Free, MeasuredBaseline, Stage, Walk
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import MusicLine
from cadencecoach.store.settings import Settings, SoundSettings

pytestmark = pytest.mark.slow
FS = 48_000
ALONE = Settings(sound=SoundSettings(voice_db=-60.0, earcon_db=-60.0))  # words that end the music are not heard
SONG_FS = 8_000
WITHIN_S = 0.1  # of the order the music has ended
FREE = replace(STAGE, target=Free(), beat=Beat.OFF, duration_s=20.0)
WALK = replace(STAGE, target=Walk(), beat=Beat.OFF, duration_s=20.0)
MEASURED = replace(FREE, measures_baseline=True)
QUICK = replace(AT_170, duration_s=20.0)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Song:
    """A minute of music as a file."""
    made = clicked_song(168.0, fs_hz=SONG_FS, duration_s=60.0)
    path = tmp_path_factory.mktemp("songs") / "song.flac"
    soundfile.write(path, made.sound, SONG_FS)
    return replace(made.song, path=path)


def heard(rig: CoachRig, stages: int, song: Song, folder: Path, until_s: float) -> NDArray[np.float64]:
    """A session with music as a file, without words and tones."""
    music = Music(songs=(song,), by_stage=((0,),) * stages)
    path = folder / "session.wav"
    output = FileOutput(OutputFile(path=path, name=path.name), ALONE, form=SoundForm(n_channels=2), music=music)
    for action in rig.actions:
        is_words = isinstance(action, GiveCue) and action.reason is not CueReason.PAIN
        if not is_words and action.time_s <= until_s:
            output.follow(action.time_s)
            output.perform(action)
    output.close(until_s)
    sound: NDArray[np.float64] = soundfile.read(path)[0][:, 0]
    return sound


def running(*stages: Stage, **words: object) -> CoachRig:
    """Somebody who runs from the start at the target."""
    return CoachRig(*stages, **words).until(0.0).feet(0.0, Feet.LIVE)  # type: ignore[arg-type]


def paused(rig: CoachRig) -> CoachRig:
    """They pause."""
    return rig.run(0, 6, 170.0).press(6.0, Key.PAUSE).until(12.0)


def muted(rig: CoachRig) -> CoachRig:
    """They switch the sound off."""
    return rig.run(0, 6, 170.0).press(6.0, Key.MUTE).run(7, 12, 170.0)


def stopped(rig: CoachRig) -> CoachRig:
    """They end the session."""
    return rig.run(0, 6, 170.0).press(6.0, Key.STOP).until(12.0)


def in_pain(rig: CoachRig) -> CoachRig:
    """They tell of pain."""
    return rig.run(0, 5, 170.0).press(5.0, Key.PAIN).take(PainRated(6.0, 6)).until(12.0)


def unwell(rig: CoachRig) -> CoachRig:
    """Something is wrong."""
    return rig.run(0, 6, 170.0).press(6.0, Key.UNWELL).until(12.0)


def walking(rig: CoachRig) -> CoachRig:
    """They walk until the beat has set them off."""
    rig.run(0, 6, 170.0).feet(6.0, Feet.WALKING)
    return rig.until(40.0)


def steady(rig: CoachRig) -> CoachRig:
    """Nothing happens."""
    return rig.run(0, 40, 170.0)


@pytest.mark.parametrize(
    ("stages", "live", "from_s", "to_s"),
    [
        pytest.param((FREE, QUICK), steady, 0.0, 20.0, id="free"),
        pytest.param((WALK, QUICK), steady, 0.0, 20.0, id="walk"),
        pytest.param((MEASURED, QUICK), steady, 0.0, 20.0, id="while a baseline is measured"),
        pytest.param((replace(QUICK, beat=Beat.OFF), QUICK), steady, 0.0, 20.0, id="beat off"),
        pytest.param((replace(QUICK, beat=Beat.RESCUE), QUICK), steady, 0.0, 20.0, id="a rescue nobody called"),
        pytest.param((replace(QUICK, help_ratio=0.0), QUICK), steady, 0.0, 20.0, id="no help"),
        pytest.param((replace(QUICK, drill="Hop."), QUICK), steady, 20.5, 20.5, id="a drill is before the beat"),
        pytest.param((replace(AT_170, beat=Beat.GATED, gate_on_s=6.0, gate_off_s=8.0),), steady, 6.0, 14.0, id="gated"),
        pytest.param((AT_170,), paused, 6.0, 12.0, id="paused"),
        pytest.param((AT_170,), muted, 6.0, 11.0, id="muted"),
        pytest.param((AT_170,), stopped, 6.0, 12.0, id="stopped"),
        pytest.param((AT_170,), in_pain, 6.0, 12.0, id="pain above 5"),
        pytest.param((AT_170,), unwell, 6.0, 12.0, id="unwell"),
        pytest.param((AT_170,), walking, 36.0, 40.0, id="walking"),
    ],
)
def test_where_there_is_no_beat_there_is_no_music(
    tmp_path: Path,
    song: Song,
    stages: tuple[Stage, ...],
    live: Callable[[CoachRig], CoachRig],
    from_s: float,
    to_s: float,
) -> None:
    """Silent within a tenth of a second of its beginning, to its end; and where there is a beat there is music."""
    baseline = {"baseline": MeasuredBaseline()} if stages[0] is MEASURED else {}
    rig = live(running(*stages, **baseline))
    until_s = max(to_s, 24.0 if len(stages) > 1 else to_s)
    sound = heard(rig, len(stages), song, tmp_path, until_s)
    begin, end = round((from_s + WITHIN_S) * FS), round((to_s - 0.02) * FS)
    assert np.abs(sound[begin:end]).max(initial=0.0) < 2e-3
    beating = sound[: round(from_s * FS)] if from_s else sound[end + FS :]
    assert np.abs(beating).max() > 0.1


def test_a_stage_with_the_click_between_two_with_music(tmp_path: Path, song: Song) -> None:
    """`music: off` of one stage: its beats are clicks in silence, and those before and after are the song's."""
    rig = steady(running(*(replace(AT_170, duration_s=8.0),) * 3))
    path = tmp_path / "session.wav"
    music = Music(songs=(song,), by_stage=((0,), (), (0,)))
    output = FileOutput(OutputFile(path=path, name=path.name), ALONE, form=SoundForm(n_channels=2), music=music)
    for action in rig.actions:
        if not isinstance(action, GiveCue) and action.time_s <= 23.0:
            output.follow(action.time_s)
            output.perform(action)
    output.close(23.0)
    sound = np.abs(soundfile.read(path)[0][:, 0])
    shares = [np.mean(sound[round(at * FS) : round((at + 5) * FS)] > 1e-4) for at in (2.0, 10.0, 18.0)]
    assert shares[0] > 0.9
    assert shares[1] < 0.2
    assert shares[2] > 0.9
    assert output.message == ""


def test_a_target_that_no_song_fits_is_said_once_and_is_the_click(tmp_path: Path, song: Song) -> None:
    """190 with a song of 168: the click, and one line about it."""
    rig = steady(running(replace(AT_170, target=Fixed(190.0))))
    sound = heard(rig, 1, song, tmp_path, 6.0)
    assert 0 < np.mean(np.abs(sound) > 1e-4) < 0.2


def test_a_file_has_its_music_however_rarely_something_happens(tmp_path: Path, song: Song) -> None:
    """A metronome of 30 s is two orders, and the second is told before any of it was rendered: music to its end."""
    path = tmp_path / "session.wav"
    music = Music(songs=(song,), by_stage=((0,),))
    output = FileOutput(OutputFile(path=path, name=path.name), ALONE, form=SoundForm(n_channels=2), music=music)
    output.perform(SetTempo(time_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=170.0)))
    output.perform(SetTempo(time_s=30.0, timeline=None))
    line = output.follow(30.0)
    output.close(30.0)
    sound = np.abs(soundfile.read(path)[0][:, 0])
    assert isinstance(line, MusicLine)
    assert line.state == "playing"
    parts = [np.mean(sound[second * FS : (second + 1) * FS] > 1e-4) for second in range(1, 30)]
    assert min(parts) > 0.9
