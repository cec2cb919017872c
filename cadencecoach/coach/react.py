"""The coach in one function: `react(state, event) -> (state, actions)`.

Pure: no clock, no device, no randomness. The caller hands over every event with its time, and calls with
`ClockReached` at each `due_s(state)` before it hands over anything later; so the same events give the same actions
whoever calls, live, in a rehearsal or from a journal.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import assert_never

from cadencecoach.coach.actions import BandState, CueReason, EndReason
from cadencecoach.coach.beat import is_helped_now, reconciled
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    Event,
    FeetChanged,
    Interrupted,
    KeyPressed,
    PainRated,
    SoundDelayed,
    StepsHeard,
)
from cadencecoach.coach.keys import key_pressed, pain_rated
from cadencecoach.coach.policy.attention import OUT, Attention, Signal
from cadencecoach.coach.policy.fading import next_edge_s, next_gate_s
from cadencecoach.coach.policy.following import speed_judged
from cadencecoach.coach.policy.grading import is_graded, regraded
from cadencecoach.coach.policy.judging import (
    correction_due_r,
    estimated,
    is_coachable,
    settled,
    signalled,
    tallied,
    tally_at,
)
from cadencecoach.coach.policy.speeds import with_speed
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
from cadencecoach.coach.starting import steps_heard
from cadencecoach.coach.state import NEVER, State, changed
from cadencecoach.coach.step import Move, Step, chain, listened, speak
from cadencecoach.coach.timers import EDGE_S, all_due, next_due_s
from cadencecoach.gait.reading import Feet

OtherEvent = ClockReached | FeetChanged | StepsHeard | SoundDelayed | KeyPressed | PainRated | Interrupted

GAP_S = 0.5  # between words and what comes after them, so that they are heard as two


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
    now_s = max(state.now_s, event.time_s)
    if isinstance(event, CadenceEstimated):
        state, actions = _estimated(state, now_s, event)
    else:
        state, actions = _answered(replace(state, now_s=now_s), event)
    if is_graded(state):
        state, more = regraded(state, event)
        actions += more
    return (listened(state, actions), actions) if actions else (state, ())


def _answered(state: State, event: OtherEvent) -> Step:  # noqa: PLR0911  # one answer for each kind of event
    match event:
        case ClockReached():
            return _clock_reached(state)
        case FeetChanged(feet=feet):
            return _feet_changed(state, feet)
        case StepsHeard(footfalls_s=footfalls_s):
            return steps_heard(state, footfalls_s)
        case SoundDelayed(delay_s=delay_s):
            return replace(state, footfalls=replace(state.footfalls, delay_s=delay_s)), ()
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
    return next_due_s(state, _timers)


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
    yield state.told.rescue_r, _unheeded
    yield state.due_r, _attention_due
    if state.rescue_until_r > state.now_r - EDGE_S:
        yield state.rescue_until_r, _rescue_over
    yield state.rest_due_r, _rest
    yield state.footfalls.begins_r, reconciled


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


def _attention_due(state: State) -> Step:
    if state.attention is Attention.SETTLING:
        return signalled(settled(state), Signal.SETTLED)
    later_r = _heard_from_r(state)
    if state.attention in OUT:
        if not is_helped_now(state):
            later_r = correction_due_r(state)
        elif _is_in_doubt(state):
            later_r = max(later_r, state.now_r + state.feedback.doubt_s)
        if later_r > state.stage_end_r - state.feedback.closing_s:
            later_r = NEVER
    elif _is_in_doubt(state):
        later_r = max(later_r, state.now_r + state.feedback.doubt_s)
    if later_r > state.now_r:
        return replace(state, due_r=later_r), ()
    return signalled(state, Signal.DUE)


def _heard_from_r(state: State) -> float:
    """When a word about the cadence would be heard: after the words that sound, or come first. One cue at a time."""
    if state.now_r < state.busy_r:
        return state.busy_r + GAP_S
    author_r = author_due_r(state)
    return author_r + GAP_S if author_r <= state.now_r + state.feedback.expiry_s else state.now_r


def _unheeded(state: State) -> Step:
    """A tone has not helped: the rescue beat."""
    if _is_in_doubt(state):
        return replace(state, told=replace(state.told, rescue_r=state.now_r + state.feedback.doubt_s)), ()
    return signalled(state, Signal.UNHEEDED)


def _is_in_doubt(state: State) -> bool:
    """Whether the newest reading does not bear out what would be said: the estimate is some seconds late.

    A runner who has just begun to walk is not told to hurry, nor one who is back this very second that he is out.
    """
    estimate_spm, band = state.cadence_spm or 0.0, state.current.band
    newest_spm = estimate_spm if state.reading_spm is None else state.reading_spm
    if min(estimate_spm, newest_spm) < state.feedback.walk_below_spm or band is None:
        return True
    match state.band_state:
        case BandState.BELOW:
            return newest_spm >= band.low_spm
        case BandState.ABOVE:
            return newest_spm <= band.high_spm
        case _:
            return not band.low_spm <= newest_spm <= band.high_spm


def _rescue_over(state: State) -> Step:
    """The rescue beat has stayed long enough; who is out of the band again keeps it until that is settled."""
    if state.attention in OUT:
        return replace(state, rescue_until_r=state.now_r + state.feedback.dwell_s), ()
    return reconciled(replace(state, rescue_until_r=-NEVER))


def _rest(state: State) -> Step:
    return reconciled(replace(state, is_resting=True, rest_due_r=NEVER, rescue_until_r=-NEVER))


def _estimated(state: State, now_s: float, event: CadenceEstimated) -> Step:
    """By far the most frequent event: what it tells is taken in one step, then judged."""
    cadence_spm, speed_mps = event.estimate.cadence_spm, event.speed_mps
    if state.pause_began_s is not None or state.stage is None:
        return replace(state, now_s=now_s, cadence_spm=cadence_spm, reading_spm=event.reading_spm), ()
    now_r = now_s - state.paused_s
    tally, speeds = tally_at(state, now_r), state.speeds
    if speed_mps is not None:
        speeds = with_speed(speeds, state.feedback, now_r, speed_mps)
    state, actions = estimated(
        changed(state, now_s=now_s, cadence_spm=cadence_spm, reading_spm=event.reading_spm, tally=tally, speeds=speeds)
    )
    if speed_mps is not None:
        state, more = speed_judged(state)
        actions += more
    if state.measured is not None and state.feet is Feet.LIVE:
        state, more = measured_on(state, cadence_spm, speed_mps)
        actions += more
    return state, actions


def _feet_changed(state: State, feet: Feet) -> Step:
    has_walked = state.feet in WALKS or state.is_resting  # a sensor lost in a walk says nothing of when it ended
    before = state.feet
    state = replace(tallied(state), feet=feet)
    if state.pause_began_s is not None or state.stage is None:
        return state, ()
    return chain(state, _sensor_word, partial(_rested, before=before), partial(_away_or_back, has_walked=has_walked))


def _sensor_word(state: State) -> Step:
    """Lost and back are said once each, and not every few seconds."""
    if state.feet is Feet.LOST:
        feedback = state.feedback
        doubled_s = feedback.lost_spacing_s * 2.0 ** min(max(0, state.n_losses_said - 1), 20)
        if state.now_r - state.lost_said_r < min(doubled_s, max(feedback.lost_limit_s, feedback.lost_spacing_s)):
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


def _away_or_back(state: State, has_walked: bool) -> Step:  # noqa: FBT001  # what was, and not a mode
    if state.feet in WALKS:  # what is run after a walk is another speed to hold
        state = replace(state, speeds=replace(state.speeds, held_mps=None))
    if not is_coachable(state):
        return signalled(state, Signal.GONE)
    feedback = state.prescribed.feedback
    settle_s = feedback.settle_s if has_walked else min(feedback.dwell_s, feedback.settle_s)
    return signalled(state, Signal.ARRIVED, settle_s)
