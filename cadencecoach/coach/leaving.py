"""A stage is over: the word on how it went, its baseline, and then the next one or the end."""

from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueReason, EndReason, EndSession
from cadencecoach.coach.baseline import take_baseline
from cadencecoach.coach.entering import enter_stage
from cadencecoach.coach.going_on import leave_warm_up
from cadencecoach.coach.judging import tally_up
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.how_much import praise_spacing_s


def leave_stage(state: State) -> Step:
    """The stage is over: its word, its baseline, then the next stage or the end."""
    if state.warm_up is not None:
        return leave_warm_up(state)
    next_index = state.current.index + 1
    at_r = min(state.stage_end_r, state.now_r)
    moves = [_sum_up, take_baseline]
    if next_index < len(state.plan.stages):
        return chain(tally_up(state), *moves, partial(enter_stage, index=next_index, at_r=at_r))
    reason = EndReason.STOPPED if state.pain.is_stopped or state.n_skipped else EndReason.FINISHED
    return chain(tally_up(state), *moves, partial(end_session, reason=reason))


def end_session(state: State, reason: EndReason) -> Step:
    """Stop the beat and say that it is over."""
    cue = speak(state, state.words.session_over, CueReason.SESSION)
    over = with_changes(state, is_over=True)
    return chain(over, reconcile, lambda s: (s, (cue,)), lambda s: (s, (EndSession(time_s=s.now_s, reason=reason),)))


def _sum_up(state: State) -> Step:
    """How the stage went; of short runs at one target, between walks, not each is worth a verdict."""
    tally = state.tally
    stage = state.prescribed
    is_silent = stage.feedback.is_wordless or stage.mean_help_ratio <= 0
    is_again = stage.target == state.summed_target and state.now_r - state.summed_r < praise_spacing_s(stage)
    is_unwanted = stage.feedback.words is HowMuch.FEW
    if is_silent or is_again or is_unwanted or not is_worth_a_word(state):
        return state, ()
    words = phrases.stage_summary(state.words, tally.inside_s / tally.judged_s)
    said = with_changes(state, summed_r=state.now_r, summed_target=stage.target)
    return said, (speak(state, words, CueReason.SUMMARY),)


def is_worth_a_word(state: State) -> bool:
    """Long enough judged, also as a part of the stage, and not a figure that only tells what was told all along."""
    tally, feedback = state.tally, state.prescribed.feedback
    length_s = state.now_r - state.current.start_r
    least_s = max(feedback.summary_after_s, feedback.summary_part_ratio * length_s)
    return tally.judged_s >= least_s and tally.inside_s >= feedback.summary_from_ratio * tally.judged_s
