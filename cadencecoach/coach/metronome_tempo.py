"""The tempo of the metronome alone: taken, moved by a key, or tapped."""

import math
from dataclasses import replace

from cadencecoach.coach.actions import EnterStage, WriteNote
from cadencecoach.coach.clicks import Every
from cadencecoach.coach.entering import limit_words
from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM, Metronome
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, answer_key, chain, order_tempo
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Fixed
from cadencecoach.plan.targets import band_of
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import SECONDS_PER_MINUTE

TAPS_WANTED = 4  # three intervals: a hand is some 20 ms off, their mean less
TAPS_KEPT = 8
TAP_GAP_S = 2.0  # longer is a new try; the slowest stride rate lies well below


def memory_of(state: State) -> Metronome:
    """What the metronome remembers."""
    assert state.metronome is not None
    return state.metronome


def take_tempo(state: State, tempo: Timeline) -> Step:
    """Take a tempo over running time: the band for the record and the screen, the orders for the beat."""
    stage = state.prescribed
    band = band_of(Fixed(tempo.to_spm), stage.tolerance, None)
    left_s = max(0.0, tempo.end_s - state.now_r)
    moved = with_changes(state, stage=replace(state.current, band=band, tempo=tempo))
    entered = EnterStage(
        time_s=state.now_s,
        index=0,
        name=stage.name,
        band=band,
        beat=stage.beat,
        feedback=stage.feedback.style,
        ramp_s=left_s,
    )
    return chain(moved, lambda s: (s, (entered,)), _shift, reconcile)


def _shift(state: State) -> Step:
    """A ramp can only be ordered from the tempo that sounds; where the new one begins elsewhere, that comes first."""
    tempo, playing = state.current.tempo, state.playing
    if tempo is None or playing is None or tempo.end_s <= state.now_r:
        return state, ()
    from_spm = tempo.tempo_at(state.now_r)
    if math.isclose(from_spm, playing.tempo_at(state.now_r)):
        return state, ()
    return order_tempo(state, from_spm)


def move_tempo(state: State, by_spm: float) -> Step:
    """Up or down, on a ramp both its ends."""
    tempo = state.current.tempo
    if state.pause_began_s is not None or tempo is None:
        return answer_key(state, state.words.screen.paused_key)
    now_spm = tempo.tempo_at(state.now_r)
    asked_spm, by_spm = by_spm, _bound(state, tempo.to_spm + by_spm) - tempo.to_spm
    if by_spm <= 0 < asked_spm and _is_held(state):
        return state, (_note_limit(state),)
    if by_spm == 0:
        return answer_key(state, fill(state.words.screen.tempo_range, low=f"{LOW_SPM:g}", high=f"{HIGH_SPM:g}"))
    left_s = max(0.0, tempo.end_s - state.now_r)
    return take_tempo(state, _tempo(state, _bound(state, now_spm + by_spm), tempo.to_spm + by_spm, left_s))


def _tempo(state: State, from_spm: float, to_spm: float, ramp_s: float) -> Timeline:
    """A tempo from now on, in phase with the one before."""
    before = state.current.tempo
    assert before is not None
    from_spm = from_spm if ramp_s > 0 else to_spm
    start_beat = before.beat_at(state.now_r)
    return Timeline(start_s=state.now_r, start_beat=start_beat, from_spm=from_spm, to_spm=to_spm, ramp_s=ramp_s)


def tap(state: State) -> Step:
    """From the fourth tap on the mean interval of the last eight is the tempo."""
    memory = memory_of(state)
    since = memory.taps_s if memory.taps_s and state.now_s - memory.taps_s[-1] <= TAP_GAP_S else ()
    taps_s = (*since, state.now_s)[-TAPS_KEPT:]
    state = with_changes(state, metronome=replace(memory, taps_s=taps_s))
    span_s = taps_s[-1] - taps_s[0]
    if state.pause_began_s is not None:
        return answer_key(state, state.words.screen.paused_key)
    if len(taps_s) < TAPS_WANTED or span_s <= 0:
        return answer_key(state, fill(state.words.screen.tap, number=len(taps_s), wanted=TAPS_WANTED))
    steps = 2 if memory.click.every is Every.STRIDE else 1  # who hears strides taps strides
    tapped_spm = float(round(SECONDS_PER_MINUTE * steps * (len(taps_s) - 1) / span_s))
    tempo_spm = _bound(state, tapped_spm)
    after, actions = take_tempo(state, _tempo(state, tempo_spm, tempo_spm, 0.0))
    is_limited = tempo_spm < tapped_spm and _is_held(state)
    return after, (*actions, _note_limit(after)) if is_limited else actions


def _bound(state: State, tempo_spm: float) -> float:
    """The tempo among those people run at, and under the limit."""
    return max(LOW_SPM, min(memory_of(state).settings.highest_spm, tempo_spm))


def _is_held(state: State) -> bool:
    """Whether a limit is lower than what anybody runs at."""
    return memory_of(state).settings.highest_spm < HIGH_SPM


def _note_limit(state: State) -> WriteNote:
    return WriteNote(time_s=state.now_s, about="limit", text=limit_words(state, state.plan.limits))
