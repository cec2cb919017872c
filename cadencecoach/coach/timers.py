"""What happens by itself, and when: the same for every coach, whatever its timers are."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cadencecoach.coach.state import NEVER, State
from cadencecoach.coach.step import Move, Step

if TYPE_CHECKING:
    from cadencecoach.coach.actions import Action

EDGE_S = 1e-6  # session and running time differ by rounding: nearer than this is the same moment

# Each with the running time at which it is due; of one moment the first in the list comes first.
Timers = Callable[[State], Iterable[tuple[float, Move]]]


def next_due_s(state: State, timers: Timers) -> float:
    """The session time at which a coach wants `ClockReached`; infinite while only events can move it."""
    if state.is_over or state.pause_began_s is not None:
        return NEVER
    if state.stage is None:
        return state.now_s
    return state.session_s(min(due_r for due_r, _ in timers(state)))


def all_due(state: State, timers: Timers) -> Step:
    """Everything that is due by now, earliest first; a stage has begun."""
    actions: tuple[Action, ...] = ()
    while state.pause_began_s is None and not state.is_over:
        due_r, move = min(timers(state), key=lambda timer: timer[0])
        if due_r > state.now_r + EDGE_S:
            break
        state, more = move(state)
        actions += more
    return state, actions
