"""The keys of `feedback:` about corrections: how each is written, what it means, its default and its source."""

from typing import Annotated

from pydantic import Field, PlainValidator

from cadencecoach.plan import counts
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.keys import (
    DURATION,
    PERCENT,
    STEP_RATE,
    TIMES,
    Keys,
    counted,
    one_of,
    part,
    seconds,
    step_rate,
    times,
    written,
)


class CorrectionKeys(Keys):
    """When and how a runner who has left the band is told, and told of the return."""

    style: Annotated[str | None, *one_of("words", "tones", "graded", "none")] = Field(
        None, description="Words, tones, a click graded by the error, or no corrections. Default words."
    )
    dwell: Annotated[float | None, seconds(1, 300), DURATION] = Field(
        None, description="Out of the band this long before a correction or a rescue beat. Default 8 s (design)."
    )
    spacing: Annotated[float | None, seconds(3, 3600), DURATION] = Field(
        None, description="Least time between two corrections. Default 30 s (design)."
    )
    settle: Annotated[float | None, seconds(0, 600), DURATION] = Field(
        None, description="No correction for this long after the beat has reached a new target. Default 30 s (design)."
    )
    clear: Annotated[float | None, part(0.001, 0.1), PERCENT] = Field(
        None, description="Back when this near to the target, in percent of it. Default 2 % (design)."
    )
    walk_below: Annotated[float | None, step_rate(60, 200), STEP_RATE] = Field(
        None,
        alias="walk-below",
        description="A slower cadence is walking and is not coached. Default 140 spm (PMC8629136: 136-161).",
    )
    cycle: Annotated[float | None, seconds(10, 3600), DURATION] = Field(
        None,
        description="With help below 100 %, a helped and a silent stretch together last this long. "
        "Default 2 min (design).",
    )
    pattern: Annotated[str | None, PlainValidator(counts.word), written(counts.WORD_PATTERN, "regular")] = Field(
        None,
        description="A word from which the order of helped and silent stretches is drawn; regular: help "
        "first in each cycle. Default the plan's title (design).",
    )
    ladder: Annotated[
        tuple[Rung, ...] | None, PlainValidator(counts.ladder), written(counts.LADDER_PATTERN, "tone, beat, words")
    ] = Field(
        None,
        description="What is tried in turn on a runner who stays out of the band. Default tone, beat, words (design).",
    )
    rescue_after: Annotated[float | None, seconds(0, 300), DURATION] = Field(
        None,
        alias="rescue-after",
        description="This long after a tone that did not help the rescue beat begins. Default 8 s (design).",
    )
    rescue_hold: Annotated[float | None, seconds(0, 3600), DURATION] = Field(
        None,
        alias="rescue-hold",
        description="So long the rescue beat goes on once the runner is back, for the rhythm to become the "
        "runner's own. Default 1 min (design; simulated: 1 to 2 min better than a few seconds).",
    )
    patience: Annotated[int | None, counted("cue", 1, 20), written(counts.counted_pattern("cue"), "2 cues")] = Field(
        None,
        description="So many corrections in a row without a return; then the coach rests. Default 2 cues (design).",
    )
    rest: Annotated[float | None, seconds(3, 3600), DURATION] = Field(
        None, description="How long it rests then, before it says one more thing. Default 1 min (design)."
    )
    back_off: Annotated[float | None, times(1, 10), TIMES] = Field(
        None, alias="back-off", description="Each further rest is so many times longer. Default 2 times (design)."
    )
    rest_limit: Annotated[float | None, seconds(3, 3600), DURATION] = Field(
        None, alias="rest-limit", description="No rest is longer. Default 4 min (design)."
    )
    growth: Annotated[float | None, times(1, 10), TIMES] = Field(
        None,
        description="From the second correction on the spacing grows so many times with each. Default "
        "1.5 times (design).",
    )
    spacing_limit: Annotated[float | None, seconds(3, 3600), DURATION] = Field(
        None,
        alias="spacing-limit",
        description="It grows no longer than this. Default 2 min (design; courses speak every 3-6 min).",
    )
    calm: Annotated[float | None, seconds(10, 3600), DURATION] = Field(
        None,
        description="This long in the band without a correction, and the coach begins anew: spacing, ladder, patience. "
        "Default 5 min (design).",
    )
    edge: Annotated[float | None, part(0.1, 1), PERCENT] = Field(
        None, description="In a narrow band, back at this part of the way to its edge. Default 67 % (design)."
    )
    back: Annotated[float | None, part(0, 1), PERCENT] = Field(
        None,
        description="In the band for this part of the dwell before the word for being back. Default 100 % (design).",
    )
    praise: Annotated[float | None, seconds(0, 3600), DURATION] = Field(
        None,
        description="Least time between two words for being back, or on how runs at one target went. "
        "Default 3 min (healthhp.com.au, secondary).",
    )
    after_praise: Annotated[float | None, seconds(0, 300), DURATION] = Field(
        None,
        alias="after-praise",
        description="No correction for this long after the word for being back. Default 30 s (design).",
    )
    expiry: Annotated[float | None, seconds(0.5, 30), DURATION] = Field(
        None, description="A correction that cannot be heard within this is dropped. Default 3 s (design)."
    )
    word_expiry: Annotated[float | None, seconds(0.5, 60), DURATION] = Field(
        None,
        alias="word-expiry",
        description="The same for the words that announce a stage, which may wait for those before them. "
        "Default 12 s (design).",
    )
    closing: Annotated[float | None, seconds(0, 60), DURATION] = Field(
        None, description="No correction in the last seconds of a stage. Default 5 s (design)."
    )
