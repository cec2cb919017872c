"""A beat that begins out of silence: on the next footfall where steps are told, else at once."""

from dataclasses import replace

from cadencecoach.coach.actions import WriteNote
from cadencecoach.coach.footfalls import KNOWN_AFTER_S, NEVER
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step
from cadencecoach.gait.reading import Feet

MS_PER_S = 1000


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
    off_s = footfalls.asynchrony_s()
    if footfalls.begun_s is None or (off_s is None and state.now_s - footfalls.begun_s < KNOWN_AFTER_S):
        return replace(state, footfalls=footfalls), ()
    known = replace(state, footfalls=replace(footfalls, begun_s=None))
    if off_s is None or abs(off_s) > state.now_s - footfalls.begun_s:
        return known, ()
    text = f"first beat in step: asynchrony {off_s * MS_PER_S:+.0f} ms"
    return known, (WriteNote(time_s=state.now_s, about="start", text=text),)
