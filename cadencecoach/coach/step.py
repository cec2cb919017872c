"""What every coach is made of: moves, how they are joined, what they give, and how they come about by themselves.

A move takes a state and answers with the next one and what to do.
"""

from collections.abc import Callable, Iterable
from typing import assert_never

from cadencecoach.coach.actions import Action, AnswerKey, CueKind, CueReason, GiveCue, SayMessage
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.pain import SHOWN_S
from cadencecoach.coach.phrases import EARCONS, length_of_words_s
from cadencecoach.coach.state import State
from cadencecoach.frozen import with_changes
from cadencecoach.plan.feedback import Rung

Step = tuple[State, tuple[Action, ...]]
Move = Callable[[State], Step]
# Each with the running time at which it is due; of one moment the first in the list comes first.
Timers = Callable[[State], Iterable[tuple[float, Move]]]

EDGE_S = 1e-6  # session and running time differ by rounding: nearer than this is the same moment


def chain(state: State, *moves: Move) -> Step:
    """Make the moves one after the other; the actions of all, in order."""
    actions: tuple[Action, ...] = ()
    for move in moves:
        state, more = move(state)
        actions += more
    return state, actions


def order_tempo(state: State, tempo_spm: float | None, ramp_s: float = 0.0) -> Step:
    """Let the beat take a tempo from now on, or stop it; a ramp begins at the tempo that sounds."""
    order = state.beat.order(state.now_s, tempo_spm, ramp_s)
    return with_changes(state, beat=state.beat.after(order)), (order,)


def speak(state: State, text: str, reason: CueReason) -> GiveCue:
    """A spoken cue that may wait for its turn."""
    expires_s = state.now_s + state.feedback.word_expiry_s
    return GiveCue(time_s=state.now_s, kind=CueKind.SPOKEN, text=text, reason=reason, expires_s=expires_s)


def answer_key(state: State, text: str, shown_s: float = SHOWN_S) -> Step:
    """Say what a key has come to, or why it does nothing."""
    return state, (AnswerKey(time_s=state.now_s, text=text, shown_s=shown_s),)


def cue_on_rung(state: State, rung: Rung, text: str, reason: CueReason) -> tuple[GiveCue, ...]:
    """A word about the cadence, or its tone: now or never. The beat is no cue."""
    expires_s = state.now_s + state.feedback.expiry_s
    match rung:
        case Rung.TONE:
            kind, said = CueKind.EARCON, EARCONS[reason]
        case Rung.WORDS:
            kind, said = CueKind.SPOKEN, text
        case Rung.BEAT:
            return ()
        case _:
            assert_never(rung)
    return (GiveCue(time_s=state.now_s, kind=kind, text=said, reason=reason, expires_s=expires_s),)


def mark_busy(state: State, actions: tuple[Action, ...]) -> State:
    """After words were given: until when they sound, so that nothing else is said into them."""
    spoken = [action for action in actions if isinstance(action, GiveCue) and action.kind is CueKind.SPOKEN]
    messages_s = [action.length_s for action in actions if isinstance(action, SayMessage)]
    if not spoken and not messages_s:
        return state
    length_s = sum(length_of_words_s(cue.text) for cue in spoken) + sum(messages_s)
    return with_changes(state, busy_r=max(state.busy_r, state.now_r) + length_s)


def is_ahead(state: State, at_r: float) -> bool:
    """Whether a moment of running time is yet to come, by more than rounding.

    What waits for a moment asks here, as timers do: put off by less, it would be due again at once, without end.
    """
    return at_r > state.now_r + EDGE_S


def next_due_s(state: State, timers: Timers) -> float:
    """The session time at which a coach wants `ClockReached`; infinite while only events can move it."""
    if state.is_over or state.pause_began_s is not None:
        return NEVER
    if state.stage is None:
        return state.now_s
    return state.session_s(min(due_r for due_r, _ in timers(state)))


def do_all_due(state: State, timers: Timers) -> Step:
    """Everything that is due by now, earliest first; a stage has begun."""
    actions: tuple[Action, ...] = ()
    while state.pause_began_s is None and not state.is_over:
        due_r, move = min(timers(state), key=lambda timer: timer[0])
        if is_ahead(state, due_r):
            break
        state, more = move(state)
        actions += more
    return state, actions
