"""The one door through which a coach's actions leave, and what it keeps back after a stop for pain.

A coach that is stopped goes on reckoning as before: stages end, the beat changes its tempo. Its orders to the beat are
kept back here and folded into the beat as it would sound, so that a stop taken back gives that beat again, on the step
it would have had. Whatever part of a coach orders a beat, it does not sound.
"""

import math
from dataclasses import replace

from cadencecoach.coach.actions import Action, CueReason, GiveCue, SetTempo
from cadencecoach.coach.state import NEVER, State
from cadencecoach.coach.step import Step
from cadencecoach.coach.timers import EDGE_S
from cadencecoach.plan.timeline import Timeline

SAID_IN_STOP = (CueReason.PAIN, CueReason.SESSION)
BEATS_A_STRIDE = 2  # the beat comes back on the foot it began with, so that each foot keeps its click
EDGE_BEATS = 1e-6


def returning(state: State) -> Step:
    """The stop was taken back: the beat comes back on its next stride, where there is one."""
    pain = state.pain
    if pain.beat is None:
        return replace(state, pain=replace(pain, is_withheld=False, returns_s=NEVER)), ()
    return replace(state, pain=replace(pain, returns_s=_next_stride_s(pain.beat, state.now_s))), ()


def let_out(before: State, state: State, actions: tuple[Action, ...]) -> Step:
    """What may leave of the actions of one event.

    Args:
        before: the event; what was withheld then is withheld now, and the stop itself is not
        state: after it
        actions: what the coach asks for
    """
    if not before.pain.is_withheld:
        return state, actions
    pain = state.pain
    beat = pain.beat
    left: list[Action] = []
    for action in actions:
        if isinstance(action, SetTempo):
            beat = _ordered(beat, action)
        elif not (pain.is_stopped and isinstance(action, GiveCue) and action.reason not in SAID_IN_STOP):
            left.append(action)
    if beat != pain.beat:
        state = replace(state, pain=replace(pain, beat=beat))
        state = state if pain.is_stopped else returning(state)[0]
    return _returned(state, tuple(left))


def _returned(state: State, actions: tuple[Action, ...]) -> Step:
    """The beat again, when its stride has come."""
    pain, now_s = state.pain, state.now_s
    if pain.beat is None or pain.returns_s > now_s + EDGE_S:
        return state, actions
    left_s = pain.beat.end_s - now_s
    orders: tuple[Action, ...] = (SetTempo(time_s=now_s, tempo_spm=pain.beat.tempo_at(now_s)),)
    if left_s > EDGE_S:
        orders = (*orders, SetTempo(time_s=now_s, tempo_spm=pain.beat.to_spm, ramp_s=left_s))
    back = replace(state, pain=replace(pain, is_withheld=False, beat=None, returns_s=NEVER))
    return back, (*actions, *orders)


def _ordered(beat: Timeline | None, order: SetTempo) -> Timeline | None:
    """The beat after an order that was kept back."""
    if order.tempo_spm is None:
        return None
    if beat is None:
        return Timeline.steady(start_s=order.time_s, tempo_spm=order.tempo_spm)
    return beat.retimed(at_s=order.time_s, tempo_spm=order.tempo_spm, ramp_s=order.ramp_s)


def _next_stride_s(beat: Timeline, now_s: float) -> float:
    n_strides = math.ceil((beat.beat_at(now_s) - EDGE_BEATS) / BEATS_A_STRIDE)
    return max(now_s, beat.time_of(BEATS_A_STRIDE * max(0, n_strides)))
