"""The same session in virtual time: no clock is asked, so an hour takes a second or two."""

from collections.abc import Callable
from typing import Protocol

from cadencecoach.app.feet import Feet
from cadencecoach.app.session import Session
from cadencecoach.coach.events import Key
from cadencecoach.coach.state import NEVER

OPEN_STAGE_S = 300.0  # nobody presses a key in a rehearsal: an open-ended stage lasts this long


class Recorder(Protocol):
    """What follows the session's time; the sound file does."""

    def advance(self, time_s: float) -> None:
        """Nothing will be asked for any more before `time_s`."""


class NoRecorder:
    """Nothing follows."""

    def advance(self, time_s: float) -> None:
        """Nothing to do."""


def rehearse(
    session: Session,
    feet: Feet,
    *,
    recorder: Recorder,
    open_stage_s: float = OPEN_STAGE_S,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Run a session to its end.

    Args:
        session: not begun
        feet: where readings come from
        recorder: follows the time
        open_stage_s: after this long in an open-ended stage the key for the next one is pressed
        progress: told the session time now and then
    """
    while not session.is_over:
        feet_s, key_s = feet.next_s(), _key_s(session, open_stage_s)
        if min(feet_s, key_s) == NEVER:
            session.step()
        elif key_s <= feet_s:
            session.press(key_s, Key.NEXT)
        else:
            feet.deliver(session)
        recorder.advance(session.now_s)
        progress(session.now_s)


def _key_s(session: Session, open_stage_s: float) -> float:
    """When the key for the next stage is to be pressed; infinite in a stage that ends by itself."""
    state = session.state
    if state.stage is None or state.prescribed.duration_s is not None or state.pause_began_s is not None:
        return NEVER
    return state.session_s(state.stage.start_r + open_stage_s)
