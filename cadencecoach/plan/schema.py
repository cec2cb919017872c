"""The JSON Schema of a plan file, for editors: the keys of `language`, and which of them must stand together."""

from typing import Any

from pydantic.json_schema import models_json_schema

from cadencecoach.plan.language import PlanText, RepeatText, StageText

DIALECT = "https://json-schema.org/draft/2020-12/schema"


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
    head = {"$schema": DIALECT, "title": "cadencecoach plan"}
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
