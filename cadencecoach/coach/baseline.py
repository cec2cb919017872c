"""The baseline that is measured in a session: taken from running estimates, fixed when there are enough.

Enough are the plan's number of readings, and a third of the stage that measures: who stood or walked for most of it has
shown no cadence of their own. Of taps twenty seconds do, as before a run: nobody taps for minutes. Until then targets
that count from it are free.
"""

from dataclasses import replace
from functools import partial

from cadencecoach.coach import phrases
from cadencecoach.coach.actions import CueReason, SetBaseline, WriteNote
from cadencecoach.coach.entering import BASELINE_PART, retarget
from cadencecoach.coach.stage import Measured
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step, chain, speak
from cadencecoach.frozen import with_changes
from cadencecoach.plan.forms import fill
from cadencecoach.plan.targets import needs_baseline


def measure_on(state: State, cadence_spm: float, speed_mps: float | None = None, *, is_by_hand: bool = False) -> Step:
    """Take a running estimate for the baseline; a late one counts as soon as there are enough."""
    assert state.measured is not None
    measured = state.measured.with_estimate(cadence_spm, speed_mps, state.now_r, is_by_hand=is_by_hand)
    state = with_changes(state, measured=measured)
    if state.prescribed.measures_baseline or not measured.is_enough(state.feedback.enough_readings):
        return state, ()
    settle_s = state.prescribed.feedback.settle_s
    return chain(state, take_baseline, partial(retarget, settle_s=settle_s, ramp_s=state.prescribed.ramp_s))


def take_baseline(state: State) -> Step:
    """Fix the baseline if enough was measured; otherwise say so once and go on measuring."""
    measured = state.measured
    if measured is None:
        return state, ()
    if state.prescribed.measures_baseline and state.prescribed.duration_s is None:  # how long it is, is known now
        measured = replace(measured, wanted_s=(state.now_r - state.current.start_r) * BASELINE_PART)
        state = with_changes(state, measured=measured)
    if not measured.is_enough(state.feedback.enough_readings):
        if not state.prescribed.measures_baseline:
            return state, ()
        note = WriteNote(time_s=state.now_s, about="baseline", text=_too_little_words(state, measured))
        if not _waits_for_baseline(state, state.current.index + 1):
            return state, (note,)
        return state, (note, speak(state, state.words.no_baseline_yet, CueReason.BASELINE))
    known = with_changes(
        state,
        baseline_spm=measured.mean_spm,
        measured=None,
        speeds=replace(state.speeds, known_mps=measured.known_mps),
    )
    return known, (
        SetBaseline(
            time_s=state.now_s,
            cadence_spm=measured.mean_spm,
            n_readings=measured.n_readings,
            running_s=measured.running_s,
        ),
        speak(state, phrases.baseline(state.words, measured.mean_spm), CueReason.BASELINE),
    )


def _too_little_words(state: State, measured: Measured) -> str:
    return fill(
        state.words.screen.too_little_run,
        running=f"{measured.running_s:.0f}",
        readings=measured.n_readings,
        wanted=f"{measured.needed_s:.0f}",
        wanted_readings=state.feedback.enough_readings,
    )


def _waits_for_baseline(state: State, from_index: int) -> bool:
    return any(needs_baseline(stage.target) for stage in state.plan.stages[from_index:])
