"""What comes at its time in a stage: the cues of the plan's author, and 3-2-1 before the next stage."""

import math
from dataclasses import replace

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueKind, CueReason, GiveCue
from cadencecoach.coach.events import NEVER
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, speak
from cadencecoach.frozen import with_changes
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.model import CueAt, CueEvery

COUNTDOWN_S = (3.0, 2.0, 1.0)


def count_down(state: State) -> Step:
    """One of 3-2-1."""
    left_s = COUNTDOWN_S[state.current.n_counted]
    cue = GiveCue(
        time_s=state.now_s,
        kind=CueKind.EARCON,
        text=phrases.EARCONS[CueReason.COUNTDOWN],
        reason=CueReason.COUNTDOWN,
        expires_s=state.now_s + left_s,
    )
    return with_changes(state, stage=replace(state.current, n_counted=state.current.n_counted + 1)), (cue,)


def count_due_r(state: State, end_r: float) -> float:
    """When the next of 3-2-1 sounds, before a stage's end."""
    stage = state.current
    if state.prescribed.feedback.words is HowMuch.FEW:
        return NEVER
    if stage.n_counted >= len(COUNTDOWN_S) or end_r - stage.start_r < state.feedback.countdown_from_s:
        return NEVER
    return end_r - COUNTDOWN_S[stage.n_counted]


def give_author_cues(state: State) -> Step:
    """The plan author's cues that are due now."""
    due_s = _author_due_s(state)
    cues = tuple(
        speak(state, state.words.of_plan(cue.say), CueReason.PLAN)
        for cue in state.prescribed.cues
        if _next_time_s(cue, state.current.cues_upto_s) == due_s
    )
    return with_changes(state, stage=replace(state.current, cues_upto_s=due_s)), cues


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
