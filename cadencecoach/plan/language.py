"""The keys of a plan file, version 1: what each means, how it is written, its default and where the number comes from.

Every field may be missing here: which keys must or must not stand together is said in `parts`, so that one missing
key does not hide the mistakes in the others. The same rules stand in the schema, for editors.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from cadencecoach.plan import counts, rates, values
from cadencecoach.plan.feedback_keys import FeedbackText
from cadencecoach.plan.keys import DURATION, Keys, RepeatKeys, Within, one_of, seconds, whole, written_form
from cadencecoach.plan.model import Baseline, Target, Tolerance
from cadencecoach.plan.music import FOLDER_PATTERN, music
from cadencecoach.plan.words import choices, words_up_to

MAX_STAGES = 1000
MAX_CUES = 50
NAME_CHARS, SPOKEN_CHARS, ABOUT_CHARS = 80, 300, 5000
GATE_S = (5.0, 3600.0)  # shorter is no rhythm to hold
MAX_SPEEDS = 20
STEADY_S = (10.0, 3600.0)  # a cue more often than every 10 s is no longer heard as one


def _text(limit: int) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(words_up_to(limit)), WithJsonSchema({"type": "string", "pattern": r"\S"})


_NAME, _SPOKEN, _ABOUT = _text(NAME_CHARS), _text(SPOKEN_CHARS), _text(ABOUT_CHARS)
_TAKEN = ("minutes", "target", "help", "cue")
_BEAT, _SWITCH = one_of("on", "off", "rescue"), one_of("on", "off")
_UNTIL, _MEASURE, _FULL_OR_NONE = one_of("key"), one_of("baseline"), one_of("full", "none")

# A key that is written and left empty is a mistake; so None is never let past a parser, though a field may be None.
Name = Annotated[str | None, *_NAME]
Spoken = Annotated[str | None, *_SPOKEN]
About = Annotated[str | None, *_ABOUT]
Duration = Annotated[float | None, PlainValidator(values.duration_s), DURATION]
Moment = Annotated[float | None, PlainValidator(values.moment_s), DURATION]
Interval = Annotated[float | None, seconds(*STEADY_S), DURATION]
TargetText = Annotated[
    Target | None,
    Within(rates.target, allowed=f"-20 % to +20 %, or {rates.LOW_SPM:g} to {rates.HIGH_SPM:g} spm"),
    written_form(rates.TARGET_PATTERN, "free", "walk", "baseline", "+5 %", "172 spm", "168-176 spm"),
]
ToleranceText = Annotated[
    Tolerance | None,
    Within(rates.tolerance, allowed="more than 0, up to 10 % or 20 spm"),
    written_form(rates.TOLERANCE_PATTERN, "3 %", "4 spm"),
]
Speed = Annotated[float, PlainValidator(counts.speed_between(counts.LOW_MPS, counts.HIGH_MPS))]
StepRate = Annotated[
    float, PlainValidator(rates.spm_between(rates.LOW_SPM, rates.HIGH_SPM)), written_form(rates.SPM_PATTERN, "164 spm")
]
Gate = Annotated[float | None, seconds(*GATE_S), DURATION]
Help = Annotated[
    tuple[float, float] | None,
    Within(counts.help_span, allowed="0 % to 100 %"),
    written_form(counts.HELP_PATTERN, "50 %", "100 %..0 %"),
]
MusicText = Annotated[
    str | None, PlainValidator(music), written_form(rf"on|off|{FOLDER_PATTERN}", "on", "off", "~/Music/runs")
]
Takes = Annotated[
    tuple[str, ...] | None,
    PlainValidator(choices(*_TAKEN)),
    WithJsonSchema({"type": "array", "items": {"type": "string", "enum": list(_TAKEN)}, "minItems": 1}),
]
Times = Annotated[int | None, *whole(1, MAX_STAGES)]
_SPEEDS = WithJsonSchema(
    {
        "type": "object",
        "minProperties": 1,
        "maxProperties": MAX_SPEEDS,
        "propertyNames": {"pattern": f"^(?:{counts.SPEED_PATTERN})$"},
        "additionalProperties": {"type": "string", "pattern": f"^(?:{rates.SPM_PATTERN})$"},
        "examples": [{"8 km/h": "158 spm", "10 km/h": "163 spm"}],
    }
)


def _some_speeds(speeds: dict[float, float]) -> dict[float, float]:
    if not 0 < len(speeds) <= MAX_SPEEDS:
        raise values.ValueFault("names no speed, or too many", f"write 1 to {MAX_SPEEDS}, such as '8 km/h: 158 spm'")
    return speeds


# Read part by part in `parts`; the schema of the list is put in by `schema`, since repeats nest.
Parts = Annotated[Any, WithJsonSchema({"type": "array"})]


class SpeedsText(Keys):
    """The runner's own cadence at several speeds."""

    model_config = ConfigDict(json_schema_extra={"required": ["speeds"]})
    speeds: Annotated[dict[Speed, StepRate] | None, AfterValidator(_some_speeds), _SPEEDS] = Field(
        None, description="'8 km/h: 158 spm' for each speed; of fewer than three the slope is 1.8 spm per km/h, +-0.4."
    )
    surface: Name = Field(None, description="Where they were run: treadmill, road, ... Another surface, another curve.")


class GateText(Keys):
    """A beat that comes and goes by the clock."""

    model_config = ConfigDict(json_schema_extra={"required": ["on", "off"]})
    on: Gate = Field(None, description="Heard for this long.")
    off: Gate = Field(None, description="Then silent for this long, alternating.")


def _kind_of(value: object) -> str:
    return "(settings)" if isinstance(value, dict) else "(word)"


BaselineText = Annotated[
    Annotated[
        Baseline,
        PlainValidator(rates.baseline),
        written_form(rates.BASELINE_PATTERN, "measured", "athlete", "164 spm"),
        Tag("(word)"),
    ]
    | Annotated[SpeedsText, Tag("(settings)")],
    Discriminator(_kind_of),
]
BeatText = Annotated[
    Annotated[str, *_BEAT, Tag("(word)")] | Annotated[GateText, Tag("(settings)")], Discriminator(_kind_of)
]
FeedbackChoice = Annotated[
    Annotated[str, *_FULL_OR_NONE, Tag("(word)")] | Annotated[FeedbackText, Tag("(settings)")],
    Discriminator(_kind_of),
]


class AllowText(Keys):
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


class CueText(Keys):
    """Words to be spoken at a time of the stage, or again and again."""

    model_config = ConfigDict(
        json_schema_extra={"required": ["say"], "oneOf": [{"required": ["at"]}, {"required": ["every"]}]}
    )
    at: Moment = Field(None, description="Once, this long after the start of the stage.")
    every: Interval = Field(None, description="Repeatedly, this long apart.")
    say: Spoken = Field(None, description="The words. Runners take in about seven.")


class _Common(Keys):
    """Keys a plan sets for all stages and a stage for itself."""

    tolerance: ToleranceText = Field(
        None, description="Half the width of the band around the target. Default 3 % (cadence varies by up to 2.5 %)."
    )
    ramp: Moment = Field(
        None, description="How long the beat takes to the new target, at most as long as the stage. Default 0 s."
    )
    beat: BeatText | None = Field(
        None,
        description="On, off, rescue: only after the runner has left the band for a while, until the return; or "
        "{on: 1 min, off: 1 min}, to be held in the silence. Default on where there is a target.",
    )
    feedback: FeedbackChoice | None = Field(None, description="Corrections: full, none, or settings. Default full.")
    help: Help = Field(
        None,
        description="Part of the time beat and corrections are offered: 50 %, or 100 %..0 % to fade through the stage, "
        "on the plan from stage to stage. Default 100 %; fading it helps learning (Davis 2020, PMC7083994).",
    )
    recall: Annotated[str | None, *_SWITCH] = Field(
        None,
        description="on: a stage without help begins with 'Run as you did at the end of the last stage.' Default off "
        "(one such sentence brought a faded effect back: van den Berghe 2024, J Sports Sci).",
    )
    music: MusicText = Field(
        None,
        description="on: your own songs instead of the click, on its beats, where one fits the target within 8 %; or a "
        "folder of songs on this computer, in a plan you run by its path. Default off.",
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


class RepeatText(RepeatKeys):
    """Stages done several times over."""

    model_config = ConfigDict(json_schema_extra={"required": ["repeat", "stages"]})
    repeat: Times = Field(None, description="How many times. At most 1000 stages in all.")
    stages: Parts = Field(None, description="What is repeated.")


class PlanText(_Common):
    """A session for cadencecoach, version 1 of the language."""

    model_config = ConfigDict(json_schema_extra={"required": ["plan", "stages"]})
    plan: Name = Field(None, description="The title.")
    about: About = Field(None, description="What it is for.")
    baseline: BaselineText | None = Field(
        None,
        description="The runner's own cadence: measured in a stage, the athlete's stored one, given in spm, or at "
        "several speeds, which targets then follow.",
    )
    stages: Parts = Field(None, description="In order.")
