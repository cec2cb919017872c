"""The JSON Schema of a programme file, for editors; a plan inside it is completed as one."""

from typing import Any

from pydantic.json_schema import models_json_schema

from cadencecoach.plan.schema import DIALECT, plan_schema, without_nulls
from cadencecoach.programme.text.language import DayText, ProgrammeText, RefresherText, RepeatDaysText


def programme_schema() -> dict[str, object]:
    """The JSON Schema of a programme file, for editors."""
    models = (ProgrammeText, DayText, RepeatDaysText, RefresherText)
    _, whole = models_json_schema([(model, "validation") for model in models], by_alias=True)
    plan = dict(plan_schema())
    of_plans: Any = plan.pop("$defs")
    for key in ("$schema", "title"):
        plan.pop(key)
    own = {name: without_nulls(schema) for name, schema in whole["$defs"].items() if name.endswith("Text")}
    definitions: dict[str, Any] = {**of_plans, **own, "PlanText": plan}
    either = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"$ref": "#/$defs/PlanText"}]}
    for name in ("DayText", "RefresherText"):
        definitions[name]["properties"]["plan"] |= either
        definitions[name]["properties"]["plan"].pop("type")
    definitions["Days"] = {
        "type": "array",
        "minItems": 1,
        "items": {
            "if": {"required": ["repeat"]},
            "then": {"$ref": "#/$defs/RepeatDaysText"},
            "else": {"$ref": "#/$defs/DayText"},
        },
    }
    for name in ("ProgrammeText", "RepeatDaysText"):
        definitions[name]["properties"]["days"]["$ref"] = "#/$defs/Days"
    head = definitions.pop("ProgrammeText")
    head["properties"]["refresher"] |= {"$ref": "#/$defs/RefresherText"}
    head["properties"]["plans"]["additionalProperties"] = {"$ref": "#/$defs/PlanText"}
    return {"$schema": DIALECT, "title": "cadencecoach programme", **head, "$defs": definitions}
