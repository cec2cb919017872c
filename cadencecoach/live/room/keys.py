"""A clinician's keys: what is to be done, and the lane's number, shown for a second before it is done. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cadencecoach.live.room.model import MOST_LANES

SHOWN_S: Final = 1.0  # so long a number is shown before anything happens; any other key calls it off
LEFT_S: Final = 10.0  # a key without its number is forgotten after this


class Deed(StrEnum):
    """What is done to a lane, by its key."""

    PAUSE = "p"  # or go on
    STOP = "x"
    START = "s"


STOP_ALL: Final = "a"
QUIT: Final = "q"
WORDS: Final = {Deed.PAUSE: "Pause or go on", Deed.STOP: "Stop and save", Deed.START: "Start"}
HELP: Final = (
    "p, x or s and a lane's number pauses (or goes on), stops or starts it after one second; any other key calls it "
    "off. a stops all lanes at once. q or Ctrl-C ends."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What has been typed.

    Attributes:
        deed, lane: as far as they are known
        at_s: when the newest of them was typed
    """

    deed: Deed | None = None
    lane: int | None = None
    at_s: float = 0.0

    def press(self, key: str, now_s: float) -> "Asked":
        """One more key: a deed, a number, in either order; any other calls all off."""
        if key in tuple(Deed):
            return replace(self, deed=Deed(key), at_s=now_s)
        if len(key) == 1 and key.isdecimal() and 1 <= int(key) <= MOST_LANES:
            return replace(self, lane=int(key), at_s=now_s)
        return Asked()

    def due(self, now_s: float) -> bool:
        """Whether it is to be done now."""
        return self.deed is not None and self.lane is not None and now_s - self.at_s >= SHOWN_S

    def settle(self, now_s: float) -> "Asked":
        """Forget half of an order that nobody has finished."""
        is_half = (self.deed is None) != (self.lane is None)
        return Asked() if is_half and now_s - self.at_s >= LEFT_S else self

    @property
    def text(self) -> str:
        """As it is shown; empty where nothing is asked."""
        if self.deed is None and self.lane is None:
            return ""
        what = "" if self.deed is None else WORDS[self.deed]
        which = "lane ..." if self.lane is None else f"lane {self.lane}"
        return f"{what}: {which}" if what else which
