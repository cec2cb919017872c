"""Which tempo should sound now, and the orders that bring it about."""

from functools import partial

from cadencecoach.coach.events import NEVER
from cadencecoach.coach.fading import gate_from_s, help_start_s, is_gate_open, is_helped
from cadencecoach.coach.in_step import begins_r, end_hold, sounding_spm
from cadencecoach.coach.state import WALKS, State
from cadencecoach.coach.step import Step, chain, is_ahead, order_tempo
from cadencecoach.frozen import with_changes
from cadencecoach.plan.model import Beat, Stage
from cadencecoach.plan.targets import Band, band_of
from cadencecoach.plan.timeline import Timeline


def prescribed_tempo(state: State, stage: Stage, band: Band, ramp_s: float) -> Timeline:
    """The tempo a stage asks for from now on, over running time, whether it sounds or not."""
    target_spm = band.target_spm
    from_spm = _tempo_before(state)
    ramp_s = max(ramp_s, _least_ramp_s(state, stage, target_spm))
    if ramp_s <= 0 or from_spm is None or _is_far(state, stage, from_spm, target_spm):
        return Timeline.steady(start_s=state.now_r, tempo_spm=target_spm)
    return Timeline(start_s=state.now_r, start_beat=0.0, from_spm=from_spm, to_spm=target_spm, ramp_s=ramp_s)


def _least_ramp_s(state: State, stage: Stage, target_spm: float) -> float:
    """How long a beat that sounds takes at least: it steps by no more than a runner takes without noticing."""
    from_spm = sounding_spm(state)
    if from_spm is None or stage.may_step_tempo:
        return 0.0
    feedback = stage.feedback
    step_ratio = abs(target_spm / from_spm - 1)
    if step_ratio <= feedback.follow_step_ratio:
        return 0.0
    return feedback.follow_every_s * step_ratio / feedback.follow_step_ratio


def _is_far(state: State, stage: Stage, from_spm: float, target_spm: float) -> bool:
    """From farther away a beat that is not heard yet begins where it is to be."""
    return state.playing is None and abs(from_spm / target_spm - 1) > stage.feedback.ramp_reach_ratio


def reconcile(state: State) -> Step:
    """Order whatever is missing between the beat that sounds and the beat that should; one out of silence may wait."""
    tempo = wanted_tempo(state)
    if tempo is not None and state.playing is None:
        return _begin(state, tempo)
    if state.footfalls.begins_r != NEVER:
        state = with_changes(state, footfalls=state.footfalls.wait_until(NEVER))
    if tempo == state.playing:
        return state, ()
    order = partial(order_tempo, tempo_spm=None) if tempo is None else partial(_order, tempo=tempo)
    return chain(with_changes(state, playing=tempo), end_hold, order)


def _begin(state: State, tempo: Timeline) -> Step:
    """A beat out of silence: at once, or when its footfall comes; one that would last only seconds waits."""
    if state.footfalls.begins_r == NEVER and would_be_short(state):
        return state, ()
    at_r = begins_r(state)
    if is_ahead(state, at_r):
        return with_changes(state, footfalls=state.footfalls.wait_until(at_r)), ()
    footfalls = state.footfalls
    if footfalls.begins_r != NEVER:
        footfalls = footfalls.begin(state.now_s)
    return _order(with_changes(state, playing=tempo, footfalls=footfalls), tempo)


def wanted_tempo(state: State) -> Timeline | None:
    """The tempo that should sound now; None is silence."""
    if state.is_over or state.pause_began_s is not None or state.stage is None or state.is_resting:
        return None
    if not is_helped_now(state) or state.speeds.is_far_slower:  # a beat for another speed is no help
        return None
    match state.prescribed.beat:
        case Beat.ON:
            return state.stage.tempo
        case Beat.OFF:
            return None
        case Beat.RESCUE:
            return state.stage.tempo if state.now_r < state.rescue_until_r else None
        case Beat.GATED:
            return state.stage.tempo if is_gate_open(state.prescribed, state.now_r - state.stage.start_r) else None


def rests_from_r(state: State) -> float:
    """When a beat that sounds now will fall silent within its stage, if nothing happens but time; infinite: never."""
    stage = state.current
    edges_r = [state.rest_due_r if state.feet in WALKS else NEVER, stage.help_edge_r]
    if state.prescribed.beat is Beat.GATED:
        edges_r.append(stage.gate_edge_r)
    if state.prescribed.beat is Beat.RESCUE:
        edges_r.append(state.rescue_until_r)
    return NEVER if min(edges_r) >= state.stage_end_r else min(edges_r)


def silent_from_r(state: State) -> float:
    """The same, with the end of the stage, where the next one does not begin with a beat."""
    return min(rests_from_r(state), NEVER if _goes_on_after(state) else state.stage_end_r)


def _goes_on_after(state: State) -> bool:
    """Whether the stage after this one begins with a beat, too."""
    next_index = state.current.index + 1
    if next_index >= len(state.plan.stages):
        return False
    stage = state.plan.stages[next_index]
    has_target = band_of(stage.target, stage.tolerance, state.baseline_spm) is not None and stage.drill is None
    return has_target and stage.beat in (Beat.ON, Beat.GATED) and is_helped(stage, 0.0)


def would_be_short(state: State) -> bool:
    """Whether a beat that began now would sound for seconds only, of a stretch of time that has more."""
    stage, prescribed = state.current, state.prescribed
    until_r, since_s = silent_from_r(state), state.now_r - stage.start_r
    from_s = help_start_s(prescribed, since_s)
    if prescribed.beat is Beat.GATED:
        from_s = max(from_s, gate_from_s(prescribed, since_s))
    whole_s = until_r - stage.start_r - from_s
    return until_r - state.now_r < min(prescribed.feedback.least_beat_s, whole_s / 2)


def is_helped_now(state: State) -> bool:
    """Whether beat and corrections are offered at this moment of the stage."""
    return is_helped(state.prescribed, state.now_r - state.current.start_r)


def _tempo_before(state: State) -> float | None:
    """Where a ramp begins: the beat that sounds, the target before, or the runner's own cadence."""
    from_spm = sounding_spm(state)
    if from_spm is not None:
        return from_spm
    if state.stage is not None and state.stage.tempo is not None:
        return state.stage.tempo.tempo_at(state.now_r)
    return state.baseline_spm


def _order(state: State, tempo: Timeline) -> Step:
    """Order a prescribed tempo from where it is now."""
    left_s = max(0.0, tempo.end_s - state.now_r)
    goal = partial(order_tempo, tempo_spm=tempo.to_spm, ramp_s=left_s)
    if state.beat.timeline is not None or left_s == 0:
        return goal(state)
    # Out of silence a ramp has no tempo to start from, so it is given one.
    return chain(state, partial(order_tempo, tempo_spm=tempo.tempo_at(state.now_r)), goal)
