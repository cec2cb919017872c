"""The beat and the feet in step: begun on a footfall, and, where the plan wants that, held to them.

A beat out of silence begins on the next footfall where steps are told, else at once.

A beat that is held keeps a set phase to the feet: its tempo gives way a little, and never far from the plan's.

Every `hold-every` the beat is aimed at the footfall reckoned for `hold-over` from now. The tempo for that is never
farther from the plan's than `hold-phase`, and a runner who steps farther off it than `hold-reach` times that is not
followed: the plan's tempo leads. An aim is good until its footfall; where no newer steps put that off, the plan's tempo
is back. A pod tells no footfall, so its beat is never aimed.
"""

import math
from dataclasses import replace

from cadencecoach.coach.actions import WriteNote
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.footfalls import PhaseHold, Row
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, order_tempo
from cadencecoach.frozen import with_changes
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import MS_PER_S, SECONDS_PER_MINUTE

KNOWN_AFTER_S = 5.0  # what became of a start is told by then, or never
FARTHEST_S = 0.25  # half a step at 120 spm; a footfall farther off is another one: its neighbour was not seen
N_TOLD = 20  # footfalls; what fewer come to is chance


def begins_r(state: State) -> float:
    """Running time of the first beat of one that is wanted now and silent: now, or less than a step later.

    What was once decided stands: a beat that waits does not wait for another footfall.
    """
    if state.footfalls.begins_r != NEVER:
        return state.footfalls.begins_r
    if state.feet is not Feet.LIVE:  # a walker's footfall has another place in the signal
        return state.now_r
    first_s = state.footfalls.first_beat_s(state.now_s, state.feedback)
    return state.now_r if first_s is None else state.now_r + max(0.0, first_s - state.now_s)


def hear_steps(state: State, footfalls_s: tuple[float, ...]) -> Step:
    """New footfalls; the first ones after a beat begun in step tell how well it was met."""
    footfalls = replace(state.footfalls, heard_s=footfalls_s)
    off_s, begun_s = footfalls.asynchrony_s(), footfalls.begun_s
    is_late = begun_s is not None and state.now_s - begun_s > KNOWN_AFTER_S
    if off_s is None and not is_late:
        return with_changes(state, footfalls=footfalls), ()
    known = with_changes(state, footfalls=replace(footfalls, begun_s=None))
    if off_s is None or is_late or abs(off_s) > FARTHEST_S:
        return known, ()
    text = fill(state.words.screen.first_beat_met, mean=f"{round(off_s * MS_PER_S):+d}")
    return known, (WriteNote(time_s=state.now_s, about="start", text=text),)


def hold_in_step(state: State) -> Step:
    """Aim the beat at a footfall to come, where the plan wants it held and the feet let it.

    Args:
        state: with the newest footfalls
    """
    beat = state.beat.timeline
    if beat is None or state.playing is None or not state.feedback.hold_phase_ratio or state.pain.is_withheld:
        return state, ()
    state, feedback = _count(state, beat), state.feedback
    if state.now_r < state.phase_hold.aimed_r + feedback.hold_every_s:
        return state, ()
    row = _row(state)
    if row is None:
        return let_go(state)
    tempo_spm = _aimed_spm(state, beat, row)
    phase_hold = replace(
        state.phase_hold, tempo_spm=tempo_spm, aimed_r=state.now_r, until_r=state.now_r + feedback.hold_over_s
    )
    return order_tempo(with_changes(state, phase_hold=phase_hold), tempo_spm)


def let_go(state: State) -> Step:
    """Back to the plan's tempo, from where the beat is."""
    if state.phase_hold.tempo_spm is None or state.playing is None:
        return state, ()
    plain = with_changes(state, phase_hold=replace(state.phase_hold, tempo_spm=None, until_r=NEVER))
    return order_tempo(plain, state.playing.to_spm)


def end_hold(state: State) -> Step:
    """Another beat is ordered, or none: what came of the one that was held is written down."""
    met = state.phase_hold.met
    over = with_changes(state, phase_hold=PhaseHold())
    if met.n < N_TOLD:
        return over, ()
    text = fill(
        state.words.screen.held_beat_met,
        mean=f"{round(met.mean_s * MS_PER_S):+d}",
        sd=round(met.sd_s * MS_PER_S),
        number=met.n,
    )
    return over, (WriteNote(time_s=state.now_s, about="hold", text=text),)


def sounding_spm(state: State) -> float | None:
    """The tempo the beat has now, held or not; None in silence."""
    if state.playing is None or state.phase_hold.tempo_spm is not None:
        return state.phase_hold.tempo_spm
    return state.playing.tempo_at(state.now_r)


def _row(state: State) -> Row | None:
    """The feet as an even row the beat may be held to; None where there is none, or the tempo still ramps."""
    assert state.playing is not None
    row = state.footfalls.long_row(state.now_s, state.feedback) if state.feet is Feet.LIVE else None
    if row is None or state.now_r < state.playing.end_s:
        return None
    reach_ratio = state.feedback.hold_phase_ratio * state.feedback.hold_reach_times
    off_ratio = SECONDS_PER_MINUTE / row.interval_s / state.playing.to_spm - 1
    return row if abs(off_ratio) <= reach_ratio else None


def _aimed_spm(state: State, beat: Timeline, row: Row) -> float:
    """The tempo that brings the beat to a footfall `hold-over` from now, the nearer way round, within the limits."""
    assert state.playing is not None
    feedback, plan_spm = state.feedback, state.playing.to_spm
    behind = state.footfalls.beat_due(state.now_s, row, feedback) - beat.beat_at(state.now_s)
    behind -= round(behind)
    aimed_spm = SECONDS_PER_MINUTE * (1 / row.interval_s + behind / feedback.hold_over_s)
    most = feedback.hold_phase_ratio
    ceiling_spm = state.plan.limits.ceiling_spm(state.baseline_spm) or math.inf
    return min(max(aimed_spm, plan_spm * (1 - most)), plan_spm * (1 + most), max(plan_spm, ceiling_spm))


def _count(state: State, beat: Timeline) -> State:
    """With the new footfalls counted, while the beat is held."""
    met = state.phase_hold.met.with_beat(beat)
    heard_s, delay_s = state.footfalls.heard_s, state.footfalls.delay_s
    if state.phase_hold.tempo_spm is None:
        met = replace(met, upto_s=heard_s[-1] if heard_s else met.upto_s)
    else:
        met = met.with_footfalls(heard_s, delay_s)
    return with_changes(state, phase_hold=replace(state.phase_hold, met=met))
