"""The coach in one function: `react(state, event) -> (state, actions)`.

Pure: no clock, no device, no randomness. The caller hands over every event with its time, and calls with
`ClockReached` at each `due_s(state)` before it hands over anything later; so the same events give the same actions
whoever calls, live, in a rehearsal or from a journal.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import assert_never

from cadencecoach.coach.actions import EndReason, SetOffSpeed, SetTempo
from cadencecoach.coach.baseline import measure_on
from cadencecoach.coach.door import door_due_s, give_waiting, let_out
from cadencecoach.coach.due import act_on_attention, act_on_unheeded, end_rescue
from cadencecoach.coach.entering import enter_stage, tell_help
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
    WentOn,
)
from cadencecoach.coach.fading import next_edge_s, next_gate_s
from cadencecoach.coach.feet import act_on_feet, end_set_off, tell_senseless, tell_sensor
from cadencecoach.coach.following import forget_old_speed, judge_speed
from cadencecoach.coach.going_on import go_on
from cadencecoach.coach.grading import is_graded, regrade
from cadencecoach.coach.in_step import hear_steps, hold_in_step, let_go
from cadencecoach.coach.judging import is_run, judge_estimate, tally_at
from cadencecoach.coach.keys import act_on_key
from cadencecoach.coach.leaving import end_session, leave_stage
from cadencecoach.coach.pain_keys import act_on_digit
from cadencecoach.coach.reminding import remind, remind_due_r
from cadencecoach.coach.speeds import believed_mps, with_speed
from cadencecoach.coach.state import State
from cadencecoach.coach.step import EDGE_S, Move, Step, chain, do_all_due, mark_busy, next_due_s
from cadencecoach.coach.tempo import reconcile
from cadencecoach.coach.timed_cues import author_due_r, count_down, count_due_r, give_author_cues
from cadencecoach.frozen import with_changes
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
    if isinstance(event, WentOn):
        return _go_on(state, event)
    if state.is_over:
        return state, ()
    state, first = give_waiting(state, event)
    before, now_s, was_off = state, max(state.now_s, event.time_s), state.speeds.is_off
    if isinstance(event, CadenceEstimated):
        state, actions = _take_estimate(state, now_s, event)
    else:
        state, actions = _answer(with_changes(state, now_s=now_s), event)
    if state.speeds.is_off is not was_off:
        actions += (SetOffSpeed(time_s=state.now_s, is_off=state.speeds.is_off),)
    if is_graded(state):
        state, more = regrade(state, event)
        actions += more
    state, actions = let_out(before, state, actions, event)
    return (mark_busy(state, actions), first + actions) if actions else (state, first)


def _answer(state: State, event: OtherEvent) -> Step:  # noqa: PLR0911  # one answer for each kind of event
    match event:
        case ClockReached():
            return _reach_clock(state)
        case FeetChanged(feet=feet):
            return act_on_feet(state, feet)
        case SensorSenseless():
            return tell_senseless(state)
        case StepsHeard(footfalls_s=footfalls_s):
            return chain(state, partial(hear_steps, footfalls_s=footfalls_s), hold_in_step)
        case SoundDelayed(delay_s=delay_s):
            return with_changes(state, footfalls=replace(state.footfalls, delay_s=delay_s)), ()
        case KeyPressed():
            return act_on_key(state, event)
        case PainRated():
            return act_on_digit(state, event)
        case Interrupted():
            return end_session(state, EndReason.INTERRUPTED)
        case _:
            assert_never(event)


def _go_on(state: State, event: WentOn) -> Step:
    """Nothing of before waits any more, so a break passes no door; a beat that is withheld stays so."""
    after, actions = go_on(state, event)
    if after.pain.is_withheld:
        actions = tuple(action for action in actions if not isinstance(action, SetTempo))
    return mark_busy(after, actions), actions


def due_s(state: State) -> float:
    """The session time at which the coach wants `ClockReached`; infinite while only events can move it."""
    return min(next_due_s(state, _timers), door_due_s(state))


def _reach_clock(state: State) -> Step:
    return enter_stage(state, 0, 0.0) if state.stage is None else do_all_due(state, _timers)


def _timers(state: State) -> Iterator[tuple[float, Move]]:
    """What will happen by itself, and when in running time; at one moment the first in this list comes first."""
    stage, end_r = state.current, state.stage_end_r
    yield end_r, leave_stage
    yield author_due_r(state), give_author_cues
    yield count_due_r(state, end_r), count_down
    yield remind_due_r(state), remind
    yield stage.help_edge_r, _pass_help_edge
    yield stage.gate_edge_r, _pass_gate_edge
    yield state.corrections.rescue_r, act_on_unheeded
    if state.rescue_until_r > state.now_r - EDGE_S:
        yield state.rescue_until_r, end_rescue  # before a correction of the same moment, which would find it over
    yield state.due_r, act_on_attention
    yield state.rest_due_r, end_set_off
    yield state.sensor_due_r, tell_sensor
    yield state.footfalls.begins_r, reconcile
    yield state.phase_hold.until_r, let_go


def _pass_help_edge(state: State) -> Step:
    """Help begins or ends: the beat with it; corrections look at it when they are due."""
    stage = state.current
    edge_r = stage.start_r + next_edge_s(state.prescribed, state.now_r - stage.start_r)
    return chain(with_changes(state, stage=replace(stage, help_edge_r=edge_r)), tell_help, reconcile)


def _pass_gate_edge(state: State) -> Step:
    """A beat that comes and goes comes, or goes."""
    stage = state.current
    edge_r = stage.start_r + next_gate_s(state.prescribed, state.now_r - stage.start_r)
    return reconcile(with_changes(state, stage=replace(stage, gate_edge_r=edge_r)))


def _take_estimate(state: State, now_s: float, event: CadenceEstimated) -> Step:
    """By far the most frequent event: what it tells is taken in one step, then judged."""
    cadence_spm, speed_mps = event.estimate.cadence_spm, event.speed_mps
    if state.pause_began_s is not None or state.stage is None:
        after = with_changes(state, now_s=now_s, cadence_spm=cadence_spm, reading_spm=event.reading_spm)
        return replace(after, error_spm=event.error_spm), ()
    now_r = now_s - state.paused_s
    tally, speeds = tally_at(state, now_r), state.speeds
    speed_mps = believed_mps(speeds, now_r, speed_mps=speed_mps, cadence_spm=cadence_spm)
    if speed_mps is not None and state.feet is Feet.LIVE:
        speeds = with_speed(speeds, state.feedback, now_r, speed_mps)
    state, actions = judge_estimate(
        with_changes(
            state,
            now_s=now_s,
            cadence_spm=cadence_spm,
            reading_spm=event.reading_spm,
            error_spm=event.error_spm,
            tally=tally,
            speeds=speeds,
        )
    )
    if speed_mps is not None:
        state, more = judge_speed(state)
        actions += more
    elif event.speed_mps is None or now_r >= speeds.late_until_r:
        state, more = forget_old_speed(state)
        actions += more
    is_own = state.feet is Feet.LIVE and not state.pain.is_stopped and is_run(state)
    if state.measured is not None and is_own:
        state, more = measure_on(state, cadence_spm, speed_mps, is_by_hand=event.is_by_hand)
        actions += more
    return state, actions
