"""The taps of a session, as far as the runner is told of them: how many more it takes, or that any time will do."""

from cadencecoach.gait.taps import GAP_S, LEAST_NEWEST
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts


class TapsHeard:
    """How many taps have come in a row.

    Attributes:
        is_wanted: the runner may tap the steps by key
    """

    def __init__(self, *, is_wanted: bool) -> None:
        """Nobody has tapped."""
        self.is_wanted = is_wanted
        self._n_in_row = 0
        self._newest_s = -GAP_S

    def note(self, time_s: float) -> None:
        """One more."""
        self._n_in_row = self._n_in_row + 1 if time_s - self._newest_s <= GAP_S else 1
        self._newest_s = time_s

    def hint_at(self, time_s: float, texts: ScreenTexts) -> str:
        """What to tell a runner whose taps tell no cadence now."""
        if not self._n_in_row or time_s - self._newest_s > GAP_S:
            return texts.taps_any_time
        if self._n_in_row >= LEAST_NEWEST:
            return texts.taps_irregular
        return fill(texts.tap, number=self._n_in_row, wanted=LEAST_NEWEST)
