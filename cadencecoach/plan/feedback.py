"""When and how the coach speaks: the table of its settings.

Each field of `Feedback` is one row: name with unit, default, limits, meaning, source. The keys of a plan's `feedback:`,
their parsers, the schemas and the table in docs/plan-file.md are made from it. Who changes a row runs
`python -m tools.make_settings`, and changes the value in `tests/plan/test_defaults.py`.
"""

from dataclasses import dataclass, field, fields
from enum import Enum

from cadencecoach.plan.setting import in_words, limits, setting_of


class CueStyle(Enum):
    """How a correction is given."""

    WORDS = "words"  # the whole ladder
    TONES = "tones"  # a tone where the ladder has words
    GRADED = "graded"  # the click itself is coloured by the error; no tone, no word
    NOISE = "noise"  # pink noise, louder the farther from the band; no tone, no word
    NONE = "none"


class Rung(Enum):
    """One way to tell a runner who has left the band."""

    TONE = "tone"  # high is quicker, low is ease
    BEAT = "beat"  # in a stage with a rescue beat
    WORDS = "words"


class Start(Enum):
    """How a beat begins out of silence."""

    IN_STEP = "in step"  # on a footfall, where a sensor tells footfalls; else at once
    AT_ONCE = "at once"


class HowMuch(Enum):
    """How much is said beside corrections, what a stage asks for, and safety."""

    AS_CHOSEN = "as chosen"  # by the runner: the athlete's choice, else that of the settings
    FEW = "few"  # no countdown, no word on how it went or on being back, no reminder
    USUAL = "usual"
    MANY = "many"  # also how it goes half way, the last minute, and praise more often


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """When and how the coach corrects; every field is described by its row."""

    # A table: three lines a row.
    # fmt: off

    style: CueStyle = field(default=CueStyle.WORDS, metadata=in_words(
        "Words, tones, a click graded by the error, noise that is louder the farther from the band, or no corrections",
        source="design", heading="How"))
    ladder: tuple[Rung, ...] = field(default=(Rung.TONE, Rung.BEAT, Rung.WORDS), metadata=in_words(
        "What is tried, one after the other, on a runner who stays out of the band",
        source="design: the least that may help comes first", allowed="tone, beat, words: any, each once"))

    words: HowMuch = field(default=HowMuch.AS_CHOSEN, metadata=in_words(
        "How much is said beside corrections and safety: countdowns, how it went, praise, reminders. Few leaves them "
        "out, many says how it goes half way, the last minute, and praises more often",
        source="design: what is said about safety, the sensor and a new stage is said in any case"))

    dwell_s: float = field(default=8.0, metadata=limits(
        1, 300, "Out of the band this long before a correction or a rescue beat",
        source="design; RunCadence lets brief slow-downs pass too", heading="When, and how often"))
    spacing_s: float = field(default=30.0, metadata=limits(
        3, 3600, "Least time between two corrections",
        source="design, after faded schedules that speak every few minutes"))
    growth_times: float = field(default=1.5, metadata=limits(
        1, 10, "From the second correction of an excursion on, the spacing grows by this factor with each",
        source="design; bandwidth feedback fades by itself, Cruz 2018"))
    spacing_limit_s: float = field(default=120.0, metadata=limits(
        3, 3600, "The spacing grows no longer than this",
        source="design; faded field courses speak every 3 to 6 min: healthhp.com.au, secondary"))
    calm_s: float = field(default=300.0, metadata=limits(
        10, 3600, "After this long in the band without a correction, spacing, ladder and patience begin anew",
        source="design"))
    patience_cues: int = field(default=2, metadata=limits(
        1, 20, "After this many corrections in a row without a return the coach rests",
        source="design: a tone and a phrase"))
    rest_s: float = field(default=60.0, metadata=limits(
        3, 3600, "How long it rests the first time, before it says one more thing",
        source="design; at most one correction in 60 s once a course has faded"))
    back_off_times: float = field(default=2.0, metadata=limits(
        1, 10, "Each further rest is longer by this factor",
        source="design"))
    rest_limit_s: float = field(default=240.0, metadata=limits(
        3, 3600, "No rest is longer than this",
        source="design"))
    rescue_after_s: float = field(default=8.0, metadata=limits(
        0, 300, "How long after a tone that did not help the rescue beat begins",
        source="design: as long as the default dwell"))
    rescue_hold_s: float = field(default=60.0, metadata=limits(
        0, 3600, "How long the rescue beat goes on once the runner is back, for the rhythm to become the runner's own",
        source="design; simulated, 1 to 2 min gave more time in band than half a dwell"))
    settle_s: float = field(default=30.0, metadata=limits(
        0, 600, "No correction for this long after the beat has reached a new target",
        source="design: 20 to 30 s to lock on to a new tempo; no measured figure was found"))
    after_praise_s: float = field(default=30.0, metadata=limits(
        0, 300, "No correction for this long after the word for being back",
        source="design: the spacing"))
    closing_s: float = field(default=5.0, metadata=limits(
        0, 60, "No correction in the last seconds of a stage, which belong to the countdown",
        source="design"))
    expiry_s: float = field(default=3.0, metadata=limits(
        0.5, 30, "A correction that cannot be heard within this is dropped",
        source="design: a later word is about a runner who may have changed"))
    word_expiry_s: float = field(default=12.0, metadata=limits(
        0.5, 60, "The same for the words that announce a stage, which may wait for those before them",
        source="design: the stage's name, its target and the author's words follow each other"))

    clear_ratio: float = field(default=0.02, metadata=limits(
        0.001, 0.1, "Back when this near to the target, in percent of it",
        source="design: the edge of the band must not flicker", heading="Back in the band"))
    edge_ratio: float = field(default=2 / 3, metadata=limits(
        0.1, 1, "In a narrow band, back at this part of the way to its edge",
        source="design: stays inside even a narrow band"))
    back_ratio: float = field(default=1.0, metadata=limits(
        0, 1, "In the band for this part of the dwell before the word for being back",
        source="design: as long as the estimate's window, so that a swing through the band is not praised"))
    praise_s: float = field(default=180.0, metadata=limits(
        0, 3600, "Least time between two words for being back, or on how runs at one target went",
        source="healthhp.com.au, secondary: every 3 min in the first week, later less"))

    cycle_s: float = field(default=120.0, metadata=limits(
        10, 3600, "With help below 100 %, a helped and a silent stretch together last this long",
        source="design; alternating stretches teach better than constant help", heading="Helped and silent stretches"))
    pattern: str = field(default="", metadata=in_words(
        "A word from which the order of helped and silent stretches is drawn; regular: help first in each cycle",
        source="design: a plan is the same every time, two plans are not",
        allowed="a word; `regular`", unset="the plan's title"))

    walk_below_spm: float = field(default=140.0, metadata=limits(
        60, 200, "A slower cadence is walking and is not coached",
        source="PMC8629136: adults change from walking to running at 136 to 161",
        heading="Walking, sensor, baseline, keys"))
    doubt_s: float = field(default=1.0, metadata=limits(
        0.5, 30, "If the newest reading is back in the band or below walking, a correction waits this long "
        "and looks again",
        source="design"))
    slowing_ratio: float = field(default=0.05, metadata=limits(
        0.01, 0.3, "A newest reading this far below the estimate may be the beginning of a walk: the same wait",
        source="design: two SD of a pod's noise"))
    set_off_s: float = field(default=20.0, metadata=limits(
        0, 300, "How long a runner who still walks when a running stage begins hears the beat",
        source="design"))
    least_beat_s: float = field(default=10.0, metadata=limits(
        0, 60, "A beat that would begin out of silence and stop by itself sooner than this waits for its next time",
        source="design: a rhythm is found in ten seconds or more; a few clicks are a nag"))
    lost_after_s: float = field(default=5.0, metadata=limits(
        0, 300, "How long a sensor has been lost before the runner is told; it counts as lost after 5 s "
        "without a reading. A return within this after the word is told once it has lasted as long",
        source="design: ten seconds after the last reading; shorter drop-outs are no news"))
    lost_spacing_s: float = field(default=60.0, metadata=limits(
        5, 3600, "Least time between two announcements of a lost sensor; each doubles it",
        source="design"))
    lost_limit_s: float = field(default=960.0, metadata=limits(
        5, 7200, "That time is doubled up to this",
        source="design"))
    enough_readings: int = field(default=20, metadata=limits(
        5, 3600, "How many readings of running make a baseline",
        source="arithmetic: in 20 s at 1 Hz noise of 2.5 % falls below 1 %"))
    summary_after_s: float = field(default=20.0, metadata=limits(
        0, 3600, "The word at the end of a stage needs this many judged seconds",
        source="design"))
    summary_part_ratio: float = field(default=0.33, metadata=limits(
        0, 1, "And this part of the stage: one mostly walked has no verdict",
        source="design"))
    summary_from_ratio: float = field(default=0.3, metadata=limits(
        0, 1, "And at least this part of it in the band; a lower figure is not said",
        source="design: '9 percent on target' tells nothing the corrections have not told"))
    countdown_from_s: float = field(default=15.0, metadata=limits(
        4, 3600, "A shorter stage has no 3-2-1 at its end",
        source="design: it would be half countdown"))
    key_limit_spm: float = field(default=10.0, metadata=limits(
        0, 30, "How far the runner can move the target by key, either way; never above +10 % of the own cadence",
        source="design"))
    ramp_reach_ratio: float = field(default=0.15, metadata=limits(
        0.01, 0.5, "From farther away the beat begins at the target, without the ramp",
        source="design: a ramp would pass tempos nobody runs at"))

    slowed_ratio: float = field(default=0.1, metadata=limits(
        0.01, 0.5, "A runner whose speed drops by this is told to keep it",
        source="design; runners told to match a beat slow down: 10.1111/nyas.14528", heading="Speed"))
    sprint_ratio: float = field(default=0.25, metadata=limits(
        0.05, 1, "A runner whose speed has grown by this is not told to ease",
        source="design"))
    speed_window_s: float = field(default=10.0, metadata=limits(
        1, 60, "Speed is the mean over this long",
        source="arithmetic: about 14 strides, as for cadence"))
    speed_range_mps: float = field(default=0.5, metadata=limits(
        0.1, 5, "This far outside the speeds the baseline is known for, nothing is corrected",
        source="design; 5.6 to 7.8 spm per m/s make 0.5 m/s 2 %: japplphysiol.00374.2018"))
    rest_slower_times: float = field(default=2.0, metadata=limits(
        1, 10, "The beat rests for a runner this many times `speed-range` slower than the slowest known speed",
        source="design: own cadence is 4 % lower at 1 m/s less, and +5 % near the +10 % nobody should pass"))
    follow_ratio: float = field(default=0.01, metadata=limits(
        0.001, 0.03, "A target that follows speed moves when it is off by this",
        source="design: less is noise of the pod"))
    follow_step_ratio: float = field(default=0.03, metadata=limits(
        0.001, 0.03, "It moves by no more than this at once",
        source="Van Dyck 2015: about 4 % is noticed"))
    follow_every_s: float = field(default=10.0, metadata=limits(
        1, 300, "And no sooner than this after the move before",
        source="design: the window of the speed"))

    start: Start = field(default=Start.IN_STEP, metadata=in_words(
        "In step: out of silence the beat begins on a predicted footfall, where a strap at hip or chest "
        "tells footfalls; with any other sensor at once",
        source="design; starting in phase holds better than the right tempo alone: Moens 2014, "
        "10.1371/journal.pone.0114234",
        heading="The beat and the feet: only where a strap at hip or chest tells footfalls"))
    phase_s: float = field(default=0.0, metadata=limits(
        -0.2, 0.2, "Begun or held in step, a beat is heard this long after the footfall; below 0 before it",
        source="design; runners come a little before the beat by themselves, Buhmann 2018", unit="ms"))
    hold_phase_ratio: float = field(default=0.0, metadata=limits(
        0, 0.014, "To keep a beat at this phase its tempo gives way to the feet by up to this; 0 % keeps the "
        "plan's tempo",
        source="design; a beat that follows the feet suits the warm-up, not raising cadence: Moens 2014, "
        "10.1371/journal.pone.0114234"))
    hold_reach_times: float = field(default=1.5, metadata=limits(
        1, 3, "A runner whose steps are off the plan's tempo by more than this many times `hold-phase` is not followed",
        source="design; simulated: 1 let go of a runner whose few newest steps strayed, 2 was no better"))
    hold_over_s: float = field(default=6.0, metadata=limits(
        2, 30, "It is aimed at the footfall this far ahead",
        source="design; simulated: 4 to 10 s come to the same"))
    hold_every_s: float = field(default=2.0, metadata=limits(
        1, 10, "And aimed anew after this long",
        source="design"))
    steps_age_s: float = field(default=3.0, metadata=limits(
        1, 10, "Where the newest step is older, the beat begins at once",
        source="design: as readings; a strap at 25 Hz tells a step 2 s late"))
    steps_spread_ratio: float = field(default=0.1, metadata=limits(
        0.01, 0.3, "Where steps stray from an even row by more than this part of a step (SD), the beat begins at once",
        source="design: steady steps stray by 2 to 3 %, a hop or a missed one by far more"))

    grade_ratio: float = field(default=0.01, metadata=limits(
        0.001, 0.05, "Style graded: one of its five grades for this much error beyond `clear`",
        source="design; 10.1038/s41598-021-83538-w has five", heading="The graded click"))
    grade_over_steps: int = field(default=5, metadata=limits(
        1, 60, "The error is that of the mean of this many steps",
        source="design; five strides in bio-protocol 8966187, and a pod tells a step rate once a second"))
    noise_ratio: float = field(default=0.01, metadata=limits(
        0.001, 0.05, "Style noise: one of its five levels for this much distance from the band; gone within it",
        source="design; six levels with none, louder by a factor each: Lorenzoni 2018, 10.1007/s12193-018-0283-1, "
        "10.1038/s41598-021-83538-w", heading="The noise"))
    # fmt: on

    @property
    def is_wordless(self) -> bool:
        """Whether no tone and no word ever corrects."""
        return self.style in (CueStyle.NONE, CueStyle.GRADED, CueStyle.NOISE)

    @property
    def cue_rungs(self) -> tuple[Rung, ...]:
        """What is heard of the ladder, rung by rung; empty where nothing is."""
        if self.is_wordless:
            return ()
        rungs = tuple(rung for rung in self.ladder if rung is not Rung.BEAT)
        return (Rung.TONE,) if rungs and self.style is CueStyle.TONES else rungs


SETTINGS = tuple(setting_of(row) for row in fields(Feedback))
