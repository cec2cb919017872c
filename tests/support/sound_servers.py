"""Private sound servers for tests and benchmarks: real PortAudio devices whose samples are recorded.

Each is started and ended by its own process id, listens in a folder of its own, and touches no server of the machine.
"""

import ctypes.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

ALSA_BASE = Path("/usr/share/alsa/alsa.conf")
PULSE_PLUGINS = [*Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")]
HAS_ALSA = ctypes.util.find_library("portaudio") is not None and ALSA_BASE.exists()
HAS_PULSE = HAS_ALSA and bool(PULSE_PLUGINS) and all(map(shutil.which, ("pulseaudio", "parec")))
HAS_JACK = HAS_ALSA and all(map(shutil.which, ("jackd", "jack_wait", "jack_rec")))
NO_ALSA = "needs PortAudio on ALSA (Debian: libportaudio2)"
NO_PULSE = "needs a PulseAudio server (Debian: pulseaudio pulseaudio-utils libasound2-plugins)"
NO_JACK = "needs a JACK server (Debian: jackd2)"
PATIENCE_S = 20.0
LOOK_EVERY_S = 0.005  # a recording is laid on the host's clock by when it is seen to have grown
FOLLOWED_EVERY_S = 0.05  # a session looks at its card so often, whatever is recorded
FS_HZ = 48_000


def wait_until(is_so: Callable[[], bool], *, within_s: float = PATIENCE_S, every_s: float = LOOK_EVERY_S) -> None:
    """Look again and again until something is so; fail when it does not come."""
    pause, give_up_s = threading.Event(), time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < give_up_s, "it did not come to pass"
        pause.wait(every_s)


def alsa_config(folder: Path, *cards: str) -> dict[str, str]:
    """Environment in which ALSA has exactly these cards.

    Without its hooks alsa.conf loads no other configuration; its body must stay, or PortAudio aborts.
    """
    base = re.sub(r"(?ms)^@hooks.*?^\]\n", "", ALSA_BASE.read_text())
    (folder / "asound.conf").write_text(base + "\n".join(cards) + "\n")
    return {"ALSA_CONFIG_PATH": str(folder / "asound.conf")}


def file_card(folder: Path, out: Path) -> dict[str, str]:
    """Environment with one card, `ccfile`, that writes raw floats as fast as it is given them."""
    card = f'pcm.ccfile {{ type file  file "{out}"  format raw  slave.pcm {{ type null }} }}'
    return alsa_config(folder, card)


class Server:
    """What all servers have in common: a folder, an environment for players, processes that are ended."""

    device = ""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self.folder = Path(tempfile.mkdtemp(prefix="cc-sound-"))
        self.recording = self.folder / "heard.f32"
        self.environment: dict[str, str] = {}
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the server and its recorder."""
        raise NotImplementedError

    def stop(self, sign: int = signal.SIGTERM) -> None:
        """End all processes, the latest first."""
        while self._processes:
            process = self._processes.pop()
            process.send_signal(sign)
            try:
                process.wait(5.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def heard(self) -> NDArray[np.float32]:
        """The first channel recorded so far."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self.start()
        return self

    def command(self, *words: str) -> str:
        """What one of the server's own programs says, run to its end."""
        environment = os.environ | self.environment
        return subprocess.run(words, env=environment, check=True, capture_output=True, text=True).stdout

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, words: Sequence[str], environment: dict[str, str], out: Path | None = None) -> None:
        sink = (out or self.folder / f"{Path(words[0]).name}.log").open("ab")
        with sink:
            self._processes.append(
                subprocess.Popen(
                    list(words),
                    env=os.environ | environment,
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=subprocess.DEVNULL if out else sink,
                )
            )


class PulseServer(Server):
    """A PulseAudio null sink at real-time pace, with a desktop's deep buffer, recorded at its monitor.

    Args:
        others: names of more sinks, the first of which the server takes for the usual one
        device: what the way to the server is called
    """

    def __init__(self, *, others: Sequence[str] = (), device: str = "ccpulse") -> None:
        """Nothing runs yet."""
        super().__init__()
        self.device, self._others = device, others
        self._socket = self.folder / "native"
        card = f'pcm.{device} {{ type pulse  server "unix:{self._socket}" }}'
        self.environment = alsa_config(self.folder, card) | {"PULSE_SERVER": f"unix:{self._socket}"}

    def start(self) -> None:
        """Start server and recorder; wait until both work."""
        folder = str(self.folder)
        own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH"), folder)
        own |= {"DBUS_SYSTEM_BUS_ADDRESS": "", "DBUS_SESSION_BUS_ADDRESS": ""}
        self._socket.unlink(missing_ok=True)
        form = "rate=48000 channels=2 format=float32le"
        sinks = [word for name in (*self._others, "cc") for word in ("-L", f"module-null-sink sink_name={name} {form}")]
        protocol = f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"
        options = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no")
        self._run(("pulseaudio", *options, "--log-level=error", *sinks, "-L", protocol), own)
        wait_until(self._socket.exists)
        recorder = ("parec", "-d", "cc.monitor", "--format=float32le", "--rate=48000", "--channels=2")
        self._run((*recorder, "--latency-msec=20"), own | self.environment, out=self.recording)
        n_before = self._n_bytes()
        wait_until(lambda: self._n_bytes() > n_before)

    def heard(self, from_frame: int = 0) -> NDArray[np.float32]:
        """The first channel recorded so far, or since a frame."""
        return self.heard_stereo(from_frame)[:, 0]

    def heard_stereo(self, from_frame: int = 0) -> NDArray[np.float32]:
        """All recorded so far, or since a frame, shape (frames, 2)."""
        floats = np.fromfile(self.recording, np.float32, offset=8 * from_frame)
        return floats[: len(floats) // 2 * 2].reshape(-1, 2)

    def n_heard(self) -> int:
        """Frames recorded so far."""
        return self._n_bytes() // 8

    def _n_bytes(self) -> int:
        return self.recording.stat().st_size if self.recording.exists() else 0


class JackServer(Server):
    """A JACK dummy server, recorded at its monitor by jack_rec.

    Args:
        seconds: how long the recorder runs; the file is complete when it has ended
        how: jackd's own options: it waits for its clients, or (`-R`) plays on without who is late
        period_frames: of its blocks
        fs_hz: its one rate
        n_channels: the first and the last of them are recorded; with one, both channels of the recording are that one
    """

    device = "system"

    def __init__(
        self,
        seconds: int,
        *,
        how: Sequence[str] = ("--no-realtime", "-S"),
        period_frames: int = 256,
        fs_hz: int = FS_HZ,
        n_channels: int = 2,
    ) -> None:
        """Nothing runs yet."""
        super().__init__()
        self.recording = self.folder / "heard.wav"
        self._seconds, self._how, self._period_frames = seconds, how, period_frames
        self._fs_hz, self._n_channels = fs_hz, n_channels
        name = f"cc{os.getpid()}x{self.folder.name[-4:]}"
        self.environment = alsa_config(self.folder) | {
            "JACK_DEFAULT_SERVER": name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }

    def start(self) -> None:
        """Start server and recorder; wait until both work."""
        name = self.environment["JACK_DEFAULT_SERVER"]
        dummy = ("-d", "dummy", "-m", "-r", f"{self._fs_hz}", "-p", f"{self._period_frames}")
        ports = ("-C", "2", "-P", f"{self._n_channels}")
        self._run(("jackd", "-n", name, *self._how, *dummy, *ports), self.environment)
        subprocess.run(
            (shutil.which("jack_wait") or "jack_wait", "-w", "-t", "10"),
            env=os.environ | self.environment,
            check=True,
            capture_output=True,
        )
        monitors = ("system:monitor_1", f"system:monitor_{self._n_channels}")
        memory = (
            "-B",
            f"{(self._seconds + 1) * self._fs_hz}",
        )  # all of it: its thread that writes gets little of a busy machine
        recorder = ("jack_rec", "-f", str(self.recording), "-d", str(self._seconds), "-b", "32", *memory)
        self._run((*recorder, *monitors), self.environment)
        wait_until(self.recording.exists)

    def finish(self) -> None:
        """Wait until the recorder has written what it was asked for."""
        self._processes.pop().wait(self._seconds + PATIENCE_S)

    def n_unrecorded(self) -> int:
        """Frames the recorder lost, after `finish`: what is missing then was not the player's fault."""
        said = re.search(r"with (\d+) overruns", (self.folder / "jack_rec.log").read_text(errors="replace"))
        return int(said[1]) if said else 0

    def n_late(self) -> int:
        """How often the server went on without a program that was not ready."""
        return (self.folder / "jackd.log").read_text(errors="replace").count("was not finished")

    def heard(self) -> NDArray[np.float32]:
        """The first channel; after `finish`."""
        return self._heard_on(0)

    def heard_last(self) -> NDArray[np.float32]:
        """The last channel; after `finish`."""
        return self._heard_on(1)

    def _heard_on(self, place: int) -> NDArray[np.float32]:
        raw = self.recording.read_bytes()
        samples = np.frombuffer(raw[raw.index(b"data") + 8 :], np.int32)
        return (samples[place : len(samples) // 2 * 2 : 2] / 2.0**31).astype(np.float32)
