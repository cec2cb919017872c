"""The click coloured by the error, for runners who dislike words: a grade from -5 to 5, 0 at the target.

The error is that of the mean of the last steps (`grade-over`). Where the runner is not judged, or no beat sounds, the
click is plain.
"""

from dataclasses import replace

from cadencecoach.coach.actions import SetGrade
from cadencecoach.coach.attention import JUDGING
from cadencecoach.coach.clicks import Graded
from cadencecoach.coach.events import CadenceEstimated, Event
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step
from cadencecoach.coach.tempo import is_helped_now
from cadencecoach.plan.model import CueStyle, Feedback
from cadencecoach.plan.targets import Band
from cadencecoach.units import SECONDS_PER_MINUTE

GRADES = 5


def is_graded(state: State) -> bool:
    """Whether the click may have a colour, or still has one."""
    return not state.is_over and (state.feedback.style is CueStyle.GRADED or state.graded.grade != 0)


def regrade(state: State, event: Event) -> Step:
    """The colour of the click after an event."""
    heard = state.graded.heard
    if isinstance(event, CadenceEstimated) and event.reading_spm:
        span_s = state.feedback.grade_over_steps * SECONDS_PER_MINUTE / event.reading_spm
        heard = (*(one for one in heard if one[0] > event.time_s - span_s), (event.time_s, event.reading_spm))
    grade = _grade(state, heard)
    after = replace(state, graded=Graded(heard=heard, grade=grade))
    return after, (() if grade == state.graded.grade else (SetGrade(time_s=state.now_s, grade=grade),))


def _grade(state: State, heard: tuple[tuple[float, float], ...]) -> int:
    is_coloured = state.feedback.style is CueStyle.GRADED and state.attention in JUDGING and state.playing is not None
    if not is_coloured or not heard or state.current.band is None or not is_helped_now(state):
        return 0
    return grade_of(sum(spm for _, spm in heard) / len(heard), state.current.band, state.feedback, state.error_spm)


def grade_of(cadence_spm: float, band: Band, feedback: Feedback, error_spm: float = 0.0) -> int:
    """How far from the target, in grades, whatever the sensor's error; above zero asks for quicker steps."""
    error = cadence_spm / band.target_spm - 1
    edge = (band.high_spm - band.low_spm) / 2 / band.target_spm
    beyond = abs(error) - min(feedback.clear_ratio, feedback.edge_ratio * edge) - error_spm / band.target_spm
    if beyond <= 0:
        return 0
    grade = min(GRADES, 1 + int(beyond / feedback.grade_ratio))
    return grade if error < 0 else -grade
