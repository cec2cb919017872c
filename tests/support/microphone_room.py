"""A room on a private sound server: what a program plays is heard, late, by the microphone it listens with.

A sink `cc` takes what the program plays. A sink `room` has a made scene played into it, with the program's own sound
mixed in, later and on another clock; its monitor is the microphone.
"""

import os
import subprocess
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sound_servers import PulseServer, alsa_config

FS_HZ = 48_000
BLOCK = 480  # 10 ms
KEPT_S = 2.0
ROOM = ("rate=48000", "channels=1", "format=float32le")


class MicrophoneRoom(PulseServer):
    """A private server with a microphone.

    Args:
        scene: what sounds in the room, at 16 kHz; silence where it ends
        beat_gain: of the program's own sound in it
        delay_s: by which that is heard later than the server takes it
        drift: by which that grows
        card: what the program calls it
        sink: name of the room on the server
    """

    def __init__(
        self,
        scene: NDArray[np.float64],
        *,
        beat_gain: float = 0.0,
        delay_s: float = 0.1,
        drift: float = 0.0,
        card: str = "ccpulse",
        sink: str = "room",
    ) -> None:
        """Nothing runs yet."""
        super().__init__()
        server = self.environment["PULSE_SERVER"]
        self._sink, self._source = sink, f"{sink}.monitor"
        self.environment = alsa_config(self.folder, f'pcm.{card} {{ type pulse  server "{server}" }}') | {
            "PULSE_SERVER": server,
            "PULSE_SINK": "cc",
            "PULSE_SOURCE": self._source,
        }
        self._scene = np.repeat(scene, FS_HZ // 16_000).astype(np.float32)
        self._gain, self._delay_s, self._drift = beat_gain, delay_s, drift
        self._is_over = threading.Event()
        self._mixer: threading.Thread | None = None
        self._n_played = 0

    @property
    def played_s(self) -> float:
        """How much of the scene has been played into the room."""
        return self._n_played / FS_HZ

    def begin(self) -> None:
        """Begin the scene."""
        self.command("pactl", "load-module", "module-null-sink", f"sink_name={self._sink}", *ROOM)
        self.command("pactl", "set-default-source", self._source)
        environment = os.environ | self.environment
        options = ("--raw", "--format=float32le", "--rate=48000", "--channels=1")
        hear = ("parec", "-d", "cc.monitor", *options, "--latency-msec=30")
        speak = ("pacat", "-d", self._sink, *options, "--latency-msec=150")  # a gap would stretch the scene
        quiet = subprocess.DEVNULL
        ears = subprocess.Popen(hear, env=environment, stdout=subprocess.PIPE, stderr=quiet)
        mouth = subprocess.Popen(speak, env=environment, stdin=subprocess.PIPE, stderr=quiet)
        self._processes += [ears, mouth]
        self._mixer = threading.Thread(target=self._mix, args=(ears, mouth), daemon=True)
        self._mixer.start()

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_over.set()
        if self._mixer is not None:
            self._mixer.join()
        super().__exit__(kind, error, at)

    def _mix(self, ears: "subprocess.Popen[bytes]", mouth: "subprocess.Popen[bytes]") -> None:
        """Mix the program's sound of some time ago into the scene, block by block, at the server's pace."""
        assert ears.stdout is not None
        assert mouth.stdin is not None
        kept = np.zeros(round(KEPT_S * FS_HZ), np.float32)
        try:
            while not self._is_over.is_set():
                raw = ears.stdout.read(BLOCK * 4)
                if len(raw) < BLOCK * 4:
                    return
                kept = np.concatenate((kept[BLOCK:], np.frombuffer(raw, np.float32)))
                delay = (self._delay_s + self._drift * self._n_played / FS_HZ) * FS_HZ
                at = len(kept) - BLOCK - delay + np.arange(BLOCK)
                whole = at.astype(int)
                part = (at - whole).astype(np.float32)
                heard = kept[whole] * (1 - part) + kept[np.minimum(whole + 1, len(kept) - 1)] * part
                scene = self._scene[self._n_played : self._n_played + BLOCK]
                block = np.zeros(BLOCK, np.float32)
                block[: len(scene)] = scene
                mouth.stdin.write((block + self._gain * heard).astype(np.float32).tobytes())
                mouth.stdin.flush()
                self._n_played += BLOCK
        except (OSError, ValueError):  # the server has ended
            return
        finally:
            for pipe in (ears.stdout, mouth.stdin):
                with suppress(OSError):  # the rest of a block that nobody takes
                    pipe.close()
