"""What to ask a phone on which phyphox serves its measurements: which buffers there are, and then what is new.

NAMES --its experiment measures acceleration--> NEWEST --it measures--> SINCE --another session--> NAMES
NEWEST --it does not measure, and was not started yet--> START --> NEWEST
SINCE --nothing new for two seconds--> NEWEST: the clock may have begun anew

A recording is started once: whoever pauses it has a reason. Whoever has opened the app anew has not begun yet.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Final
from urllib.parse import quote

from cadencecoach.gait.phone_messages import PHYPHOX, PhoneBatch, buffers_named, read_answer

NS_PER_S: Final = 10**9
N_EMPTY: Final = 10  # answers without anything new, at five a second


class Next(Enum):
    """What is asked for next."""

    NAMES = auto()
    START = auto()
    NEWEST = auto()
    SINCE = auto()


class PhyphoxAsker:
    """Knows the next question to one phone, and reads its answers."""

    def __init__(self, sender: str) -> None:
        """Nothing has been asked; `sender` is what its batches say."""
        self._sender = sender
        self._next = Next.NAMES
        self._names: tuple[str, str, str, str] = PHYPHOX
        self._session = ""
        self._newest_ns = 0
        self._n_empty = 0
        self._was_started = False

    @property
    def target(self) -> str:
        """Path and query of the next question."""
        match self._next:
            case Next.NAMES:
                return "/config"
            case Next.START:
                return "/control?cmd=start"
            case Next.NEWEST:
                return question(self._names, None)
            case Next.SINCE:
                return question(self._names, self._newest_ns / NS_PER_S)

    def take(self, body: bytes) -> PhoneBatch | None:
        """Take the answer; the samples that are new, None where it was not about any.

        Raises:
            RefusedBodyError: it is no answer to that question
        """
        match self._next:
            case Next.NAMES:
                self._names, self._next = buffers_named(body), Next.NEWEST
                return None
            case Next.START:
                self._next = Next.NEWEST
                return None
            case Next.NEWEST | Next.SINCE:
                return self._take_samples(read_answer(self._sender, body, self._names))

    def begin_again(self) -> None:
        """After an answer that was none: the experiment may be another one."""
        self._next = Next.NAMES

    def _take_samples(self, batch: PhoneBatch) -> PhoneBatch | None:
        if self._session and batch.session != self._session:
            self._session, self._next, self._was_started = "", Next.NAMES, False
            return None
        self._session = batch.session
        if not batch.is_measuring and not self._was_started:
            self._was_started, self._next = True, Next.START
            return None
        self._n_empty = 0 if batch.times_ns else self._n_empty + 1
        if self._next is Next.SINCE and self._n_empty >= N_EMPTY:
            self._n_empty, self._next = 0, Next.NEWEST
            return batch
        if batch.times_ns:
            is_back = self._next is Next.NEWEST and batch.times_ns[-1] < self._newest_ns
            self._newest_ns, self._next = batch.times_ns[-1], Next.SINCE
            return replace(batch, times_ns=(), values=()) if is_back else batch
        return batch


def question(names: Sequence[str], after_s: float | None) -> str:
    """What asks for the buffers of time, x, y and z: all after a time, or the newest of each."""
    first, *others = (quote(name, safe="") for name in names)
    if after_s is None:
        return "/get?" + "&".join([first, *others])
    text = f"{after_s:.9f}".rstrip("0").rstrip(".")
    return f"/get?{first}={text}" + "".join(f"&{name}={text}%7C{first}" for name in others)
