"""How a set of keys is made: strict about the keys it knows, each value with its parser and its pattern for editors."""

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from cadencecoach.plan import rates, values
from cadencecoach.plan.words import choice


class Keys(BaseModel):
    """A set of keys that knows no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def written(pattern: str, *examples: str) -> WithJsonSchema:
    """How a value is written, for editors."""
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$", "examples": list(examples)})


def one_of(*words: str) -> tuple[PlainValidator, WithJsonSchema]:
    """One of a few words."""
    return PlainValidator(choice(*words)), WithJsonSchema({"type": "string", "enum": list(words)})


def whole(low: int, high: int) -> tuple[PlainValidator, WithJsonSchema]:
    """A whole number within limits."""
    schema = {"type": "integer", "minimum": low, "maximum": high}
    return PlainValidator(values.whole_between(low, high)), WithJsonSchema(schema)


DURATION = written(f"{values.CLOCK_PATTERN}|{values.UNITS_PATTERN}", "10 min", "90 s", "1:30", "1 h 5 min")
PERCENT = written(values.PERCENT_PATTERN, "50 %")
STEP_RATE = written(rates.SPM_PATTERN, "140 spm")
