"""What the screen shows, as plain values: no rich, no session objects, nothing live."""

import math
from dataclasses import dataclass, replace

from cadencecoach.coach.actions import BandState
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.key_texts import ENGLISH_KEYS, KeyTexts
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts

ASKED, UNWELL = "?", "!"  # as `ViewModel.pain`: the question is open; something is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewModel:
    """One moment of a session.

    Attributes:
        plan_name: title of the plan
        time_s: session time, pauses included
        stage_name: the stage now
        stage_number: from 1
        n_stages: how many there are
        stage_done_s: stage time that has passed
        stage_s: length of the stage; None when it lasts until a key
        left_s: time to the end of the session; None when a stage to come is open-ended
        next_name: the stage to come; None in the last one
        next_target: what it asks for, in words ("172 spm", "+5 %", "free"); None in the last one
        cadence_spm: the estimate; None when there is none fresh enough to show
        age_s: how old the newest reading is; None before the first
        quality: 0 to 1
        feet: live, walking, ...
        unit: how the sensor's numbers are read ("pod sends strides, x2"); empty when that is not a question
        target_spm: None when nothing is asked for
        low_spm: lower edge of the band, None likewise
        high_spm: upper edge
        band: where the runner is; None when not judged
        tempo_spm: what the beat plays; None when it is silent
        baseline_spm: None until known
        help_ratio: 0 to 1
        is_paused: the stage clock stands
        is_muted: sound is off by key
        hr_bpm: heart rate, None when unknown
        rates_age_s: how old heart rate and speed are, the older of them
        speed: as the runner wants it written ("10.8 km/h", "5:33 /km"); empty when unknown
        last_cue: the words last given; empty before the first
        message: one line that needs attention ("no sound device: silent"); empty mostly
        is_over: the session has ended
        pain: `?` while the question about pain is open, then the answer while it is shown: 0 to 10, or `!`
        is_stopped: the beat is stopped for pain
        answer: what the last key came to, or why it did nothing; empty when that is some seconds ago
        has_sensor: whether steps can be heard at all in this session
        shows_detail: the line for engineers is on
        shows_keys: what all keys do is shown in place of the figures
        texts, key_texts: in the runner's language
    """

    plan_name: str
    time_s: float
    stage_name: str
    stage_number: int
    n_stages: int
    stage_done_s: float
    stage_s: float | None
    left_s: float | None
    next_name: str | None
    next_target: str | None
    cadence_spm: float | None
    age_s: float | None
    quality: float
    feet: Feet
    unit: str
    target_spm: float | None
    low_spm: float | None
    high_spm: float | None
    band: BandState | None
    tempo_spm: float | None
    baseline_spm: float | None
    help_ratio: float
    is_paused: bool
    is_muted: bool
    hr_bpm: float | None
    rates_age_s: float = 0.0
    speed: str
    last_cue: str
    message: str
    is_over: bool
    pain: str = ""
    is_stopped: bool = False
    answer: str = ""
    has_sensor: bool = True
    shows_detail: bool = False
    shows_keys: bool = False
    texts: ScreenTexts = ENGLISH_SCREEN
    key_texts: KeyTexts = ENGLISH_KEYS

    @property
    def notice(self) -> str:
        """The line that needs attention most."""
        return self.answer or self.message


def look_of(model: ViewModel) -> ViewModel:
    """The same with all that no screen shows taken out: two moments of one look need not be drawn twice.

    Times are shown in whole seconds, done rounded down and left rounded up, so that a look lasts up to a second; step
    and heart rates whole.
    """
    return replace(
        model,
        time_s=math.floor(model.time_s),
        stage_done_s=_whole_done_s(model),
        left_s=None if model.left_s is None else math.ceil(model.left_s),
        age_s=None,
        quality=round(model.quality, 2),
        cadence_spm=_whole(model.cadence_spm),
        tempo_spm=_whole(model.tempo_spm),
        hr_bpm=_whole(model.hr_bpm),
    )


def _whole_done_s(model: ViewModel) -> float:
    """The time done, where that is shown; else such that the time left is whole."""
    if model.stage_s is None:
        return math.floor(model.stage_done_s)
    return model.stage_s - math.ceil(model.stage_s - model.stage_done_s)


def _whole(value: float | None) -> float | None:
    return None if value is None else round(value)
