"""Engines for the audio child: a module that a spawned process can import, so functions of their own."""

import numpy as np
from numpy.typing import NDArray

from cadencecoach.sound.commands import Bus, Play, Retime, StopBeat
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.tones import SOUNDS

FS_HZ = 48_000


def phrase() -> NDArray[np.float32]:
    """Two seconds that rise, fall and have many pitches, as speech has."""
    time_s = np.arange(2 * FS_HZ) / FS_HZ
    voice = sum(np.sin(2 * np.pi * 140.0 * k * time_s + k * k) / k for k in range(1, 20))
    return (0.4 * voice * np.abs(np.sin(2 * np.pi * 1.7 * time_s))).astype(np.float32)


def silent() -> Engine:
    """The house's sounds, and nothing told."""
    return Engine(clips={name: sound(FS_HZ) for name, sound in SOUNDS.items()} | {"phrase": phrase()})


def session() -> Engine:
    """A short session: a beat, a ramp, a phrase and earcons over it, an end."""
    engine = silent()
    for command in (
        Retime(at_s=0.05, tempo_spm=166.0),
        Play(at_s=2.13, clip="phrase", bus=Bus.VOICE),
        Play(at_s=3.0, clip="quicker", bus=Bus.EARCON),
        Retime(at_s=5.0, tempo_spm=178.3, ramp_s=10.0),
        Play(at_s=16.2, clip="phrase", bus=Bus.VOICE),
        StopBeat(at_s=20.0),
    ):
        engine.tell(command)
    return engine


def broken() -> Engine:
    """An engine that cannot be made."""
    raise RuntimeError("no engine today")
