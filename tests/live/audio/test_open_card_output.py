"""A session heard by a sound card: the real audio process, PortAudio, and ALSA's `file` device as the card.

That card takes sound much faster than real time and writes down all of it. So beats are looked for, not their times.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from coach_rig import AT_170, plan_of
from sound_servers import HAS_ALSA, NO_ALSA, file_card, wait_until

from cadencecoach.coach.actions import CueKind, CueReason, GiveCue, SetTempo
from cadencecoach.coach.volume import Volume
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.audio.card import BEAT_REACH_S, CUE_REACH_S
from cadencecoach.live.audio.card_output import CardOutput, open_card_output
from cadencecoach.live.audio.score import score_of
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.lines import SoundLine
from cadencecoach.sound.bank import FS_HZ
from cadencecoach.store.settings import Settings, SoundSettings, VoiceTable
from cadencecoach.store.sound_book import SoundBook
from cadencecoach.units import step_interval_s

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = [pytest.mark.skipif(not HAS_ALSA, reason=NO_ALSA), pytest.mark.slow]
# A language nobody has recorded: tones instead of words, and no two seconds of getting sentences ready.
SETTINGS = Settings(voice=VoiceTable(engine="recorded"), sound=SoundSettings(click_db=0.0))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A machine with one sound card, `ccfile`, that records what it is given as raw floats."""
    folder = tmp_path_factory.mktemp("card")
    out = folder / "heard.f32"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in file_card(folder, out).items():
            patch.setenv(name, value)
        yield out
    out.unlink()  # some hundred megabytes


@pytest.fixture(scope="module")
def output(recording: Path) -> Iterator[CardOutput]:
    """An ear that plays, for all tests of this file: to start one takes a second."""
    assert not recording.exists()
    plan = plan_of(AT_170)
    score = score_of(plan, replace(ENGLISH, language="sv"))
    output = open_card_output(
        plan,
        SETTINGS,
        HostClock(),
        "ccfile",
        book=SoundBook(delays_s={"ccfile": 0.15}, volumes_db={"ccfile": (6.0, -9.0)}),
        score=score,
    )
    yield output
    output.close(0.0)


def onsets(recording: Path) -> "NDArray[np.int64]":
    """The frames at which sound begins after silence, in the last half minute of the recording."""
    heard = np.memmap(recording, np.float32, mode="r")
    left = np.abs(heard[: len(heard) // 2 * 2 : 2][-30 * FS_HZ :])
    sounding = np.flatnonzero(left > 1e-3)
    return sounding[1:][np.diff(sounding) > FS_HZ // 10]


def test_a_cue_is_answered_in_session_time(output: CardOutput) -> None:
    """As soon as the card plays it and headphones are awake; the journal is told the delay of the beat, and theirs."""
    line = output.follow(0.0)
    assert isinstance(line, SoundLine)
    assert (line.state, line.slip_frames) == ("playing", 0)
    delay_s = float(line.latency_s or 0.0)
    assert delay_s > BEAT_REACH_S + 0.15
    cue = GiveCue(time_s=5.0, kind=CueKind.EARCON, text="stage", reason=CueReason.STAGE, expires_s=10.0)
    asleep_s = SETTINGS.sound.lead_in_s
    assert output.perform(cue) == pytest.approx(
        5.0 + delay_s - 0.15 - (BEAT_REACH_S - CUE_REACH_S) + asleep_s, abs=1e-3
    )
    assert output.busy_until_s > 5.0 + delay_s - 0.15


def test_it_begins_as_loud_as_it_was_on_this_device(output: CardOutput) -> None:
    """The settings have the beat at 0 dB, so that two levels are left."""
    assert output.volume == Volume(beat=10, words=5)


def test_only_a_change_of_the_card_is_worth_a_line(output: CardOutput) -> None:
    """Told at the first look, and not again while nothing happens."""
    output.follow(0.25)
    assert output.follow(0.5) is None


def test_without_a_voice_the_person_is_told(output: CardOutput) -> None:
    """Tones instead, and why."""
    assert output.message.startswith("no voice, tones instead")


def test_the_beat_reaches_the_card(output: CardOutput, recording: Path) -> None:
    """At 180 spm: beats exactly 16 000 frames apart, as many as one cares to wait for."""
    assert output.perform(SetTempo(time_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=180.0))) is None
    even = [round(step_interval_s(180.0) * FS_HZ)] * 20
    # The tone of the first test may cover some of the first beats.
    wait_until(lambda: recording.exists() and np.diff(onsets(recording)[-21:]).tolist() == even)
