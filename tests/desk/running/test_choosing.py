from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cli.main import main
from cadencecoach.desk.running.choosing import choose_plan
from cadencecoach.errors import UsageError
from cadencecoach.store.machine import NO_MACHINE


def test_a_session_has_the_values_of_its_day() -> None:
    """Minutes, help, words and the clinician's limit are in it; the journal's header says which it is."""
    one = choose_plan(NO_MACHINE, "clinic8", "6", 164.0)
    run = one.plan.stages[1]
    assert run.help_ratio == 0.5
    assert one.plan.stages[1].duration_s == pytest.approx(26 * 60 * 12 / 15)
    assert one.plan.limits.target_ratio == pytest.approx(0.075)
    assert one.plan.limits.baseline_spm == 164.0
    assert one.header["programme"]["item"] == 5  # type: ignore[index]


def test_a_plan_is_chosen_by_itself() -> None:
    """Without a session it is a plan, and its header says nothing of a programme."""
    one = choose_plan(NO_MACHINE, "faded", None, None)
    assert one.plan.name.startswith("Faded")
    assert one.header == {}


def test_the_refresher_is_a_session_too() -> None:
    """By its name."""
    assert choose_plan(NO_MACHINE, "clinic8", "refresher", None).plan.name == "Refresher"


@each_row(
    ("name", "session", "said"),
    [
        ("clinic8", None, "clinic8 is a programme of 9 runs; choose one with --session 1 to 9"),
        ("clinic8", "0", "has 1 to 9, and refresher"),
        ("clinic8", "10", "has 1 to 9, and refresher"),
        ("clinic8", "x\x1b", "has 1 to 9, and refresher"),
        ("faded", "1", "faded is a plan, one session"),
        ("nowhere", None, "no plan called nowhere"),
        ("nowhere", "1", "no programme called nowhere"),
    ],
)
def test_what_cannot_be_chosen_is_one_line(name: str, session: str | None, said: str) -> None:
    """What it is instead, and what to write."""
    with pytest.raises(UsageError) as error:
        choose_plan(NO_MACHINE, name, session, None)
    assert said in str(error.value)
    assert str(error.value).isprintable()


def test_a_programme_is_told_from_a_plan_by_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a file of any name; `plan check` says which command is meant."""
    path = tmp_path / "weeks.txt"
    path.write_text(
        "plans:\n  a:\n    plan: A\n    stages: [{name: A, duration: 5 min}]\n"
        "programme: P\ndays: [{session: One, plan: a}]\n",
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="is a programme of 1 runs"):
        choose_plan(NO_MACHINE, str(path), None, None)
    assert choose_plan(NO_MACHINE, str(path), "1", None).plan.name == "A"
    assert main(["plan", "check", str(path)]) == 2
    assert "cadencecoach programme check" in capsys.readouterr().err
