"""Who joins the foot pod by itself: a heart-rate strap and a treadmill, when they are around and it is clear whose.

A gym is full of them. One that is remembered joins, at a new address by its name; one that is not joins only when it
is the only one of its kind.
Only one that was named and has counted steps before may count them now, for what counts steps is coached on.
"""

from typing import TYPE_CHECKING

from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.link import Wanted
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import at_address, namesake, nearest, scan
from cadencecoach.gait.sources import RADIO_SOURCES, Source
from cadencecoach.store.sensor_book import SensorBook

if TYPE_CHECKING:
    from concurrent.futures import Future

LOOK_S = 3.0
LOOK_AGAIN_S, MOST_S = 60.0, 900.0  # twice as long after each look: who has not come yet may come later, or never
TURN_S = 0.5  # a pod that wants to come back goes first
REST_S = 20.0
KINDS = {one.kind: one.name for one in RADIO_SOURCES if not one.counts_steps}


class NearbySensors:
    """Looks around now and then while something is missing."""

    def __init__(self, radio: Radio, book: SensorBook) -> None:
        """Nothing is looked for before the feet are there."""
        self._radio = radio
        self._book = book
        self._looking: Future[tuple[Found, ...]] | None = None
        self._next_s = 0.0
        self._again_s = LOOK_AGAIN_S
        self._kept: set[str] = set()

    def tend(self, time_s: float, linked: set[str]) -> None:
        """Begin or end a look around, if it is time; never waits.

        Args:
            time_s: now, in session time
            linked: sources that come in
        """
        if self._looking is not None:
            if self._looking.done():
                self._take(self._looking)
                self._looking = None
            return
        missing = [kind for kind, source in KINDS.items() if source not in linked and kind not in self._kept]
        if missing and linked and time_s >= self._next_s:
            self._next_s = time_s + self._again_s
            self._again_s = min(2 * self._again_s, MOST_S)
            self._looking = self._radio.later(scan(RADIO_SOURCES, LOOK_S), turn_s=TURN_S)

    def _take(self, looked: "Future[tuple[Found, ...]]") -> None:
        if looked.cancelled() or looked.exception() is not None:
            return
        for kind in tuple(KINDS):
            one = pick(looked.result(), kind, self._book) if kind not in self._kept else None
            if one is not None:
                self._kept.update(set(one.kinds) & KINDS.keys())
                streams = streams_of(one, self._book)
                others = (other.sensor.address for other in looked.result() if other is not one)
                like = namesake(one.sensor, besides=others)
                matches = at_address(one.sensor.address)
                self._radio.keep(Wanted(matches=matches, like=like, streams=streams, turn_s=TURN_S, rest_s=REST_S))


def pick(found: tuple[Found, ...], kind: str, book: SensorBook) -> Found | None:
    """The one that joins: remembered, or the only one of its kind; never one another program holds."""
    around = [one for one in found if kind in one.kinds and not one.is_held]
    at_home = [one for one in around if book.by_address(one.sensor.address) is not None]
    alike = [one for one in around if book.find_known(one.sensor.address, one.sensor.name) is not None]
    if at_home or alike:
        return at_home[0] if at_home else nearest(alike)
    return around[0] if len(around) == 1 else None


def streams_of(one: Found, book: SensorBook) -> tuple[Source, ...]:
    """What a sensor that joins is asked for: what it brought when it was last named, else nothing that counts steps."""
    entry = book.find_known(one.sensor.address, one.sensor.name)
    kinds = KINDS.keys() & set(one.kinds) if entry is None else set(entry.kinds)
    return tuple(source for source in RADIO_SOURCES if source.kind in kinds)
