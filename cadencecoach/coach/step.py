"""How moves are joined: each takes a state and answers with the next one and what to do."""

from collections.abc import Callable

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue
from cadencecoach.coach.phrases import EARCONS
from cadencecoach.coach.state import State
from cadencecoach.plan.model import CueStyle

Step = tuple[State, tuple[Action, ...]]
Move = Callable[[State], Step]

CORRECTION_EXPIRES_S = 3.0  # a correction that comes later is about a runner who may have changed
WORD_EXPIRES_S = 12.0  # announcements may wait for the words before them


def chain(state: State, *moves: Move) -> Step:
    """Make the moves one after the other; the actions of all, in order."""
    actions: tuple[Action, ...] = ()
    for move in moves:
        state, more = move(state)
        actions += more
    return state, actions


def speak(state: State, text: str, reason: CueReason) -> GiveCue:
    """A spoken cue that may wait for its turn."""
    return GiveCue(
        time_s=state.now_s, kind=CueKind.SPOKEN, text=text, reason=reason, expires_s=state.now_s + WORD_EXPIRES_S
    )


def sound(state: State, reason: CueReason) -> GiveCue:
    """An earcon, now."""
    return GiveCue(
        time_s=state.now_s,
        kind=CueKind.EARCON,
        text=EARCONS[reason],
        reason=reason,
        expires_s=state.now_s + CORRECTION_EXPIRES_S,
    )


def judge(state: State, text: str, reason: CueReason) -> tuple[GiveCue, ...]:
    """A word about the cadence, in the style the stage asks for; nothing where it asks for none."""
    match state.prescribed.feedback.style:
        case CueStyle.NONE:
            return ()
        case CueStyle.TONES:
            return (sound(state, reason),)
        case CueStyle.WORDS:
            expires_s = state.now_s + CORRECTION_EXPIRES_S
            return (GiveCue(time_s=state.now_s, kind=CueKind.SPOKEN, text=text, reason=reason, expires_s=expires_s),)
