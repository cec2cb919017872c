"""Stages come and go: announcements, 3-2-1, the author's cues, the measured baseline, the word at the end."""

import math
from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import (
    CueKind,
    CueReason,
    EndReason,
    EndSession,
    EnterStage,
    GiveCue,
    SetBaseline,
    SetHelp,
)
from cadencecoach.coach.beat import prescribed_tempo, reconciled
from cadencecoach.coach.ceiling import under_ceiling
from cadencecoach.coach.policy.attention import Signal
from cadencecoach.coach.policy.fading import is_always_the_same, is_helped, next_edge_s, next_gate_s
from cadencecoach.coach.policy.judging import is_coachable, signalled, tallied
from cadencecoach.coach.policy.speeds import at_stage
from cadencecoach.coach.state import NEVER, InStage, Measured, State, Tally
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import CueAt, CueEvery, CueStyle
from cadencecoach.plan.targets import Band, band_of, needs_baseline

COUNTDOWN_S = (3.0, 2.0, 1.0)
WALKS = (Feet.WALKING, Feet.STILL)


def entered(state: State, index: int, at_r: float) -> Step:
    """Begin a stage at a running time: announce it, set its target, bring in its beat."""
    stage = state.plan.stages[index]
    band = band_in(state, index)
    tempo = prescribed_tempo(state, stage, band, stage.ramp_s) if band is not None else None
    now = InStage(
        index=index,
        start_r=at_r,
        band=band,
        tempo=tempo,
        settled_r=(tempo.end_s if tempo is not None else at_r) + stage.feedback.settle_s,
        help_edge_r=at_r + next_edge_s(stage, 0.0),
        gate_edge_r=at_r + next_gate_s(stage, 0.0),
    )
    begun = replace(
        state,
        stage=now,
        tally=Tally(upto_r=at_r),
        measured=_measuring(state, index),
        is_resting=False,
        rest_due_r=state.now_r + stage.feedback.set_off_s if state.feet in WALKS else NEVER,
        rescue_until_r=-NEVER,
        told=state.told.asked(stage.target),
        speeds=at_stage(state.speeds, stage, is_running=state.feet is Feet.LIVE),
    )
    cue = speak(begun, phrases.stage_opening(state.words, stage, band), CueReason.STAGE)
    return chain(begun, _announced, _help_begun, lambda s: (s, (cue, *_recall(s))), _targeted, reconciled)


def _recall(state: State) -> tuple[GiveCue, ...]:
    """The words that bring back how the runner ran before, where a probe begins with them."""
    stage = state.prescribed
    if not (stage.has_recall and stage.is_probe):
        return ()
    return (speak(state, state.words.recall, CueReason.RECALL),)


def retargeted(state: State, settle_s: float, ramp_s: float) -> Step:
    """The stage's target has become known, or was changed by key, while it runs."""
    band = band_in(state, state.current.index)
    if band is None:
        return state, ()
    tempo = prescribed_tempo(state, state.prescribed, band, ramp_s)
    settled_r = max(state.now_r, tempo.end_s) + settle_s
    begun = replace(state, stage=replace(state.current, band=band, tempo=tempo, settled_r=settled_r))
    return chain(begun, _announced, _targeted, reconciled)


def left(state: State) -> Step:
    """The stage is over: its word, its baseline, then the next stage or the end."""
    next_index = state.current.index + 1
    at_r = min(state.stage_end_r, state.now_r)
    moves = [_summed_up, _baseline_taken]
    if next_index < len(state.plan.stages):
        return chain(tallied(state), *moves, partial(entered, index=next_index, at_r=at_r))
    return chain(tallied(state), *moves, partial(ended, reason=EndReason.FINISHED))


def ended(state: State, reason: EndReason) -> Step:
    """Stop the beat and say that it is over."""
    cue = speak(state, state.words.session_over, CueReason.SESSION)
    over = replace(state, is_over=True)
    return chain(over, reconciled, lambda s: (s, (cue,)), lambda s: (s, (EndSession(time_s=s.now_s, reason=reason),)))


def measured_on(state: State, cadence_spm: float, speed_mps: float | None = None) -> Step:
    """Take a running estimate for the baseline; a late one counts as soon as there are enough."""
    assert state.measured is not None
    measured = state.measured.with_estimate(cadence_spm, speed_mps)
    state = replace(state, measured=measured)
    if state.prescribed.measures_baseline or measured.n_readings < state.feedback.enough_readings:
        return state, ()
    settle_s = state.prescribed.feedback.settle_s
    return chain(state, _baseline_taken, partial(retargeted, settle_s=settle_s, ramp_s=state.prescribed.ramp_s))


def counted(state: State) -> Step:
    """One of 3-2-1."""
    left_s = COUNTDOWN_S[state.current.n_counted]
    cue = GiveCue(
        time_s=state.now_s,
        kind=CueKind.EARCON,
        text=phrases.EARCONS[CueReason.COUNTDOWN],
        reason=CueReason.COUNTDOWN,
        expires_s=state.now_s + left_s,
    )
    return replace(state, stage=replace(state.current, n_counted=state.current.n_counted + 1)), (cue,)


def count_due_r(state: State, end_r: float) -> float:
    """When the next of 3-2-1 sounds, before a stage's end."""
    stage = state.current
    if stage.n_counted >= len(COUNTDOWN_S) or end_r - stage.start_r < state.feedback.countdown_from_s:
        return NEVER
    return end_r - COUNTDOWN_S[stage.n_counted]


def author_spoke(state: State) -> Step:
    """The plan author's cues that are due now."""
    due_s = _author_due_s(state)
    cues = tuple(
        speak(state, cue.say, CueReason.PLAN)
        for cue in state.prescribed.cues
        if _next_time_s(cue, state.current.cues_upto_s) == due_s
    )
    return replace(state, stage=replace(state.current, cues_upto_s=due_s)), cues


def author_due_r(state: State) -> float:
    """When the plan's author next has something to say."""
    if not state.prescribed.cues:
        return NEVER
    due_s = _author_due_s(state)
    return NEVER if due_s >= (state.prescribed.duration_s or NEVER) else state.current.start_r + due_s


def _author_due_s(state: State) -> float:
    upto_s = state.current.cues_upto_s
    return min((_next_time_s(cue, upto_s) for cue in state.prescribed.cues), default=NEVER)


def _next_time_s(cue: CueAt | CueEvery, upto_s: float) -> float:
    """The first time of a cue after `upto_s`, from the start of the stage."""
    if isinstance(cue, CueAt):
        return cue.at_s if cue.at_s > upto_s else NEVER
    n_next = max(1, math.floor(upto_s / cue.every_s) + 1)
    # Dividing and multiplying may differ in the last digit: never hand back a time that has been.
    return n_next * cue.every_s if n_next * cue.every_s > upto_s else (n_next + 1) * cue.every_s


def band_in(state: State, index: int) -> Band | None:
    """What a stage asks for with what the keys have added, under the limit; None where it asks for nothing."""
    stage = state.plan.stages[index]
    band = band_of(stage.target, stage.tolerance, state.baseline_spm) if stage.drill is None else None
    if band is None:
        return None
    offset_spm = state.offset_spm
    moved = Band(band.target_spm + offset_spm, band.low_spm + offset_spm, band.high_spm + offset_spm)
    return under_ceiling(state, moved)


def _measuring(state: State, index: int) -> Measured | None:
    """Measure in the stage that asks for it, and on into the next ones until there is enough."""
    if state.baseline_spm is not None:
        return None
    if state.plan.stages[index].measures_baseline:
        return Measured()
    return state.measured


def _announced(state: State) -> Step:
    stage = state.current
    prescribed = state.prescribed
    return state, (
        EnterStage(
            time_s=state.now_s,
            index=stage.index,
            name=prescribed.name,
            band=stage.band,
            beat=prescribed.beat,
            feedback=prescribed.feedback.style,
            ramp_s=max(0.0, stage.tempo.end_s - state.now_r) if stage.tempo is not None else 0.0,
            help_ratio=prescribed.mean_help_ratio,
            is_probe=prescribed.is_probe,
        ),
    )


def _help_begun(state: State) -> Step:
    """Where help is not always there, the start of a stage says whether it begins with it."""
    stage = state.prescribed
    return (state, ()) if is_always_the_same(stage) and stage.help_ratio >= 1 else help_told(state)


def help_told(state: State) -> Step:
    """A helped or a silent stretch begins."""
    is_on = is_helped(state.prescribed, state.now_r - state.current.start_r)
    return state, (SetHelp(time_s=state.now_s, is_on=is_on),)


def _targeted(state: State) -> Step:
    if state.current.band is None:
        return signalled(state, Signal.NO_TARGET)
    if is_coachable(state):
        return signalled(state, Signal.TARGET)
    return chain(state, partial(signalled, signal=Signal.TARGET), partial(signalled, signal=Signal.GONE))


def _summed_up(state: State) -> Step:
    """How the stage went; of short runs at one target, between walks, not each is worth a verdict."""
    tally = state.tally
    stage = state.prescribed
    is_silent = stage.feedback.style in (CueStyle.NONE, CueStyle.GRADED) or stage.mean_help_ratio <= 0
    is_again = stage.target == state.summed_target and state.now_r - state.summed_r < stage.feedback.praise_s
    if is_silent or is_again or tally.judged_s < stage.feedback.summary_after_s:
        return state, ()
    words = phrases.stage_summary(state.words, tally.inside_s / tally.judged_s)
    said = replace(state, summed_r=state.now_r, summed_target=stage.target)
    return said, (speak(state, words, CueReason.SUMMARY),)


def _baseline_taken(state: State) -> Step:
    """Fix the baseline if enough was measured; otherwise say so once and go on measuring."""
    measured = state.measured
    if measured is None:
        return state, ()
    if measured.n_readings < state.feedback.enough_readings:
        if not state.prescribed.measures_baseline or not _waits_for_baseline(state, state.current.index + 1):
            return state, ()
        return state, (speak(state, state.words.no_baseline_yet, CueReason.BASELINE),)
    known = replace(
        state,
        baseline_spm=measured.mean_spm,
        measured=None,
        speeds=replace(state.speeds, known_mps=measured.known_mps),
    )
    return known, (
        SetBaseline(time_s=state.now_s, cadence_spm=measured.mean_spm, n_readings=measured.n_readings),
        speak(state, phrases.baseline(state.words, measured.mean_spm), CueReason.BASELINE),
    )


def _waits_for_baseline(state: State, from_index: int) -> bool:
    return any(needs_baseline(stage.target) for stage in state.plan.stages[from_index:])
