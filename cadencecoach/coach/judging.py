"""From estimates to the signals of the attention table, from its acts to cues, and how long a correction waits.

It waits out the dwell and the spacing, then for a helped stretch, and until a returning beat has had time to work.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import Action, BandState, CueReason, GiveCue, SetBand
from cadencecoach.coach.attention import JUDGING, OUT, Act, Attention, Signal, after
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.fading import help_start_s, is_helped, next_helped_s
from cadencecoach.coach.ladder import (
    after_correction,
    is_spent,
    n_before_beat,
    rung_of,
    spacing_s,
)
from cadencecoach.coach.speeds import has_slowed
from cadencecoach.coach.stage import Tally
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, chain, cue_on_rung
from cadencecoach.coach.tempo import is_helped_now, reconcile, would_be_short
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.feedback import HowMuch, Rung
from cadencecoach.plan.how_much import praise_spacing_s
from cadencecoach.plan.model import Beat, CueStyle, Stage
from cadencecoach.plan.targets import Band
from cadencecoach.units import STALE_AFTER_S

HOLD_S = STALE_AFTER_S  # an estimate counts for at most this long
MOST_STRETCHES = 200  # looked at in a stage without an end: where none of them is long enough, none will be

REASONS = {BandState.BELOW: CueReason.BELOW, BandState.ABOVE: CueReason.ABOVE}


def is_coachable(state: State) -> bool:
    """Whether the runner is known to run, at a speed the target is meant for, in no pause and no stop for pain."""
    is_stopped = state.pause_began_s is not None or state.pain.is_stopped
    return state.feet is Feet.LIVE and not is_stopped and not state.speeds.is_off


def is_run(state: State) -> bool:
    """Whether estimate and newest reading are both at a run's cadence: `gait` takes some seconds to call it a walk."""
    return min(state.cadence_spm or 0.0, state.newest_spm or 0.0) >= state.feedback.walk_below_spm


def give_signal(state: State, signal: Signal, settle_s: float = 0.0) -> Step:
    """Follow the attention table.

    Args:
        state: before
        signal: what happened
        settle_s: at least this much time to settle, where the row leads there
    """
    if signal is Signal.ARRIVED and state.pain.is_stopped:
        return state, ()
    row = after(state.attention, signal)
    if row.then is state.attention and not row.acts and signal not in (Signal.OUTSIDE, Signal.TARGET):
        return state, ()
    moved = _take_attention(state, row.then)
    return chain(moved, *(ACTS[act] for act in row.acts), partial(_set_timer, settle_s=settle_s, signal=signal))


def keep_speed_to_hold(state: State) -> State:
    """What is run once the runner has settled is the speed to hold, where it was not known before."""
    if state.speeds.held_mps is not None or state.speeds.mean_mps is None:
        return state
    return with_changes(state, speeds=replace(state.speeds, held_mps=state.speeds.mean_mps))


def widen(band: Band, error_spm: float) -> Band:
    """The band to judge by: outside it the cadence is off the target, whatever the sensor's error."""
    return replace(band, low_spm=band.low_spm - error_spm, high_spm=band.high_spm + error_spm) if error_spm else band


def judge_estimate(state: State) -> Step:
    """Judge the newest estimate against the band, with hysteresis, where judging is on."""
    stage, cadence_spm = state.stage, state.cadence_spm
    if stage is None or stage.band is None or cadence_spm is None or state.attention not in JUDGING:
        return state, ()
    now = _place(cadence_spm, stage.band, state)
    if now is state.band_state:
        return _put_off(state, cadence_spm, widen(stage.band, state.error_spm)), ()
    signal = Signal.INSIDE if now is BandState.IN else Signal.OUTSIDE
    judged = with_changes(state, band_state=now)
    if now is BandState.IN and state.band_state is None and state.rescue_until_r == NEVER:
        # Back where nobody saw it: in a gap, a pause, or while another target was being found.
        judged = replace(judged, rescue_until_r=state.now_r + state.prescribed.feedback.rescue_hold_s)
    return chain(judged, lambda s: (s, (SetBand(time_s=s.now_s, state=now),)), partial(give_signal, signal=signal))


def _put_off(state: State, cadence_spm: float, band: Band) -> State:
    """In the band without being back: nothing to correct now, and the dwell begins anew."""
    if state.attention not in OUT or not band.low_spm <= cadence_spm <= band.high_spm:
        return state
    corrections, rescue_after_s = state.corrections, state.prescribed.feedback.rescue_after_s
    if corrections.rescue_r < NEVER:
        corrections = replace(corrections, rescue_r=max(corrections.rescue_r, state.now_r + rescue_after_s))
    due_r = state.due_r if state.due_r == NEVER else max(state.due_r, correction_due_r(state))
    return with_changes(state, due_r=due_r, corrections=corrections)


def tally_up(state: State) -> State:
    """Count the time up to now, before something changes under which it is counted."""
    return with_changes(state, tally=tally_at(state, state.now_r))


def tally_at(state: State, now_r: float) -> Tally:
    """The count up to now: time with a band, after the ramp, of a runner known to run at a known speed."""
    stage, tally = state.stage, state.tally
    if stage is None or stage.band is None or stage.tempo is None:
        return tally
    begin_r = max(tally.upto_r, now_r - HOLD_S, stage.tempo.end_s)
    is_judged = state.feet is Feet.LIVE and not state.speeds.is_off and not state.pain.is_stopped
    if not is_judged or begin_r >= now_r or not is_run(state):
        return replace(tally, upto_r=now_r)
    is_inside = stage.band.low_spm <= (state.cadence_spm or 0.0) <= stage.band.high_spm
    span_s = now_r - begin_r
    return Tally(judged_s=tally.judged_s + span_s, inside_s=tally.inside_s + span_s * is_inside, upto_r=now_r)


def _place(cadence_spm: float, band: Band, state: State) -> BandState:
    """In, below or above; who was out is in again only near the target."""
    feedback, outer = state.prescribed.feedback, widen(band, state.error_spm)
    low, high = outer.low_spm, outer.high_spm
    clear_spm = feedback.clear_ratio * band.target_spm
    if state.band_state is BandState.BELOW:
        low = band.target_spm - min(clear_spm, feedback.edge_ratio * (band.target_spm - band.low_spm))
    elif state.band_state is BandState.ABOVE:
        high = band.target_spm + min(clear_spm, feedback.edge_ratio * (band.high_spm - band.target_spm))
    if cadence_spm < low:
        return BandState.BELOW
    return BandState.ABOVE if cadence_spm > high else BandState.IN


def _take_attention(state: State, attention: Attention) -> State:
    """The new attention, with what it forgets."""
    corrections = state.corrections
    if corrections.rescue_r < NEVER and attention not in (Attention.CORRECTED, Attention.RESTING):
        corrections = replace(corrections, rescue_r=NEVER)
    if attention in OUT and state.attention not in OUT:
        corrections = corrections.leave_band(state.now_r, state.prescribed.feedback)
    elif attention not in OUT and state.attention in (Attention.CORRECTED, Attention.RESTING):
        corrections = replace(corrections, calm_from_r=state.now_r)
    if (state.attention in JUDGING) is not (attention in JUDGING):
        corrections = (
            corrections.stop_judging(state.now_r)
            if state.attention in JUDGING
            else corrections.judge_again(state.now_r)
        )
    if attention not in JUDGING:
        return with_changes(state, attention=attention, band_state=None, corrections=corrections)
    return with_changes(state, attention=attention, corrections=corrections)


def _set_timer(state: State, settle_s: float, signal: Signal) -> Step:
    """Set the timer that belongs to the attention."""
    match state.attention:
        case Attention.SETTLING:
            due_r = max(state.current.settled_r, state.now_r + settle_s)
        case Attention.DRIFTING | Attention.CORRECTED | Attention.RESTING:
            due_r = state.due_r if signal in (Signal.UNHEEDED, Signal.SPENT) else correction_due_r(state)
        case Attention.RETURNING:
            feedback = state.prescribed.feedback
            due_r = state.now_r + feedback.back_ratio * feedback.dwell_s
        case Attention.IDLE | Attention.WATCHING | Attention.AWAY:
            due_r = NEVER
    timed = with_changes(state, due_r=due_r)
    if timed.attention is Attention.CORRECTED and is_spent(timed.prescribed.feedback, timed.corrections):
        return give_signal(timed, Signal.SPENT)
    return timed, ()


def _correct(state: State) -> Step:
    """Tell the runner, on the rung that is next, and start the rescue beat where its rung has been passed."""
    prescribed, side = state.prescribed, state.band_state
    assert side in REASONS
    n_before, n_beat = state.corrections.n_in_row, n_before_beat(prescribed.beat, prescribed.feedback)
    is_slow = side is BandState.BELOW and _is_slow(state)
    rung = rung_of(prescribed.feedback, n_before)
    if is_slow and rung is Rung.TONE and prescribed.feedback.style is CueStyle.WORDS:
        rung = Rung.WORDS  # a tone cannot say what is wrong
    if n_beat is not None and n_before >= n_beat:
        state = with_changes(state, rescue_until_r=NEVER)
    cues = () if rung is None else cue_on_rung(state, rung, _words(state, side, is_slow=is_slow), REASONS[side])
    state, meaning = _explain(state, side, rung)
    memory = after_correction(prescribed, replace(state.corrections, side=side), rung, state.now_r)
    corrections = with_changes(state, corrections=replace(memory, is_slow_said=memory.is_slow_said or is_slow))
    return chain(corrections, lambda s: (s, cues + meaning), reconcile)


def _explain(state: State, side: BandState, rung: Rung | None) -> tuple[State, tuple[GiveCue, ...]]:
    """The first time a tone sounds in a session its words follow: who does not know it would learn nothing from it."""
    band = state.current.band
    if rung is not Rung.TONE or side in state.corrections.explained or band is None:
        return state, ()
    words = phrases.correction(state.words, side, state.corrections.n_words, band)
    corrections = replace(
        state.corrections, explained=state.corrections.explained | {side}, n_words=state.corrections.n_words + 1
    )
    return with_changes(state, corrections=corrections), cue_on_rung(state, Rung.WORDS, words, CueReason.TONE)


def _is_slow(state: State) -> bool:
    """Whether the runner slows down instead of stepping quicker, and has not been told so."""
    return not state.corrections.is_slow_said and has_slowed(state.speeds, state.prescribed.feedback)


def _words(state: State, side: BandState, *, is_slow: bool) -> str:
    """What is wrong, or what to do: the first words of an excursion with a rescue beat are about the beat."""
    band = state.current.band
    assert band is not None
    if is_slow:
        return state.words.keep_speed
    has_beat = state.rescue_until_r == NEVER and (state.playing is not None or not would_be_short(state))
    if has_beat and state.corrections.rung is not Rung.WORDS:
        return state.words.follow_the_beat
    return phrases.correction(state.words, side, state.corrections.n_words, band)


def _rescue(state: State) -> Step:
    """The beat, for a runner whom a tone has not helped."""
    corrections = replace(state.corrections, rescue_r=NEVER)
    return reconcile(with_changes(state, rescue_until_r=NEVER, corrections=corrections))


def _confirm(state: State) -> Step:
    """Say that the runner is back, now and then; the rescue beat goes on for a while, and then ends."""
    feedback, corrections = state.prescribed.feedback, state.corrections
    until_r = state.now_r + feedback.rescue_hold_s
    is_wanted = feedback.words is not HowMuch.FEW and is_helped_now(state)
    is_due = is_wanted and state.now_r - corrections.praised_r >= praise_spacing_s(state.prescribed)
    cues: tuple[Action, ...] = ()
    if is_due and corrections.rung is not None and state.now_r <= state.stage_end_r - feedback.closing_s:
        cues = cue_on_rung(state, corrections.rung, state.words.back, CueReason.BACK)
    praised_r = state.now_r if cues else corrections.praised_r
    back = with_changes(
        state,
        corrections=replace(corrections.begin_anew(), praised_r=praised_r),
        rescue_until_r=until_r if state.rescue_until_r > state.now_r else -NEVER,  # one that sounds
    )
    return back, cues


ACTS: dict[Act, Callable[[State], Step]] = {
    Act.CORRECT: _correct,
    Act.RESCUE: _rescue,
    Act.CONFIRM: _confirm,
}


def correction_due_r(state: State) -> float:
    """After the dwell, spaced from the last correction, in a helped stretch and after a dwell of it, before the end."""
    stage = state.prescribed
    if not stage.is_corrected:
        return NEVER
    feedback = stage.feedback
    due_r = max(
        state.now_r + feedback.dwell_s,
        state.corrections.at_r + spacing_s(feedback, state.corrections, state.band_state),
        state.corrections.praised_r + feedback.after_praise_s,
    )
    return in_time_r(state, helped_r(state, due_r))


def in_time_r(state: State, at_r: float) -> float:
    """The moment itself, or never: the end of a stage is its countdown's."""
    return at_r if at_r <= state.stage_end_r - state.feedback.closing_s else NEVER


def helped_r(state: State, at_r: float) -> float:
    """The first moment from `at_r` on in a stretch that has been helped for a dwell; infinite where there is none."""
    start_r = state.current.start_r
    return start_r + _helped_s(state.prescribed, at_r - start_r)


def _helped_s(stage: Stage, since_s: float) -> float:
    """What comes back first is the beat, and it gets time to work. Where no beat comes back, nothing is waited for."""
    wait_s = 0.0 if stage.beat is Beat.OFF else stage.feedback.dwell_s
    for _ in range(MOST_STRETCHES):
        helped_s = next_helped_s(stage, since_s)
        if helped_s > (stage.duration_s or NEVER) or helped_s == NEVER:
            break
        from_s = help_start_s(stage, helped_s)
        since_s = max(helped_s, from_s + wait_s) if from_s > 0 else helped_s
        if is_helped(stage, since_s):
            return since_s
    return NEVER
