"""Engines for the audio child: a module that a spawned process can import, so functions of their own."""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.devices.assets import asset
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.bank import load_bank
from cadencecoach.sound.commands import Bus, Play, SetBeat
from cadencecoach.sound.engine import Engine

FS_HZ = 48_000


def phrase() -> NDArray[np.float32]:
    """Two seconds that rise, fall and have many pitches, as speech has."""
    time_s = np.arange(2 * FS_HZ) / FS_HZ
    voice = sum(np.sin(2 * np.pi * 140.0 * k * time_s + k * k) / k for k in range(1, 20))
    return (0.4 * voice * np.abs(np.sin(2 * np.pi * 1.7 * time_s))).astype(np.float32)


def silent(fs_hz: int = FS_HZ) -> Engine:
    """The house's sounds, and nothing told."""
    return Engine(clips=load_bank(asset("sounds"), fs_hz) | {"phrase": phrase()}, fs_hz=fs_hz)


def session(fs_hz: int = FS_HZ) -> Engine:
    """A short session: a beat, a ramp, a phrase and earcons over it, an end."""
    engine = silent(fs_hz)
    beat = Timeline.steady(start_s=0.05, tempo_spm=166.0)
    for command in (
        SetBeat(at_s=0.05, timeline=beat),
        Play(at_s=2.13, clip="phrase", bus=Bus.VOICE),
        Play(at_s=3.0, clip="quicker", bus=Bus.EARCON),
        SetBeat(at_s=5.0, timeline=beat.retime(at_s=5.0, tempo_spm=178.3, ramp_s=10.0)),
        Play(at_s=16.2, clip="phrase", bus=Bus.VOICE),
        SetBeat(at_s=20.0, timeline=None),
    ):
        engine.tell(command)
    return engine


def ten_minutes(fs_hz: int = FS_HZ) -> Engine:
    """Ten minutes of beat: up and down on ramps, a phrase every 20 s and an earcon over its end, a stop at the end."""
    engine = silent(fs_hz)
    beat = Timeline.steady(start_s=0.05, tempo_spm=164.0)
    engine.tell(SetBeat(at_s=0.05, timeline=beat))
    for minute in range(10):
        tempo_spm = 164.0 + 2.3 * (minute % 5)
        at_s = 60.0 * minute + 7.0
        beat = beat.retime(at_s=at_s, tempo_spm=tempo_spm, ramp_s=30.0)
        engine.tell(SetBeat(at_s=at_s, timeline=beat))
    for k in range(30):
        engine.tell(Play(at_s=20.0 * k + 2.13, clip="phrase", bus=Bus.VOICE))
        engine.tell(Play(at_s=20.0 * k + 3.9, clip="stage", bus=Bus.EARCON))
    engine.tell(SetBeat(at_s=600.0, timeline=None))
    return engine


def broken(_: int) -> Engine:
    """An engine that cannot be made."""
    raise RuntimeError("no engine today")
