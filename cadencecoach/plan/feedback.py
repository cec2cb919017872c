"""When and how the coach speaks, as values: every number it goes by. Defaults and sources stand in `plan.defaults`."""

from dataclasses import dataclass
from enum import Enum


class CueStyle(Enum):
    """How a correction is given."""

    NONE = "none"
    WORDS = "words"  # the whole ladder
    TONES = "tones"  # a tone where the ladder has words
    GRADED = "graded"  # the click itself is coloured by the error; no tone, no word


class Rung(Enum):
    """One way to tell a runner who has left the band."""

    TONE = "tone"  # high is quicker, low is ease
    BEAT = "beat"  # in a stage with a rescue beat
    WORDS = "words"


class Start(Enum):
    """How a beat begins out of silence."""

    IN_STEP = "in step"  # on a footfall, where a sensor tells footfalls; else at once
    AT_ONCE = "at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """When and how the coach corrects.

    Attributes:
        style: words, tones, a graded click, or none at all
        dwell_s: how long the runner must be out of the band before a correction or a rescue beat
        spacing_s: least time between two corrections
        ladder: the rungs, from the first correction of an excursion on; the last one is kept
        growth_times: the second spacing after a first correction, and each further one, is so many times longer ...
        spacing_limit_s: ... but no longer than this
        calm_s: this long in the band without a correction, and spacing, ladder and patience begin anew
        patience_cues: so many corrections in a row without a return; then the coach rests
        rest_s: how long it rests the first time; then it says one more thing
        back_off_times: each further rest is so many times longer ...
        rest_limit_s: ... but no longer than this
        rescue_after_s: how long after a tone that did not help the rescue beat begins
        rescue_hold_s: how long after the return the rescue beat goes on
        settle_s: no correction for this long after a new target has been reached by the beat
        clear_ratio: the runner counts as back when this near to the target, as a part of the target ...
        edge_ratio: ... but in a narrow band at this part of the way to its edge
        back_ratio: in the band for this part of the dwell before being told so
        praise_s: least time between two words for being back, and between two on how runs at one target went
        after_praise_s: no correction for this long after the word for being back
        closing_s: no correction in the last seconds of a stage: they belong to the countdown
        doubt_s: the newest reading is back in the band, or below walking: wait so long and look again
        slowing_ratio: a newest reading so far below the estimate may be the beginning of a walk: the same wait
        walk_below_spm: a slower cadence is walking and is not coached
        set_off_s: a runner who still walks when a running stage begins hears the beat so long
        cycle_s: with help below 100 %, one helped and one silent stretch together last this long
        pattern: a word from which the order of the stretches is drawn; empty: the plan's title; `regular`: help first
        expiry_s: a correction that cannot begin to sound within this is dropped
        word_expiry_s: the same for what announces a stage, which may wait for the words before it
        lost_after_s: a sensor that has been lost for so long is told of
        lost_spacing_s: least time between two announcements that the sensor is lost; each doubles it ...
        lost_limit_s: ... up to this
        enough_readings: running estimates that make a baseline
        summary_after_s: judged seconds behind the word at the end of a stage ...
        summary_part_ratio: ... and this part of the stage ...
        summary_from_ratio: ... in which at least this part was in the band
        countdown_from_s: a shorter stage has no 3-2-1 at its end
        key_limit_spm: how far the runner can move the target by key, either way
        ramp_reach_ratio: from farther away the beat begins at the target; a ramp would pass tempos nobody runs at
        slowed_ratio: a runner whose speed has dropped by this part is told to keep it
        sprint_ratio: one whose speed has grown by this part is not told to ease
        speed_window_s: speed is the mean over so long
        speed_range_mps: so far outside the speeds the baseline is known for nothing is corrected
        rest_slower_times: the beat rests for who runs so many times that range slower than the slowest known speed
        follow_ratio: a target that follows speed moves when it is off by this part ...
        follow_step_ratio: ... by no more than this at once ...
        follow_every_s: ... and not sooner after the move before
        grade_ratio: one grade of the click for so much of the target beyond `clear`; there are five
        grade_over_steps: the error is that of the mean of so many steps
        start: how the beat begins out of silence
        phase_s: begun or held in step, a beat is heard so long after the footfall; below 0 before it
        hold_phase_ratio: to keep that phase the tempo gives way by up to this part; 0 does not keep it ...
        hold_reach_times: ... a runner whose steps are so many times that off the plan's tempo is not followed ...
        hold_over_s: ... aiming at the footfall so far ahead ...
        hold_every_s: ... anew after so long
        steps_age_s: the newest step may be so old for that
        steps_spread_ratio: steps may stray from an even row by this part of a step (SD) for that
    """

    style: CueStyle
    dwell_s: float
    spacing_s: float
    ladder: tuple[Rung, ...]
    growth_times: float
    spacing_limit_s: float
    calm_s: float
    patience_cues: int
    rest_s: float
    back_off_times: float
    rest_limit_s: float
    rescue_after_s: float
    rescue_hold_s: float
    settle_s: float
    clear_ratio: float
    edge_ratio: float
    back_ratio: float
    praise_s: float
    after_praise_s: float
    closing_s: float
    doubt_s: float
    slowing_ratio: float
    walk_below_spm: float
    set_off_s: float
    cycle_s: float
    pattern: str
    expiry_s: float
    word_expiry_s: float
    lost_after_s: float
    lost_spacing_s: float
    lost_limit_s: float
    enough_readings: int
    summary_after_s: float
    summary_part_ratio: float
    summary_from_ratio: float
    countdown_from_s: float
    key_limit_spm: float
    ramp_reach_ratio: float
    slowed_ratio: float
    sprint_ratio: float
    speed_window_s: float
    speed_range_mps: float
    rest_slower_times: float
    follow_ratio: float
    follow_step_ratio: float
    follow_every_s: float
    grade_ratio: float
    grade_over_steps: int
    start: Start
    phase_s: float
    hold_phase_ratio: float
    hold_reach_times: float
    hold_over_s: float
    hold_every_s: float
    steps_age_s: float
    steps_spread_ratio: float

    @property
    def cue_rungs(self) -> tuple[Rung, ...]:
        """What is heard of the ladder, rung by rung; empty where nothing is."""
        if self.style in (CueStyle.NONE, CueStyle.GRADED):
            return ()
        rungs = tuple(rung for rung in self.ladder if rung is not Rung.BEAT)
        return (Rung.TONE,) if rungs and self.style is CueStyle.TONES else rungs


UNITS = ("_cues", "_steps", "_times", "_readings", "_ratio", "_spm", "_mps", "_s")


def key_of(field: str) -> str:
    """The plan's word for a field: without the unit, which the value carries there."""
    bare = next((field.removesuffix(unit) for unit in UNITS if field.endswith(unit)), field)
    return bare.replace("_", "-")
