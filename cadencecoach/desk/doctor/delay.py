"""How late headphones are heard, by taps to a slow beat: `doctor --delay`, and the page of sensors and sound."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Protocol

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
TAP_KEYS = {"space", "enter"}


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


class Taps(Protocol):
    """Where taps come from."""

    @property
    def is_given_up(self) -> bool:
        """Whether whoever taps wants no more."""

    def poll(self) -> float | None:
        """Host time of the next tap; None where none has come yet."""


class KeyTaps:
    """Taps on the space bar or Enter of a terminal, at the time they are read; `q` gives up.

    Args:
        keyboard: of the terminal
    """

    def __init__(self, keyboard: Keyboard) -> None:
        """Nobody has tapped."""
        self._keyboard, self._clock = keyboard, HostClock()
        self.is_given_up = False

    def poll(self) -> float | None:
        """As `Taps`."""
        key = self._keyboard.poll()
        self.is_given_up |= key == "q"
        return host_now_s(self._clock) if key in TAP_KEYS else None


class SentTaps:
    """Taps that say themselves when they were, each once.

    Threads: one sends, another polls.
    """

    def __init__(self) -> None:
        """None was sent."""
        self._known, self._waiting = set[str](), deque[float]()
        self.is_given_up = False

    def send(self, id_: str, at_s: float) -> None:
        """Add one; the same id again is the same tap."""
        if id_ not in self._known:
            self._known.add(id_)
            self._waiting.append(at_s)

    def poll(self) -> float | None:
        """As `Taps`."""
        return self._waiting.popleft() if self._waiting else None


def measure_delay(
    settings: AudioSettings, taps: Taps, tell: Callable[[int], None] = lambda _n_beats: None
) -> Delay | None:
    """Play a slow beat and take taps.

    Args:
        settings: of the card that plays
        taps: to the beat
        tell: how many of `N_BEATS` have been
    Raises:
        DeviceError: there is no sound here
    """
    audio, clock = LiveAudio(), HostClock()
    try:
        audio.start(partial(make_engine, asset("sounds"), DEFAULT_GAINS, 1), settings)
        taps_s, beats_s = _taps(audio, clock, taps, tell)
    finally:
        audio.close()
    return None if taps.is_given_up else delay_from_taps(sorted(taps_s), beats_s, audio.device)


def host_now_s(clock: HostClock) -> float:
    """Host monotonic time, on which taps are."""
    return clock.origin_s + clock.now_s()


def _taps(
    audio: LiveAudio, clock: HostClock, taps: Taps, tell: Callable[[int], None]
) -> tuple[list[float], list[float]]:
    """Host times of the taps, and of the beats they were for."""
    fs_hz = audio.fs_hz
    begin_s = audio.status().position_frames / fs_hz + 1.0
    audio.tell(SetBeat.steady(at_s=begin_s, tempo_spm=TEMPO_SPM))
    end_s = begin_s + N_BEATS * 60 / TEMPO_SPM
    taps_s, n_beats = list[float](), 0
    while not taps.is_given_up and audio.status().is_running:
        now_s = audio.clock_map().frame(host_now_s(clock)) / fs_hz
        if now_s >= end_s:
            break
        if n_beats < (reached := max(0, int((now_s - begin_s) * TEMPO_SPM / 60) + (now_s >= begin_s))):
            n_beats = reached
            tell(n_beats)
        tap_s = taps.poll()
        taps_s += [] if tap_s is None else [tap_s]
        clock.wait(WAIT_S)
    return taps_s, [audio.clock_map().host_s((begin_s + beat * 60 / TEMPO_SPM) * fs_hz) for beat in range(N_BEATS)]
