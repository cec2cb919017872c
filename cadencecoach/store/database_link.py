"""Whether a database answered last: asked again after a while, so that nobody waits for it twice."""

from typing import Final

from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import UnreachableError

AGAIN_AFTER_S: Final = 5.0  # a database that did not answer is not asked again before
FRESH_S: Final = 2.0  # for so long the copy is not compared with the database


class DatabaseLink:
    """Whether the database answered last, shared by all that write in its name."""

    def __init__(self) -> None:
        """It has not been asked yet."""
        self._clock = HostClock()
        self._failed_s: float | None = None
        self._copied_s: float | None = None
        self.why = ""

    @property
    def may_ask(self) -> bool:
        """Whether it is worth asking now."""
        return self._failed_s is None or self._clock.now_s() - self._failed_s >= AGAIN_AFTER_S

    @property
    def is_copy_due(self) -> bool:
        """Whether the copy has not been compared for a while."""
        return self._copied_s is None or self._clock.now_s() - self._copied_s >= FRESH_S

    def fail(self, error: UnreachableError) -> None:
        """It did not answer."""
        self._failed_s, self._copied_s, self.why = self._clock.now_s(), None, str(error)

    def note_answer(self) -> None:
        """It answered."""
        self._failed_s, self.why = None, ""

    def note_copy(self) -> None:
        """The copy is as the database is."""
        self._copied_s = self._clock.now_s()

    def forget_copy(self) -> None:
        """Something was changed in the database."""
        self._copied_s = None
