"""What runners could play instead, each into the same recorded device, beside ours: how even is the beat?

`python bench/peers.py [SECONDS] [NAME ...]`; needs JACK (Debian: jackd2) with real-time rights, and whichever of klick,
csound, supercollider and chromium are there; what is not is said. The device is JACK's dummy card, real-time, 1024
frames, recorded at its monitor, so that what comes late is heard as late. Each plays 170 a minute as its manual says:

- klick: its own engine;
- csound: `metro`, at a control rate of 1500 Hz (ksmps 32);
- SuperCollider: a `TempoClock` whose notes are sent 0.2 s ahead, sample-exact by `OffsetOut`;
- Chromium: Web Audio oscillators, with the usual look-ahead of 0.1 s every 25 ms, through ALSA's `jack` plugin;
- a bare sounddevice callback that counts samples.

Every recording goes through the same estimator, which knows none of the clicks: the first one heard is the template,
the others are shifted onto it by their phases below 8 kHz. Times are counted in samples of the recording. Once as the
machine is, once with a process that keeps one core busy.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sound_servers import HAS_JACK, NO_JACK, JackServer

FS_HZ = 48_000
TEMPO_SPM = 170.0
PERIOD_FRAMES = 60 * FS_HZ / TEMPO_SPM
SETTLE_S = 20.0  # the slowest has begun, on a busy machine too
REAL_TIME = ("-R", "-P", "20")
PERIOD_OF_CARD = 1024  # 21 ms, as a desktop has it; at 5 ms a busy machine breaks every program here
WINDOW = 1024  # frames of a click that are compared
BEFORE = 16
FINE = 64  # steps a frame
HIGHEST_BIN = round(8_000 / FS_HZ * 2 * WINDOW)  # what most of a click is; its very edge may stand on a whole frame
SPIN = "while True: pass"
BARE = """
import sys, threading
import numpy as np, sounddevice as sd
click = np.exp(-np.arange(1440) / 300).astype(np.float32)
period, at = 60 / 170 * 48000, 0
def callback(out, n, times, flags):
    global at
    out[:] = 0
    beat = int(at // period)
    for k in (beat, beat + 1):
        onset = int(k * period + 0.5)
        a, b = max(at, onset), min(at + n, onset + len(click))
        if a < b:
            out[a - at : b - at] = 0.5 * click[a - onset : b - onset, None]
    at += n
with sd.OutputStream(48000, 512, "system", 2, "float32", latency="low", callback=callback):
    threading.Event().wait()
"""
CSOUND = """<CsoundSynthesizer>
<CsInstruments>
sr = 48000
ksmps = 32
nchnls = 2
0dbfs = 1
instr 1
  ktick metro 170 / 60
  schedkwhen ktick, 0, 0, 2, 0, 0.03
endin
instr 2
  aenv expon 0.5, p3, 0.0005
  aout oscili aenv, 1500, -1, 0.25
  outs aout, aout
endin
</CsInstruments>
<CsScore>
i 1 0 3600
</CsScore>
</CsoundSynthesizer>
"""
SUPERCOLLIDER = """
s.options.numInputBusChannels = 0;
s.waitForBoot({
  SynthDef(\\click, {
    var env = EnvGen.ar(Env.perc(0, 0.03), doneAction: 2);
    OffsetOut.ar(0, (SinOsc.ar(1500, pi / 2) * env * 0.5) ! 2);
  }).add;
  s.sync;
  TempoClock(170 / 60).sched(0, { s.bind { Synth(\\click) }; 1 });
});
"""
WEB_AUDIO = """<script>
const context = new AudioContext({sampleRate: 48000}), period = 60 / 170;
let next = 0.5;
setInterval(() => {
  for (; next < context.currentTime + 0.1; next += period) {
    const source = context.createOscillator();
    source.frequency.value = 880;
    source.connect(context.destination);
    source.start(next);
    source.stop(next + 0.03);
  }
}, 25);
</script>
"""
SCREENLESS = {
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "SC_JACK_DEFAULT_OUTPUTS": "system:playback_1,system:playback_2",
}
ALSA_JACK = """
pcm.ccjack { type plug slave.pcm { type jack
  playback_ports { 0 system:playback_1 1 system:playback_2 }
  capture_ports { } } }
pcm.!default pcm.ccjack
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One program.

    Attributes:
        name: for the table
        needs: the program that must be installed
        words: how it is called, in a folder of its own
        version: how it tells its version
    """

    name: str
    needs: str
    words: Callable[[Path], Sequence[str]]
    version: Callable[[], str]


def debian(package: str) -> Callable[[], str]:
    """The version of a Debian package."""
    return lambda: said("dpkg-query", "-W", "-f", "${Version}", package)


def said(*words: str) -> str:
    """What a program prints, its first line."""
    try:
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=20)
    except OSError:
        return "?"
    return (done.stdout.strip().splitlines() or ["?"])[0]


def written(folder: Path, name: str, text: str) -> str:
    """A file for a program to read."""
    (folder / name).write_text(text)
    return str(folder / name)


def chromium(folder: Path) -> Sequence[str]:
    """A browser without a window, whose sound goes to ALSA, and from there to JACK."""
    config = Path(os.environ["ALSA_CONFIG_PATH"])
    config.write_text(config.read_text() + ALSA_JACK)
    page = written(folder, "metronome.html", WEB_AUDIO)
    return (
        *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"),
        *("--autoplay-policy=no-user-gesture-required", "--alsa-output-device=ccjack", f"file://{page}"),
    )


def ours(folder: Path) -> Sequence[str]:
    """This program."""
    journal = f"{folder}/beat.jsonl"
    words = ("metronome", f"{TEMPO_SPM:g}", "--sound", "device:system", "--journal", journal)
    return (sys.executable, "-m", "cadencecoach", *words)


PEERS = (
    Peer(name="cadencecoach", needs=sys.executable, words=ours, version=lambda: said(*ours(Path())[:3], "--version")),
    Peer(
        name="sounddevice",
        needs=sys.executable,
        words=lambda _: (sys.executable, "-c", BARE),
        version=lambda: said(sys.executable, "-c", "import sounddevice as s; print(s.__version__)"),
    ),
    Peer(
        name="klick",
        needs="klick",
        words=lambda _: ("klick", "-P", "-e", "-s", "3", f"{TEMPO_SPM:g}"),
        version=debian("klick"),
    ),
    Peer(
        name="csound",
        needs="csound",
        words=lambda folder: (
            *("csound", "-+rtaudio=jack", "-odac:system:playback_", "-b", "1024", "-B", "2048", "-d", "-m0"),
            written(folder, "metronome.csd", CSOUND),
        ),
        version=debian("csound"),
    ),
    Peer(
        name="supercollider",
        needs="sclang",
        words=lambda folder: ("sclang", written(folder, "metronome.scd", SUPERCOLLIDER)),
        version=debian("supercollider-server"),
    ),
    Peer(name="web audio", needs="chromium", words=chromium, version=debian("chromium")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a recording came to; times in us."""

    n_intervals: int
    ppm: float
    sd_us: float
    p99_us: float
    worst_us: float


def recorded(peer: Peer, seconds: int) -> NDArray[np.float32]:
    """Play it for so long, on a server of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        server = stack.enter_context(JackServer(round(seconds + SETTLE_S), how=REAL_TIME, period_frames=PERIOD_OF_CARD))
        before = dict(os.environ)
        stack.callback(_restore, before)
        home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        os.environ.update(server.environment | home | SCREENLESS)
        process = subprocess.Popen(
            peer.words(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # with what it starts itself
        )
        stack.callback(_end, process)
        server.finish()
        if n_unrecorded := server.n_unrecorded():
            raise ValueError(f"the recorder lost {n_unrecorded} frames")
        return server.heard()[round(SETTLE_S * FS_HZ) :]


def _restore(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5.0)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def onsets(heard: NDArray[np.float32]) -> NDArray[np.float64]:
    """Where clicks begin, in frames and parts of one, but for a constant."""
    loud = np.flatnonzero(np.abs(heard) > 0.25 * np.abs(heard).max())
    firsts = loud[np.diff(loud, prepend=-FS_HZ) > FS_HZ // 10]
    whole = [int(first) for first in firsts if BEFORE <= first <= len(heard) - WINDOW]
    windows = [heard[first - BEFORE : first - BEFORE + WINDOW].astype(np.float64) for first in whole]
    return np.array([first + shift(windows[0], window) for first, window in zip(whole, windows, strict=True)])


def shift(template: NDArray[np.float64], window: NDArray[np.float64]) -> float:
    """By how many frames a click is later in its window than the template in its own: the top of the correlation."""
    spectrum = np.fft.rfft(window, 2 * WINDOW) * np.conj(np.fft.rfft(template, 2 * WINDOW))
    spectrum[HIGHEST_BIN:] = 0.0
    coarse = np.fft.irfft(spectrum)
    top = int(np.argmax(coarse))
    top -= 2 * WINDOW if top > WINDOW else 0
    lags = top + np.arange(-FINE, FINE + 1) / FINE
    turns = np.exp(2j * np.pi * np.outer(lags, np.arange(WINDOW + 1)) / (2 * WINDOW))
    fine = (turns @ spectrum).real
    best = min(max(int(np.argmax(fine)), 1), len(fine) - 2)
    left, middle, right = fine[best - 1 : best + 2]
    return float(lags[best] + (left - right) / (2 * (left - 2 * middle + right)) / FINE)


def figures(places: NDArray[np.float64]) -> Figures:
    """Intervals against 60 / tempo."""
    errors_us = (np.diff(places) - PERIOD_FRAMES) / FS_HZ * 1e6
    slope = np.polyfit(np.arange(len(places)), places, 1)[0]
    return Figures(
        n_intervals=len(errors_us),
        ppm=float((slope / PERIOD_FRAMES - 1) * 1e6),
        sd_us=float(errors_us.std()),
        p99_us=float(np.percentile(np.abs(errors_us), 99)),
        worst_us=float(np.abs(errors_us).max()),
    )


def row(peer: Peer, seconds: int, busy: str) -> None:
    """Play, measure, print."""
    load = os.getloadavg()[0]
    try:
        found = figures(onsets(recorded(peer, seconds)))
    except (OSError, ValueError, IndexError, TypeError, AssertionError) as error:
        print(f"{peer.name:<14} {busy:<6} nothing to measure: {error}", flush=True)
        return
    print(
        f"{peer.name:<14} {busy:<6} {found.n_intervals:>5} {found.ppm:>9.2f} {found.sd_us:>10.2f} {found.p99_us:>10.2f}"
        f" {found.worst_us:>10.2f} {load:>6.1f}",
        flush=True,
    )


def main(seconds: int, names: Sequence[str]) -> None:
    """All that are there, as the machine is and with one core busy."""
    if not HAS_JACK:
        sys.exit(NO_JACK)
    if subprocess.run((shutil.which("chrt") or "chrt", "-f", "20", "true"), check=False).returncode:
        sys.exit("needs real-time rights for JACK (a member of the audio group, or root)")
    chosen = [peer for peer in PEERS if not names or peer.name in names]
    for peer in chosen:
        print(
            f"{peer.name:<14} {peer.version() if shutil.which(peer.needs) else 'not installed: left out'}", flush=True
        )
    here = [peer for peer in chosen if shutil.which(peer.needs)]
    print(f"\n{seconds} s at {TEMPO_SPM:g} spm; interval minus 60 / tempo, in us; load of the machine before each")
    print(f"{'':<14} {'':<6} {'n':>5} {'ppm':>9} {'SD':>10} {'p99':>10} {'worst':>10} {'load':>6}")
    for peer in here:
        row(peer, seconds, "as is")
    spinning = subprocess.Popen((sys.executable, "-c", SPIN))
    try:
        for peer in here:
            row(peer, seconds, "busy")
    finally:
        spinning.kill()
        spinning.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, sys.argv[2:])
