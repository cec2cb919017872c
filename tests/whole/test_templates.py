"""What comes with the program: sound, sourced, and run through by the simulated runner."""

import json
import re
from functools import partial
from pathlib import Path

import pytest
from each_row import each_row
from golden import LONG
from sampling import slow_but

from cadencecoach.cli.main import main
from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.store.plan_files import packed_plans
from cadencecoach.store.programme_files import check_programme_file, open_programme, packed_programmes

PLANS, PROGRAMMES = packed_plans(), packed_programmes()
DURATION = re.compile(r"\bduration: ([\d.]+) (s|min)\b")
REHEARSED_HERE = [name for name in PLANS if name not in {session.name for session in LONG}]
PART, PARTS = 6, {"field6wk": 3}  # of a stage's time, in short; a cue of this one comes after six minutes
WHOLE_BELOW_S = {"field6wk": 300.0}  # a part of its stage without help is too little to be measured


def test_the_templates_are_all_there() -> None:
    """The five schedules of the studies and three tables of a return to running."""
    assert {"rampblocks", "refresher"} <= set(PLANS)
    assert {"clinic8", "field6wk", "music4wk", "return6", "mtss6", "runwalk12wk"} <= set(PROGRAMMES)


@each_row("name", PLANS)
def test_every_plan_passes_the_check(name: str) -> None:
    """No error, no warning, no advice."""
    checked = check_plan(PLANS[name].read_bytes(), name)
    assert (checked.findings, checked.advice) == ((), ())


@each_row("name", PROGRAMMES)
def test_every_programme_passes_the_check(name: str) -> None:
    """No finding, neither in it nor in the plans it names."""
    _, checked = check_programme_file(PROGRAMMES[name])
    assert checked.all_findings == ()


@each_row("path", [*PLANS.values(), *PROGRAMMES.values()], ids=lambda path: path.stem)
def test_every_one_begins_with_its_schema_and_its_source(path: Path) -> None:
    """The first line is for editors, the next ones say where the numbers come from or that they are our own."""
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    kind = "programme" if path in PROGRAMMES.values() else "plan"
    assert first.endswith(f"config/{kind}.schema.json")
    assert (path.parent / first.partition("$schema=")[2]).resolve().is_file()
    comment = " ".join(line for line in rest[: rest.index(next(line for line in rest if not line.startswith("#")))])
    assert len(comment) > 100
    assert "prevent" not in comment.lower()


@pytest.mark.parametrize("name", slow_but(REHEARSED_HERE, "demo"))
def test_every_plan_can_be_rehearsed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From its first stage to its last, with the simulated runner; the others in tests/test_golden_journals.py."""
    baseline = [] if "baseline: measured" in PLANS[name].read_text(encoding="utf-8") else ["--baseline", "164"]
    assert main(["rehearse", name, *baseline, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["plan"]


@pytest.mark.parametrize("name", slow_but(PROGRAMMES))
def test_every_session_of_a_programme_can_be_rehearsed(
    name: str, capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config
) -> None:
    """Any of them can be heard before it is prescribed.

    In short of one programme the first, of the next one that in the middle, of the third one the last; with `--long`
    all three of each.
    """
    _, programme = open_programme(PROGRAMMES[name])
    n_runs = len(programme.sessions)
    numbers = [1, (n_runs + 1) // 2, n_runs]
    mine = [*PROGRAMMES].index(name) % len(numbers)
    for number in numbers if pytestconfig.getoption("long") else numbers[mine : mine + 1]:
        assert main(["rehearse", name, "--session", str(number), "--baseline", "164", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["plan"] == programme.sessions[number - 1].plan.name


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", [name for name in PROGRAMMES if name != "clinic8"])
def test_every_programme_can_be_finished(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], pytestconfig: pytest.Config
) -> None:
    """By a runner without pain, who learns: the rules let it come to its end.

    In short stages last a sixth of their time (in field6wk a third), with `--long` all of it. The way through clinic8
    is claimed step by step in tests/desk/programmes/test_rehearsing.py.
    """
    is_long = pytestconfig.getoption("long")
    text = PROGRAMMES[name].read_text(encoding="utf-8")
    short = tmp_path / f"{name}.yaml"
    short.write_text(text if is_long else DURATION.sub(partial(shortened, name), text), "utf-8")
    assert main(["programme", "rehearse", str(short), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["steps"][-1]["verdict"] == "finished"


def shortened(name: str, told: re.Match[str]) -> str:
    """A part of a duration, unless that is too short for it."""
    duration_s = float(told[1]) * (60 if told[2] == "min" else 1)
    return f"duration: {duration_s / (1 if duration_s < WHOLE_BELOW_S.get(name, 0.0) else PARTS.get(name, PART)):g} s"


@pytest.mark.slow
def test_what_comes_with_the_program_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Names to call them by, titles, lengths; the same for machines."""
    for group, known in (("plan", PLANS), ("programme", PROGRAMMES)):
        assert main([group, "list"]) == 0
        table = capsys.readouterr().out
        assert all(f" {name} " in table for name in known)
        assert main([group, "list", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [one["name"] for one in told] == list(known)
        assert all(one["title"] for one in told)
