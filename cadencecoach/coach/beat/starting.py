"""A beat that begins out of silence: on the next footfall where steps are told, else at once."""

from dataclasses import replace

from cadencecoach.coach.actions import WriteNote
from cadencecoach.coach.beat.footfalls import NEVER
from cadencecoach.coach.state import State, changed
from cadencecoach.coach.step import Step
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.screen_texts import filled
from cadencecoach.units import MS_PER_S

KNOWN_AFTER_S = 5.0  # what became of a start is told by then, or never
FARTHEST_S = 0.25  # half a step at 120 spm; a footfall farther off is another one: its neighbour was not seen


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


def steps_heard(state: State, footfalls_s: tuple[float, ...]) -> Step:
    """New footfalls; the first ones after a beat begun in step tell how well it was met."""
    footfalls = replace(state.footfalls, heard_s=footfalls_s)
    off_s, begun_s = footfalls.asynchrony_s(), footfalls.begun_s
    is_late = begun_s is not None and state.now_s - begun_s > KNOWN_AFTER_S
    if off_s is None and not is_late:
        return changed(state, footfalls=footfalls), ()
    known = replace(state, footfalls=replace(footfalls, begun_s=None))
    if off_s is None or is_late or abs(off_s) > FARTHEST_S:
        return known, ()
    text = filled(state.words.screen.first_beat_met, mean=f"{round(off_s * MS_PER_S):+d}")
    return known, (WriteNote(time_s=state.now_s, about="start", text=text),)
