"""A session that listens, as a real process on a private sound server; `bench/microphone.py --live` has more scenes.

All sound is simulated.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from copied_commands import typed
from microphone_room import MicrophoneRoom
from sound_servers import HAS_PULSE, NO_PULSE, wait_until
from treadmill_scenes import Scene, sound_of

from cadencecoach.cli.main import main
from cadencecoach.gait.hearing.listener import LOOKS_HZ
from cadencecoach.gait.microphone import decode_heard

pytestmark = [pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE), pytest.mark.slow, pytest.mark.timeout(240)]
SECONDS = 20
PLAN = f"plan: Listen\nstages:\n  - {{name: Run, duration: {SECONDS}s, target: 172 spm}}\n"
DECIDED = {"reading", "estimate", "feet", "cue", "band", "lead", "stage", "tempo", "note", "end"}
SILENCE = sound_of(Scene(spm=None, noise_db=None), 1.0, 1).samples


def environment(room: MicrophoneRoom, folder: Path) -> dict[str, str]:
    """That of a program in that room, with folders of its own."""
    kept = {f"XDG_{name}_HOME": str(folder) for name in ("DATA", "CONFIG", "CACHE")}
    return os.environ | room.environment | kept | {"XDG_RUNTIME_DIR": str(folder)}


def run(room: MicrophoneRoom, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, a Python started anew, in that room."""
    return subprocess.run(
        (sys.executable, "-m", "cadencecoach", *words),
        env=environment(room, folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def lines_of(journal: Path) -> list[dict[str, Any]]:
    """Of a journal, without its header."""
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()[1:]]


def decisions(journal: Path) -> list[dict[str, Any]]:
    """What was decided, without what only a live session knows."""
    kept = [line for line in lines_of(journal) if line["what"] in DECIDED]
    return [{key: value for key, value in line.items() if key != "actual_s"} for line in kept]


def test_a_session_hears_the_runner_past_its_own_beat_and_a_replay_decides_the_same(tmp_path: Path) -> None:
    """The beat's delay is found and told, the runner's 165 is heard and not the beat's 172; no sound is kept."""
    made = sound_of(Scene(spm=165), 60.0, seed=7)
    settings = tmp_path / "cadencecoach" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text('[voice]\nengine = "none"\n', encoding="utf-8")  # no words are claimed
    plan, journal = tmp_path / "plan.yaml", tmp_path / "live.jsonl"
    plan.write_text(PLAN, encoding="utf-8")
    with MicrophoneRoom(made.samples * 0.4, beat_gain=0.3, delay_s=0.12, drift=60e-6) as room:
        room.begin()
        wait_until(lambda: room.played_s > 0.5)
        words = ("--feet", "mic:ccpulse", "--sound", "device:ccpulse", "--journal", str(journal))
        done = run(room, tmp_path, "run", str(plan), *words)
    assert done.returncode == 0, done.stderr
    assert "experimental" in done.stderr
    assert "listening with ccpulse" in done.stdout
    heard = [decode_heard(bytes.fromhex(one["hex"])) for one in lines_of(journal) if one["what"] == "payload"]
    told = [one.cadence_spm for one in heard if one.cadence_spm is not None]
    assert len(heard) >= LOOKS_HZ * (SECONDS - 3)
    assert len(told) >= 5 * LOOKS_HZ
    assert median(told) == pytest.approx(165.0, abs=2.5)  # single ones stray where a busy server warps the scene
    assert any("hears the beat" in one.get("text", "") for one in lines_of(journal))
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and "cadencecoach" not in path.parts]
    assert {path.name for path in kept} - {"cookie"} == {"plan.yaml", "live.jsonl"}  # a cookie of the sound server's
    assert journal.stat().st_size < 60_000
    again = tmp_path / "again.jsonl"
    for _ in range(2):
        same = ("--feet", f"replay:{journal}", "--sound", "none", "--journal", str(again), "--force")
        assert main(("rehearse", str(plan), *same)) == 0
        assert decisions(again) == decisions(journal)


def test_a_bluetooth_headset_is_refused_with_the_reason_even_behind_a_generic_name(tmp_path: Path) -> None:
    """One line, and no session."""
    with MicrophoneRoom(SILENCE, card="pulse", sink="bluez_headset") as room:
        room.begin()
        words = ("metronome", "--for", "5s", "--feet", "mic", "--sound", "none")
        done = typed(words, folder=tmp_path, environment=environment(room, tmp_path))
    assert done.returncode != 0
    assert "Bluetooth headset" in done.stderr
    assert "telephone sound" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_room_without_a_runner_will_not_do_and_a_missing_microphone_is_one_line(tmp_path: Path) -> None:
    """The line lists the microphones there are."""
    with MicrophoneRoom(SILENCE) as room:
        room.begin()
        there = environment(room, tmp_path)
        words = ("run", "demo", "--feet", "mic:webcam", "--sound", "none")
        missing = typed(words, folder=tmp_path, environment=there)
        tested = typed(("sensors", "test", "--feet", "mic", "--json"), folder=tmp_path, environment=there)
    assert "no microphone fits webcam; there are: ccpulse" in missing.stderr
    assert len(missing.stderr.strip().splitlines()) == 1
    answer = json.loads(tested.stdout)
    assert tested.returncode == 1
    assert (answer["will_do"], answer["n_told"], answer["device"]) == (False, 0, "ccpulse")
