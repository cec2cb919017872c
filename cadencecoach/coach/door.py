"""The one door of a coach, for both coaches: what leaves it after a stop for pain, and the orders that wait for a beat.

A coach that is stopped goes on reckoning as before: stages end, the beat changes its tempo. Its orders to the beat are
kept back here, and `State.beat` is the beat as it would sound, so that a stop taken back gives that beat again, on the
step it would have had. Whatever part of a coach orders a beat, it does not sound.

A tempo asked for by key leaves as two orders, of which the second waits for the next beat (`ordered_beat`).
"""

import math
from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import Action, CueReason, GiveCue, SetTempo
from cadencecoach.coach.events import NEVER, ClockReached, Event, KeyPressed
from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.coach.state import State
from cadencecoach.coach.step import EDGE_S, Step, chain, order_tempo
from cadencecoach.frozen import with_changes
from cadencecoach.plan.timeline import Timeline

SAID_IN_STOP = (CueReason.PAIN, CueReason.SESSION)
BEATS_A_STRIDE = 2  # the beat comes back on the foot it began with, so that each foot keeps its click
EDGE_BEATS = 1e-6


def give_waiting(state: State, event: Event) -> Step:
    """The order that waits for this moment, before anything else that happens by itself at it."""
    waiting = state.beat.waiting
    if waiting is None or not isinstance(event, ClockReached) or waiting.time_s > event.time_s:
        return state, ()
    return with_changes(state, beat=state.beat.after(waiting)), (waiting,)


def door_due_s(state: State) -> float:
    """When something leaves the door by itself: an order that waits, or the beat after a stop that was taken back."""
    return min(state.beat.due_s, state.pain.returns_s)


def let_out(before: State, state: State, actions: tuple[Action, ...], event: Event) -> Step:
    """What may leave of the actions of one event.

    Args:
        before: the event; what was withheld then is withheld now, and the stop itself is not
        state: after it
        actions: what the coach asks for
        event: a key or another
    """
    if not before.pain.is_withheld:
        return _move_pending(before, state, actions) if isinstance(event, KeyPressed) else (state, actions)
    left: list[Action] = []
    for action in actions:
        is_word = isinstance(action, GiveCue) and action.reason not in SAID_IN_STOP
        if not isinstance(action, SetTempo) and not (state.pain.is_stopped and is_word):
            left.append(action)
    if state.beat != before.beat and not state.pain.is_stopped:
        state = bring_back(state)[0]
    return _return_beat(state, tuple(left))


def bring_back(state: State) -> Step:
    """The stop was taken back: the beat comes back on its next stride, where there is one."""
    pain, beat = state.pain, state.beat.timeline
    if beat is None:
        return with_changes(state, pain=replace(pain, is_withheld=False, returns_s=NEVER)), ()
    return with_changes(state, pain=replace(pain, returns_s=_next_stride_s(beat, state.now_s))), ()


def _move_pending(before: State, state: State, actions: tuple[Action, ...]) -> Step:
    """A step of tempo, asked for by key, is heard with the next beat; a ramp, in one order or two, begins at once."""
    orders = [action for action in actions if isinstance(action, SetTempo)]
    moved = before.beat.move(orders[0]) if len(orders) == 1 else None
    if moved is None:
        return state, actions
    way, waiting = moved
    beat = replace(before.beat.after(way), waiting=waiting)
    return with_changes(state, beat=beat), tuple(way if action is orders[0] else action for action in actions)


def _return_beat(state: State, actions: tuple[Action, ...]) -> Step:
    """The beat again, when its stride has come."""
    beat, now_s = state.beat.timeline, state.now_s
    if beat is None or state.pain.returns_s > now_s + EDGE_S:
        return state, actions
    left_s = beat.end_s - now_s
    orders = [partial(order_tempo, tempo_spm=beat.tempo_at(now_s))]
    if left_s > EDGE_S:
        orders.append(partial(order_tempo, tempo_spm=beat.to_spm, ramp_s=left_s))
    silent = with_changes(state, pain=replace(state.pain, is_withheld=False, returns_s=NEVER), beat=OrderedBeat())
    return chain(silent, lambda s: (s, actions), *orders)


def _next_stride_s(beat: Timeline, now_s: float) -> float:
    n_strides = math.ceil((beat.beat_at(now_s) - EDGE_BEATS) / BEATS_A_STRIDE)
    return max(now_s, beat.time_of(BEATS_A_STRIDE * max(0, n_strides)))
