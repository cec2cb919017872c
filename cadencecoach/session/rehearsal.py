"""The same session in virtual time: no clock is asked, so an hour takes a second or two."""

from collections.abc import Callable
from dataclasses import replace

from cadencecoach.coach.events import NEVER, Key
from cadencecoach.record.lines import Line
from cadencecoach.session.audio_output import AudioOutput
from cadencecoach.session.feet import SensorFeed
from cadencecoach.session.session import Session

STEP_S = 10.0  # at most: a file that is written shows how far it is, and can be stopped
OPEN_STAGE_S = 300.0  # nobody presses a key in a rehearsal: an open-ended stage lasts this long


def rehearse(
    session: Session,
    feet: SensorFeed,
    *,
    output: AudioOutput,
    open_stage_s: float = OPEN_STAGE_S,
    progress: Callable[[float], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    write: Callable[[Line], None] = lambda _: None,
) -> None:
    """Run a session to its end.

    Args:
        session: not begun
        feet: where readings come from
        output: follows the time
        open_stage_s: after this long in an open-ended stage the key for the next one is pressed
        progress: told the session time now and then
        should_stop: whether somebody asked the program to end
        write: takes what the output has to tell for the journal
    """
    while not session.is_over:
        if should_stop():
            session.interrupt(session.now_s)
            break
        feet_s, key_s, soon_s = feet.next_s(), _key_s(session, open_stage_s), session.now_s + STEP_S
        if min(feet_s, key_s) > soon_s:
            _alone(session, min(feet_s, key_s), soon_s)
        elif key_s <= feet_s:
            session.press(key_s, Key.NEXT)
        else:
            feet.deliver(session)
        line = output.follow(session.now_s)
        if line is not None and not session.is_over:
            write(replace(line, t=session.now_s))  # a file is written a little behind the session
        progress(session.now_s)


def _alone(session: Session, outside_s: float, soon_s: float) -> None:
    """Nothing comes from outside until `outside_s`: what is due by itself, or a while in which nothing happens.

    A journal that broke off in a pause has no end of its own.
    """
    due_s = session.due_s()
    if due_s <= soon_s:
        session.step()
    elif min(due_s, outside_s) == NEVER:
        session.interrupt(session.now_s)
    else:
        session.advance(soon_s)


def _key_s(session: Session, open_stage_s: float) -> float:
    """When the key for the next stage is to be pressed; infinite in a stage that ends by itself."""
    state = session.state
    if state.stage is None or state.prescribed.duration_s is not None or state.pause_began_s is not None:
        return NEVER
    return state.session_s(state.stage.start_r + open_stage_s)
