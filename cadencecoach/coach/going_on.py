"""A session that broke off goes on: in the stage and second where it was, warmed up again after a longer break.

Running time stands still in a break, so a stage and its cues need no new times; what was known of the feet, the beat
that sounded and the questions that were open are gone. What was stopped for pain stays stopped.
"""

from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import Action, CueReason, GiveCue, SetMuted, SetVolume
from cadencecoach.coach.attention import Signal
from cadencecoach.coach.entering import announce, signal_target, tell_help_again
from cadencecoach.coach.events import NEVER, WentOn
from cadencecoach.coach.footfalls import Footfalls, PhaseHold
from cadencecoach.coach.judging import give_signal
from cadencecoach.coach.ordered_beat import OrderedBeat
from cadencecoach.coach.pain import Pain
from cadencecoach.coach.speeds import unheard
from cadencecoach.coach.stage import InStage, WarmUp
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Move, Step, chain, speak
from cadencecoach.coach.tempo import reconcile
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, Free, Plan, Stage, Walk
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.units import SECONDS_PER_MINUTE

# Design: muscles cool down within some minutes of standing; a short look at the phone needs no warm-up.
SHORT_BREAK_S = 10 * SECONDS_PER_MINUTE  # from here on a minute's warm-up
LONG_BREAK_S = 30 * SECONDS_PER_MINUTE  # from here on the plan's own
SHORT_WARM_UP_S = SECONDS_PER_MINUTE


def go_on(state: State, event: WentOn) -> Step:
    """Go on after a break."""
    if state.stage is None:
        return state, ()
    fresh = _wake(state, event.time_s)
    volume = fresh.volume
    sound: list[Action] = [SetVolume(time_s=fresh.now_s, beat_db=volume.beat_db, words_db=volume.words_db)]
    sound += [SetMuted(time_s=fresh.now_s, is_muted=True)] if fresh.is_muted else []
    stages = fresh.warm_up.stages if fresh.warm_up is not None else ()
    stages += warm_up_after(event.gap_s, fresh)
    moves: list[Move] = [lambda s: (s, tuple(sound)), partial(give_signal, signal=Signal.GONE)]
    if not stages:
        return chain(fresh, *moves, _announce_again)
    if fresh.warm_up is None:
        fresh = replace(
            fresh,
            warm_up=WarmUp(
                stages=stages, back=fresh.current, left_r=fresh.now_r, tally=fresh.tally, measured=fresh.measured
            ),
        )
        return chain(fresh, *moves, _warm_up)
    return chain(replace(fresh, warm_up=replace(fresh.warm_up, stages=stages)), *moves, _announce_again)


def leave_warm_up(state: State) -> Step:
    """The next part of the warm-up, or the stage that was left, where it was left."""
    warm_up = state.warm_up
    assert warm_up is not None
    if len(warm_up.stages) > 1:
        return _warm_up(with_changes(state, warm_up=replace(warm_up, stages=warm_up.stages[1:])))
    late_s = state.now_r - warm_up.left_r
    back = with_changes(
        state,
        warm_up=None,
        stage=_move_by(warm_up.back, late_s),
        tally=replace(warm_up.tally, upto_r=state.now_r),
        measured=warm_up.measured,
    )
    return _announce_again(back)


def warm_up_after(gap_s: float | None, state: State) -> tuple[Stage, ...]:
    """What is run before the next stage that asks for a cadence, beside what the plan has there.

    Args:
        gap_s: length of the break; one that nobody knows counts as a long one
        state: as it was left
    """
    if gap_s is not None and gap_s < SHORT_BREAK_S:
        return ()
    eased_s = _eased_s(state)
    if eased_s is None:
        return ()
    own = warm_up_of(state.plan)
    if (gap_s is not None and gap_s < LONG_BREAK_S) or not own:
        wanted_s = min(SHORT_WARM_UP_S, sum(stage.duration_s or 0.0 for stage in own)) if own else SHORT_WARM_UP_S
        stage = own[-1] if own else easy_stage(state.plan, state.words)
        return (replace(stage, duration_s=wanted_s - eased_s, cues=()),) if eased_s < wanted_s else ()
    return _first_seconds(own, sum(stage.duration_s or 0.0 for stage in own) - eased_s)


def warm_up_of(plan: Plan) -> tuple[Stage, ...]:
    """The timed stages at the plan's beginning that ask for nothing; none where no stage asks for a cadence at all."""
    own: list[Stage] = []
    for stage in plan.stages:
        if stage.is_asked or stage.measures_baseline:
            return tuple(own)
        if stage.drill is not None or stage.duration_s is None:
            return tuple(own)
        own.append(stage)
    return ()


def _first_seconds(stages: tuple[Stage, ...], seconds: float) -> tuple[Stage, ...]:
    """So much of some stages, from the beginning."""
    taken: list[Stage] = []
    for stage in stages:
        length_s = min(stage.duration_s or 0.0, seconds)
        if length_s > 0:
            taken.append(replace(stage, duration_s=length_s))
            seconds -= length_s
    return tuple(taken)


def _eased_s(state: State) -> float | None:
    """How long nothing is asked for yet when the session goes on; None where nothing ever is again."""
    warming_s = 0.0
    if state.warm_up is not None:
        warming_s = sum(stage.duration_s or 0.0 for stage in state.warm_up.stages)
        warming_s -= state.now_r - state.current.start_r
    at = state.current if state.warm_up is None else state.warm_up.back
    left_r = state.now_r if state.warm_up is None else state.warm_up.left_r
    eased_s, done_s = warming_s, left_r - at.start_r
    for stage in state.plan.stages[at.index :]:
        if not isinstance(stage.target, Free | Walk) or stage.measures_baseline or stage.drill is not None:
            return eased_s
        eased_s += NEVER if stage.duration_s is None else max(0.0, stage.duration_s - done_s)
        done_s = 0.0
    return None


def easy_stage(plan: Plan, words: Phrasebook) -> Stage:
    """A warm-up for a plan that has none."""
    first = plan.stages[0]
    return Stage(
        name=words.screen.warm_up_again,
        duration_s=SHORT_WARM_UP_S,
        target=Free(),
        tolerance=first.tolerance,
        ramp_s=0.0,
        beat=Beat.OFF,
        feedback=first.feedback,
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
        of_plan=plan.name,
    )


def _wake(state: State, now_s: float) -> State:
    """The memory without what the break has made untrue; a pause it broke off in is over."""
    paused_s = state.paused_s
    if state.pause_began_s is not None:
        paused_s += now_s - state.pause_began_s
    pain = state.pain
    measured = state.measured
    return with_changes(
        state,
        now_s=now_s,
        is_over=False,
        pause_began_s=None,
        paused_s=paused_s,
        skip=None,
        measured=None if measured is None else replace(measured, newest_r=None),
        feet=Feet.UNKNOWN,
        cadence_spm=None,
        reading_spm=None,
        error_spm=0.0,
        band_state=None,
        is_resting=False,
        rest_due_r=NEVER,
        rescue_until_r=-NEVER,
        corrections=replace(state.corrections, rescue_r=NEVER),
        speeds=unheard(state.speeds),
        footfalls=Footfalls(),
        phase_hold=PhaseHold(),
        playing=None,
        beat=OrderedBeat(),
        busy_r=-NEVER,
        sensor_due_r=NEVER,
        is_loss_open=False,
        pain=Pain(is_stopped=pain.is_stopped, is_withheld=pain.is_stopped),
    )


def _warm_up(state: State) -> Step:
    assert state.warm_up is not None
    stage = InStage(index=state.warm_up.back.index, start_r=state.now_r, settled_r=state.now_r)
    begun = with_changes(state, stage=stage, tally=replace(state.tally, upto_r=state.now_r), measured=None)
    return chain(begun, announce, _say_stage, signal_target, reconcile)


def _announce_again(state: State) -> Step:
    """The stage that goes on: told, with its target and its beat; nothing is judged before the runner has settled."""
    settle_s = state.prescribed.feedback.settle_s
    stage = replace(state.current, settled_r=max(state.current.settled_r, state.now_r + settle_s))
    again = with_changes(state, stage=stage)
    return chain(again, announce, tell_help_again, _say_stage, signal_target, reconcile)


def _say_stage(state: State) -> Step:
    text = phrases.stage_opening(state.words, state.prescribed, state.current.band)
    cue: GiveCue = speak(state, text, CueReason.STAGE)
    return state, (cue,)


def _move_by(stage: InStage, late_s: float) -> InStage:
    """A stage that goes on so much later."""
    tempo = stage.tempo
    return replace(
        stage,
        start_r=stage.start_r + late_s,
        settled_r=stage.settled_r + late_s,
        tempo=None if tempo is None else replace(tempo, start_s=tempo.start_s + late_s),
        help_edge_r=stage.help_edge_r + late_s,
        gate_edge_r=stage.gate_edge_r + late_s,
    )
