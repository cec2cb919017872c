"""A card that was lost, tried again and again in a thread, so that whoever is waiting goes on with everything else."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from cadencecoach.devices.audio_port import LiveAudio
from cadencecoach.errors import DeviceError

SOON_S, N_SOON = 0.2, 10  # a sound server that restarts is back within a second or two
RETRY_S = 2.0


class Reopening:
    """One search for a card that plays. Close it when it is no longer wanted.

    Threads: the methods from one thread; `open_card` runs in another.
    """

    def __init__(self, lost: LiveAudio, open_card: Callable[[], LiveAudio]) -> None:
        """Give up on `lost` and begin to search.

        Args:
            lost: the port whose child is dead or hangs; it is ended
            open_card: gives a port that plays, or raises DeviceError
        """
        self._found: SimpleQueue[LiveAudio] = SimpleQueue()
        self._stop = threading.Event()
        self._open_card = open_card
        self.trouble = ""
        self._thread = threading.Thread(target=self._search, args=(lost,), name="sound-again", daemon=True)
        self._thread.start()

    def found(self) -> LiveAudio | None:
        """The new port once it plays. Never waits."""
        try:
            return self._found.get_nowait()
        except Empty:
            return None

    def close(self) -> None:
        """End the search; a port it still finds is closed by it."""
        self._stop.set()

    def _search(self, lost: LiveAudio) -> None:
        lost.kill()
        n_tries = 0
        while not self._stop.is_set():
            try:
                audio = self._open_card()
            except DeviceError as error:
                self.trouble = str(error)
                n_tries += 1
                self._stop.wait(SOON_S if n_tries < N_SOON else RETRY_S)
                continue
            if self._stop.is_set():
                audio.close()
            self._found.put(audio)
            return
