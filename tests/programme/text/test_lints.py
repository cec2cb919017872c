"""What a clinician is asked to think about: each warning with its cause, and gone with its reason."""

from each_row import each_row

from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.programme.text.reading import check_programme

STAGE = "name: Run, duration: 20 min, target: +5 %, takes: [minutes, target, help]"
PROBE = "name: Alone, duration: 5 min, target: +5 %, beat: off, feedback: none, takes: [target]"
PLANS = f"""plans:
  run: {{plan: Run, baseline: athlete, stages: [{{{STAGE}}}, {{{PROBE}}}]}}
  bare: {{plan: Bare, baseline: athlete, stages: [{{{STAGE}}}]}}
  self: {{plan: Self, stages: [{{name: M, duration: 5 min, measure: baseline}}, {{{STAGE}}}, {{{PROBE}}}]}}
"""
LONG = "{repeat: 6, days: [{session: L, plan: run, minutes: 24, help: 50 %}, {rest: 1 day}]}"


def warnings(days: str, head: str = "") -> list[tuple[int, str]]:
    """Line and text of every warning, where there is no error."""
    text = f"programme: Weeks\n{head}{PLANS}days:\n" + "".join(f"  - {day}\n" for day in days.splitlines())
    found = check_programme(text.encode(), "weeks.yaml", lambda name: f"no '{name}'")
    assert found.programme is not None, found.text()
    assert all(one.severity is Severity.WARNING for one in found.findings)
    return [(one.line, one.message) for one in found.findings]


CASES = [
    (
        "week",
        (
            "{session: A, plan: run, minutes: 24, target: +5 %}\n{session: B, plan: run, minutes: 26, target: +5 %}\n"
            "{session: C, plan: run, minutes: 26, target: +7.5 %}"
        ),
        "'C' raises the target within a week of the minutes going up; one thing a week",
    ),
    (
        "step",
        "{session: A, plan: run, target: +2.5 %, minutes: 24}\n{session: B, plan: run, target: +7.5 %, minutes: 24}",
        "'B' is +5 % above the week before; a rung of 2.5 % takes one to two weeks",
    ),
    (
        "dose",
        "{session: A, plan: run, minutes: 24}",
        "29 min at a target in all; where results lasted it was 177 to 196",
    ),
    ("fade", "{repeat: 8, days: [{session: A, plan: bare, minutes: 30}]}", "the help never fades"),
    (
        "probe",
        "{repeat: 8, days: [{session: A, plan: bare, minutes: 30, help: 50 %}]}",
        "nothing is measured without help",
    ),
    (
        "probe",
        (
            "{repeat: 6, days: [{session: A, plan: bare, minutes: 30, help: 50 %}, {rest: 1 day}]}\n"
            "{session: B, plan: run, minutes: 25, target: +7.5 %}"
        ),
        "'B' raises the target and no session before has a probe",
    ),
    ("baseline", "{repeat: 8, days: [{session: A, plan: self, minutes: 20}]}", "'A 1 of 8' measures its own baseline"),
]


@each_row(("name", "days", "told"), CASES, ids=[case[0] for case in CASES])
def test_each_warning_has_its_cause_and_its_way_out(name: str, days: str, told: str) -> None:
    """Told at a line of the days or at the title, with the words that set it aside."""
    found = [message for _, message in warnings(days) if told in message]
    assert len(found) >= 1
    assert f"'allow: {{{name}: the reason}}' at the top says why" in found[0]
    assert not [message for _, message in warnings(days, f"allow: {{{name}: tried before}}\n") if told in message]


def test_more_than_four_runs_a_week_is_worth_a_thought() -> None:
    """The clinician may, with a reason."""
    (found,) = warnings(LONG, "limits: {sessions-a-week: 5}\n")
    assert found[1].startswith("5 runs a week; courses had three to four")


@each_row(("target", "warned"), [("+10 %", False), ("+10.5 %", True), ("+20 %", True)])
def test_a_limit_above_10_percent_is_worth_a_thought(target: str, warned: bool) -> None:  # noqa: FBT001
    """At it none; above it the runner's keys may go where no reason was given."""
    found = [message for _, message in warnings(LONG, f"limits: {{target: {target}}}\n")]
    assert [one.startswith(f"the limit on targets is {target}: the runner's keys") for one in found] == [True] * warned
    waived = f"limits: {{target: {target}}}\nallow: {{sum: a study}}\n"
    assert warnings(LONG, waived) == []


def test_a_good_programme_has_no_warning() -> None:
    """Nor has one that only walks and runs, without any target."""
    assert warnings(LONG) == []
    stages = "[{name: Run, duration: 5 min}, {name: Walk, duration: 5 min, target: walk}]"
    walk = f"{{session: A, plan: {{plan: W, stages: {stages}}}}}"
    assert warnings(walk) == []
