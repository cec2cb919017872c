"""The keys of a plan file, version 1: what each means, how it is written, its default and where the number comes from.

Every field may be missing here: which keys must or must not stand together is said in `parts`, so that one missing
key does not hide the mistakes in the others. The same rules stand in the schema, for editors.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema
from pydantic.json_schema import models_json_schema

from cadencecoach.plan import rates, values
from cadencecoach.plan.model import Baseline, Target, Tolerance

MAX_STAGES = 1000
MAX_CUES = 50
NAME_CHARS, SPOKEN_CHARS, ABOUT_CHARS = 80, 300, 5000
STEADY_S = (10.0, 3600.0)  # a cue more often than every 10 s is no longer heard as one


def _written(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$", "examples": list(examples)})


def _words(*words: str) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(values.choice(*words)), WithJsonSchema({"type": "string", "enum": list(words)})


def _text(limit: int) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(values.words_up_to(limit)), WithJsonSchema({"type": "string", "pattern": r"\S"})


_DURATION = _written(f"{values.CLOCK_PATTERN}|{values.UNITS_PATTERN}", "10 min", "90 s", "1:30", "1 h 5 min")
_PERCENT = _written(values.PERCENT_PATTERN, "50 %")
_STEP_RATE = _written(rates.SPM_PATTERN, "140 spm")
_NAME, _SPOKEN, _ABOUT = _text(NAME_CHARS), _text(SPOKEN_CHARS), _text(ABOUT_CHARS)
_BEAT, _STYLE = _words("on", "off", "rescue"), _words("words", "tones", "none")
_TAKEN = ("minutes", "target", "help", "cue")
_UNTIL, _MEASURE, _FULL_OR_NONE = _words("key"), _words("baseline"), _words("full", "none")

# A key that is written and left empty is a mistake; so None is never let past a parser, though a field may be None.
Name = Annotated[str | None, *_NAME]
Spoken = Annotated[str | None, *_SPOKEN]
About = Annotated[str | None, *_ABOUT]
Duration = Annotated[float | None, PlainValidator(values.duration_s), _DURATION]
Moment = Annotated[float | None, PlainValidator(values.moment_s), _DURATION]
Interval = Annotated[float | None, PlainValidator(values.seconds_between(*STEADY_S)), _DURATION]
TargetText = Annotated[
    Target | None,
    PlainValidator(rates.target),
    _written(rates.TARGET_PATTERN, "free", "walk", "baseline", "+5 %", "172 spm", "168-176 spm"),
]
ToleranceText = Annotated[
    Tolerance | None, PlainValidator(rates.tolerance), _written(rates.TOLERANCE_PATTERN, "3 %", "4 spm")
]
BaselineText = Annotated[
    Baseline | None,
    PlainValidator(rates.baseline),
    _written(rates.BASELINE_PATTERN, "measured", "athlete", "164 spm"),
]
BeatText = Annotated[str | None, *_BEAT]
Help = Annotated[float | None, PlainValidator(values.percent_between(0, 1)), _PERCENT]
Takes = Annotated[
    tuple[str, ...] | None,
    PlainValidator(values.choices(*_TAKEN)),
    WithJsonSchema({"type": "array", "items": {"type": "string", "enum": list(_TAKEN)}, "minItems": 1}),
]
Times = Annotated[
    int | None,
    PlainValidator(values.whole_between(1, MAX_STAGES)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_STAGES}),
]
# Read part by part in `parts`; the schema of the list is put in by `plan_schema`, since repeats nest.
Parts = Annotated[Any, WithJsonSchema({"type": "array"})]


class _Keys(BaseModel):
    """A set of keys that knows no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedbackText(_Keys):
    """When and how the coach corrects."""

    style: Annotated[str | None, *_STYLE] = Field(None, description="Words, tones, or no corrections. Default words.")
    dwell: Annotated[float | None, PlainValidator(values.seconds_between(1, 300)), _DURATION] = Field(
        None, description="Out of the band this long before a correction or a rescue beat. Default 8 s (design)."
    )
    spacing: Annotated[float | None, PlainValidator(values.seconds_between(3, 3600)), _DURATION] = Field(
        None, description="Least time between two corrections. Default 30 s (design)."
    )
    settle: Annotated[float | None, PlainValidator(values.seconds_between(0, 600)), _DURATION] = Field(
        None, description="No correction for this long after the beat has reached a new target. Default 30 s (design)."
    )
    clear: Annotated[float | None, PlainValidator(values.percent_between(0.001, 0.1)), _PERCENT] = Field(
        None, description="Back when this near to the target, in percent of it. Default 2 %."
    )
    walk_below: Annotated[float | None, PlainValidator(rates.spm_between(60, 200)), _STEP_RATE] = Field(
        None,
        alias="walk-below",
        description="A slower cadence is walking and is not coached. Default 140 spm (PMC8629136: 136-161).",
    )
    cycle: Annotated[float | None, PlainValidator(values.seconds_between(10, 3600)), _DURATION] = Field(
        None, description="With help below 100 %, a helped and a silent stretch together last this long. Default 2 min."
    )


FeedbackChoice = Annotated[
    Annotated[str, *_FULL_OR_NONE, Tag("(word)")] | Annotated[FeedbackText, Tag("(settings)")],
    Discriminator(lambda value: "(settings)" if isinstance(value, dict) else "(word)"),
]


class AllowText(_Keys):
    """Limits set aside on purpose, each with the reason."""

    target: Spoken = Field(None, description="Why a target above +7.5 %, or above +10 %, is asked for.")
    tempo_step: Spoken = Field(
        None, alias="tempo-step", description="Why the beat steps by more than 3 % without a ramp."
    )
    tolerance: Spoken = Field(None, description="Why the tolerance may be wider than the target can bear.")
    warm_up: Spoken = Field(None, alias="warm-up", description="Why less than 5 min come before the first target.")
    probe: Spoken = Field(None, description="Why no stage shows what stays without help.")
    dose: Spoken = Field(None, description="Why more than 45 min are cued.")
    short: Spoken = Field(None, description="Why a stage of less than 1 min has a target.")


class CueText(_Keys):
    """Words to be spoken at a time of the stage, or again and again."""

    model_config = ConfigDict(
        json_schema_extra={"required": ["say"], "oneOf": [{"required": ["at"]}, {"required": ["every"]}]}
    )
    at: Moment = Field(None, description="Once, this long after the start of the stage.")
    every: Interval = Field(None, description="Again and again, this long apart; 10 s to 1 h.")
    say: Spoken = Field(None, description="The words. Runners take in about seven.")


class _Common(_Keys):
    """Keys a plan sets for all stages and a stage for itself."""

    tolerance: ToleranceText = Field(
        None, description="Half the width of the band around the target. Default 3 % (cadence varies by up to 2.5 %)."
    )
    ramp: Moment = Field(None, description="How long the beat takes to the new target. Default 0 s.")
    beat: BeatText = Field(
        None,
        description="On, off, or rescue: only after the runner has left the band for a while, until the return. "
        "Default on where there is a target.",
    )
    feedback: FeedbackChoice | None = Field(None, description="Corrections: full, none, or settings. Default full.")
    help: Help = Field(
        None, description="Part of the time beat and corrections are offered. Default 100 %; fading it helps learning."
    )
    allow: AllowText | None = Field(None, description="Limits set aside, each with the reason.")


class StageText(_Common):
    """A part of the session. It has a duration, or lasts until a key."""

    model_config = ConfigDict(
        json_schema_extra={"required": ["name"], "oneOf": [{"required": ["duration"]}, {"required": ["until"]}]}
    )
    name: Name = Field(None, description="Shown and spoken.")
    duration: Duration = Field(None, description="How long, with units. At most 24 h.")
    until: Annotated[str | None, *_UNTIL] = Field(None, description="'key': until the runner presses the next-key.")
    target: TargetText = Field(
        None,
        description="free (nothing played or corrected), walk, baseline, a change from it, spm, or a range in spm. "
        "Default free. Above +7.5 % warns, above +10 % needs `allow`.",
    )
    measure: Annotated[str | None, *_MEASURE] = Field(
        None, description="'baseline': the runner's own cadence is taken here. At least 1 min; 10 min are better."
    )
    drill: Spoken = Field(None, description="An exercise, spoken and shown; not coached by cadence.")
    takes: Takes = Field(
        None,
        description="What a programme may fill in here: minutes, target, help, cue. The plan's own hold otherwise.",
    )
    say: Spoken = Field(None, description="Words at the start of the stage: short for a cue at 0 s.")
    cues: list[CueText] | None = Field(None, max_length=MAX_CUES, description="Words during the stage.")


class RepeatText(_Keys):
    """Stages done several times over."""

    model_config = ConfigDict(json_schema_extra={"required": ["repeat", "stages"]})
    repeat: Times = Field(None, description="How many times. At most 1000 stages in all.")
    stages: Parts = Field(None, description="What is repeated.")


class PlanText(_Common):
    """A session for cadencecoach, version 1 of the language."""

    model_config = ConfigDict(json_schema_extra={"required": ["plan", "stages"]})
    plan: Name = Field(None, description="The title.")
    about: About = Field(None, description="What it is for.")
    baseline: BaselineText = Field(
        None, description="The runner's own cadence: measured in a stage, the athlete's stored one, or given in spm."
    )
    stages: Parts = Field(None, description="In order.")


def plan_schema() -> dict[str, object]:
    """The JSON Schema of a plan file, for editors."""
    models = (PlanText, StageText, RepeatText)
    _, whole = models_json_schema([(model, "validation") for model in models], by_alias=True)
    definitions = {k: without_nulls(v) for k, v in whole["$defs"].items() if k.endswith("Text")}
    for name in ("PlanText", "RepeatText"):
        definitions[name]["properties"]["stages"]["$ref"] = "#/$defs/Parts"
    part = {
        "if": {"required": ["repeat"]},
        "then": {"$ref": "#/$defs/RepeatText"},
        "else": {"$ref": "#/$defs/StageText"},
    }
    definitions["Parts"] = {"type": "array", "minItems": 1, "items": part}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cadencecoach plan"}
    return {**head, **definitions.pop("PlanText"), "$defs": definitions}


def without_nulls(schema: Any) -> Any:  # noqa: ANN401  # any JSON value
    """A key left out is None to us, but `key: null` is a mistake in a file; defaults of None say nothing."""
    if isinstance(schema, list):
        return [without_nulls(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: without_nulls(v) for k, v in schema.items() if not (k == "default" and v is None) and k != "title"}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [option for option in choices if option != {"type": "null"}]
        return {**{k: v for k, v in kept.items() if k != "anyOf"}, **(rest[0] if len(rest) == 1 else {"anyOf": rest})}
    return kept
