"""From the coach's memory and the feet to what a screen shows of one moment."""

from dataclasses import dataclass

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.attention import JUDGING
from cadencecoach.coach.state import State
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.gait.tracker import Tracker
from cadencecoach.plan.forms import as_written
from cadencecoach.plan.model import Stage
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.plan.targets import target_words
from cadencecoach.view.model import ASKED, UNWELL, ViewModel

SHOWN = (Feet.LIVE, Feet.WALKING, Feet.STALE)  # an older or emptied estimate is no number to run by


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a moment shows besides coach and feet.

    Attributes:
        unit: how the sensor's numbers are read; empty when that is no question
        hr_bpm: None when unknown
        speed_mps: None when unknown
        rates_age_s: how old the older of the two is
        last_cue: the words last given
        message: one line that needs attention
        answer: what the last key came to; empty when that is some seconds ago
        has_sensor: whether steps can be heard at all
        shows_detail: the line for engineers is on
        shows_keys: what all keys do is shown
    """

    unit: str = ""
    hr_bpm: float | None = None
    speed_mps: float | None = None
    rates_age_s: float = 0.0
    last_cue: str = ""
    message: str = ""
    answer: str = ""
    has_sensor: bool = True
    shows_detail: bool = False
    shows_keys: bool = False


def moment(state: State, tracker: Tracker, time_s: float, around: Surroundings) -> ViewModel:
    """What to show at a session time not before the newest event; the session has begun."""
    stage, at, words = state.prescribed, state.current, state.words
    done_s = max(0.0, _running_s(state, time_s) - at.start_r)
    coming = _coming(state)
    estimate = tracker.estimate_at(time_s) if tracker.feet in SHOWN else None
    return ViewModel(
        plan_name=words.of_plan(state.plan.name),
        time_s=time_s,
        stage_name=words.of_plan(stage.name),
        stage_number=at.index + 1,
        n_stages=len(state.plan.stages),
        stage_done_s=done_s if stage.duration_s is None else min(done_s, stage.duration_s),
        stage_s=stage.duration_s,
        left_s=_left_s(state, done_s),
        next_name=None if coming is None else words.of_plan(coming.name),
        next_target=None if coming is None else asked_words(coming, words.screen),
        cadence_spm=None if estimate is None else estimate.cadence_spm,
        age_s=_age_s(tracker, time_s, estimate),
        quality=0.0 if estimate is None else estimate.quality,
        feet=tracker.feet,
        unit=around.unit,
        target_spm=None if at.band is None else at.band.target_spm,
        low_spm=None if at.band is None else at.band.low_spm,
        high_spm=None if at.band is None else at.band.high_spm,
        band=_band(state),
        tempo_spm=_tempo_spm(state, time_s),
        baseline_spm=state.baseline_spm,
        help_ratio=stage.help_ratio,
        is_paused=state.pause_began_s is not None,
        is_muted=state.is_muted,
        hr_bpm=around.hr_bpm,
        rates_age_s=around.rates_age_s,
        speed="" if around.speed_mps is None else state.words.measures.speed(around.speed_mps),
        last_cue=around.last_cue,
        message=around.message,
        is_over=state.is_over,
        pain=_pain(state, time_s),
        is_stopped=state.pain.is_stopped,
        answer=around.answer,
        has_sensor=around.has_sensor,
        shows_detail=around.shows_detail,
        shows_keys=around.shows_keys,
        texts=words.screen,
        key_texts=words.keys,
    )


def _coming(state: State) -> Stage | None:
    """The next stage: of a warm-up after a break what follows in it, or the stage that goes on after it."""
    index = state.current.index
    if state.warm_up is not None:
        _, *others = state.warm_up.stages
        return others[0] if others else state.plan.stages[index]
    return state.plan.stages[index + 1] if index + 1 < len(state.plan.stages) else None


def _tempo_spm(state: State, time_s: float) -> float | None:
    """What sounds; None in silence, and in a stop for pain, whatever the coach reckons with."""
    if state.playing is None or state.pain.is_withheld:
        return None
    return state.playing.tempo_at(_running_s(state, time_s))


def _pain(state: State, time_s: float) -> str:
    """The question, or the answer to it."""
    if state.pain.is_open(time_s):
        return ASKED
    shown = state.pain.answer_on_screen(time_s)
    if shown is None:
        return ""
    return UNWELL if shown.level is None else str(shown.level)


def asked_words(stage: Stage, texts: ScreenTexts) -> str:
    """What a stage asks for, short."""
    if stage.drill is not None:
        return texts.drill
    if stage.measures_baseline:
        return texts.own_cadence
    said = {"free": texts.asks_free, "walk": texts.asks_walk, "baseline": texts.asks_baseline}
    words = target_words(stage.target)
    return said.get(words, as_written(words, texts.forms))


def _running_s(state: State, time_s: float) -> float:
    return (time_s if state.pause_began_s is None else state.pause_began_s) - state.paused_s


def _left_s(state: State, done_s: float) -> float | None:
    coming = [stage.duration_s for stage in state.plan.stages[state.current.index :]]
    if state.warm_up is not None:  # it comes first, and a part of the stage after it was run
        coming += [stage.duration_s for stage in state.warm_up.stages]
        done_s += state.warm_up.left_r - state.warm_up.back.start_r
    if None in coming:
        return None
    return max(0.0, sum(duration_s for duration_s in coming if duration_s is not None) - done_s)


def _age_s(tracker: Tracker, time_s: float, estimate: Estimate | None) -> float | None:
    if estimate is not None:
        return estimate.age_s
    return None if tracker.heard_s is None else max(0.0, time_s - tracker.heard_s)


def _band(state: State) -> BandState | None:
    """Where the runner is; while judging has nothing to say against it, in the band."""
    if state.attention not in JUDGING:
        return None
    return state.band_state or BandState.IN
