"""The keys of `feedback:`: how each is written, what it means, its default and where the number comes from.

Those about corrections stand in `correction_keys`. A key is named as the field of `plan.feedback.Feedback` that it
sets, without the unit: the value carries it.
"""

from typing import Annotated

from pydantic import Field

from cadencecoach.plan import counts
from cadencecoach.plan.correction_keys import CorrectionKeys
from cadencecoach.plan.keys import (
    DURATION,
    PERCENT,
    STEP_RATE,
    TIMES,
    Within,
    counted,
    one_of,
    part,
    seconds,
    step_rate,
    times,
    written,
)

PHASE = written(counts.MILLISECONDS_PATTERN, "20 ms", "-20 ms")


class FeedbackText(CorrectionKeys):
    """When and how the coach corrects."""

    doubt: Annotated[float | None, seconds(0.5, 30), DURATION] = Field(
        None,
        description="With a newest reading that does not bear it out, back in the band or below walking, a correction "
        "waits so long and looks again. Default 1 s (design).",
    )
    slowing: Annotated[float | None, part(0.01, 0.3), PERCENT] = Field(
        None,
        description="A newest reading so far below the estimate may be the beginning of a walk: the same wait. "
        "Default 5 % (design).",
    )
    set_off: Annotated[float | None, seconds(0, 300), DURATION] = Field(
        None,
        alias="set-off",
        description="A runner who still walks when a running stage begins hears the beat so long. "
        "Default 20 s (design).",
    )
    lost_after: Annotated[float | None, seconds(0, 300), DURATION] = Field(
        None,
        alias="lost-after",
        description="A sensor that has been lost for so long is told of; the feet call it lost after 5 s without a "
        "reading. Default 5 s (design).",
    )
    lost_spacing: Annotated[float | None, seconds(5, 3600), DURATION] = Field(
        None,
        alias="lost-spacing",
        description="Least time between two announcements of a lost sensor; each doubles it. Default 1 min (design).",
    )
    lost_limit: Annotated[float | None, seconds(5, 7200), DURATION] = Field(
        None, alias="lost-limit", description="It is doubled up to this. Default 16 min (design)."
    )
    enough: Annotated[
        int | None,
        counted("reading", 5, 3600),
        written(counts.counted_pattern("reading"), "20 readings"),
    ] = Field(
        None,
        description="Running readings that make a baseline; at 1 Hz noise of 2.5 % falls below 1 %. "
        "Default 20 readings (arithmetic).",
    )
    summary_after: Annotated[float | None, seconds(0, 3600), DURATION] = Field(
        None,
        alias="summary-after",
        description="The word at the end of a stage needs so long behind it. Default 20 s (design).",
    )
    summary_part: Annotated[float | None, part(0, 1), PERCENT] = Field(
        None,
        alias="summary-part",
        description="And this part of the stage: one mostly walked has no verdict. Default 33 % (design).",
    )
    summary_from: Annotated[float | None, part(0, 1), PERCENT] = Field(
        None,
        alias="summary-from",
        description="And at least this part of it in the band; a lower figure is not said. Default 30 % (design).",
    )
    countdown_from: Annotated[float | None, seconds(4, 3600), DURATION] = Field(
        None, alias="countdown-from", description="A shorter stage has no 3-2-1 at its end. Default 15 s (design)."
    )
    key_limit: Annotated[float | None, step_rate(0, 30), STEP_RATE] = Field(
        None,
        alias="key-limit",
        description="How far the runner can move the target by key, either way. Default 10 spm (design).",
    )
    ramp_reach: Annotated[float | None, part(0.01, 0.5), PERCENT] = Field(
        None,
        alias="ramp-reach",
        description="From farther away the beat begins at the target, without the ramp. Default 15 % (design).",
    )
    slowed: Annotated[float | None, part(0.01, 0.5), PERCENT] = Field(
        None,
        description="A runner whose speed drops by this is told to keep it. Default 10 % (design; "
        "10.1111/nyas.14528 saw it).",
    )
    sprint: Annotated[float | None, part(0.05, 1), PERCENT] = Field(
        None, description="A runner whose speed has grown by this is not told to ease. Default 25 % (design)."
    )
    speed_window: Annotated[float | None, seconds(1, 60), DURATION] = Field(
        None, alias="speed-window", description="Speed is the mean over so long. Default 10 s (design)."
    )
    speed_range: Annotated[
        float | None,
        Within(counts.speed_between(0.1, 5), allowed="0.1 to 5 m/s"),
        written(counts.SPEED_PATTERN, "0.5 m/s"),
    ] = Field(
        None,
        alias="speed-range",
        description="So far outside the speeds the baseline is known for nothing is corrected. Default "
        "0.5 m/s (design; japplphysiol.00374.2018).",
    )
    rest_slower: Annotated[float | None, times(1, 10), TIMES] = Field(
        None,
        alias="rest-slower",
        description="The beat rests for who runs so many times `speed-range` slower than the slowest known speed. "
        "Default 2 times (design).",
    )
    follow: Annotated[float | None, part(0.001, 0.03), PERCENT] = Field(
        None, description="A target that follows speed moves when it is off by this. Default 1 % (design)."
    )
    follow_step: Annotated[float | None, part(0.001, 0.03), PERCENT] = Field(
        None,
        alias="follow-step",
        description="It moves by no more than this at once. Default 3 % (Van Dyck 2015: about 4 % is noticed).",
    )
    follow_every: Annotated[float | None, seconds(1, 300), DURATION] = Field(
        None, alias="follow-every", description="Nor sooner after the move before. Default 10 s (design)."
    )
    grade: Annotated[float | None, part(0.001, 0.05), PERCENT] = Field(
        None,
        description="Style graded: one of its five grades for so much error beyond clear. Default 1 % "
        "(design; 10.1038/s41598-021-83538-w has five).",
    )
    grade_over: Annotated[
        int | None,
        counted("step", 1, 60),
        written(counts.counted_pattern("step"), "5 steps"),
    ] = Field(
        None,
        alias="grade-over",
        description="The error is that of the mean of so many steps. Default 5 steps (design; bio-protocol "
        "8966187 has five strides).",
    )
    start: Annotated[str | None, *one_of("in step", "at once")] = Field(
        None,
        description="In step: out of silence the beat begins on a predicted footfall, where a strap at hip or chest "
        "tells footfalls; with any other sensor at once. Default in step (design; 10.1371/journal.pone.0114234).",
    )
    phase: Annotated[float | None, Within(counts.milliseconds_between(-200, 200), allowed="-200 to 200 ms"), PHASE] = (
        Field(
            None,
            description="Begun or held in step, a beat is heard so long after the footfall; below 0 before it. Default "
            "0 ms (design).",
        )
    )
    hold_phase: Annotated[float | None, part(0, 0.014), PERCENT] = Field(
        None,
        alias="hold-phase",
        description="To keep a beat at this phase its tempo gives way to the feet by up to so much, where a strap "
        "at hip or chest tells footfalls; 0 % keeps the plan's tempo. Default 0 % (design; "
        "10.1371/journal.pone.0114234).",
    )
    hold_reach: Annotated[float | None, times(1, 3), TIMES] = Field(
        None,
        alias="hold-reach",
        description="Steps that are off the plan's tempo by more than so many times that are not followed. Default "
        "1.5 times (design; simulated).",
    )
    hold_over: Annotated[float | None, seconds(2, 30), DURATION] = Field(
        None, alias="hold-over", description="It is aimed at the footfall so far ahead. Default 6 s (design)."
    )
    hold_every: Annotated[float | None, seconds(1, 10), DURATION] = Field(
        None, alias="hold-every", description="And aimed anew after so long. Default 2 s (design)."
    )
    steps_age: Annotated[float | None, seconds(1, 10), DURATION] = Field(
        None,
        alias="steps-age",
        description="Where the newest step is older, the beat begins at once. Default 3 s (design).",
    )
    steps_spread: Annotated[float | None, part(0.01, 0.3), PERCENT] = Field(
        None,
        alias="steps-spread",
        description="Where steps stray from an even row by more than this part of a step (SD), the beat begins at "
        "once. Default 10 % (design).",
    )
