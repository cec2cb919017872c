"""The coach in one function: `react(state, event) -> (state, actions)`.

Pure: no clock, no device, no randomness. The caller hands over every event with its time, and calls with
`ClockReached` at each `due_s(state)` before it hands over anything later; so the same events give the same actions
whoever calls, live, in a rehearsal or from a journal.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import assert_never

from cadencecoach.coach.actions import Action, CueReason, EndReason
from cadencecoach.coach.beat import reconciled
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    KeyPressed,
    PainRated,
)
from cadencecoach.coach.keys import key_pressed, pain_rated
from cadencecoach.coach.policy.attention import Attention, Signal
from cadencecoach.coach.policy.fading import next_edge_s
from cadencecoach.coach.policy.judging import estimated, signalled, tallied
from cadencecoach.coach.stages import (
    WALKS,
    author_due_r,
    author_spoke,
    count_due_r,
    counted,
    ended,
    entered,
    help_told,
    left,
    measured_on,
)
from cadencecoach.coach.state import NEVER, State
from cadencecoach.coach.step import Move, Step, chain, speak
from cadencecoach.gait.reading import Feet

EDGE_S = 1e-6  # session and running time differ by rounding: nearer than this is the same moment
LOST_SPACING_S = 60.0  # a sensor that comes and goes is not announced more often; each announcement doubles it ...
LOST_SPACING_LIMIT = 16.0  # ... up to this
DOUBT_S = 1.0  # how long a correction waits while the cadence may be that of a walk


def react(state: State, event: Event) -> Step:  # noqa: PLR0911  # one answer for each kind of event
    """What the coach does about an event.

    Args:
        state: from `begin`, or the answer to the event before
        event: not earlier than the one before
    Returns:
        the next state, and the actions in the order in which they are meant
    """
    if state.is_over:
        return state, ()
    state = replace(state, now_s=max(state.now_s, event.time_s))
    match event:
        case ClockReached():
            return _clock_reached(state)
        case CadenceEstimated(estimate=estimate):
            return _cadence_estimated(state, estimate.cadence_spm)
        case FeetChanged(feet=feet):
            return _feet_changed(state, feet)
        case KeyPressed(key=key):
            return key_pressed(state, key)
        case PainRated(level=level):
            return pain_rated(state, level)
        case Interrupted():
            return ended(state, EndReason.INTERRUPTED)
        case _:
            assert_never(event)


def due_s(state: State) -> float:
    """The session time at which the coach wants `ClockReached`; infinite while only events can move it."""
    if state.is_over or state.pause_began_s is not None:
        return NEVER
    if state.stage is None:
        return state.now_s
    return state.session_s(min(due_r for due_r, _ in _timers(state)))


def _clock_reached(state: State) -> Step:
    """Everything that is due by now, earliest first."""
    if state.stage is None:
        return entered(state, 0, 0.0)
    actions: tuple[Action, ...] = ()
    while state.pause_began_s is None and not state.is_over:
        due_r, move = min(_timers(state), key=lambda timer: timer[0])
        if due_r > state.now_r + EDGE_S:
            break
        state, more = move(state)
        actions += more
    return state, actions


def _timers(state: State) -> Iterator[tuple[float, Move]]:
    """What will happen by itself, and when in running time; at one moment the first in this list comes first."""
    yield state.stage_end_r, left
    yield author_due_r(state), author_spoke
    yield count_due_r(state), counted
    yield state.current.help_edge_r, _help_edge
    yield state.due_r, _attention_due
    if state.rescue_until_r > state.now_r - EDGE_S:
        yield state.rescue_until_r, _rescue_over
    yield state.rest_due_r, _rest


def _help_edge(state: State) -> Step:
    """Help begins or ends: the beat with it; corrections look at it when they are due."""
    stage = state.current
    edge_r = stage.start_r + next_edge_s(state.prescribed, state.now_r - stage.start_r)
    return chain(replace(state, stage=replace(stage, help_edge_r=edge_r)), help_told, reconciled)


def _attention_due(state: State) -> Step:
    if state.attention is Attention.SETTLING:
        return signalled(state, Signal.SETTLED)
    if state.attention is not Attention.RETURNING and _may_be_walking(state):
        return replace(state, due_r=state.now_r + DOUBT_S), ()
    return signalled(state, Signal.DUE)


def _may_be_walking(state: State) -> bool:
    """The feet room needs some seconds to call it a walk; until then nobody is told to hurry."""
    return (state.cadence_spm or 0.0) < state.prescribed.feedback.walk_below_spm


def _rescue_over(state: State) -> Step:
    return reconciled(replace(state, rescue_until_r=-NEVER))


def _rest(state: State) -> Step:
    return reconciled(replace(state, is_resting=True, rest_due_r=NEVER, rescue_until_r=-NEVER))


def _cadence_estimated(state: State, cadence_spm: float) -> Step:
    if state.pause_began_s is not None or state.stage is None:
        return replace(state, cadence_spm=cadence_spm), ()
    moves: list[Move] = [partial(estimated, cadence_spm=cadence_spm)]
    if state.measured is not None and state.feet is Feet.LIVE:
        moves.append(partial(measured_on, cadence_spm=cadence_spm))
    return chain(state, *moves)


def _feet_changed(state: State, feet: Feet) -> Step:
    before = state.feet
    state = replace(tallied(state), feet=feet)
    if state.pause_began_s is not None or state.stage is None:
        return state, ()
    return chain(state, _sensor_word, partial(_rested, before=before), partial(_away_or_back, before=before))


def _sensor_word(state: State) -> Step:
    """Lost and back are said once each, and not every few seconds."""
    if state.feet is Feet.LOST:
        spacing_s = LOST_SPACING_S * min(2.0 ** (state.n_losses_said - 1), LOST_SPACING_LIMIT)
        if state.now_r - state.lost_said_r < spacing_s:
            return state, ()
        words = state.words.sensor_lost if state.playing is None else state.words.sensor_lost_beat
        n_said = state.n_losses_said + 1
        said = replace(state, lost_said_r=state.now_r, n_losses_said=n_said, is_loss_open=True)
        return said, (speak(state, words, CueReason.SENSOR_LOST),)
    if state.feet is Feet.STALE or not state.is_loss_open:
        return state, ()
    return replace(state, is_loss_open=False), (speak(state, state.words.sensor_back, CueReason.SENSOR_BACK),)


def _rested(state: State, before: Feet) -> Step:
    """The beat waits for a runner who walks or stands. A sensor that falls silent changes nothing."""
    if state.feet is Feet.LIVE:
        return reconciled(replace(state, is_resting=False, rest_due_r=NEVER))
    if state.feet in WALKS and before not in WALKS and state.rest_due_r == NEVER:
        return _rest(state)
    return state, ()


def _away_or_back(state: State, before: Feet) -> Step:
    if state.feet is not Feet.LIVE:
        return signalled(state, Signal.GONE)
    feedback = state.prescribed.feedback
    settle_s = feedback.settle_s if before in WALKS else min(feedback.dwell_s, feedback.settle_s)
    return signalled(state, Signal.ARRIVED, settle_s)
