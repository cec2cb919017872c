"""A card that was lost, tried again and again in a thread, so that whoever is waiting goes on with everything else."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from cadencecoach.devices.audio_port import LiveAudio
from cadencecoach.errors import DeviceError

SOON_S, N_SOON = 0.2, 10  # a sound server that restarts is back within a second or two
RETRY_S, N_RETRIES = 2.0, 40  # headphones that are being looked for
SELDOM_S = 10.0  # each try costs a third of a second of processor


class Reopening:
    """One search for a card that plays. Close it when it is no longer wanted.

    Threads: the methods from one thread; `open_card` runs in another.
    """

    def __init__(self, lost: LiveAudio | None, open_card: Callable[[], LiveAudio]) -> None:
        """Give up on `lost` and begin to search.

        Args:
            lost: the port whose child is dead or hangs; it is ended. None: there was no card just now
            open_card: gives a port that plays, or raises DeviceError
        """
        self._found: SimpleQueue[LiveAudio] = SimpleQueue()
        self._stop = threading.Event()
        self._open_card = open_card
        self.trouble = ""
        self._thread = threading.Thread(target=self._search, args=(lost,), name="sound-again", daemon=True)
        self._thread.start()

    def take_port(self) -> LiveAudio | None:
        """The new port once it plays. Never waits."""
        try:
            return self._found.get_nowait()
        except Empty:
            return None

    def close(self) -> None:
        """End the search; a port it still finds is closed by it."""
        self._stop.set()

    def _search(self, lost: LiveAudio | None) -> None:
        n_tries = 0
        if lost is not None:
            lost.kill()
        else:
            n_tries = N_SOON
            self._stop.wait(RETRY_S)
        while not self._stop.is_set():
            try:
                audio = self._open_card()
            except DeviceError as error:
                self.trouble = str(error)
                n_tries += 1
                self._stop.wait(_pause_s(n_tries))
                continue
            if self._stop.is_set():
                audio.close()
            self._found.put(audio)
            return


def _pause_s(n_tries: int) -> float:
    """How long to wait after so many tries in vain."""
    if n_tries < N_SOON:
        return SOON_S
    return RETRY_S if n_tries < N_SOON + N_RETRIES else SELDOM_S
