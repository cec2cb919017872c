"""A beat on a busy machine: ours, and a bare callback with a deep buffer, playing at the same time.

`python bench/busy.py [SECONDS] [RUNS] [LATENCY_S]`; 420 and 5 are 35 minutes. Needs a PulseAudio server's programs
(Debian: pulseaudio pulseaudio-utils libasound2-plugins). Five processes do nothing but count. Each player has a private
null sink of its own, recorded at its monitor. A loss is an interval between two clicks that is off by more than a
millisecond; what a process of ours that was replaced would cost is among them.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import FS_HZ, HAS_PULSE, NO_PULSE, PulseServer, wait_until

from cadencecoach.coach.actions import SetTempo
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.live.audio.card import Card
from cadencecoach.live.audio.card_output import CardOutput
from cadencecoach.live.audio.performer import Performer
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.engine import DEFAULT_GAINS
from cadencecoach.store.settings import SoundSettings

TEMPO_SPM = 180.0
PERIOD_FRAMES = 16_000
N_BUSY = 5
TOLERANCE_FRAMES = 48
LOOK_EVERY_S = 0.05  # as a session does
BARE = """
import sys, threading
import numpy as np, sounddevice as sd
click = np.exp(-np.arange(1440) / 300).astype(np.float32)
at = 0
def callback(out, n, times, flags):
    global at
    out[:] = 0
    beat = at // 16000
    for onset in (beat * 16000, beat * 16000 + 16000):
        a, b = max(at, onset), min(at + n, onset + len(click))
        if a < b:
            out[a - at : b - at] = click[a - onset : b - onset, None]
    at += n
with sd.OutputStream(48000, 0, sys.argv[1], 2, "float32", latency="high", callback=callback) as stream:
    print(stream.latency, flush=True)
    threading.Event().wait()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was recorded of one player.

    Attributes:
        n_intervals: between clicks
        n_losses: of them off by more than a millisecond
        worst_ms: of them
        phase_ms: of the last click against the first
        n_replaced: processes that were given up
        latency_ms: of its buffer, as the card says
    """

    who: str
    n_intervals: int
    n_losses: int
    worst_ms: float
    phase_ms: float
    n_replaced: int
    latency_ms: float


@contextmanager
def busy_machine(n_busy: int = N_BUSY) -> Iterator[None]:
    """Processes that only count, ended afterwards."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(n_busy)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def heard_of(who: str, heard: NDArray[np.float32], *, latency_ms: float, n_replaced: int = 0) -> Heard:
    """The figures of one recording; nothing but clicks sounds in it."""
    loud = np.flatnonzero(np.abs(heard) > 0.2)
    onsets = loud[np.diff(loud, prepend=-FS_HZ) > PERIOD_FRAMES // 8]
    errors = np.abs(np.diff(onsets) - PERIOD_FRAMES)
    whole = (onsets[-1] - onsets[0]) / PERIOD_FRAMES
    return Heard(
        who=who,
        n_intervals=len(errors),
        n_losses=int((errors > TOLERANCE_FRAMES).sum()),
        worst_ms=float(errors.max() / FS_HZ * 1000),
        phase_ms=float((whole - round(whole)) * PERIOD_FRAMES / FS_HZ * 1000),
        n_replaced=n_replaced,
        latency_ms=latency_ms,
    )


def play(seconds: float, latency_s: float) -> tuple[Heard, Heard]:
    """Both players at the same time."""
    with ExitStack() as stack:
        ours, bare = stack.enter_context(PulseServer()), stack.enter_context(PulseServer())
        words = [sys.executable, "-c", BARE, bare.device]
        process = subprocess.Popen(words, env=os.environ | bare.environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        bare_ms = float(process.stdout.readline()) * 1000
        os.environ.update(ours.environment)
        latency_ms, n_replaced = play_ours(ours.device, seconds, latency_s)
        process.kill()
        process.wait()
        process.stdout.close()
        return (
            heard_of("cadencecoach", ours.heard(), latency_ms=latency_ms, n_replaced=n_replaced),
            heard_of('bare, latency="high"', bare.heard(), latency_ms=bare_ms),
        )


def play_ours(device: str, seconds: float, latency_s: float) -> tuple[float, int]:
    """As a session plays: the buffer in ms, and how often the sound was given up and came back."""
    clock, pause = HostClock(), threading.Event()
    card = Card(clock, AudioSettings(device=device, latency_s=latency_s), asset("sounds"), DEFAULT_GAINS)
    card.take(card.open())
    performer = Performer(send=card.tell, length_s=lambda _: None, gains=DEFAULT_GAINS, clock=card)
    output = CardOutput(card, performer, message="")
    clock.restart()
    output.perform(SetTempo(time_s=0.1, timeline=Timeline.steady(start_s=0.1, tempo_spm=TEMPO_SPM)))
    states: list[str] = []

    def is_over() -> bool:
        line = output.follow(clock.now_s())
        states.extend([] if line is None else [line.state])
        pause.wait(LOOK_EVERY_S)
        return clock.now_s() >= seconds

    with busy_machine():  # both players have begun
        wait_until(is_over, within_s=seconds + 60.0)
    latency_ms = card.audio.status().latency_s * 1000
    output.close(0.0)
    return latency_ms, states.count("lost")


def main(seconds: float, n_runs: int, latency_s: float) -> None:
    """Run after run, and the sum."""
    if not HAS_PULSE:
        sys.exit(NO_PULSE)
    print(f"{TEMPO_SPM:g} spm, {n_runs} x {seconds:g} s, {N_BUSY} busy loops on {os.cpu_count()} processors")
    print(f"{'':<22}{'intervals':>10}{'losses':>8}{'worst ms':>10}{'phase ms':>10}{'replaced':>10}{'buffer ms':>11}")
    losses = [0, 0]
    for _ in range(n_runs):
        for place, one in enumerate(play(seconds, latency_s)):
            losses[place] += one.n_losses
            print(
                f"{one.who:<22}{one.n_intervals:>10}{one.n_losses:>8}{one.worst_ms:>10.1f}{one.phase_ms:>10.2f}"
                f"{one.n_replaced:>10}{one.latency_ms:>11.0f}",
                flush=True,
            )
    print(f"losses in all: ours {losses[0]}, the bare callback {losses[1]}")
    sys.exit(losses[0] > losses[1])


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    seconds, n_runs, latency_s = [*given, *(420.0, 5.0, SoundSettings().latency_s)[len(given) :]]
    main(seconds, int(n_runs), latency_s)
