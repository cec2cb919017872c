"""The schema of a programme, held to the check."""

import json
from pathlib import Path
from typing import Any

from each_row import each_row
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no stubs of its own
from yaml import BaseLoader, load

from cadencecoach.programme.text.reading import check_programme
from cadencecoach.programme.text.schema import programme_schema

ROOT = Path(__file__).parents[3]
SCHEMA = programme_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
PLAN: dict[str, Any] = {"plan": "P", "stages": [{"name": "A", "duration": "5 min"}]}
DAY: dict[str, Any] = {"session": "S", "plan": PLAN}


def test_the_committed_schema_is_current() -> None:
    """config/programme.schema.json is what `programme schema` prints today."""
    assert json.loads((ROOT / "config" / "programme.schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_the_schema_is_a_schema() -> None:
    """It is valid JSON Schema, and says of every key what it is for."""
    Draft202012Validator.check_schema(SCHEMA)
    definitions: dict[str, Any] = SCHEMA["$defs"]  # type: ignore[assignment]  # the schema is plain JSON
    owners: list[Any] = [SCHEMA, *definitions.values()]
    silent = [
        key for owner in owners for key, told in owner.get("properties", {}).items() if not told.get("description")
    ]
    assert silent == []


@each_row("path", sorted((ROOT / "sessions" / "programmes").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_programmes_that_come_with_it_fit_the_schema(path: Path) -> None:
    """An editor has nothing to say about any programme in sessions/programmes/."""
    data = load(path.read_text(encoding="utf-8"), Loader=BaseLoader)  # noqa: S506  # it builds text only
    assert list(VALIDATOR.iter_errors(numbered(data))) == []


NUMBERS = {
    *("repeat", "sets", "repetitions", "sessions-a-week", "minutes"),
    *("clean-pain", "sore-from", "clean-sessions", "probe-sessions", "level-ups"),
}


def numbered(value: Any, key: str = "") -> Any:  # noqa: ANN401  # any YAML value
    """The loader reads every scalar as text; those that are numbers to the language are made numbers again."""
    match value:
        case dict():
            return {name: numbered(inner, name) for name, inner in value.items()}
        case list():
            return [numbered(inner, key) for inner in value]
        case _:
            return int(value) if key in NUMBERS and value.isdigit() else value


@each_row(
    "programme",
    [
        {},
        {"programme": "A"},
        {"programme": "A", "days": []},
        {"programme": "A", "days": [{"rest": "1 day", "plan": PLAN}]},
        {"programme": "A", "days": [{"rest": 1}, DAY]},
        {"programme": "A", "days": [{"session": "S"}]},
        {"programme": "A", "days": [{"plan": PLAN}]},
        {"programme": "A", "days": [{**DAY, "reassessment": "R"}]},
        {"programme": "A", "days": [{**DAY, "target": "172 spm"}]},
        {"programme": "A", "days": [{**DAY, "minutes": 0}]},
        {"programme": "A", "days": [{**DAY, "help": "150"}]},
        {"programme": "A", "days": [{**DAY, "sesion": "x"}]},
        {"programme": "A", "days": [{**DAY, "exercises": [{"sets": 3}]}]},
        {"programme": "A", "days": [{**DAY, "exercises": [{"name": "x", "kind": "yoga"}]}]},
        {"programme": "A", "days": [{"repeat": 0, "days": [DAY]}]},
        {"programme": "A", "days": [{"repeat": 2}]},
        {"programme": "A", "days": [DAY], "works-on": "everything"},
        {"programme": "A", "days": [DAY], "treats": "elbow"},
        {"programme": "A", "days": [DAY], "limits": {"target": "7.5 %"}},
        {"programme": "A", "days": [DAY], "rules": {"probe": 70}},
        {"programme": "A", "days": [DAY], "refresher": {"minutes": 10}},
        {"programme": "A", "days": [{**DAY, "plan": {"plan": "P"}}]},
        {"programme": "A", "days": [DAY], "plans": {"x": {"plan": "P", "stages": [{"name": "A"}]}}},
    ],
    ids=lambda value: json.dumps(value)[-60:],
)
def test_editor_and_check_agree_on_mistakes(programme: dict[str, Any]) -> None:
    """What the schema refuses the check refuses too."""
    assert list(VALIDATOR.iter_errors(programme))
    found = check_programme(json.dumps(programme).encode(), "weeks.yaml", lambda name: f"no '{name}'")
    assert found.programme is None


def test_editor_and_check_agree_on_a_good_one() -> None:
    """As JSON, which is YAML too."""
    programme = {
        "programme": "A",
        "works-on": "cadence",
        "treats": "tendon",
        "limits": {"target": "+7.5 %", "minutes": 40, "sessions-a-week": 3},
        "rules": {"probe": "off", "clean-sessions": 2, "missed": "1 week"},
        "plans": {"p": PLAN},
        "refresher": {"plan": "p"},
        "days": [{"session": "S", "plan": "p"}, {"rest": "2 days", "exercises": [{"name": "x", "sets": 3}]}],
        "allow": {"dose": "short on purpose"},
    }
    assert list(VALIDATOR.iter_errors(programme)) == []
    found = check_programme(json.dumps(programme).encode(), "weeks.yaml", lambda name: f"no '{name}'")
    assert found.programme is not None
