"""A session with nobody before it: it shows nothing, and does not go on for ever where nobody cares."""

from types import TracebackType
from typing import Self

from cadencecoach.coach.actions import Action
from cadencecoach.coach.events import FeetChanged
from cadencecoach.coach.key_table import ScreenKey
from cadencecoach.gait.reading import Feet
from cadencecoach.session.session import Session

PATIENCE_S = 15 * 60.0
MOVING = (Feet.LIVE, Feet.WALKING)


class Unattended:
    """A display nobody looks at.

    Attributes:
        is_forsaken: nobody has watched, pressed a key or moved for `PATIENCE_S`, and the session would not end by
            itself: it is past its planned end, or waits for a key
    """

    def __init__(self) -> None:
        """Somebody has just started it."""
        self.is_forsaken = False
        self._cared_s = 0.0

    def note_key(self, session: Session) -> None:
        """Take note of a key, whatever came of it."""
        self._cared_s = session.now_s

    def note_watching(self, session: Session, n_watching: int) -> None:
        """Take note of who watches now."""
        now_s, state = session.now_s, session.state
        if n_watching or session.tracker.feet in MOVING:
            self._cared_s = now_s
        planned_s = state.plan.duration_s
        waits = state.stage is not None and state.prescribed.duration_s is None
        is_past_end = planned_s is not None and now_s > planned_s
        self.is_forsaken = (waits or is_past_end) and now_s - self._cared_s > PATIENCE_S

    def watch(self, session: Session, thing: Action | FeetChanged) -> None:
        """Nobody watches."""

    def press(self, session: Session, key: ScreenKey | None) -> None:
        """Nobody has a keyboard."""

    def show(self, session: Session, time_s: float) -> None:
        """Nobody looks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing to give back."""
