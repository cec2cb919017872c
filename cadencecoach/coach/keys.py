"""What the runner's keys do."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cadencecoach.coach.actions import EndReason, Pause, Resume, SetMuted, WriteNote
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.entering import band_in, key_limits, limit_words, prescribed_band, retarget
from cadencecoach.coach.events import NEVER, Key, KeyPressed
from cadencecoach.coach.feet import note_sensor, speeds_now
from cadencecoach.coach.judging import give_signal, is_coachable, tally_up
from cadencecoach.coach.key_table import NEEDS_RUNNING
from cadencecoach.coach.leaving import end_session
from cadencecoach.coach.message_key import say_message
from cadencecoach.coach.pain_keys import KEYS_OF_BOTH
from cadencecoach.coach.skipping import is_skip_newest, skip_stage, undo_skip
from cadencecoach.coach.speeds import in_walk
from cadencecoach.coach.state import WALKS, State
from cadencecoach.coach.step import Move, Step, answer_key, chain
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Relative


def act_on_key(state: State, event: KeyPressed) -> Step:
    """What a key does, or why it does nothing; in a pause and in a stop those of `NEEDS_RUNNING` do nothing.

    Nor is a message spoken in either: a pause is silent, and after a stop only its own words are heard.
    """
    key = event.key
    if key is Key.TAKE_BACK and is_skip_newest(state):
        return undo_skip(state)
    if key in KEYS_OF_BOTH:
        return KEYS_OF_BOTH[key](state)
    if key not in KEYS:
        return answer_key(state, state.words.screen.metronome_key)
    why = _why_not(state) if key in NEEDS_RUNNING or key is Key.MESSAGE else ""
    return answer_key(state, why) if why else KEYS[key](state)


def _why_not(state: State) -> str:
    """Why the stage cannot be changed now; empty where it can."""
    if state.stage is None:
        return state.words.screen.not_begun
    if state.pain.is_stopped:
        return state.words.screen.stopped_key
    return state.words.screen.paused_key if state.pause_began_s is not None else ""


def _stop(state: State) -> Step:
    return end_session(state, EndReason.STOPPED)


def _mute(state: State) -> Step:
    muted = with_changes(state, is_muted=not state.is_muted)
    return muted, (SetMuted(time_s=state.now_s, is_muted=muted.is_muted),)


def _pause_or_resume(state: State) -> Step:
    if state.stage is None:
        return answer_key(state, _why_not(state))
    if state.pause_began_s is None:
        paused = replace(tally_up(state), pause_began_s=state.now_s)
        return chain(
            paused,
            lambda s: (s, (Pause(time_s=s.now_s),)),
            partial(give_signal, signal=Signal.GONE),
            reconcile,
        )
    paused_s = state.paused_s + state.now_s - state.pause_began_s
    has_walked = state.feet in WALKS or (state.is_resting and state.feet is not Feet.LIVE)
    gone_on = with_changes(
        state,
        pause_began_s=None,
        paused_s=paused_s,
        is_resting=has_walked,
        rest_due_r=state.rest_due_r if state.feet in WALKS else NEVER,
    )
    resumed = tally_up(replace(gone_on, speeds=speeds_now(replace(gone_on, speeds=in_walk(state.speeds)))))
    # What the sensor did in the pause is noted now.
    moves: list[Move] = [
        lambda s: (s, (Resume(time_s=s.now_s),)),
        partial(note_sensor, has_walked=has_walked),
    ]
    if is_coachable(resumed):
        settle_s = state.prescribed.feedback.settle_s
        moves.append(partial(give_signal, signal=Signal.ARRIVED, settle_s=settle_s))
    return chain(resumed, *moves, reconcile)


def _move_target(state: State, by_spm: float) -> Step:
    limit_spm = state.feedback.key_limit_spm
    offset_spm = max(-limit_spm, min(limit_spm, state.offset_spm + by_spm))
    if state.current.band is None:
        texts = state.words.screen
        waits = isinstance(state.prescribed.target, Relative) and state.baseline_spm is None
        return answer_key(state, texts.no_target_yet if waits else texts.no_target_to_move)
    if offset_spm == state.offset_spm:
        return answer_key(state, fill(state.words.screen.target_moves_by, limit=f"{limit_spm:g}"))
    moved = _limit_offset(with_changes(state, offset_spm=offset_spm))
    if by_spm > 0 and moved.offset_spm <= state.offset_spm:
        return state, (WriteNote(time_s=state.now_s, about="limit", text=limit_words(state, key_limits(state))),)
    left_s = max(0.0, state.current.tempo.end_s - state.now_r) if state.current.tempo is not None else 0.0
    feedback = state.prescribed.feedback
    return retarget(moved, min(feedback.dwell_s, feedback.settle_s), left_s)


def _limit_offset(state: State) -> State:
    """The offset as far as the limit lets it have an effect, so that the key back is felt at once."""
    plain, band = prescribed_band(state, state.current.index), band_in(state, state.current.index)
    if plain is None or band is None:
        return state
    return with_changes(state, offset_spm=band.target_spm - plain.target_spm)


def _refuse_tap(state: State) -> Step:
    """Taps that are wanted never come here: they are steps (`session.session`)."""
    return answer_key(state, state.words.screen.taps_not_here)


# What else than pain and the sensor's unit is asked for by key in a guided session.
KEYS: dict[Key, Callable[[State], Step]] = {
    Key.PAUSE: _pause_or_resume,
    Key.MUTE: _mute,
    Key.STOP: _stop,
    Key.NEXT: skip_stage,
    Key.UP: partial(_move_target, by_spm=1.0),
    Key.TAP: _refuse_tap,
    Key.MESSAGE: say_message,
    Key.DOWN: partial(_move_target, by_spm=-1.0),
}
