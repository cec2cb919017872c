"""`music check` and `music tap` on a private sound server: what is heard, and a person who taps to it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from made_songs import FS_HZ, even_beats, rock
from sound_servers import HAS_PULSE, NO_PULSE, PulseServer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE)]
SECONDS, SPM = 9.0, 171.0
N_TAPS = 10


@pytest.fixture
def pulse() -> Iterator[PulseServer]:
    """A server at real-time pace."""
    with PulseServer() as server:
        yield server


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """A short one."""
    path = tmp_path / "song.flac"
    soundfile.write(path, rock(even_beats(SPM, SECONDS), SECONDS), FS_HZ)
    return path


def environment(pulse: PulseServer, tmp_path: Path) -> dict[str, str]:
    """Of a machine of its own with one card."""
    own = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CONFIG", "CACHE")}
    return {**os.environ, **pulse.environment, **own}


def test_the_whole_song_is_heard_with_its_clicks(pulse: PulseServer, song: Path, tmp_path: Path) -> None:
    """Without a gap, from the first beat to the last."""
    words = ["music", "check", str(song), "--sound", f"device:{pulse.device}"]
    command = [sys.executable, "-m", "cadencecoach", *words]
    done = subprocess.run(command, env=environment(pulse, tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{song}: 171.0 spm, for 157.4 to 184.6 spm, steady to 0 ms, {done.stdout.split(', ')[-1]}"
    heard = pulse.heard()
    loud = np.flatnonzero(np.abs(heard) > 0.1)
    beats_s = even_beats(SPM, SECONDS)
    assert beats_s[-1] - beats_s[0] <= (loud[-1] - loud[0]) / 48_000 <= SECONDS
    sounding = np.flatnonzero(heard[loud[0] : loud[-1]])  # there is a little noise in the song all the time
    assert np.diff(sounding).max() < 4800


def _has_heard(pulse: PulseServer, n_frames: int) -> bool:
    return pulse.n_heard() >= n_frames


def test_taps_while_it_plays_mend_it(pulse: PulseServer, song: Path, tmp_path: Path) -> None:
    """Somebody taps every second beat: the tempo is folded back, and the line is told."""
    if sys.platform == "win32":
        pytest.skip("no terminals of this kind there")
    import pty  # noqa: PLC0415  # not on every system

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cadencecoach", "music", "tap", str(song), "--sound", f"device:{pulse.device}"]
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(pulse, tmp_path),
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: bool((np.abs(pulse.heard()) > 0.05).any()), within_s=120)
    begun = pulse.n_heard()
    for tap in range(N_TAPS):
        due = begun + round(tap * 2 * 60 / SPM * 48_000)
        wait_until(partial(_has_heard, pulse, due))
        os.write(ours, b" ")
    os.write(ours, b"\n")
    out, err = process.communicate(timeout=120)
    os.close(theirs)
    os.close(ours)
    assert process.returncode == 0, err
    assert "171.0 spm" in out
    assert err.count(".") >= N_TAPS
    assert "--undo" in err
