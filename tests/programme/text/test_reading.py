"""Programme files: what they come to, and every mistake at once. `¦` stands before each place of a finding."""

import re
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.plan.syntax.findings import errors_in
from cadencecoach.programme.model import Kind, Programme, Treats
from cadencecoach.programme.text.plans import PlanFile
from cadencecoach.programme.text.reading import CheckedProgramme, check_programme

ROOT = Path(__file__).parents[3]
MARK = "¦"
PLAN = """plan: Run
baseline: athlete
stages:
  - {name: Warm-up, duration: 5 min, target: free}
  - {name: Run, duration: 15 min, target: +5 %, takes: [minutes, target, help, cue]}
  - {name: Alone, duration: 3 min, target: +5 %, beat: off, feedback: none, takes: [target]}
"""
FILES = {"run": PLAN, "wrong": PLAN.replace("+5 %", "5 %", 1), "plain": re.sub(r", takes: \[[a-z, ]*\]", "", PLAN)}
WAIVED = "allow: {dose: a test, fade: a test}\n"


def find(name: str) -> PlanFile | str:
    """The plans of these tests."""
    return PlanFile(FILES[name].encode(), f"{name}.yaml") if name in FILES else f"there is no plan '{name}'"


def checked(text: str) -> CheckedProgramme:
    """What the check makes of a text."""
    return check_programme(text.encode(), "weeks.yaml", find)


def good(text: str) -> Programme:
    """The programme in a text without errors."""
    found = checked(text)
    assert found.programme is not None, found.text()
    return found.programme


def weeks(*days: str, head: str = "") -> str:
    """A programme of these days."""
    lines = "".join(f"  - {one}\n" for one in days)
    return f"programme: Weeks\n{WAIVED}{head}days:\n{lines}"


def test_sessions_come_with_their_values_rest_and_exercises() -> None:
    """One plan, three sessions, and what stands between them."""
    text = weeks(
        "{session: A, plan: run, minutes: 15, target: +5 %, help: 100 %}",
        "{rest: 2 days, exercises: [{name: Calf raises, part: calf, sets: 3, repetitions: 15, rest: 60 s}]}",
        "{session: B, plan: run, minutes: 17 min, target: +5 %, help: 75 %}",
        "{reassessment: C, plan: run}",
        head="works-on: landing\ntreats: knee\nlimits: {target: +7.5 %, minutes: 40, sessions-a-week: 3}\n",
    )
    on = good(text)
    assert [(one.name, one.kind, one.run_s / 60, one.target_ratio) for one in on.sessions] == [
        ("A", Kind.SESSION, 23.0, 0.05),
        ("B", Kind.SESSION, 25.0, 0.05),
        ("C", Kind.REASSESSMENT, 23.0, 0.05),
    ]
    assert [one.rest_days for one in on.sessions] == [2, 0, 0]
    assert [one.name for one in on.sessions[0].exercises] == ["Calf raises"]
    assert on.sessions[1].plan.stages[1].help_ratio == 0.75
    assert on.sessions[0].plan.stages[1].cues[0].say == "Land softly."
    assert on.sessions[0].plan.limits.target_ratio == 0.075
    assert (on.treats, on.works_on, on.limits.sessions_a_week) == (Treats.KNEE, "landing", 3)
    assert all(one.has_probe for one in on.sessions)


def test_repeats_are_written_out_with_numbers() -> None:
    """Days in repeats, and plans in the text."""
    text = weeks(
        "{repeat: 3, days: [{session: Run, plan: mine}, {rest: 1 day}]}", head=f"plans:\n  mine:\n{indented(PLAN)}"
    )
    assert [one.name for one in good(text).sessions] == ["Run 1 of 3", "Run 2 of 3", "Run 3 of 3"]


def test_a_plan_may_stand_in_its_day() -> None:
    """Written out below `plan:`; the programme's cue goes where it is taken."""
    text = f"programme: Weeks\n{WAIVED}days:\n  - session: A\n    plan:\n{indented(PLAN, 6)}"
    assert good(text).sessions[0].plan.name == "Run"


def test_rest_before_the_first_session_is_kept() -> None:
    """Weeks of exercises alone may come first."""
    on = good(weeks("{rest: 4 weeks, exercises: [{name: Calf raises}]}", "{session: A, plan: run}"))
    assert (on.lead_days, [one.name for one in on.lead_exercises]) == (28, ["Calf raises"])


def test_the_hash_is_that_of_the_text() -> None:
    """So that a record says which text was prescribed."""
    one, other = good(weeks("{session: A, plan: run}")), good(weeks("{session: B, plan: run}"))
    assert one.sha256 != other.sha256
    assert one.sessions[0].plan.stages == other.sessions[0].plan.stages


EVERYTHING = """¦programm: Weeks
works-on: ¦cadense
treats: ¦elbow
limits: {target: ¦7.5 %, minutes: ¦none, ¦session: 3}
rules: {probe: ¦70, level-ups: ¦9}
plans:
  mine:
    plan: Mine
    baseline: athlete
    stages:
      - {name: Run, duration: ¦10, target: ¦5 %}
days:
  - {session: A, plan: ¦nowhere, minutes: ¦-3, target: +5 %}
  - {session: B, plan: run, help: ¦50}
  - ¦{session: C, minutes: 20}
  - {rest: ¦1}
  - {rest: 1 day, ¦plan: run}
  - {session: D, ¦reassessment: E, plan: run}
  - {session: F, plan: plain, ¦minutes: 20}
  - {session: G, plan: ¦wrong}
  - {session: H, plan: run, target: ¦172 spm}
  - {session: I, plan: run, exercises: [¦{sets: 3}, {name: x, kind: ¦streching}]}
  - ¦{plan: run}
  - ¦just words
  - ¦{repeat: 2}
  - {session: J, plan: run, ¦wieght: 3}
"""


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    """Line and column of two dozen, those inside a plan of the text and of a file included."""
    places, text = unmarked(EVERYTHING)
    found = checked(text)
    assert found.programme is None
    assert {(finding.line, finding.column) for finding in errors_in(found.findings)} == set(places)
    in_files = [(one.source, finding.line, finding.column) for one in found.plans for finding in one.findings]
    assert in_files == [("wrong.yaml", 5, 43)]


@each_row(
    ("day", "told"),
    [
        ("{session: A, plan: ¦nowhere}", "there is no plan 'nowhere'"),
        ("{session: A, plan: run, minutes: ¦0}", "is out of range; write minutes, 17 or '17 min'"),
        ("{session: A, plan: run, minutes: ¦soon}", "is not a duration"),
        ("{session: A, plan: run, target: ¦172 spm}", "does not count from the baseline; write baseline or '+5 %'"),
        ("{session: A, plan: run, target: ¦5 %}", "has no sign"),
        ("{session: A, plan: run, target: ¦+12 %}", "with the values"),
        ("{session: A, plan: plain, ¦target: +5 %}", "no stage of plan 'Run' takes target; write 'takes: [target]'"),
        ("{session: A, plan: ¦[run]}", "this is not a plan; write its name"),
        ("{rest: ¦two days}", "is not a number of days"),
        ("{rest: ¦400 days}", "is out of range"),
        ("{¦sesion: A, plan: run}", "did you mean 'session'?"),
        ("{session: A, plan: run, ¦reps: 3}", "'reps' is written 'repetitions', on an entry of 'exercises'"),
        ("{session: A, plan: run, ¦tolerance: 3 %}", "belongs in a plan"),
        ("{session: A, plan: run, ¦stages: []}", "belongs in a plan"),
        ("{session: A, plan: run, exercises: ¦Calf raises}", "is not a list"),
        ("{session: A, plan: run, exercises: [{name: x}, ¦{name: x}]}", "'x' is listed twice on this day"),
    ],
)
def test_mistakes_of_a_day_say_what_is_allowed(day: str, told: str) -> None:
    """Each at its place."""
    places, text = unmarked(weeks(day, "{session: Z, plan: run}"))
    found = checked(text)
    messages = [one.message for one in errors_in(found.findings) if (one.line, one.column) in places]
    if "with the values" in told:
        messages = [one.message for one in errors_in(found.findings)]
    assert any(told in message for message in messages), found.text()


@each_row(
    ("text", "told"),
    [
        ("", "there is nothing in the file"),
        ("just words", "this is not a programme"),
        (PLAN, "this is a plan, one session; a programme names plans"),
        ("programme: A\n", "the programme has no days"),
        ("days: []\n", "the programme has no title"),
        ("programme: A\ndays: []\n", "the list of days is empty"),
        ("programme: A\ndays:\n  - {rest: 1 day}\n", "no day is a session"),
        ("programme: A\ncue: Go.\ndays:\n  - {session: A, plan: run}\n", "a cue without what it is for"),
        ("programme: A\nplans: [1]\ndays:\n  - {session: A, plan: run}\n", "'plans' is not a set of plans"),
        ("programme: A\nrefresher: run\ndays:\n  - {session: A, plan: run}\n", "'refresher' is not a set of keys"),
        ("programme: A\nrefresher: {minutes: 5}\ndays:\n  - {session: A, plan: run}\n", "the refresher has no plan"),
        ("programme: A\ndays:\n" + "  - {session: A, plan: run}\n" * 201, "more than 200 sessions"),
        ("programme: A\ndays: [{repeat: 150, days: [{repeat: 150, days: [{rest: 1 day}]}]}]\n", "more than 200"),
        ("programme: A\ndays: [{repeat: 200, days: [{repeat: 200, days: []}]}]\n", "the list of days is empty"),
        ("programme: A\ndays: &x\n  - *x\n", "'&'"),
        ("\x00", "NUL"),
    ],
)
def test_a_file_that_is_no_programme_is_told_in_a_line(text: str, told: str) -> None:
    """And never in a traceback."""
    found = checked(text)
    assert found.programme is None
    assert told in found.text()


@pytest.mark.slow
def test_a_text_that_would_take_minutes_to_read_is_refused() -> None:
    """Two hundred sessions of a thousand stages: told in a line, after the first ten thousand."""
    stages = "".join(f"      - {{name: A{n}, duration: 1 min, takes: [minutes]}}\n" for n in range(1000))
    days = [f"{{session: S{n}, plan: long, minutes: {1000 + n}}}" for n in range(200)]
    (finding,) = checked(weeks(*days, head=f"plans:\n  long:\n    plan: L\n    stages:\n{stages}")).findings
    assert "more than 10000 stages in all" in finding.message


def test_nor_may_plans_that_no_day_names_take_minutes() -> None:
    """Each is read all the same: so many stages of them are refused as those of sessions are."""
    long = "{plan: L, stages: [{repeat: 999, stages: [{name: A, duration: 1 min}]}]}"
    plans = "".join(f"  p{n}: {long}\n" for n in range(50))
    found = checked(weeks("{session: S, plan: p0}", head=f"plans:\n{plans}"))
    assert found.programme is None
    assert "the plans come to more than 10000 stages in all" in found.text()


LIMITED = "limits: {target: +5 %, minutes: 25}\n"
IN_SPM = LIMITED + "plans: {spm: {plan: S, stages: [{name: A, duration: 5 min, target: 172 spm}]}}\n"
OPEN = LIMITED + "plans: {open: {plan: O, stages: [{name: A, until: key}]}}\n"


@each_row(
    ("day", "head", "told"),
    [
        ("{session: A, plan: run, target: ¦+7.5 %}", LIMITED, "'A' asks for +7.5 %; the limit is +5 %"),
        ("{session: A, plan: run, minutes: ¦20}", LIMITED, "'A' lasts 28 min, warm-up and all; the limit is 25 min"),
        ("{session: A, plan: ¦spm}", IN_SPM, "steps a minute"),
        ("{session: A, plan: ¦open}", OPEN, "waits for a key, so it has no length"),
    ],
)
def test_what_passes_a_limit_is_an_error(day: str, head: str, told: str) -> None:
    """Nothing a programme prescribes passes what its clinician allows."""
    places, text = unmarked(weeks(day, head=head))
    ((finding,), (place,)) = errors_in(checked(text).findings), places
    assert told in finding.message
    assert (finding.line, finding.column) == place


def test_target_and_minutes_never_go_up_at_once() -> None:
    """An error, and no `allow` for it."""
    first, second = (
        "{session: A, plan: run, minutes: 15, target: +5 %}",
        "{¦session: B, plan: run, minutes: 17, target: +7.5 %}",
    )
    ((line, column),), text = unmarked(weeks(first, second))
    (finding,) = errors_in(checked(text).findings)
    assert finding.message.startswith("'B' raises the target and the minutes at once")
    assert (finding.line, finding.column) == (line, column)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(EVERYTHING.replace(MARK, "").splitlines()), max_size=25).map("\n".join)
)
def test_no_text_makes_the_check_raise(text: str) -> None:
    """Whatever is in the file, there is a programme or a finding."""
    found = checked(text)
    assert (found.programme is None) == bool(errors_in(found.all_findings))


def test_the_example_of_the_docs_has_no_findings() -> None:
    """Who copies it from docs/programme-file.md has a programme."""
    text = (ROOT / "docs" / "programme-file.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert checked(text).all_findings == ()


@each_row("path", sorted((ROOT / "sessions" / "programmes").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_programmes_that_come_with_it_have_no_findings(path: Path) -> None:
    """Not even a warning."""

    def packed(name: str) -> PlanFile | str:
        file = ROOT / "sessions" / f"{name}.yaml"
        return PlanFile(file.read_bytes(), str(file)) if file.is_file() else "there is none"

    assert check_programme(path.read_bytes(), str(path), packed).all_findings == ()


def indented(text: str, columns: int = 4) -> str:
    """A plan as it stands below a key."""
    return "".join(f"{' ' * columns}{line}\n" for line in text.splitlines())


def unmarked(text: str) -> tuple[list[tuple[int, int]], str]:
    """The marked places, and the text without the marks."""
    places = []
    for number, line in enumerate(text.splitlines(), start=1):
        before = 0
        for part in line.split(MARK)[:-1]:
            before += len(part)
            places.append((number, before + 1))
    return places, text.replace(MARK, "")
