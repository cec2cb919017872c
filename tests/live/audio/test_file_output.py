from pathlib import Path

import numpy as np
import pytest
import soundfile
from beats import orders
from numpy.typing import NDArray

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue, SetMuted
from cadencecoach.devices.assets import asset
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.file_output import BLOCK_FRAMES, TAIL_S, FileOutput
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.commands import Bus, Play, SetBeat, SetGain
from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.store.settings import Settings

BLOCK_S = BLOCK_FRAMES / FS_HZ
SETTINGS = Settings()
GAINS = SETTINGS.sound.gains()


def tone(time_s: float) -> GiveCue:
    """A tone; no voice is asked."""
    return GiveCue(time_s=time_s, kind=CueKind.EARCON, text="stage", reason=CueReason.STAGE, expires_s=time_s + 1.0)


def written(path: Path) -> NDArray[np.int16]:
    """The samples of a sound file, shape (n,)."""
    samples: NDArray[np.int16] = soundfile.read(path, dtype="int16")[0]
    return samples


def heard(path: Path, actions: list[Action], end_s: float, step_s: float) -> NDArray[np.int16]:
    """A session followed in steps: each action at its time, the ear told the time after it."""
    output = FileOutput(OutputFile(path=path, name=path.name), SETTINGS)
    waiting = list(actions)
    for n in range(round(end_s / step_s) + 1):
        while waiting and waiting[0].time_s <= n * step_s:
            output.perform(waiting.pop(0))
        assert output.follow(n * step_s) is None
    output.close(end_s)
    return written(path)


def test_the_file_is_what_the_engine_renders_at_once(tmp_path: Path) -> None:
    """Followed in steps and written in blocks, no command comes late: sample by sample the render of all commands."""
    edge_s = BLOCK_S - LEAD_FRAMES / FS_HZ  # when the first block is let go
    begin, ramp, stop = orders((0.25, 170.0), (BLOCK_S, 180.0, 2.0), (4.0, None))
    actions: list[Action] = [
        begin,
        tone(edge_s),
        ramp,
        tone(BLOCK_S + 1 / FS_HZ),
        SetMuted(time_s=2 * BLOCK_S, is_muted=True),
        SetMuted(time_s=3.0, is_muted=False),
        stop,
    ]
    engine = Engine(clips=load_bank(asset("sounds")), fs_hz=FS_HZ, gains=GAINS)
    engine.tell(SetBeat(at_s=0.25, timeline=begin.timeline))
    engine.tell(Play(at_s=edge_s, clip="stage", bus=Bus.EARCON))
    engine.tell(SetBeat(at_s=BLOCK_S, timeline=ramp.timeline))
    stage_s = len(load_bank(asset("sounds"))["stage"]) / FS_HZ
    engine.tell(Play(at_s=max(BLOCK_S + 1 / FS_HZ, edge_s + stage_s), clip="stage", bus=Bus.EARCON))
    for bus in GAINS:
        engine.tell(SetGain(at_s=2 * BLOCK_S, bus=bus, gain=0.0))
    for bus, gain in GAINS.items():
        engine.tell(SetGain(at_s=3.0, bus=bus, gain=gain))
    engine.tell(SetBeat(at_s=4.0, timeline=None))
    whole = engine.render_pcm16(round((5.0 + TAIL_S) * FS_HZ))
    samples = heard(tmp_path / "a.wav", actions, 5.0, step_s=0.01)
    assert samples.shape == whole.shape
    assert np.array_equal(samples, whole)


@pytest.mark.parametrize("step_s", [0.001, 0.37, 5.0])
def test_how_often_the_ear_is_told_the_time_changes_nothing(tmp_path: Path, step_s: float) -> None:
    """A thousand times a second, now and then, or only at the end."""
    actions: list[Action] = [*orders((0.0, 170.0)), tone(0.0)]
    often = heard(tmp_path / "a.wav", actions, 5.0, step_s=step_s)
    assert np.array_equal(often, heard(tmp_path / "b.wav", actions, 5.0, step_s=1.0))


def test_the_end_waits_for_the_last_sound(tmp_path: Path) -> None:
    """A tone asked for at the very end is whole, after its lead-in, and half a second of silence follows it."""
    length, lead = len(load_bank(asset("sounds"))["stage"]), round(SETTINGS.sound.lead_in_s * FS_HZ)
    samples = heard(tmp_path / "a.wav", [tone(2.0)], 2.0, step_s=1.0)
    assert len(samples) == 2 * FS_HZ + lead + length + round(TAIL_S * FS_HZ)
    assert np.abs(samples[2 * FS_HZ : 2 * FS_HZ + lead]).max() < 600
    assert np.abs(samples[2 * FS_HZ + lead : 2 * FS_HZ + lead + length]).max() > 600
    assert not samples[: 2 * FS_HZ].any()


def test_a_silent_session_is_as_long_as_it_was(tmp_path: Path) -> None:
    """Nothing sounded: silence of its length and the tail."""
    samples = heard(tmp_path / "a.flac", [], 2.0, step_s=1.0)
    assert len(samples) == round((2.0 + TAIL_S) * FS_HZ)
    assert not samples.any()


def test_little_is_kept_back(tmp_path: Path) -> None:
    """While a session runs, all but the last two blocks of sound are in the file already."""
    path = tmp_path / "a.wav"
    output = FileOutput(OutputFile(path=path, name=path.name), SETTINGS)
    output.perform(orders((0.0, 170.0))[0])
    output.follow(60.0)
    on_disk_s = path.stat().st_size / (2 * FS_HZ)
    output.close(60.0)
    assert 60.0 - 2 * BLOCK_S - LEAD_FRAMES / FS_HZ < on_disk_s <= 60.0


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """Another ending, or no such folder."""
    for name in ("a.ogg", "nowhere/a.wav"):
        with pytest.raises(UsageError, match=r"must end in|its folder") as caught:
            FileOutput(OutputFile(path=tmp_path / name, name=name), SETTINGS)
        assert "\n" not in str(caught.value)
