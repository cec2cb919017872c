"""The key for the next stage, and how it is undone: for a few seconds the stage that was left can be gone back to."""

from dataclasses import replace

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.entering import announce, signal_target, tell_help_again
from cadencecoach.coach.key_table import UNDO_S
from cadencecoach.coach.leaving import leave_stage
from cadencecoach.coach.state import Skip, State
from cadencecoach.coach.step import Step, answer_key, chain, is_ahead, speak
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.plan.forms import fill


def skip_stage(state: State) -> Step:
    """Leave the stage for the next one; a timed stage that is left before its end was not finished."""
    is_timed = state.prescribed.duration_s is not None
    is_cut = state.warm_up is None and is_timed and is_ahead(state, state.stage_end_r)
    before = state if is_undoable(state) else with_changes(state, skip=None)
    skipped = with_changes(state, n_skipped=state.n_skipped + is_cut, skip=Skip(at_s=state.now_s, before=before))
    left, actions = leave_stage(skipped)
    if left.is_over:
        return left, actions
    text = fill(state.words.screen.stage_skipped, seconds=f"{UNDO_S:g}")
    return chain(left, lambda s: (s, actions), lambda s: answer_key(s, text, UNDO_S))


def is_undoable(state: State) -> bool:
    """Whether the last key for the next stage can still be undone."""
    return state.skip is not None and 0 <= state.now_s - state.skip.at_s <= UNDO_S


def is_skip_newest(state: State) -> bool:
    """Whether the key that takes something back means the stage that was left: no question and no answer is shown."""
    is_pain_shown = state.pain.is_open(state.now_s) or state.pain.answer_on_screen(state.now_s) is not None
    return is_undoable(state) and not is_pain_shown


def undo_skip(state: State) -> Step:
    """Go back to the stage that was left, as if the key had not been pressed: its time has gone on meanwhile."""
    assert state.skip is not None
    screen, before = state.words.screen, state.skip.before
    if state.pain.is_stopped:
        return answer_key(state, screen.stopped_key)
    if state.pause_began_s is not None:
        return answer_key(state, screen.paused_key)
    settled_r = max(before.current.settled_r, state.now_r + before.prescribed.feedback.settle_s)
    back = with_changes(
        state,
        stage=replace(before.current, settled_r=settled_r),
        warm_up=before.warm_up,
        tally=replace(before.tally, upto_r=state.now_r),
        measured=before.measured,
        baseline_spm=before.baseline_spm,
        speeds=replace(state.speeds, known_mps=before.speeds.known_mps),
        corrections=state.corrections.with_target(before.prescribed.target),
        n_skipped=before.n_skipped,
        skip=before.skip,
    )
    text = phrases.stage_opening(back.words, back.prescribed, back.current.band)
    cue = speak(back, text, CueReason.STAGE)
    said = answer_key(back, screen.skip_undone)[1]
    return chain(back, announce, tell_help_again, lambda s: (s, (*said, cue)), signal_target, reconcile)
