"""The keys of `feedback:`, made from the table in `plan.feedback`: how each is written, and what editors are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import partial
from typing import Annotated, Any

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema, create_model

from cadencecoach.errors import UsageError
from cadencecoach.plan import counts, keys
from cadencecoach.plan.feedback import SETTINGS
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.setting import Setting
from cadencecoach.plan.words import choice


@dataclass(frozen=True, slots=True)
class Unit:
    """How numbers of one unit are written in a plan.

    Attributes:
        between: the parser between two limits
        pattern: for editors
        written: a value as a plan would write it
    """

    between: Callable[[Any, Any], keys.Within]
    pattern: WithJsonSchema
    written: Callable[[Any], str]


def _count_unit(noun: str, example: int) -> Unit:
    pattern = keys.written_form(counts.counted_pattern(noun), f"{example} {noun}s")
    return Unit(partial(keys.count_within, noun), pattern, lambda value: f"{value} {noun}s")


UNITS = {
    "s": Unit(keys.seconds, keys.DURATION, length_words),
    "ms": Unit(keys.milliseconds, keys.MILLISECONDS, lambda value: f"{round(value * 1000)} ms"),
    "ratio": Unit(keys.part, keys.PERCENT, lambda value: f"{round(value * 100, 1):g} %"),
    "spm": Unit(keys.step_rate, keys.STEP_RATE, lambda value: f"{value:g} spm"),
    "mps": Unit(keys.speed, keys.SPEED, lambda value: f"{counts.kmh(value):g} km/h"),
    "times": Unit(keys.times, keys.TIMES, lambda value: f"{value:g} times"),
    "cues": _count_unit("cue", 2),
    "steps": _count_unit("step", 5),
    "readings": _count_unit("reading", 20),
}


def default_text(setting: Setting) -> str:
    """The default as a plan would write it."""
    match setting.default:
        case Enum(value=value):
            return str(value)
        case str(value):
            return value or setting.about.unset
        case tuple(rungs):
            return ", ".join(rung.value for rung in rungs)
        case value:
            return UNITS[setting.unit].written(value)


def allowed_text(setting: Setting) -> str:
    """What is allowed, as a plan would write it."""
    if setting.about.limits:
        return _number(setting).allowed
    kind = type(setting.default)
    return ", ".join(one.value for one in kind) if issubclass(kind, Enum) else setting.about.allowed


def _number(setting: Setting) -> keys.Within:
    assert setting.about.limits is not None
    return UNITS[setting.unit].between(*setting.about.limits)


def _parser(setting: Setting) -> tuple[PlainValidator, WithJsonSchema]:
    """The parser of a setting, and its pattern for editors."""
    match setting.default:
        case Enum() as default:
            return _one_of(type(default))
        case str():
            return PlainValidator(counts.word), keys.written_form(counts.WORD_PATTERN, "regular")
        case tuple():
            return PlainValidator(counts.ladder), keys.written_form(counts.LADDER_PATTERN, default_text(setting))
        case _:
            return _number(setting), UNITS[setting.unit].pattern


def _one_of(kind: type[Enum]) -> tuple[PlainValidator, WithJsonSchema]:
    known = [one.value for one in kind]
    parse = choice(*known)
    return PlainValidator(lambda value: kind(parse(value))), WithJsonSchema({"type": "string", "enum": known})


def _key(setting: Setting) -> Any:  # noqa: ANN401  # what pydantic takes for a field
    about = setting.about
    description = f"{about.meaning}. Default {default_text(setting)} ({about.source})."
    return Annotated[Any, *_parser(setting)], Field(None, alias=setting.key, description=description)


ROWS: dict[str, Any] = {row.field: _key(row) for row in SETTINGS}


class FeedbackText(create_model("Rows", __base__=keys.Keys, **ROWS)):  # type: ignore[misc]  # its fields are the table's
    """When and how the coach corrects."""


def changes_of(pairs: Mapping[str, str]) -> dict[str, Any]:
    """Fields of `Feedback` with other values, as somebody typed them outside of a plan.

    Args:
        pairs: key of the table and its value, each as a plan would write it
    Raises:
        UsageError: there is no such key, or no such value of it
    """
    known = {row.key: row for row in SETTINGS}
    for key in pairs:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise UsageError(f"{key}: no such number of the coach" + (f"; did you mean {near[0]}?" if near else ""))
    try:
        told = FeedbackText.model_validate(dict(pairs))
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        raise UsageError(f"{key} {pairs[key]}: allowed is {allowed_text(known[key])}") from None
    return {known[key].field: getattr(told, known[key].field) for key in pairs}
