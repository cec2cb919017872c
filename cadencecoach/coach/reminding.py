"""What a runner who wants many words hears on the way through a stage: how it goes half way, and the last minute.

A probe has none: what a runner does alone is measured there.
"""

from dataclasses import replace

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueReason
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.judging import tally_up
from cadencecoach.coach.leaving import is_worth_a_word
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, speak
from cadencecoach.frozen import with_changes
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.units import SECONDS_PER_MINUTE

FROM_S = 4 * SECONDS_PER_MINUTE  # a shorter stage has none: its half and its last minute are one
N_REMINDERS = 2


def remind_due_r(state: State) -> float:
    """When the next of them is due."""
    stage, at = state.prescribed, state.current
    length_s = stage.duration_s
    if stage.feedback.words is not HowMuch.MANY or stage.is_probe or length_s is None or length_s < FROM_S:
        return NEVER
    if at.n_reminded >= N_REMINDERS:
        return NEVER
    return at.start_r + (length_s / 2, length_s - SECONDS_PER_MINUTE)[at.n_reminded]


def remind(state: State) -> Step:
    """Half way with how it goes, where that is judged; or the last minute."""
    is_half_way = state.current.n_reminded == 0
    state = with_changes(state, stage=replace(state.current, n_reminded=state.current.n_reminded + 1))
    if not is_half_way:
        return state, (speak(state, state.words.minute_left, CueReason.TIME),)
    said, counted = state.words.half_way, tally_up(state)
    if state.prescribed.is_corrected and is_worth_a_word(counted):
        tally = counted.tally
        said = f"{said} {phrases.stage_summary(state.words, tally.inside_s / tally.judged_s)}"
    return state, (speak(state, said, CueReason.TIME),)
