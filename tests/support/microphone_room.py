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
AUDIBLE = 0.01
HEAD = 576  # 12 ms of a click, whose loudness is meant
ROOM = ("rate=48000", "channels=1", "format=float32le")


class MicrophoneRoom(PulseServer):
    """A private server with a microphone.

    Args:
        scene: what sounds in the room, at 16 kHz; silence where it ends
        beat_gain: of the program's own sound in it
        beat_rms: what its first beat is brought to in the room, by a gain for all of its sound; in place of `beat_gain`
        first_beat_s: where in the scene its first beat is; the scene waits for it. None: it begins at once
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
        beat_rms: float | None = None,
        first_beat_s: float | None = None,
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
        self._beat_rms, self._first_beat_s = beat_rms, first_beat_s
        self._begun_at: int | None = 0 if first_beat_s is None else None
        self._beat_at: int | None = None
        self._is_over = threading.Event()
        self._mixer: threading.Thread | None = None
        self._n_taken = 0

    @property
    def played_s(self) -> float:
        """How much of the scene has been played into the room."""
        return 0.0 if self._begun_at is None else (self._n_taken - self._begun_at) / FS_HZ

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
                mouth.stdin.write(self._block(kept).tobytes())
                mouth.stdin.flush()
        except (OSError, ValueError):  # the server has ended
            return
        finally:
            for pipe in (ears.stdout, mouth.stdin):
                with suppress(OSError):  # the rest of a block that nobody takes
                    pipe.close()

    def _block(self, kept: NDArray[np.float32]) -> NDArray[np.float32]:
        """What is heard in the room next, of the scene and of the program's sound so far."""
        self._meet_beat(kept)
        scene = np.zeros(BLOCK, np.float32)
        late = self._delay_s
        if self._begun_at is not None:
            at = np.arange(BLOCK) + self._n_taken - self._begun_at
            inside = (at >= 0) & (at < len(self._scene))
            scene[inside] = self._scene[at[inside]]
            late += self._drift * at[0] / FS_HZ
        place = len(kept) - BLOCK - late * FS_HZ + np.arange(BLOCK)
        whole = place.astype(int)
        part = (place - whole).astype(np.float32)
        heard = kept[whole] * (1 - part) + kept[np.minimum(whole + 1, len(kept) - 1)] * part
        self._n_taken += BLOCK
        block: NDArray[np.float32] = (scene + self._gain * heard).astype(np.float32)
        return block

    def _meet_beat(self, kept: NDArray[np.float32]) -> None:
        """Begin the scene at the program's first sound, and see how loud that is as soon as it has been heard."""
        newest = self._n_taken - len(kept) + BLOCK  # number of the first sample kept
        if self._beat_at is None:
            loud = np.flatnonzero(np.abs(kept[-BLOCK:]) > AUDIBLE)
            if not len(loud):
                return
            self._beat_at = self._n_taken + int(loud[0])
            if self._first_beat_s is not None:
                self._begun_at = self._beat_at - round(self._first_beat_s * FS_HZ)
        if self._beat_rms is not None and newest + len(kept) >= self._beat_at + HEAD:
            beat = kept[self._beat_at - newest :][:HEAD]
            self._gain, self._beat_rms = self._beat_rms / float(np.sqrt(np.mean(np.square(beat)))), None
