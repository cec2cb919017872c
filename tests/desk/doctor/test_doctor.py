"""`doctor` as a person calls it, on a private sound server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sound_servers import HAS_ALSA, HAS_PULSE, NO_ALSA, NO_PULSE, PulseServer, alsa_config

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pulse() -> Iterator[PulseServer]:
    """A server at real-time pace."""
    if not HAS_PULSE:
        pytest.skip(NO_PULSE)
    with PulseServer() as server:
        yield server


def doctor(environment: Mapping[str, str], tmp_path: Path, *words: str) -> tuple[int, Any]:
    """Exit status and findings."""
    own = {"XDG_CONFIG_HOME": str(tmp_path), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "cadencecoach", "doctor", "--json", *words]
    done = subprocess.run(
        command, env={**os.environ, **environment, **own}, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_beat_is_measured_on_a_real_device(pulse: PulseServer, tmp_path: Path) -> None:
    """Two seconds: what left the process is exact to a tenth of a microsecond; commands and load have figures."""
    _, found = doctor(pulse.environment, tmp_path, "--beat", "2", "--sound", f"device:{pulse.device}")
    beat = found["beat"]
    assert beat["device"] == pulse.device
    assert beat["beat"]["n_intervals"] >= 4
    assert beat["beat"]["worst_us"] < 0.1
    assert beat["to_leave_ms"]["median"] > 0
    assert beat["load_percent"]["median"] > 0


def test_the_device_that_would_play_is_named(pulse: PulseServer, tmp_path: Path) -> None:
    """And every device that can play; sound is well."""
    _, found = doctor(pulse.environment, tmp_path)
    assert next(one for one in found["findings"] if one["about"] == "sound")["is_well"]
    assert any(one["text"].startswith(f"{pulse.device} (ALSA)") for one in found["findings"])


@pytest.mark.skipif(not HAS_ALSA, reason=NO_ALSA)
def test_a_machine_without_a_device_is_told_what_to_do(tmp_path: Path) -> None:
    """Status 3, and a line that says what to install or switch on."""
    status, found = doctor(alsa_config(tmp_path), tmp_path)
    assert status == 3
    (finding,) = [one for one in found["findings"] if one["about"].startswith("sound")]
    assert not finding["is_well"]
    assert "pipewire-alsa" in finding["todo"]
