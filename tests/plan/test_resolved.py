import json
from dataclasses import replace

import pytest
from each_row import each_row

from cadencecoach.errors import PlanError
from cadencecoach.plan.model import Limits
from cadencecoach.plan.resolved import json_of_plan, plan_of_json
from cadencecoach.store.plan_files import open_plan, packed_plans

PLANS = {name: open_plan(path) for name, path in packed_plans().items()}


@each_row("name", PLANS)
def test_a_plan_comes_back_as_it_was(name: str) -> None:
    """Through JSON, every number and every limit of it."""
    plan = replace(PLANS[name], limits=Limits(target_ratio=0.05, baseline_spm=163.2, most_spm=171.3))
    assert plan_of_json(json.loads(json.dumps(json_of_plan(plan)))) == plan


def test_feedback_that_stages_share_is_written_once() -> None:
    """A thousand stages fit into one line of a journal."""
    plan = PLANS["plus-5-percent"]
    long = replace(plan, stages=plan.stages * 200)
    assert len(json.dumps(json_of_plan(long))) < 1_000_000


@each_row(
    "broken",
    [
        None,
        [],
        {},
        {"plan": {}, "feedback": []},
        {"plan": {"kind": "Plan"}, "feedback": []},
        {"plan": {"kind": "os", "stages": []}, "feedback": []},
        {"plan": {"kind": "Free", "stages": []}, "feedback": []},
    ],
)
def test_what_is_no_plan_is_refused_in_a_sentence(broken: object) -> None:
    """Whatever stands there: nothing but values of a plan is made of it."""
    with pytest.raises(PlanError, match="cannot be read by this version"):
        plan_of_json(broken)


@each_row("name", ["duration_s", "gate_on_s"])
def test_a_stage_that_lacks_a_value_is_refused(name: str) -> None:
    """No default of today stands in for what was prescribed then."""
    written = json.loads(json.dumps(json_of_plan(PLANS["demo"])))
    del written["plan"]["stages"][0][name]
    with pytest.raises(PlanError):
        plan_of_json(written)
