"""The live path through a real PortAudio: what leaves the child is what the engine renders offline.

The card is ALSA's `file` plugin, which writes every sample it is given to a file, faster than real time. It needs
Debian's libportaudio2 and nothing else; elsewhere these tests are skipped and say so.
"""

import importlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from sound_servers import ALSA_BASE, HAS_ALSA, NO_ALSA, file_card, wait_until

from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.sound.commands import Bus, Play, SetBeat

FOLDER = Path(__file__).parent / "live"
needs_alsa = pytest.mark.skipif(not HAS_ALSA, reason=NO_ALSA)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The engines' module, importable here and in the child, which gets this process's path."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("live_engines")


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with one sound card, `ccfile`, that records what it is given as raw floats."""
    out = tmp_path / "heard.f32"
    for name, value in file_card(tmp_path, out).items():
        monkeypatch.setenv(name, value)
    return out


@pytest.fixture
def audio() -> Iterator[LiveAudio]:
    """A port that is closed whatever happens."""
    port = LiveAudio()
    yield port
    port.close()


@pytest.mark.slow
@needs_alsa
def test_the_card_gets_what_the_engine_renders(audio: LiveAudio, engines: ModuleType, recording: Path) -> None:
    """A session with ramp, speech and ducking: sample by sample the offline render, from the first frame on."""
    audio.start(engines.session, AudioSettings(device="ccfile"))
    wait_until(lambda: audio.status().position_frames >= 21 * engines.FS_HZ)
    status = audio.status()
    audio.close()
    offline = engines.session().render(20 * engines.FS_HZ)
    heard = np.fromfile(recording, np.float32).reshape(-1, 2)
    first_heard, first_rendered = (int(np.flatnonzero(x[:, 0])[0]) for x in (heard, offline))
    prefill = first_heard - first_rendered
    assert prefill >= 0
    assert np.array_equal(heard[prefill : prefill + len(offline)], offline)
    assert (status.fs_hz, status.slip_frames, status.n_refused) == (48_000, 0, 0)


@needs_alsa
@pytest.mark.slow
def test_minutes_are_what_the_engine_renders(
    audio: LiveAudio, engines: ModuleType, recording: Path, pytestconfig: pytest.Config
) -> None:
    """Ramps up and down, speech and ducking, sample by sample, both channels; nothing slipped.

    In short two minutes, with ramps up and none down; with `--long` ten, a whole session.
    """
    n_minutes = 10 if pytestconfig.getoption("long") else 2
    audio.start(engines.ten_minutes, AudioSettings(device="ccfile"))
    wait_until(lambda: audio.status().position_frames >= (60 * n_minutes + 2) * engines.FS_HZ, within_s=60.0)
    slip_frames = audio.status().slip_frames
    audio.kill()  # no need to wait for a card that runs ahead
    heard = np.memmap(recording, np.float32, mode="r").reshape(-1, 2)
    engine, minute = engines.ten_minutes(), 60 * engines.FS_HZ
    first = engine.render(minute)
    prefill = int(np.argmax(heard[:minute, 0] != 0)) - int(np.argmax(first[:, 0] != 0))
    assert prefill >= 0
    for k in range(n_minutes):
        rendered = first if k == 0 else engine.render(minute)
        assert np.array_equal(heard[prefill + k * minute : prefill + (k + 1) * minute], rendered)
    assert slip_frames == 0


@pytest.mark.slow
def test_a_card_500_ppm_fast_gets_every_sample_and_no_slip(
    audio: LiveAudio, engines: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The beat counts the card's samples and nothing else; when they are heard, the clock map follows the crystal."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "fast_card"))
    monkeypatch.setenv("CC_HEARD", str(tmp_path / "heard.f32"))
    n_frames = 60 * engines.FS_HZ
    audio.start(engines.ten_minutes)
    wait_until(lambda: audio.status().position_frames >= n_frames + 2 * engines.FS_HZ)
    status, ppm = audio.status(), audio.clock_map().drift_ppm(engines.FS_HZ)
    audio.close()
    heard = np.fromfile(tmp_path / "heard.f32", np.float32, 2 * n_frames).reshape(-1, 2)
    assert np.array_equal(heard, engines.ten_minutes().render(n_frames))
    assert status.slip_frames == 0
    assert status.n_flags > 0
    assert ppm == pytest.approx(-500, abs=20)
    assert audio.device == "fast card"


@needs_alsa
@pytest.mark.slow
def test_commands_and_clips_reach_the_child(audio: LiveAudio, engines: ModuleType, recording: Path) -> None:
    """A clip loaded and a beat told while it plays are heard; nonsense is counted and the beat goes on."""
    audio.start(engines.silent, AudioSettings(device="ccfile"))
    audio.load("marker", np.full(10, 0.123, np.float32))
    audio.tell(Play(at_s=0.0, clip="marker", bus=Bus.VOICE))
    audio.tell(Play(at_s=0.0, clip="nowhere", bus=Bus.VOICE))
    wait_until(lambda: audio.status().n_refused == 1 and audio.status().peak > 0)
    audio.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    wait_until(lambda: audio.status().peak > 0.123)
    told = audio.status()
    wait_until(lambda: audio.status().position_frames > told.position_frames + 48_000)
    assert audio.status().is_running
    assert audio.clock_map().frame(time.monotonic()) > 0
    audio.close()
    heard = np.fromfile(recording, np.float32)
    assert (np.abs(heard - np.float32(0.123 * 0.8)) < 1e-6).sum() == 20


@needs_alsa
@needs_posix
@pytest.mark.usefixtures("recording")
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGSTOP"])
@pytest.mark.slow
def test_a_dead_or_hung_child_is_seen_and_can_be_closed(audio: LiveAudio, engines: ModuleType, sign: str) -> None:
    """Killed or stopped, it no longer counts as running; telling and closing do not wait for it."""
    audio.start(engines.silent, AudioSettings(device="ccfile"))
    wait_until(lambda: audio.status().is_running)
    assert audio.pid is not None
    os.kill(audio.pid, getattr(signal, sign))
    wait_until(lambda: not audio.status().is_running)
    audio.load("long", np.zeros(1_000_000, np.float32))
    audio.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    audio.close()
    assert not audio.status().is_running


@needs_alsa
@pytest.mark.usefixtures("recording")
@pytest.mark.slow
def test_a_device_that_is_not_there_is_said(audio: LiveAudio, engines: ModuleType) -> None:
    """The name asked for stands in the message."""
    with pytest.raises(DeviceError, match=r"no sound device.*nowhere") as caught:
        audio.start(engines.silent, AudioSettings(device="nowhere"))
    assert caught.value.reason is Reason.NO_DEVICE


@pytest.mark.slow
@needs_alsa
def test_a_machine_without_a_card_is_said(
    audio: LiveAudio, engines: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No default device is a DeviceError with its reason, not a hang and not a traceback."""
    (tmp_path / "asound.conf").write_text(re.sub(r"(?ms)^@hooks.*?^\]\n", "", ALSA_BASE.read_text()))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    with pytest.raises(DeviceError, match="no sound device") as caught:
        audio.start(engines.silent)
    assert caught.value.reason is Reason.NO_DEVICE


@pytest.mark.slow
def test_a_missing_portaudio_gives_the_line_that_installs_it(
    audio: LiveAudio, engines: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What sounddevice raises on import without the library becomes advice; it is imported in the child only."""
    (tmp_path / "sounddevice.py").write_text('raise OSError("PortAudio library not found")\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(DeviceError, match=r"not installed; .*install.*portaudio") as caught:
        audio.start(engines.silent)
    assert caught.value.reason is Reason.LIBRARY_MISSING


@pytest.mark.slow
@needs_alsa
@pytest.mark.usefixtures("recording")
def test_an_engine_that_cannot_be_made_is_said(audio: LiveAudio, engines: ModuleType) -> None:
    """The child's own failure reaches the parent in words."""
    with pytest.raises(DeviceError, match="no engine today"):
        audio.start(engines.broken, AudioSettings(device="ccfile"))


def test_a_port_that_was_not_started_can_be_looked_at_and_closed() -> None:
    """Nothing runs, nothing hangs."""
    port = LiveAudio()
    assert not port.status().is_running
    with pytest.raises(DeviceError, match="not played yet"):
        port.clock_map()
    port.close()


def has_ended(pid: int) -> bool:
    """Gone, or waiting for an init that does not ask for it."""
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "State:\tZ" in status.read_text()


@needs_alsa
@pytest.mark.usefixtures("recording")
@pytest.mark.slow
def test_a_child_whose_parent_was_killed_does_not_play_on() -> None:
    """No orphan keeps the card."""
    program = (
        f"import os, sys; sys.path.insert(0, {str(FOLDER)!r}); import live_engines\n"
        "from cadencecoach.devices.audio_port import AudioSettings, LiveAudio\n"
        "port = LiveAudio(); port.start(live_engines.silent, AudioSettings(device='ccfile'))\n"
        "print(port.pid, flush=True); os._exit(0)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    wait_until(lambda: has_ended(int(said.stdout)))
