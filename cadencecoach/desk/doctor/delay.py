"""`doctor --delay`: how late headphones are heard, by taps to a slow beat."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.keyboard import Keyboard
from cadencecoach.live.audio.engine_factory import make_engine
from cadencecoach.sound.commands import SetBeat
from cadencecoach.sound.engine import DEFAULT_GAINS

TEMPO_SPM = 100.0  # slow enough that half a beat is more than any headphones' delay
N_BEATS = 24
N_LEARNING = 4  # the first taps look for the beat
MIN_TAPS = 8
# Who taps to a beat taps a little before it and does not notice: 20 to 80 ms in the literature (Repp 2005,
# doi:10.3758/BF03206433), about 30 ms for people who move to music.
ANTICIPATION_S = 0.03
EARLY_PART = 0.25  # of an interval: taps so much before a beat belong to it, all others to the beat before
WAIT_S = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """What the taps say.

    Attributes:
        device: that played
        delay_s: from the moment the card says a sound is heard to the ear
        spread_s: half of the taps lie within this distance of the median
        n_taps: that counted
    """

    device: str
    delay_s: float
    spread_s: float
    n_taps: int


def delay_from_taps(taps_s: Sequence[float], beats_s: Sequence[float], device: str = "") -> Delay | None:
    """The delay; None where too few taps came.

    Args:
        taps_s: when, rising
        beats_s: when the card says each beat is heard, evenly, on the same clock, rising; at least two
        device: that played
    """
    interval_s = beats_s[1] - beats_s[0]
    late_s = [late_s for tap_s in taps_s if (late_s := _late_s(tap_s, beats_s, interval_s)) is not None]
    counted_s = late_s[N_LEARNING:]
    if len(counted_s) < MIN_TAPS:
        return None
    middle_s = median(counted_s)
    spread_s = median(abs(one - middle_s) for one in counted_s)
    return Delay(device=device, delay_s=middle_s + ANTICIPATION_S, spread_s=spread_s, n_taps=len(counted_s))


def _late_s(tap_s: float, beats_s: Sequence[float], interval_s: float) -> float | None:
    """How long after its beat a tap came; None for one that belongs to no beat."""
    beat = bisect_left(beats_s, tap_s + EARLY_PART * interval_s) - 1
    late_s = tap_s - beats_s[beat]
    return late_s if beat >= 0 and late_s < (1 - EARLY_PART) * interval_s else None


def measure_delay(settings: AudioSettings, keyboard: Keyboard) -> Delay | None:
    """Play a slow beat and take taps on the space bar; `q` gives up.

    Raises:
        DeviceError: there is no sound here
    """
    audio, clock = LiveAudio(), HostClock()
    try:
        audio.start(partial(make_engine, asset("sounds"), DEFAULT_GAINS, 1), settings)
        taps_s, beats_s = _taps(audio, clock, keyboard)
    finally:
        audio.close()
    return delay_from_taps(taps_s, beats_s, audio.device)


def _taps(audio: LiveAudio, clock: HostClock, keyboard: Keyboard) -> tuple[list[float], list[float]]:
    """Host times of the taps, and of the beats they were for."""
    fs_hz = audio.fs_hz
    begin_s = audio.status().position_frames / fs_hz + 1.0
    audio.tell(SetBeat.steady(at_s=begin_s, tempo_spm=TEMPO_SPM))
    end_s = begin_s + N_BEATS * 60 / TEMPO_SPM
    taps_s: list[float] = []
    key: str | None = None
    while key != "q" and audio.status().is_running and audio.clock_map().frame(_now_s(clock)) < end_s * fs_hz:
        key = keyboard.poll()
        taps_s += [_now_s(clock)] if key == "space" else []
        clock.wait(WAIT_S)
    return taps_s, [audio.clock_map().host_s((begin_s + beat * 60 / TEMPO_SPM) * fs_hz) for beat in range(N_BEATS)]


def _now_s(clock: HostClock) -> float:
    return clock.origin_s + clock.now_s()
