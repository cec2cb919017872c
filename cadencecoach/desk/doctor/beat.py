"""`doctor --beat`: plays a beat as a session does, keeps what leaves the audio process, and measures it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cadencecoach.desk.doctor.figures import (
    BeatFigures,
    Callback,
    Spread,
    beat_figures,
    card_ppm,
    delays_ms,
    load_percent,
    onset_frames,
)
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.child import CommonMemory
from cadencecoach.devices.clock import HostClock
from cadencecoach.sound.bank import load_bank
from cadencecoach.sound.commands import Bus, Play, SetBeat
from cadencecoach.sound.engine import Engine

TEMPO_SPM = 173.7  # never a whole number of frames
SETTLE_S = 0.5
N_PINGS, PING_EVERY_S = 24, 0.177  # far enough apart, and never at the same place in a block
TAIL_S = 0.5
MAX_FS_HZ = 192_000  # memory that is not written to costs nothing
LOOK_EVERY_S = 0.25
PING = "ping"
FLOAT_BYTES = 4

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measurement, of the device that played.

    Attributes:
        seconds: of beat
        slip_frames, n_flags: frames the card lost, and under-runs it reported
        card_ppm: how much faster than nominal the card runs by this computer's clock; the beat does not depend on it
        load_percent: of the time a block lasts, what making it took
        to_leave_ms: from a command to the callback that took its first sample; None where it could not be told
        to_ear_ms: the same to the ear, as far as the card knows
    """

    device: str
    tempo_spm: float
    seconds: float
    beat: BeatFigures | None
    slip_frames: int
    n_flags: int
    card_ppm: float
    load_percent: Spread
    to_leave_ms: Spread | None
    to_ear_ms: Spread | None

    @property
    def is_well(self) -> bool:
        """Every interval within a sample, and nothing lost."""
        return self.beat is not None and self.beat.worst_samples < 1.0 and self.slip_frames == 0

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "is_well": self.is_well}


class TapedEngine:
    """An engine that keeps one channel of what it gives, in memory shared with the parent."""

    def __init__(self, engine: Engine, tape: CommonMemory) -> None:
        """Keep as much as the tape holds."""
        self._engine = engine
        self._tape = np.frombuffer(tape.buffer, np.float32)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # everything else is the engine's
        """All but `render`."""
        return getattr(self._engine, name)

    def render(self, n_frames: int) -> Samples:
        """The next frames."""
        first = self._engine.position_frames
        out = self._engine.render(n_frames)
        room = self._tape[first : first + n_frames]
        room[:] = out[: len(room), 0]
        return out


def make_taped(tape: CommonMemory, fs_hz: int) -> TapedEngine:
    """The engine, made in the audio process at the rate of its card."""
    return TapedEngine(Engine(clips=_clips(fs_hz), fs_hz=fs_hz), tape)


def _clips(fs_hz: int) -> dict[str, Samples]:
    return {**load_bank(asset("sounds"), fs_hz), PING: np.full(fs_hz // 100, 0.2, np.float32)}


def measure(seconds: float, settings: AudioSettings) -> Measured:
    """Play and measure.

    Args:
        seconds: of beat; a few more go to settling and to the commands
        settings: how the card is opened
    Raises:
        DeviceError: there is no sound here
    """
    whole_s = SETTLE_S + seconds + N_PINGS * PING_EVERY_S + 10 * TAIL_S + settings.latency_s
    tape = CommonMemory(FLOAT_BYTES * int(whole_s * MAX_FS_HZ))
    audio, clock = LiveAudio(), HostClock()
    try:
        audio.start(partial(make_taped, tape), settings)
        return _measure(audio, clock, np.frombuffer(tape.buffer, np.float32), _clips(audio.fs_hz)["click"], seconds)
    finally:
        audio.close()


def _measure(audio: LiveAudio, clock: HostClock, tape: Samples, click: Samples, seconds: float) -> Measured:
    fs_hz = audio.fs_hz
    begin_s = audio.status().position_frames / fs_hz + SETTLE_S
    end_s = begin_s + seconds
    audio.tell(SetBeat.steady(at_s=begin_s, tempo_spm=TEMPO_SPM))
    audio.tell(SetBeat(at_s=end_s, timeline=None))
    callbacks: list[Callback] = [one for some in _until(audio, clock, end_s + TAIL_S) for one in some]
    first_ping = audio.status().position_frames
    told_s = [_ping(audio, clock) for _ in range(N_PINGS)]
    status = audio.status()
    callbacks += [one for some in _until(audio, clock, status.position_frames / fs_hz + TAIL_S) for one in some]
    pings = onset_frames(tape[first_ping : status.position_frames + fs_hz], fs_hz=fs_hz) + first_ping
    delays = delays_ms(told_s, pings, callbacks)
    return Measured(
        device=audio.device,
        tempo_spm=TEMPO_SPM,
        seconds=seconds,
        beat=beat_figures(tape[:first_ping], click, tempo_spm=TEMPO_SPM, fs_hz=fs_hz),
        slip_frames=status.slip_frames,
        n_flags=status.n_flags,
        card_ppm=card_ppm(callbacks, fs_hz),
        load_percent=load_percent(callbacks, fs_hz),
        to_leave_ms=None if delays is None else delays[0],
        to_ear_ms=None if delays is None else delays[1],
    )


def _until(audio: LiveAudio, clock: HostClock, stream_s: float) -> Iterator[list[Any]]:
    """What the callbacks note until the stream has come so far, or no longer moves."""
    for _ in repeat(None):
        status = audio.status()
        yield audio.callbacks()
        if status.position_frames >= stream_s * audio.fs_hz or not status.is_running:
            return
        clock.wait(LOOK_EVERY_S)


def _ping(audio: LiveAudio, clock: HostClock) -> float:
    """Ask for a short sound at once, and wait; the answer is the host time of asking."""
    told_s = clock.origin_s + clock.now_s()
    audio.tell(Play(at_s=0.0, clip=PING, bus=Bus.EARCON))
    clock.wait(PING_EVERY_S)
    return told_s
