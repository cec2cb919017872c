"""From estimates to the signals of the attention table, and from its acts to cues."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import BandState, CueReason, SetBand
from cadencecoach.coach.beat import reconciled
from cadencecoach.coach.policy.attention import JUDGING, Act, Attention, Signal, after
from cadencecoach.coach.policy.fading import next_helped_s
from cadencecoach.coach.state import NEVER, State, Tally
from cadencecoach.coach.step import Step, chain, judge
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, CueStyle, Feedback
from cadencecoach.plan.targets import Band

CLOSING_S = 5.0  # the last seconds of a stage belong to the countdown and the next announcement
CLEAR_SHARE = 2 / 3  # the edge of "back" stays inside even a narrow band
RETURN_SHARE = 0.5  # of the dwell: long enough that a swing through the band is not praised
PATIENCE = 2  # so many corrections at the plan's spacing; then each unheeded one doubles it ...
BACK_OFF_LIMIT = 8.0  # ... up to this: words that do not help are not repeated every half minute
HOLD_S = 3.0  # an estimate counts for at most this long, the age at which it goes stale

REASONS = {BandState.BELOW: CueReason.BELOW, BandState.ABOVE: CueReason.ABOVE}


def signalled(state: State, signal: Signal, settle_s: float = 0.0) -> Step:
    """Follow the attention table.

    Args:
        state: before
        signal: what happened
        settle_s: at least this much time to settle, where the row leads there
    """
    row = after(state.attention, signal)
    if row.then is state.attention and not row.acts and signal not in (Signal.OUTSIDE, Signal.TARGET):
        return state, ()
    moved = _entered(state, row.then)
    return chain(moved, *(ACTS[act] for act in row.acts), partial(_timed, settle_s=settle_s))


def estimated(state: State, cadence_spm: float) -> Step:
    """Judge a new estimate against the band, with hysteresis, where judging is on."""
    state = replace(state, cadence_spm=cadence_spm, tally=_tally(state))
    stage = state.stage
    if stage is None or stage.band is None or state.attention not in JUDGING:
        return state, ()
    now = _place(cadence_spm, stage.band, state.prescribed.feedback, state.band_state)
    if now is state.band_state:
        return _put_off(state, cadence_spm, stage.band), ()
    signal = Signal.INSIDE if now is BandState.IN else Signal.OUTSIDE
    judged = replace(state, band_state=now)
    return chain(judged, lambda s: (s, (SetBand(time_s=s.now_s, state=now),)), partial(signalled, signal=signal))


def _put_off(state: State, cadence_spm: float, band: Band) -> State:
    """In the band without being back: nothing to correct now, and the dwell begins anew."""
    is_waiting = state.attention in (Attention.DRIFTING, Attention.CORRECTED) and state.due_r < NEVER
    if not is_waiting or not band.low_spm <= cadence_spm <= band.high_spm:
        return state
    return replace(state, due_r=max(state.due_r, _correction_due_r(state)))


def tallied(state: State) -> State:
    """Count the time up to now, before something changes under which it is counted."""
    return replace(state, tally=_tally(state))


def _tally(state: State) -> Tally:
    """The count up to now: time with a band, after the ramp, of a runner known to run."""
    stage, tally, now_r = state.stage, state.tally, state.now_r
    if stage is None or stage.band is None or stage.tempo is None:
        return tally
    begin_r = max(tally.upto_r, now_r - HOLD_S, stage.tempo.end_s)
    if state.feet is not Feet.LIVE or state.cadence_spm is None or begin_r >= now_r:
        return replace(tally, upto_r=now_r)
    is_inside = stage.band.low_spm <= state.cadence_spm <= stage.band.high_spm
    span_s = now_r - begin_r
    return Tally(judged_s=tally.judged_s + span_s, inside_s=tally.inside_s + span_s * is_inside, upto_r=now_r)


def _place(cadence_spm: float, band: Band, feedback: Feedback, before: BandState | None) -> BandState:
    """In, below or above; who was out is in again only near the target."""
    low, high = band.low_spm, band.high_spm
    clear_spm = feedback.clear_ratio * band.target_spm
    if before is BandState.BELOW:
        low = band.target_spm - min(clear_spm, CLEAR_SHARE * (band.target_spm - low))
    elif before is BandState.ABOVE:
        high = band.target_spm + min(clear_spm, CLEAR_SHARE * (high - band.target_spm))
    if cadence_spm < low:
        return BandState.BELOW
    return BandState.ABOVE if cadence_spm > high else BandState.IN


def _entered(state: State, attention: Attention) -> State:
    """The new attention, with what it forgets."""
    if attention in (Attention.IDLE, Attention.SETTLING):
        return replace(state, attention=attention, band_state=None, n_corrections=0)
    if attention is Attention.AWAY:
        return replace(state, attention=attention, band_state=None)
    return replace(state, attention=attention)


def _timed(state: State, settle_s: float) -> Step:
    """Set the timer that belongs to the attention."""
    match state.attention:
        case Attention.SETTLING:
            due_r = max(state.current.settled_r, state.now_r + settle_s)
        case Attention.DRIFTING | Attention.CORRECTED:
            due_r = _correction_due_r(state)
        case Attention.RETURNING:
            due_r = state.now_r + RETURN_SHARE * state.prescribed.feedback.dwell_s
        case Attention.IDLE | Attention.WATCHING | Attention.AWAY:
            due_r = NEVER
    return replace(state, due_r=due_r), ()


def _correction_due_r(state: State) -> float:
    """After the dwell, spaced from the last correction, in a helped stretch, before the countdown."""
    stage = state.prescribed
    if stage.feedback.style is CueStyle.NONE and stage.beat is not Beat.RESCUE:
        return NEVER
    feedback, start_r = stage.feedback, state.current.start_r
    n_unheeded = max(0, state.n_corrections - PATIENCE)
    spacing_s = feedback.spacing_s * min(2.0**n_unheeded, BACK_OFF_LIMIT)
    due_r = max(state.now_r + feedback.dwell_s, state.corrected_r + spacing_s)
    due_r = start_r + next_helped_s(stage, due_r - start_r)
    return due_r if due_r <= state.stage_end_r - CLOSING_S else NEVER


def _corrected(state: State) -> Step:
    """Tell the runner, and start the rescue beat where the stage has one."""
    stage, side = state.current, state.band_state
    assert stage.band is not None
    assert side in REASONS
    words = phrases.correction(state.words, side, state.n_corrections, stage.band, state.prescribed.beat)
    cues = judge(state, words, REASONS[side])
    told = replace(
        state, corrected_r=state.now_r, n_corrections=state.n_corrections + 1, rescue_until_r=_rescue(state, NEVER)
    )
    return chain(told, lambda s: (s, cues), reconciled)


def _confirmed(state: State) -> Step:
    """Say that the runner is back; the rescue beat ends when a whole dwell has been in the band."""
    cues = judge(state, state.words.back, CueReason.BACK)
    until_r = state.now_r + (1 - RETURN_SHARE) * state.prescribed.feedback.dwell_s
    return replace(state, n_corrections=0, rescue_until_r=_rescue(state, until_r)), cues


def _rescue(state: State, until_r: float) -> float:
    return until_r if state.prescribed.beat is Beat.RESCUE else -NEVER


ACTS: dict[Act, Callable[[State], Step]] = {Act.CORRECT: _corrected, Act.CONFIRM: _confirmed}
