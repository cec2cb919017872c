"""What is due about the cadence is given, or put off: words sound, help is away, the newest reading says otherwise."""

from dataclasses import replace

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.attention import OUT, Attention, Signal
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.judging import (
    give_signal,
    helped_r,
    in_time_r,
    is_run,
    keep_speed_to_hold,
    widen,
)
from cadencecoach.coach.speeds import is_sprinting
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, is_ahead
from cadencecoach.coach.tempo import reconcile
from cadencecoach.coach.timed_cues import author_due_r
from cadencecoach.frozen import with_changes

GAP_S = 0.5  # between words and what comes after them, so that they are heard as two


def act_on_attention(state: State) -> Step:
    """The timer of the attention is over: settled, or time for a word, unless it has to wait."""
    if state.attention is Attention.SETTLING:
        return give_signal(keep_speed_to_hold(state), Signal.SETTLED)
    later_r = _next_word_r(state)
    if _is_in_doubt(state):
        later_r = max(later_r, state.now_r + state.feedback.doubt_s)
    if state.attention in OUT:
        later_r = in_time_r(state, helped_r(state, later_r))
    if is_ahead(state, later_r):
        return with_changes(state, due_r=later_r), ()
    return give_signal(state, Signal.DUE)


def _next_word_r(state: State) -> float:
    """When a word about the cadence would be heard: after the words that sound, or come first. One cue at a time."""
    if state.now_r < state.busy_r:
        return state.busy_r + GAP_S
    author_r = author_due_r(state)
    return author_r + GAP_S if author_r <= state.now_r + state.feedback.expiry_s else state.now_r


def act_on_unheeded(state: State) -> Step:
    """A tone has not helped: the rescue beat."""
    if _is_in_doubt(state):
        corrections = replace(state.corrections, rescue_r=state.now_r + state.feedback.doubt_s)
        return with_changes(state, corrections=corrections), ()
    return give_signal(state, Signal.UNHEEDED)


def _is_in_doubt(state: State) -> bool:
    """Whether the newest reading does not bear out what would be said: the estimate is some seconds late.

    A runner who has just begun to walk, or slows down towards it, is not told to hurry; nor one who is back this very
    second that he is out, nor one who sprints to ease.
    """
    estimate_spm, newest_spm = state.cadence_spm or 0.0, state.newest_spm or 0.0
    if state.current.band is None or not is_run(state) or state.speeds.off_r != NEVER:
        return True
    band = widen(state.current.band, state.error_spm)
    match state.band_state:
        case BandState.BELOW:
            return newest_spm >= band.low_spm or newest_spm < estimate_spm * (1 - state.feedback.slowing_ratio)
        case BandState.ABOVE:
            return newest_spm <= band.high_spm or is_sprinting(state.speeds, state.feedback)
        case _:
            return not band.low_spm <= newest_spm <= band.high_spm


def end_rescue(state: State) -> Step:
    """The rescue beat has stayed long enough; who is out of the band again keeps it until that is settled."""
    if state.attention in OUT:
        return with_changes(state, rescue_until_r=state.now_r + state.feedback.dwell_s), ()
    return reconcile(with_changes(state, rescue_until_r=-NEVER))
