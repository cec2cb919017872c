"""The runner's speed, as it comes in: what is too fast or slow to be judged, and a target that follows it."""

from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.beat.tempo import is_helped_now, reconciled
from cadencecoach.coach.policy.attention import Signal
from cadencecoach.coach.policy.judging import is_coachable, signalled, tallied
from cadencecoach.coach.policy.ladder import has_corrections
from cadencecoach.coach.policy.speeds import is_outside, own_spm
from cadencecoach.coach.stages.entering import retargeted
from cadencecoach.coach.state import NEVER, State
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Relative

STEP_MARGIN = 1e-9  # a step of 3 % is not a hair above it


def speed_judged(state: State) -> Step:
    """A new speed may mute the coach, wake it, or move the target."""
    if state.stage is None or state.stage.band is None or not isinstance(state.prescribed.target, Relative):
        return state, ()
    if state.feet is not Feet.LIVE:
        return state, ()
    if is_outside(state.speeds, state.feedback):
        return _off(state)
    if state.speeds.is_off:
        return _came_back(state)
    return (state, ()) if state.curve is None else _followed(state)


def _off(state: State) -> Step:
    """The baseline says nothing about this speed: no correction, no rescue beat. Said once, when it has lasted."""
    if not state.speeds.is_off:
        off = replace(state.speeds, is_off=True, off_r=state.now_r)
        quiet = replace(tallied(state), speeds=off, rescue_until_r=-NEVER)
        return chain(quiet, partial(signalled, signal=Signal.GONE), reconciled)
    if state.speeds.is_off_said or state.now_r < state.speeds.off_r + state.feedback.dwell_s or not _is_judged(state):
        return state, ()
    said = replace(state, speeds=replace(state.speeds, is_off_said=True))
    return said, (speak(state, state.words.off_speed, CueReason.SPEED),)


def _is_judged(state: State) -> bool:
    """Whether the runner would miss anything: the stage corrects, and now is a helped stretch of it."""
    return has_corrections(state.prescribed) and is_helped_now(state)


def _came_back(state: State) -> Step:
    back = replace(tallied(state), speeds=replace(state.speeds, is_off=False))
    if not is_coachable(back):
        return back, ()
    return signalled(back, Signal.ARRIVED, back.feedback.settle_s)


def _followed(state: State) -> Step:
    """Move the target to where the runner's curve has it at this speed, a step at a time."""
    curve, speeds, feedback, stage = state.curve, state.speeds, state.feedback, state.current
    assert curve is not None
    wanted_spm = own_spm(curve, speeds, feedback)
    if wanted_spm is None or state.baseline_spm is None or stage.tempo is None:
        return state, ()
    change = wanted_spm / state.baseline_spm - 1
    if state.now_r < speeds.moved_r + feedback.follow_every_s or abs(change) < feedback.follow_ratio:
        return state, ()
    most = feedback.follow_step_ratio - STEP_MARGIN
    baseline_spm = state.baseline_spm * (1 + min(max(change, -most), most))
    speeds = replace(speeds, moved_r=state.now_r, held_mps=speeds.mean_mps)
    moved = replace(state, baseline_spm=baseline_spm, speeds=speeds)
    return retargeted(moved, feedback.settle_s, max(0.0, stage.tempo.end_s - state.now_r))
