import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no stubs of its own
from yaml import BaseLoader, SafeLoader, load

from cadencecoach.plan import rates, values
from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.schema import plan_schema
from cadencecoach.plan.values import ValueFault

ROOT = Path(__file__).parents[2]
SCHEMA = plan_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
STAGE: dict[str, Any] = {"name": "A", "duration": "5 min"}


def test_the_committed_schema_is_current() -> None:
    """config/plan.schema.json is what `plan schema` prints today."""
    assert json.loads((ROOT / "config" / "plan.schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_the_schema_is_a_schema() -> None:
    """It is valid JSON Schema, and says of every key what it is for."""
    Draft202012Validator.check_schema(SCHEMA)
    definitions: dict[str, Any] = SCHEMA["$defs"]  # type: ignore[assignment]  # the schema is plain JSON
    owners: list[Any] = [SCHEMA, *definitions.values()]
    silent = [
        key for owner in owners for key, told in owner.get("properties", {}).items() if not told.get("description")
    ]
    assert silent == []


@each_row("path", sorted((ROOT / "sessions").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_plans_that_come_with_it_fit_the_schema(path: Path) -> None:
    """An editor has nothing to say about any plan in sessions/."""
    # BaseLoader reads every scalar as text, which is what all of them are here but the count of a repeat.
    data = load(path.read_text(encoding="utf-8"), Loader=BaseLoader)  # noqa: S506  # it builds text only
    for part in data["stages"]:
        if "repeat" in part:
            part["repeat"] = int(part["repeat"])
    assert list(VALIDATOR.iter_errors(data)) == []


@each_row(
    "plan",
    [
        {},
        {"plan": "A"},
        {"plan": "A", "stages": []},
        {"plan": "", "stages": [STAGE]},
        {"plan": "A", "stages": [{"name": "A"}]},
        {"plan": "A", "stages": [{"duration": "5 min"}]},
        {"plan": "A", "stages": [{**STAGE, "until": "key"}]},
        {"plan": "A", "stages": [{**STAGE, "target": 172}]},
        {"plan": "A", "stages": [{**STAGE, "target": None}]},
        {"plan": "A", "stages": [{**STAGE, "targett": "free"}]},
        {"plan": "A", "stages": [{**STAGE, "beat": "onn"}]},
        {"plan": "A", "stages": [{**STAGE, "feedback": {"dwel": "8 s"}}]},
        {"plan": "A", "stages": [{**STAGE, "cues": [{"say": "x"}]}]},
        {"plan": "A", "stages": [{"repeat": 0, "stages": [STAGE]}]},
        {"plan": "A", "stages": [{"repeat": 2}]},
        {"plan": "A", "stages": [{"repeat": 2, "stages": [{"name": "A"}]}]},
        {"plan": "A", "stages": [STAGE], "tolerence": "3 %"},
    ],
    ids=lambda plan: json.dumps(plan)[:60],
)
def test_editor_and_check_agree_on_mistakes(plan: dict[str, Any]) -> None:
    """What the schema refuses the check refuses too, and the other way round."""
    assert list(VALIDATOR.iter_errors(plan))
    assert check_plan(json.dumps(plan).encode(), "plan.yaml").plan is None


def is_read(parse: Callable[[object], object], text: str) -> bool:
    """Whether a parser takes a text."""
    try:
        parse(text)
    except ValueFault as fault:
        # The schema knows how a value is written, not how large it may be.
        return "out of range" in fault.problem or "longer" in fault.problem or "no time" in fault.problem or (
            "low end" in fault.problem or "59 minutes" in fault.problem
        )  # fmt: skip
    return True


@pytest.mark.parametrize(
    ("key", "parse"), [("target", rates.target), ("tolerance", rates.tolerance), ("ramp", values.moment_s)]
)
@given(data=st.data())
def test_the_patterns_of_the_schema_are_those_of_the_parsers(
    data: st.DataObject, key: str, parse: Callable[[object], object]
) -> None:
    """Whatever a pattern matches its parser reads; whatever it does not match the parser refuses."""
    schema: Any = SCHEMA["$defs"]["StageText"]["properties"][key]  # type: ignore[index]  # plain JSON
    plausible = st.text(st.sampled_from("0123456789.:+-% spmhinfreawkblu\u00b1\u2013"), max_size=12)
    text = " ".join(data.draw(st.one_of(st.from_regex(schema["pattern"], fullmatch=True), plausible)).split())
    is_short = len(text) <= values.MAX_VALUE_CHARS
    matches = next(iter(Draft202012Validator(schema).iter_errors(text)), None) is None
    assert matches == is_read(parse, text) or not is_short


def test_words_that_yaml_1_1_would_turn_into_something_else_stay_words() -> None:
    """`off` is a word and `1:30` a duration, where an older reader finds False and 90."""
    text = b"plan: on\nstages:\n  - {name: yes, duration: 1:30, target: 170 spm, beat: off, say: no}\n"
    assert load(text, Loader=SafeLoader)["stages"][0] == {
        "name": True, "duration": 90, "target": "170 spm", "beat": False, "say": False,
    }  # fmt: skip
    plan = check_plan(text, "plan.yaml").plan
    assert plan is not None
    assert (plan.name, plan.stages[0].name, plan.stages[0].duration_s) == ("on", "yes", 90.0)
