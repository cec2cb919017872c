"""The delay of headphones, measured by taps on a page: the beat plays here, the taps say themselves when they were.

A tap that is stamped where it arrives would be late by the browser and the network, which would be taken for the
headphones'. So the page reads this computer's clock first, and sends the time of each key press or touch by that.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Final

from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.web.asked import RefusedError

if TYPE_CHECKING:
    from cadencecoach.desk.doctor.delay import Delay, SentTaps

LOOK_EVERY_S: Final = 0.1
OLDEST_S: Final = 2.0  # a tap on its way
AHEAD_S: Final = 0.1  # what two clocks may differ by


class DelayTurns:
    """Whose taps are taken: one measurement at a time, which a session that starts ends."""

    def __init__(self) -> None:
        """Nobody taps."""
        self._taps: SentTaps | None = None

    def end(self) -> None:
        """End whoever measures."""
        if self._taps is not None:
            self._taps.is_given_up = True

    def send(self, id_: str, ago_s: float, now_s: float, texts: PageTexts) -> None:
        """Take a tap.

        Args:
            id_: counts once
            ago_s: how long before now it was
            now_s: host time
            texts: of whoever reads why not
        Raises:
            RefusedError: nothing is measured, or the tap is not of now
        """
        if self._taps is None:
            raise RefusedError(409, texts.delay_is_over)
        if not -AHEAD_S <= ago_s <= OLDEST_S:
            raise RefusedError(400, f"at_s is within {OLDEST_S:g} s before now", "at_s")
        self._taps.send(id_, now_s - ago_s)

    async def measure(self, machine: Machine, sound_text: str, texts: PageTexts) -> AsyncIterator[dict[str, Any]]:
        """Tell how far it is, and at last what came of it; ended with whoever listens to this.

        Args:
            machine: where it is remembered
            sound_text: where the beat plays, as at a terminal
            texts: of whoever reads
        Raises:
            RefusedError: somebody measures already
        """
        # What plays is loaded for whoever measures: the first page is there sooner, and the server is smaller.
        from cadencecoach.desk.doctor.checkup import take_delay  # noqa: PLC0415
        from cadencecoach.desk.doctor.delay import N_BEATS, SentTaps  # noqa: PLC0415

        if self._taps is not None:
            raise RefusedError(409, texts.delay_runs)
        taps, beats = SentTaps(), [0]

        def work() -> "Delay | None":
            try:
                return take_delay(machine, sound_text, None, taps, beats.append)
            finally:
                self._taps = None  # not before: the card is free now

        self._taps = taps
        measuring = asyncio.get_running_loop().run_in_executor(None, work)
        measuring.add_done_callback(_look_at)
        try:
            while not measuring.done():
                yield {"n_beats": beats[-1], "of": N_BEATS}
                await asyncio.wait([measuring], timeout=LOOK_EVERY_S)
            yield _outcome(measuring, texts, is_given_up=taps.is_given_up)
        finally:
            taps.is_given_up = True  # nobody listens any more; who has gone is not waited for


def _look_at(measuring: "asyncio.Future[Delay | None]") -> None:
    """What nobody waited for is wrong with nobody."""
    if not measuring.cancelled():
        measuring.exception()


def _outcome(measuring: "asyncio.Future[Delay | None]", texts: PageTexts, *, is_given_up: bool) -> dict[str, Any]:
    """What came of it, in words."""
    try:
        found = measuring.result()
    except CadencecoachError as error:
        return {"error": str(error)}
    if found is None:
        return {"error": texts.delay_ended if is_given_up else texts.delay_too_few}
    delay_ms, spread_ms = round(1000 * found.delay_s), round(1000 * found.spread_s)
    said = fill(texts.delay_found, delay=delay_ms, device=found.device, spread=spread_ms)
    return {"delay_ms": delay_ms, "spread_ms": spread_ms, "words": said}
