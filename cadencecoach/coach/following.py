"""The runner's speed, as it comes in: what is too fast or slow to be judged, and a target that follows it."""

from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.entering import retarget
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.judging import give_signal, tally_up
from cadencecoach.coach.speeds import Speeds, come_inside, forget_speeds, go_off, is_outside, is_too_old, own_spm
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.coach.tempo import is_helped_now, reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Relative

STEP_MARGIN = 1e-9  # a step of 3 % is not a hair above it


def judge_speed(state: State) -> Step:
    """A new speed may mute the coach, wake it, or move the target."""
    if state.stage is None or state.stage.band is None or not isinstance(state.prescribed.target, Relative):
        return state, ()
    if state.feet is not Feet.LIVE:
        return state, ()
    if is_outside(state.speeds, state.feedback):
        return _judge_outside(state)
    if state.speeds.off_r != NEVER or state.speeds.is_far_slower:
        return _come_back(state, come_inside(state.speeds))
    return (state, ()) if state.curve is None else _follow(state)


def _judge_outside(state: State) -> Step:
    """The baseline says nothing about this speed: after a dwell nothing is judged. Said once, where that lasts."""
    feedback, speeds = state.feedback, state.speeds
    if speeds.off_r == NEVER:
        speeds = replace(speeds, off_r=state.now_r)
        state = with_changes(state, speeds=speeds)
    after = go_off(speeds, feedback)
    if not speeds.is_off and state.now_r >= speeds.off_r + feedback.dwell_s:
        quiet = replace(tally_up(state), speeds=after, rescue_until_r=-NEVER)
        return chain(quiet, partial(give_signal, signal=Signal.GONE), reconcile)
    if speeds.is_off and after.is_far_slower is not speeds.is_far_slower:
        return reconcile(with_changes(state, speeds=after))
    if speeds.is_off_said or state.now_r < speeds.off_r + feedback.settle_s or not _is_missed(state):
        return state, ()
    said = with_changes(state, speeds=replace(speeds, is_off_said=True))
    return said, (speak(state, state.words.off_speed, CueReason.SPEED),)


def _is_missed(state: State) -> bool:
    """Whether the runner would miss anything: the stage corrects, and now is a helped stretch."""
    return state.prescribed.is_corrected and is_helped_now(state)


def forget_old_speed(state: State) -> Step:
    """An estimate without a speed: what was known of the speed holds for a while."""
    if state.feet is not Feet.LIVE or not is_too_old(state.speeds, state.feedback, state.now_r):
        return state, ()
    return _come_back(state, forget_speeds(state.speeds))


def _come_back(state: State, speeds: Speeds) -> Step:
    """No longer off: judged at once where nothing was muted, after a settling time where it lasted."""
    feedback, before = state.feedback, state.speeds
    if not before.is_off:
        return reconcile(with_changes(state, speeds=speeds))
    is_short = state.now_r - before.off_r < feedback.settle_s
    settle_s = min(feedback.dwell_s, feedback.settle_s) if is_short else feedback.settle_s
    back = replace(tally_up(state), speeds=speeds)
    return chain(back, partial(give_signal, signal=Signal.ARRIVED, settle_s=settle_s), reconcile)


def _follow(state: State) -> Step:
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
    moved = with_changes(state, baseline_spm=baseline_spm, speeds=speeds)
    return retarget(moved, feedback.settle_s, max(0.0, stage.tempo.end_s - state.now_r))
