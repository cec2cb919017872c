"""The keys of a programme file, version 1: what each means, how it is written, its default and where it comes from.

As in a plan, every field may be missing here; which keys must or must not stand together is said in `parts`. The
numbers of the rules have their sources in `programme.rules`, whose page is docs/programme-rules.md.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema

from cadencecoach.plan import rates, values
from cadencecoach.plan.faults import Tongue
from cadencecoach.plan.keys import Keys, RepeatKeys, one_of, whole, written_form
from cadencecoach.plan.language import (
    SPOKEN_CHARS,
    About,
    Duration,
    Name,
    PlanText,
    Spoken,
    StageText,
)
from cadencecoach.plan.model import Relative
from cadencecoach.programme.cues import CUES
from cadencecoach.programme.model import Treats
from cadencecoach.programme.text.values import DAYS_PATTERN, change, days, minutes_s, percent_or_off

MAX_SESSIONS = 200
MAX_EXERCISES = 20
RUN_KEYS = ("plan", "minutes", "target", "help")
PARTS_OF_BODY = ("calf", "hip", "ankle", "knee", "foot", "trunk")


_PERCENT_OR_OFF = written_form(f"{values.PERCENT_PATTERN}|off", "70 %", "off")
_PERCENT = written_form(values.PERCENT_PATTERN, "70 %")
_MINUTES = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0, "maximum": 24 * 60},
        {"type": "string", "pattern": f"^(?:{values.CLOCK_PATTERN}|{values.UNITS_PATTERN})$"},
    ]
}
Help = Annotated[float | None, PlainValidator(values.percent_between(0, 1)), _PERCENT]
Days = Annotated[int | None, PlainValidator(days), written_form(DAYS_PATTERN, "1 day", "2 weeks")]
Minutes = Annotated[float | None, PlainValidator(minutes_s), WithJsonSchema(_MINUTES)]
Change = Annotated[
    Relative | None, PlainValidator(change), written_form(f"baseline|{rates.CHANGE_PATTERN}", "+5 %", "baseline")
]
# Read by `parts`, each for itself; the schema is put in by `schema`.
PlanHere = Annotated[Any, WithJsonSchema({"type": ["string", "object"]})]
DaysHere = Annotated[Any, WithJsonSchema({"type": "array"})]
PlansHere = Annotated[Any, WithJsonSchema({"type": "object"})]


class LimitsText(Keys):
    """What the clinician allows at most. It holds against the text, the runner's keys and every flag."""

    target: Change = Field(None, description="The highest target above the baseline.")
    minutes: Minutes = Field(None, description="The longest session, all its stages together.")
    sessions_a_week: Annotated[int | None, *whole(1, 14)] = Field(
        None, alias="sessions-a-week", description="Runs in any seven days. Default 4."
    )


class RulesText(Keys):
    """Numbers of the rules, where the usual ones do not fit. docs/programme-rules.md has the rules themselves."""

    clean_pain: Annotated[int | None, *whole(0, 5)] = Field(
        None, alias="clean-pain", description="Pain of 10 up to which a session is clean. Default: of its place."
    )
    sore_from: Annotated[int | None, *whole(1, 10)] = Field(
        None, alias="sore-from", description="Soreness of 10 from which the runner counts as sore. Default 3 (design)."
    )
    clean_sessions: Annotated[int | None, *whole(1, 10)] = Field(
        None, alias="clean-sessions", description="Clean sessions at a level before it is left. Default 1."
    )
    probe: Annotated[float | str | None, PlainValidator(percent_or_off(0.01, 1)), _PERCENT_OR_OFF] = Field(
        None, description="Time in band in silent probes before a target is raised, or off. Default 70 %."
    )
    probe_sessions: Annotated[int | None, *whole(1, 10)] = Field(
        None, alias="probe-sessions", description="In this many sessions in a row. Default 2."
    )
    adherence: Annotated[float | None, PlainValidator(values.percent_between(0, 1)), _PERCENT] = Field(
        None, description="Least part of what was asked for that must be done. Default 70 % (design)."
    )
    level_ups: Annotated[int | None, *whole(1, 7)] = Field(
        None, alias="level-ups", description="How often target or minutes may go up in seven days. Default 2."
    )
    missed: Days = Field(None, description="This long without a session is a missed week. Default 7 days.")
    layoff: Days = Field(None, description="This long without any run is a layoff. Default 21 days (design).")
    distance_jump: Annotated[float | None, PlainValidator(values.percent_between(0.05, 2)), _PERCENT] = Field(
        None, alias="distance-jump", description="Rise of the weekly distance that proposes a refresher. Default 30 %."
    )
    refresher_after: Days = Field(
        None, alias="refresher-after", description="How long after the end a refresher is proposed. Default 21 days."
    )


class WaiveText(Keys):
    """Warnings set aside on purpose, each with the reason."""

    week: Spoken = Field(None, description="Why target and minutes both go up within a week.")
    step: Spoken = Field(None, description="Why the target goes up by more than 2.5 % within a week.")
    dose: Spoken = Field(None, description="Why there is less time at the target than the studies had.")
    fade: Spoken = Field(None, description="Why the help never fades.")
    probe: Spoken = Field(None, description="Why nothing is measured without help.")
    sessions: Spoken = Field(None, description="Why there are more than four runs a week.")
    baseline: Spoken = Field(None, description="Why a session measures its own baseline.")
    sum: Spoken = Field(None, description="Why a target may be more than 10 % over the first baseline.")


class ExerciseText(Keys):
    """Something to do beside the running."""

    model_config = ConfigDict(json_schema_extra={"required": ["name"]})
    name: Name = Field(None, description="As it is ticked off.")
    kind: Annotated[str | None, *one_of("strength", "mobility", "drill")] = Field(None, description="Default strength.")
    part: Annotated[str | None, *one_of(*PARTS_OF_BODY)] = Field(None, description="Of the body.")
    sets: Annotated[int | None, *whole(1, 20)] = Field(None, description="How often. Default 1.")
    repetitions: Annotated[int | None, *whole(1, 200)] = Field(None, description="In each set.")
    hold: Duration = Field(None, description="How long each is held, or lasts.")
    rest: Duration = Field(None, description="Between the sets.")
    say: Spoken = Field(None, description="How it is done.")


class _Filled(Keys):
    """A plan and the values put into it."""

    plan: PlanHere = Field(None, description="A name out of `plans`, a plan file, one that comes with it, or a plan.")
    minutes: Minutes = Field(None, description="How long the stages that take minutes last together.")
    target: Change = Field(None, description="In place of that of the stages that take a target.")
    help: Help = Field(None, description="In place of that of the stages that take help.")


class RefresherText(_Filled):
    """What is run after a layoff, in new shoes, or some weeks after the end."""

    model_config = ConfigDict(json_schema_extra={"required": ["plan"]})


class DayText(_Filled):
    """A day: a session, a reassessment, or rest; with exercises if there are any."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["session", "plan"]},
                {"required": ["reassessment", "plan"]},
                {"required": ["rest"], "not": {"anyOf": [{"required": [key]} for key in RUN_KEYS]}},
            ]
        }
    )
    session: Name = Field(None, description="A session; its name.")
    reassessment: Name = Field(None, description="A run that measures what came of it; its name.")
    rest: Days = Field(None, description="This long without a run, at least.")
    exercises: list[ExerciseText] | None = Field(
        None, max_length=MAX_EXERCISES, description="What is done beside the running, ticked off."
    )


class RepeatDaysText(RepeatKeys):
    """Days done several times over."""

    model_config = ConfigDict(json_schema_extra={"required": ["repeat", "days"]})
    repeat: Annotated[int | None, *whole(1, MAX_SESSIONS)] = Field(
        None, description=f"How many times. At most {MAX_SESSIONS} sessions in all."
    )
    days: DaysHere = Field(None, description="What is repeated.")


class ProgrammeText(Keys):
    """A programme for cadencecoach, version 1 of the language: sessions over days and weeks."""

    model_config = ConfigDict(json_schema_extra={"required": ["programme", "days"]})
    programme: Name = Field(None, description="The title.")
    about: About = Field(None, description="What it is for.")
    works_on: Annotated[str | None, *one_of(*CUES)] = Field(
        None, alias="works-on", description="The one fault it works on; its cue is spoken where a stage takes a cue."
    )
    cue: Spoken = Field(None, description=f"The words, if not the usual ones. At most {SPOKEN_CHARS} characters.")
    treats: Annotated[str | None, *one_of(*(one.value for one in Treats))] = Field(
        None, description="What is being treated: picks the gate for pain; with bone any pain stops."
    )
    limits: LimitsText | None = Field(None, description="Set by the clinician; nothing overrides them.")
    rules: RulesText | None = Field(None, description="Numbers of the rules, where the usual ones do not fit.")
    plans: PlansHere = Field(None, description="Plans by name, for the days below.")
    refresher: PlansHere = Field(
        None, description="What is run after a layoff, in new shoes, some weeks after the end. Default: 'refresher'."
    )
    days: DaysHere = Field(None, description="In order.")
    allow: WaiveText | None = Field(None, description="Warnings set aside, each with the reason.")


TONGUE = Tongue(
    homes=(
        (RepeatDaysText, "needs an entry of its own: '- repeat: 3', and 'days: ' below it"),
        (DayText, "belongs on a day"),
        (ProgrammeText, "belongs at the top of the programme"),
        (LimitsText, "belongs in 'limits: {...}'"),
        (RulesText, "belongs in 'rules: {...}'"),
        (ExerciseText, "belongs on an entry of 'exercises'"),
        (StageText, "belongs in a plan; name one with 'plan: ', or write it out below 'plan:'"),
        (PlanText, "belongs in a plan; name one with 'plan: ', or write it out below 'plan:'"),
        (WaiveText, "belongs in 'allow: {...}'"),
    ),
    inner={"limits": LimitsText, "rules": RulesText, "allow": WaiveText, "exercises": ExerciseText},
    kinds={
        "list_type": "is not a list; write '- {name: Calf raises, sets: 3, repetitions: 15}' on lines of its own",
        "model_type": "is not a set of keys; write 'key: value' pairs",
        "dict_type": "is not a set of keys; write 'key: value' pairs",
        "too_long": f"has too many entries; write {MAX_EXERCISES} at most",
    },
    strangers={"reps": "is written 'repetitions', on an entry of 'exercises'"},
)
