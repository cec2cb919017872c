"""The JSON Schema of a room's file, for editors."""

from typing import Any

from pydantic.json_schema import models_json_schema

from cadencecoach.live.room.language import LaneText, RoomText
from cadencecoach.live.room.model import MOST_LANES
from cadencecoach.plan.schema import DIALECT, without_nulls


def room_schema() -> dict[str, object]:
    """The JSON Schema of a room's file."""
    _, whole = models_json_schema([(RoomText, "validation"), (LaneText, "validation")], by_alias=True)
    definitions: dict[str, Any] = {name: without_nulls(schema) for name, schema in whole["$defs"].items()}
    lane = definitions["LaneText"]
    lane["required"] = ["lane", "plan", "sensor", "output"]
    lane["oneOf"] = [{"required": ["athlete"]}, {"required": ["guest"]}]
    head = definitions.pop("RoomText")
    head["required"] = ["room", "lanes"]
    head["properties"]["lanes"] |= {"minItems": 1, "maxItems": MOST_LANES, "items": {"$ref": "#/$defs/LaneText"}}
    return {"$schema": DIALECT, "title": "cadencecoach room", **head, "$defs": definitions}
