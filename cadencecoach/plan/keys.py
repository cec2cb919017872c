"""How a set of keys is made: strict about the keys it knows, each value with its parser and its pattern for editors."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from cadencecoach.plan import counts, rates, values
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.words import choice

DEFAULT = re.compile(r"Default (?!the )(?P<value>[^.;(]+(?:\.[0-9][^.;(]*)?)(?=[ .;])")  # as a description tells it


@dataclass(frozen=True, slots=True)
class Within(PlainValidator):
    """A value within limits.

    Attributes:
        allowed: the limits as a plan would write them
    """

    allowed: str = ""


class Keys(BaseModel):
    """A set of keys that knows no others. Its schema tells what each allows, and the default where that is a value."""

    # Built when the first such text is read, once and not with every set of keys that holds it: of 20 a plan needs few.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """A pattern can say how a value is written and not how large it may be; so the description does."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for name, info in cls.model_fields.items():
            _tell(properties[info.alias or name], info)
        return schema


class RepeatKeys(Keys):
    """The keys of a repeat, beside those of what is repeated."""

    repeat: int | None = None


def _tell(told: dict[str, Any], info: FieldInfo) -> None:
    """Add to one key what editors show: what is allowed, and the default."""
    if allowed := limits_text(info):
        told["description"] = f"{info.description} Allowed {allowed}."
    default = DEFAULT.search(info.description or "")
    value = default["value"].strip() if default else ""
    if value and (value in told.get("enum", ()) or re.fullmatch(told.get("pattern", r"(?!)"), value)):
        told["default"] = value


def limits_text(info: FieldInfo) -> str:
    """The limits of a key, as a plan would write them; empty where it has none."""
    return next((one.allowed for one in info.metadata if isinstance(one, Within)), "")


def written_form(pattern: str, *examples: str) -> WithJsonSchema:
    """How a value is written, for editors."""
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$", "examples": list(examples)})


def one_of(*words: str) -> tuple[PlainValidator, WithJsonSchema]:
    """One of a few words."""
    return PlainValidator(choice(*words)), WithJsonSchema({"type": "string", "enum": list(words)})


def whole(low: int, high: int) -> tuple[PlainValidator, WithJsonSchema]:
    """A whole number within limits."""
    schema = {"type": "integer", "minimum": low, "maximum": high}
    return PlainValidator(values.whole_between(low, high)), WithJsonSchema(schema)


def seconds(low_s: float, high_s: float) -> Within:
    """A duration within limits."""
    return Within(values.seconds_between(low_s, high_s), allowed=f"{length_words(low_s)} to {length_words(high_s)}")


def part(low: float, high: float) -> Within:
    """A part of the whole within limits, written in percent."""
    return Within(values.percent_between(low, high), allowed=f"{low * 100:g} % to {high * 100:g} %")


def times(low: float, high: float) -> Within:
    """A factor within limits."""
    return Within(counts.times_between(low, high), allowed=f"{low:g} to {high:g} times")


def step_rate(low: float, high: float) -> Within:
    """A step rate within limits."""
    return Within(rates.spm_between(low, high), allowed=f"{low:g} to {high:g} spm")


def count_within(noun: str, low: int, high: int) -> Within:
    """A number of things within limits."""
    return Within(counts.count_parser(noun, low, high), allowed=f"{low} to {high} {noun}s")


def speed(low_mps: float, high_mps: float) -> Within:
    """A speed within limits."""
    return Within(
        counts.speed_between(low_mps, high_mps), allowed=f"{counts.kmh(low_mps):g} to {counts.kmh(high_mps):g} km/h"
    )


def milliseconds(low_s: float, high_s: float) -> Within:
    """A short time within limits, which may be negative, given in seconds and written in milliseconds."""
    low_ms, high_ms = round(low_s * 1000), round(high_s * 1000)
    return Within(counts.milliseconds_between(low_ms, high_ms), allowed=f"{low_ms} to {high_ms} ms")


DURATION = written_form(f"{values.CLOCK_PATTERN}|{values.UNITS_PATTERN}", "10 min", "90 s", "1:30", "1 h 5 min")
PERCENT = written_form(values.PERCENT_PATTERN, "50 %")
STEP_RATE = written_form(rates.SPM_PATTERN, "140 spm")
TIMES = written_form(counts.TIMES_PATTERN, "2 times")
SPEED = written_form(counts.SPEED_PATTERN, "1.8 km/h")
MILLISECONDS = written_form(counts.MILLISECONDS_PATTERN, "20 ms", "-20 ms")
