"""A stage begins, or its target becomes known or is changed: it is announced, and its beat brought in.

The highest target a clinician allows holds whatever the plan, the runner's keys or a flag ask for.
"""

from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueReason, EnterStage, GiveCue, SetHelp
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.fading import is_always_the_same, is_helped, next_edge_s, next_gate_s
from cadencecoach.coach.judging import give_signal, is_coachable
from cadencecoach.coach.speeds import at_stage, own_spm
from cadencecoach.coach.stage import InStage, Measured, Tally
from cadencecoach.coach.state import WALKS, State
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.coach.tempo import prescribed_tempo, reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import MOST_OVER_OWN_RATIO, Limits, Stage
from cadencecoach.plan.targets import Band, band_of

BASELINE_PART = 1 / 3  # of a stage that measures the baseline has to be run (design)


def enter_stage(state: State, index: int, at_r: float) -> Step:
    """Begin a stage at a running time: announce it, set its target, bring in its beat."""
    stage = state.plan.stages[index]
    state = _at_speed(state, stage)
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
    begun = with_changes(
        state,
        stage=now,
        tally=Tally(upto_r=at_r),
        measured=_measure_in(state, index),
        is_resting=False,
        rest_due_r=state.now_r + stage.feedback.set_off_s if state.feet in WALKS else NEVER,
        rescue_until_r=-NEVER,
        sensor_due_r=_loss_due_r(state, stage, band),
        corrections=state.corrections.with_target(stage.target),
        speeds=at_stage(state.speeds, stage, state.now_r, is_running=state.feet is Feet.LIVE),
    )
    cue = speak(begun, phrases.stage_opening(state.words, stage, band), CueReason.STAGE)
    return chain(begun, announce, tell_help_again, lambda s: (s, (cue, *_recall(s))), signal_target, reconcile)


def _loss_due_r(state: State, stage: Stage, band: Band | None) -> float:
    """A sensor that fell silent in a walk is missed now that a cadence is asked for."""
    is_missed = state.feet is Feet.LOST and not state.is_loss_open and band is not None
    return state.now_r + stage.feedback.lost_after_s if is_missed else state.sensor_due_r


def _at_speed(state: State, stage: Stage) -> State:
    """With a curve: the baseline is the runner's own cadence at the speed at which the stage begins."""
    if state.curve is None or state.feet is not Feet.LIVE:
        return state
    spm = own_spm(state.curve, state.speeds, stage.feedback)
    return state if spm is None else with_changes(state, baseline_spm=spm)


def _recall(state: State) -> tuple[GiveCue, ...]:
    """The words that bring back how the runner ran before, where a probe begins with them: right after help."""
    index = state.current.index
    is_unwanted = state.prescribed.feedback.words is HowMuch.FEW
    if is_unwanted or not state.prescribed.is_recalling(state.plan.stages[index - 1] if index else None):
        return ()
    return (speak(state, state.words.recall, CueReason.RECALL),)


def retarget(state: State, settle_s: float, ramp_s: float) -> Step:
    """The stage's target has become known, or was changed by key, while it runs."""
    band = band_in(state, state.current.index)
    if band is None:
        return state, ()
    tempo = prescribed_tempo(state, state.prescribed, band, ramp_s)
    settled_r = max(state.now_r, tempo.end_s) + settle_s
    begun = with_changes(state, stage=replace(state.current, band=band, tempo=tempo, settled_r=settled_r))
    return chain(begun, announce, signal_target, reconcile)


def band_in(state: State, index: int) -> Band | None:
    """What a stage asks for with what the keys have added, under the limits; None where it asks for nothing."""
    band = prescribed_band(state, index)
    if band is None:
        return None
    most_spm = key_limits(state).ceiling_spm(state.baseline_spm)
    room_spm = NEVER if most_spm is None else max(0.0, most_spm - band.target_spm)
    offset_spm = min(state.offset_spm, room_spm)
    moved = Band(band.target_spm + offset_spm, band.low_spm + offset_spm, band.high_spm + offset_spm)
    return under_ceiling(state, moved)


def prescribed_band(state: State, index: int) -> Band | None:
    """What a stage asks for by the plan alone; None where it asks for nothing."""
    stage = state.plan.stages[index]
    return band_of(stage.target, stage.tolerance, state.baseline_spm) if stage.drill is None else None


def _measure_in(state: State, index: int) -> Measured | None:
    """Measure in the stage that asks for it, and on into the next ones until there is enough."""
    if state.baseline_spm is not None:
        return None
    stage = state.plan.stages[index]
    if stage.measures_baseline:
        return Measured(wanted_s=0.0 if stage.duration_s is None else stage.duration_s * BASELINE_PART)
    return state.measured


def announce(state: State) -> Step:
    """Tell which stage runs, and what it asks for."""
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
            is_warm_up=state.warm_up is not None,
        ),
    )


def tell_help_again(state: State) -> Step:
    """Where help is not always there, a stage that begins or goes on says whether there is help now."""
    stage = state.prescribed
    return (state, ()) if is_always_the_same(stage) and stage.help_ratio >= 1 else tell_help(state)


def tell_help(state: State) -> Step:
    """A helped or a silent stretch begins."""
    is_on = is_helped(state.prescribed, state.now_r - state.current.start_r)
    return state, (SetHelp(time_s=state.now_s, is_on=is_on),)


def signal_target(state: State) -> Step:
    """Tell the attention that a target is set, or none."""
    if state.current.band is None:
        return give_signal(state, Signal.NO_TARGET)
    if is_coachable(state):  # also one who was away for another stage's reason: off its speeds
        return chain(state, partial(give_signal, signal=Signal.TARGET), partial(give_signal, signal=Signal.ARRIVED))
    return chain(state, partial(give_signal, signal=Signal.TARGET), partial(give_signal, signal=Signal.GONE))


def under_ceiling(state: State, band: Band) -> Band:
    """The band, moved down as a whole where its target would pass the plan's limit."""
    ceiling_spm = state.plan.limits.ceiling_spm(state.baseline_spm)
    if ceiling_spm is None or band.target_spm <= ceiling_spm:
        return band
    down_spm = band.target_spm - ceiling_spm
    return Band(ceiling_spm, band.low_spm - down_spm, band.high_spm - down_spm)


def key_limits(state: State) -> Limits:
    """The limits that keys keep to: the clinician's, and +10 % over own cadence where none is set on targets.

    What the plan itself asks for may be more, with its author's reason (`allow`); a key has none.
    """
    limits = state.plan.limits
    return replace(limits, target_ratio=MOST_OVER_OWN_RATIO) if limits.target_ratio is None else limits


def limit_words(state: State, limits: Limits) -> str:
    """What is written down when a key asks for more than these limits allow."""
    texts = state.words.screen
    if limits.most_spm is not None and limits.ceiling_spm(state.baseline_spm) == limits.most_spm:
        return fill(texts.target_limit_spm, limit=f"{limits.most_spm:.1f}")
    is_own = state.plan.limits.target_ratio is None
    words = texts.target_limit_own if is_own else texts.target_limit_percent
    return fill(words, limit=f"{(limits.target_ratio or 0.0) * 100:+.4g}")
