"""A programme's values in a plan."""

from each_row import each_row

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.filling import Values, taken_names
from cadencecoach.plan.model import CueAt, CueEvery, Plan, Relative

PLAN = """plan: Run
baseline: athlete
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Run, duration: 9 min, target: +5 %, ramp: 60 s, takes: [minutes, target, help, cue], say: Go.,
     cues: [{every: 2 min, say: Light.}]}
  - {name: Alone, duration: 3 min, target: +5 %, beat: off, feedback: none, takes: [minutes, target]}
"""


def plan_with(values: Values, text: str = PLAN) -> Plan:
    """The plan with values in it."""
    plan = check_plan(text.encode(), "run.yaml", values).plan
    assert plan is not None
    return plan


def test_stages_that_take_minutes_last_as_long_as_is_said_together() -> None:
    """In proportion; the others keep their own."""
    plan = plan_with(Values(duration_s=24 * 60.0))
    assert [stage.duration_s for stage in plan.stages] == [300.0, 18 * 60.0, 6 * 60.0]


def test_target_help_and_cue_replace_the_stages_own() -> None:
    """Only where they are taken; the cues further on stay."""
    plan = plan_with(Values(target=Relative(0.075), help_ratio=0.25, cue="Quicker, lighter steps."))
    assert [stage.target for stage in plan.stages[1:]] == [Relative(0.075), Relative(0.075)]
    assert [stage.help_ratio for stage in plan.stages] == [1.0, 0.25, 0.0]
    assert plan.stages[1].cues == (CueAt(0.0, "Quicker, lighter steps."), CueEvery(120.0, "Light."))
    assert plan.stages[0].cues == ()


def test_a_programmes_help_makes_no_probe_helped() -> None:
    """A stage without beat and feedback stays a probe without help, even where it says it takes some."""
    plan = plan_with(Values(help_ratio=0.5), PLAN.replace("takes: [minutes, target]", "takes: [help]"))
    assert [(stage.help_ratio, stage.is_probe) for stage in plan.stages] == [(1.0, False), (0.5, False), (0.0, True)]


def test_without_values_a_plan_is_what_it_says() -> None:
    """A plan that takes values runs by itself."""
    plan = plan_with(Values())
    assert [stage.duration_s for stage in plan.stages] == [300.0, 540.0, 180.0]
    assert taken_names(plan.stages) == {"minutes", "target", "help", "cue"}


def test_values_are_checked_as_if_they_were_written() -> None:
    """A ramp that no longer fits is told at its own line."""
    found = check_plan(PLAN.encode(), "run.yaml", Values(duration_s=60.0)).findings
    assert [(finding.line, finding.message[:30]) for finding in found] == [
        (5, "the ramp is longer than stage "),
        (6, "this comes after the end of th"),
    ]


@each_row(
    ("line", "told"),
    [
        ("takes: target", "'target' is not a list; write a list of minutes, target, help or cue"),
        ("takes: []", "'takes' is empty"),
        ("takes: [minuts]", "holds 'minuts', which is not known; did you mean minutes?"),
        ("takes: [5]", "holds '5', which is a number"),
        ("takes: [[target]]", "which is a list"),
        ("target: free, takes: [target]", "this takes a target and has none"),
    ],
)
def test_mistakes_in_takes_are_told(line: str, told: str) -> None:
    """Each with what is allowed."""
    target = "" if "target: free" in line else "target: +5 %, "
    text = f"plan: A\nbaseline: athlete\nstages:\n  - {{name: A, duration: 5 min, {target}{line}}}\n"
    (finding,) = check_plan(text.encode(), "a.yaml").findings
    assert told in finding.message
    assert (finding.line, finding.column > 1) == (4, True)


def test_a_stage_until_a_key_takes_no_minutes() -> None:
    """There is nothing to stretch."""
    text = "plan: A\nstages:\n  - {name: A, until: key, takes: [minutes]}\n"
    (finding,) = check_plan(text.encode(), "a.yaml").findings
    assert "waits for a key" in finding.message
