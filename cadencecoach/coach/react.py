"""The coach in one function: `react(state, event) -> (state, actions)`.

Pure: no clock, no device, no randomness. The caller hands over every event with its time, and calls with
`ClockReached` at each `due_s(state)` before it hands over anything later; so the same events give the same actions
whoever calls, live, in a rehearsal or from a journal.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import assert_never

from cadencecoach.coach.actions import EndReason, SetOffSpeed
from cadencecoach.coach.baseline import measured_on
from cadencecoach.coach.door import door_due_s, give_waiting, let_out
from cadencecoach.coach.due import attention_due, rescue_over, unheeded
from cadencecoach.coach.entering import entered, help_told
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    KeyPressed,
    PainRated,
    SensorSenseless,
    SoundDelayed,
    StepsHeard,
)
from cadencecoach.coach.fading import next_edge_s, next_gate_s
from cadencecoach.coach.feet import feet_changed, loss_told, rest, senseless_told
from cadencecoach.coach.following import speed_judged, speed_unheard
from cadencecoach.coach.grading import is_graded, regraded
from cadencecoach.coach.in_step import held_in_step, let_go, steps_heard
from cadencecoach.coach.judging import estimated, is_run, tally_at
from cadencecoach.coach.keys import key_pressed
from cadencecoach.coach.leaving import ended, left
from cadencecoach.coach.pain_keys import digit_pressed
from cadencecoach.coach.speeds import with_speed
from cadencecoach.coach.state import State, changed
from cadencecoach.coach.step import EDGE_S, Move, Step, all_due, chain, listened, next_due_s
from cadencecoach.coach.tempo import reconciled
from cadencecoach.coach.timed_cues import author_due_r, author_spoke, count_due_r, counted
from cadencecoach.gait.reading import Feet

OtherEvent = (
    ClockReached | FeetChanged | SensorSenseless | StepsHeard | SoundDelayed | KeyPressed | PainRated | Interrupted
)


def react(state: State, event: Event) -> Step:
    """What the coach does about an event.

    Args:
        state: from `begin`, or the answer to the event before
        event: not earlier than the one before
    Returns:
        the next state, and the actions in the order in which they are meant
    """
    if state.is_over:
        return state, ()
    state, first = give_waiting(state, event)
    before, now_s, was_off = state, max(state.now_s, event.time_s), state.speeds.is_off
    if isinstance(event, CadenceEstimated):
        state, actions = _estimated(state, now_s, event)
    else:
        state, actions = _answered(changed(state, now_s=now_s), event)
    if state.speeds.is_off is not was_off:
        actions += (SetOffSpeed(time_s=state.now_s, is_off=state.speeds.is_off),)
    if is_graded(state):
        state, more = regraded(state, event)
        actions += more
    state, actions = let_out(before, state, actions, event)
    return (listened(state, actions), first + actions) if actions else (state, first)


def _answered(state: State, event: OtherEvent) -> Step:  # noqa: PLR0911  # one answer for each kind of event
    match event:
        case ClockReached():
            return _clock_reached(state)
        case FeetChanged(feet=feet):
            return feet_changed(state, feet)
        case SensorSenseless():
            return senseless_told(state)
        case StepsHeard(footfalls_s=footfalls_s):
            return chain(state, partial(steps_heard, footfalls_s=footfalls_s), held_in_step)
        case SoundDelayed(delay_s=delay_s):
            return replace(state, footfalls=replace(state.footfalls, delay_s=delay_s)), ()
        case KeyPressed():
            return key_pressed(state, event)
        case PainRated():
            return digit_pressed(state, event)
        case Interrupted():
            return ended(state, EndReason.INTERRUPTED)
        case _:
            assert_never(event)


def due_s(state: State) -> float:
    """The session time at which the coach wants `ClockReached`; infinite while only events can move it."""
    return min(next_due_s(state, _timers), door_due_s(state))


def _clock_reached(state: State) -> Step:
    return entered(state, 0, 0.0) if state.stage is None else all_due(state, _timers)


def _timers(state: State) -> Iterator[tuple[float, Move]]:
    """What will happen by itself, and when in running time; at one moment the first in this list comes first."""
    stage, end_r = state.current, state.stage_end_r
    yield end_r, left
    yield author_due_r(state), author_spoke
    yield count_due_r(state, end_r), counted
    yield stage.help_edge_r, _help_edge
    yield stage.gate_edge_r, _gate_edge
    yield state.told.rescue_r, unheeded
    if state.rescue_until_r > state.now_r - EDGE_S:
        yield state.rescue_until_r, rescue_over  # before a correction of the same moment, which would find it over
    yield state.due_r, attention_due
    yield state.rest_due_r, rest
    yield state.lost_due_r, loss_told
    yield state.footfalls.begins_r, reconciled
    yield state.held.until_r, let_go


def _help_edge(state: State) -> Step:
    """Help begins or ends: the beat with it; corrections look at it when they are due."""
    stage = state.current
    edge_r = stage.start_r + next_edge_s(state.prescribed, state.now_r - stage.start_r)
    return chain(replace(state, stage=replace(stage, help_edge_r=edge_r)), help_told, reconciled)


def _gate_edge(state: State) -> Step:
    """A beat that comes and goes comes, or goes."""
    stage = state.current
    edge_r = stage.start_r + next_gate_s(state.prescribed, state.now_r - stage.start_r)
    return reconciled(replace(state, stage=replace(stage, gate_edge_r=edge_r)))


def _estimated(state: State, now_s: float, event: CadenceEstimated) -> Step:
    """By far the most frequent event: what it tells is taken in one step, then judged."""
    cadence_spm, speed_mps = event.estimate.cadence_spm, event.speed_mps
    if state.pause_began_s is not None or state.stage is None:
        after = replace(state, now_s=now_s, cadence_spm=cadence_spm, reading_spm=event.reading_spm)
        return replace(after, error_spm=event.error_spm), ()
    now_r = now_s - state.paused_s
    tally, speeds = tally_at(state, now_r), state.speeds
    if speed_mps is not None and state.feet is Feet.LIVE:
        speeds = with_speed(speeds, state.feedback, now_r, speed_mps)
    state, actions = estimated(
        changed(
            state,
            now_s=now_s,
            cadence_spm=cadence_spm,
            reading_spm=event.reading_spm,
            error_spm=event.error_spm,
            tally=tally,
            speeds=speeds,
        )
    )
    state, more = speed_unheard(state) if speed_mps is None else speed_judged(state)
    actions += more
    is_own = state.feet is Feet.LIVE and not state.pain.is_stopped and is_run(state)
    if state.measured is not None and is_own:
        state, more = measured_on(state, cadence_spm, speed_mps)
        actions += more
    return state, actions
