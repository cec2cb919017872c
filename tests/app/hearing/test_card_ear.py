"""A session heard by a sound card: the real audio process, PortAudio, and ALSA's `file` device as the card.

That card takes sound much faster than real time and writes down all of it. So beats are looked for, not their times.
"""

import ctypes.util
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from coach_rig import AT_170, plan_of

from cadencecoach.app.hearing.card_ear import REACH_S, CardEar, open_card_ear
from cadencecoach.app.hearing.score import score_of
from cadencecoach.app.opening.settings import Settings, SoundSettings, VoiceTable
from cadencecoach.coach.actions import CueKind, CueReason, GiveCue, SetTempo
from cadencecoach.devices.clock import HostClock
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.sound.bank import FS_HZ
from cadencecoach.units import step_interval_s

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALSA_BASE = Path("/usr/share/alsa/alsa.conf")
pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("portaudio") is None or not ALSA_BASE.exists(),
    reason="needs PortAudio on ALSA (Debian: libportaudio2)",
)
# A language nobody has recorded: tones instead of words, and no two seconds of getting sentences ready.
PLAN = plan_of(AT_170)
SETTINGS = Settings(voice=VoiceTable(engine="recorded"), sound=SoundSettings(click_db=0.0))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A machine with one sound card, `ccfile`, that records what it is given as raw floats."""
    folder = tmp_path_factory.mktemp("card")
    out = folder / "heard.f32"
    base = re.sub(r"(?ms)^@hooks.*?^\]\n", "", ALSA_BASE.read_text())
    card = f'pcm.ccfile {{ type file  file "{out}"  format raw  slave.pcm {{ type null }} }}\n'
    (folder / "asound.conf").write_text(base + card)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALSA_CONFIG_PATH", str(folder / "asound.conf"))
        yield out
    out.unlink()  # some hundred megabytes


@pytest.fixture(scope="module")
def ear(recording: Path) -> Iterator[CardEar]:
    """An ear that plays, for all tests of this file: to start one takes a second."""
    assert not recording.exists()
    ear = open_card_ear(PLAN, SETTINGS, HostClock(), "ccfile", score=score_of(PLAN, replace(ENGLISH, language="sv")))
    yield ear
    ear.close(0.0)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again until something is so; fail when it does not come."""
    for _ in range(1000):
        if is_so():
            return
        threading.Event().wait(0.02)
    pytest.fail("it did not come to pass")


def onsets(recording: Path) -> "NDArray[np.int64]":
    """The frames at which sound begins after silence, in the last half minute of the recording."""
    heard = np.memmap(recording, np.float32, mode="r")
    left = np.abs(heard[: len(heard) // 2 * 2 : 2][-30 * FS_HZ :])
    sounding = np.flatnonzero(left > 1e-3)
    return sounding[1:][np.diff(sounding) > FS_HZ // 10]


def test_a_cue_is_answered_in_session_time(ear: CardEar) -> None:
    """It is heard the constant delay after it was asked for, and the delay is what the journal is told."""
    line = ear.follow(0.0)
    assert line is not None
    assert (line["what"], line["state"], line["slip_frames"]) == ("sound", "playing", 0)
    delay_s = float(str(line["latency_s"]))
    assert delay_s > REACH_S
    cue = GiveCue(time_s=5.0, kind=CueKind.EARCON, text="stage", reason=CueReason.STAGE, expires_s=10.0)
    assert ear.perform(cue) == pytest.approx(5.0 + delay_s, abs=1e-3)
    assert ear.busy_until_s > 5.0 + delay_s


def test_only_a_change_of_the_card_is_worth_a_line(ear: CardEar) -> None:
    """Told at the first look, and not again while nothing happens."""
    ear.follow(0.25)
    assert ear.follow(0.5) is None


def test_without_a_voice_the_person_is_told(ear: CardEar) -> None:
    """Tones instead, and why."""
    assert ear.message.startswith("no voice, tones instead")


def test_the_beat_reaches_the_card(ear: CardEar, recording: Path) -> None:
    """At 180 spm: beats exactly 16 000 frames apart, as many as one cares to wait for."""
    assert ear.perform(SetTempo(time_s=0.0, tempo_spm=180.0)) is None
    wait_until(lambda: recording.exists() and len(onsets(recording)) > 20)

    def apart() -> set[int]:
        return set(np.diff(onsets(recording)[-20:]).tolist())

    # The cue of the test before is in the recording too; twenty beats after it stand where they should.
    wait_until(lambda: apart() == {round(step_interval_s(180.0) * FS_HZ)})


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_card_that_is_lost_is_told_until_it_is_back(ear: CardEar) -> None:
    """A stopped audio process is a lost card; when it goes on the line and the message say so as well."""
    pid = ear._audio.pid
    assert pid is not None
    said = ear.message
    ear.follow(0.0)
    states: list[object] = []

    def comes(state: str) -> bool:
        line = ear.follow(1.0)
        states.extend(() if line is None else (line["state"],))
        return states[-1:] == [state]

    os.kill(pid, signal.Signals["SIGSTOP"])
    wait_until(lambda: comes("lost"))
    assert "the session goes on silent" in ear.message
    os.kill(pid, signal.Signals["SIGCONT"])
    wait_until(lambda: comes("playing"))
    assert ear.message == said
