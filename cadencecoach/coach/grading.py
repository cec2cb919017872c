"""The error as sound, for runners who dislike words: the colour of the click, or noise that is louder.

The click has a grade from -5 to 5, 0 at the target; noise a level from 0 to 5, 0 in the band. The error is that of the
mean of the last steps (`grade-over`). Where the runner is not judged, there is no noise and the click is plain; where
no beat sounds, there is no click to colour.
"""

from cadencecoach.coach.actions import Action, SetGrade, SetNoise
from cadencecoach.coach.attention import JUDGING
from cadencecoach.coach.clicks import Graded
from cadencecoach.coach.events import CadenceEstimated, Event
from cadencecoach.coach.state import State
from cadencecoach.coach.step import Step
from cadencecoach.coach.tempo import is_helped_now
from cadencecoach.frozen import with_changes
from cadencecoach.plan.model import CueStyle, Feedback
from cadencecoach.plan.targets import Band
from cadencecoach.units import SECONDS_PER_MINUTE

GRADES = 5


def is_graded(state: State) -> bool:
    """Whether the error may be heard as a colour or as noise, or still is."""
    is_heard = state.graded.grade != 0 or state.graded.noise != 0
    return not state.is_over and (is_heard or state.feedback.style in (CueStyle.GRADED, CueStyle.NOISE))


def regrade(state: State, event: Event) -> Step:
    """The colour of the click, and the noise, after an event."""
    heard = state.graded.heard
    if isinstance(event, CadenceEstimated) and event.reading_spm:
        span_s = state.feedback.grade_over_steps * SECONDS_PER_MINUTE / event.reading_spm
        heard = (*(one for one in heard if one[0] > event.time_s - span_s), (event.time_s, event.reading_spm))
    grade = _grade(state, heard)
    noise = _noise(state, heard)
    actions: tuple[Action, ...] = ()
    if grade != state.graded.grade:
        actions += (SetGrade(time_s=state.now_s, grade=grade),)
    if noise != state.graded.noise:
        actions += (SetNoise(time_s=state.now_s, level=noise),)
    return with_changes(state, graded=Graded(heard=heard, grade=grade, noise=noise)), actions


def _noise(state: State, heard: tuple[tuple[float, float], ...]) -> int:
    is_wanted = state.feedback.style is CueStyle.NOISE and state.attention in JUDGING and not state.pain.is_withheld
    is_running = state.pause_began_s is None and not state.speeds.is_off
    if not is_wanted or not is_running or not heard or state.current.band is None or not is_helped_now(state):
        return 0
    cadence_spm = sum(spm for _, spm in heard) / len(heard)
    return noise_level_of(cadence_spm, state.current.band, state.feedback, state.error_spm)


def noise_level_of(cadence_spm: float, band: Band, feedback: Feedback, error_spm: float = 0.0) -> int:
    """How far beyond the band, in levels, whatever the sensor's error; 0 within it."""
    beyond_spm = max(cadence_spm - band.high_spm, band.low_spm - cadence_spm) - error_spm
    if beyond_spm <= 0:
        return 0
    return min(GRADES, 1 + int(beyond_spm / band.target_spm / feedback.noise_ratio))


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
