import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row

from cadencecoach.devices.assets import asset
from cadencecoach.errors import CadencecoachError, JournalError, PlanError, UsageError
from cadencecoach.gait.unit import Unit
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.opening.sources import check_baseline, open_feet
from cadencecoach.plan.model import AthleteBaseline, Baseline, FixedBaseline, MeasuredBaseline, Relative
from cadencecoach.session.feet import JournalledFeet, NoFeet, RecordedFeet, SimulatedFeet
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.plan_files import find_plan, open_plan

PLAN = plan_of(AT_170)
RELATIVE = replace(STAGE, target=Relative(0.05))
PACKED = sorted(path.stem for path in asset("sessions").glob("*.yaml"))


def opened(text: str, unit: str = "auto") -> OpenedFeet:
    """The source named by some words."""
    return open_feet(NO_MACHINE, text, plan=PLAN, seed=1, unit=unit)


def csv(folder: Path, values: str) -> str:
    """A recorded run, as words for `--feet`."""
    path = folder / "run.csv"
    rows = [f"{second},{values}" for second in range(60)]
    path.write_text("t_s,cadence_spm,speed_mps\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return f"replay:{path}"


def journal(folder: Path, **header: Any) -> str:  # noqa: ANN401  # whatever a header may hold
    """A journal, as words for `--feet`."""
    path = folder / "run.jsonl"
    first = {"journal": 1, "plan": {"name": "x"}, **header}
    path.write_text(json.dumps(first) + '\n{"t":1.0,"what":"reading","cadence_spm":164.0}\n', encoding="utf-8")
    return f"replay:{path}"


@each_row("name", PACKED)
def test_every_plan_that_comes_with_the_program_is_found_by_its_name_and_loads(name: str) -> None:
    """Wherever the program is started."""
    assert find_plan(NO_MACHINE, name) == asset("sessions", f"{name}.yaml")
    assert open_plan(find_plan(NO_MACHINE, name)).stages


def test_a_file_of_that_name_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in front of the person is what the person means."""
    monkeypatch.chdir(tmp_path)
    Path("demo").write_text("plan: Mine\n", encoding="utf-8")
    assert find_plan(NO_MACHINE, "demo") == Path("demo")


@pytest.mark.parametrize("name", ["demo.yaml", "./demo", "nowhere.yaml", "../sessions/demo", "a\0b", "x" * 3000])
def test_anything_else_is_taken_as_a_path(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names nobody has are left to whoever opens the file to complain about, however odd."""
    monkeypatch.chdir(tmp_path)
    assert find_plan(NO_MACHINE, name) == Path(name)
    with pytest.raises(UsageError):
        open_plan(find_plan(NO_MACHINE, name))


@each_row("name", ["", "nowhere", "demmo"])
def test_a_bare_name_nobody_has_is_answered_with_the_names_there_are(name: str) -> None:
    """It was meant for one of ours; no name at all is not the folder we stand in."""
    with pytest.raises(UsageError, match=f"one of {', '.join(PACKED)}"):
        find_plan(NO_MACHINE, name)


def test_a_plan_with_mistakes_is_not_opened(tmp_path: Path) -> None:
    """The message names the file and the line."""
    path = tmp_path / "bad.yaml"
    path.write_text("plan: Bad\nstages: none\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"bad\.yaml:2:"):
        open_plan(path)


def test_no_sensor_is_a_source_without_readings() -> None:
    """So that a plan that measures can be refused before the start."""
    source = opened("none")
    assert type(source.feet) is NoFeet
    assert (source.label, source.has_readings) == ("none", False)


@each_row("text", ["sim", "sim:spm=160,noise=2"])
def test_a_simulated_runner_keeps_its_settings_in_the_label(text: str) -> None:
    """The journal's header says what was simulated; its pod is known to count strides."""
    source = opened(text)
    assert isinstance(source.feet, SimulatedFeet)
    assert (source.label, source.vote.unit, source.has_readings) == (text, Unit.STRIDES, True)


def test_the_unit_that_was_given_wins_over_what_is_known() -> None:
    """Whoever says steps gets steps, also of the simulated pod."""
    assert opened("sim", unit="steps").vote.unit is Unit.STEPS


@each_row("text", ["none:x", "bluetooth", "replay", "replay:", "", "sim:spm", "sim:spm=9", "sim:a=1", "simulated"])
def test_what_is_no_source_is_one_line_with_what_is_allowed(text: str) -> None:
    """Misspelt kinds, missing files, settings the runner does not have."""
    with pytest.raises(UsageError) as caught:
        opened(text)
    assert "\n" not in str(caught.value)
    assert any(words in str(caught.value) for words in ("allowed", "write"))


@pytest.mark.parametrize(
    ("values", "unit", "cadence_spm", "says"),
    [
        ("164,3.0", "auto", 164.0, Unit.STEPS),
        ("82,3.0", "auto", 164.0, Unit.STRIDES),
        ("164,3.0", "strides", 328.0, Unit.STRIDES),
        ("82,3.0", "steps", 82.0, Unit.STEPS),
    ],
)
def test_a_recorded_run_is_read_in_its_unit_or_the_one_given(
    tmp_path: Path, values: str, unit: str, cadence_spm: float, says: Unit
) -> None:
    """Decided over the whole file, shown on the screen, and overruled by the person."""
    source = opened(csv(tmp_path, values), unit=unit)
    assert isinstance(source.feet, RecordedFeet)
    assert source.unit is says
    assert source.feet._next is not None
    assert source.feet._next.cadence_spm == cadence_spm


def test_a_label_names_no_folder(tmp_path: Path) -> None:
    """A journal is shown to others; where a file lay is nobody's business."""
    assert opened(csv(tmp_path, "164,3.0")).label == "replay:run.csv"
    assert opened(journal(tmp_path)).label == "replay:run.jsonl"


@pytest.mark.parametrize(
    ("header", "unit", "kept"),
    [
        ({"unit": "strides"}, "auto", Unit.STRIDES),
        ({"unit": "steps"}, "auto", Unit.STEPS),
        ({"unit": "strides"}, "steps", Unit.STEPS),
        ({"unit": "auto"}, "auto", None),
        ({"unit": "miles"}, "auto", None),
        ({"unit": 3}, "auto", None),
        ({}, "auto", None),
        ({}, "strides", Unit.STRIDES),
    ],
)
def test_a_journal_is_read_in_the_unit_it_was_written_in(
    tmp_path: Path, header: dict[str, object], unit: str, kept: Unit | None
) -> None:
    """Its header says what the pod counted; the person may know better; what nobody knows is voted on again."""
    source = opened(journal(tmp_path, **header), unit=unit)
    assert isinstance(source.feet, JournalledFeet)
    assert source.vote.unit is kept


def test_a_torn_journal_is_played_with_a_note(tmp_path: Path) -> None:
    """The session was killed; what is there is used, and the person told."""
    text = journal(tmp_path)
    with Path(text.removeprefix("replay:")).open("a", encoding="utf-8") as file:
        file.write('{"t":2.0,"wha')
    assert "torn" in opened(text).notes[0]


def test_a_file_that_is_neither_names_both_kinds(tmp_path: Path) -> None:
    """Whoever misnamed a recording learns which endings there are."""
    path = tmp_path / "run.kml"
    path.write_text("<kml/>", encoding="utf-8")
    with pytest.raises(JournalError, match=r"run\.kml.*\.fit, \.tcx, \.csv, \.gpx"):
        opened(f"replay:{path}")


@pytest.mark.parametrize("name", ["a.fit", "a.tcx", "a.csv", "a.jsonl", "x" * 3000 + ".csv", "x" * 3000])
def test_a_recording_that_is_not_there_is_one_line(tmp_path: Path, name: str) -> None:
    """Of every kind."""
    with pytest.raises(CadencecoachError) as caught:
        opened(f"replay:{tmp_path / name}")
    assert "\n" not in str(caught.value)


@each_row(
    ("baseline", "given_spm", "has_readings"),
    [
        (MeasuredBaseline(), None, True),
        (MeasuredBaseline(), 164.0, False),
        (AthleteBaseline(), 164.0, False),
        (FixedBaseline(164.0), None, False),
        (FixedBaseline(164.0), 240.0, False),
    ],
)
def test_a_baseline_that_will_be_known_is_enough(
    baseline: Baseline,
    given_spm: float | None,
    has_readings: bool,  # noqa: FBT001  # a row of the table
) -> None:
    """Measured with a sensor, written in the plan, or given."""
    check_baseline(plan_of(RELATIVE, baseline=baseline), given_spm, has_readings=has_readings)


@each_row("baseline", [MeasuredBaseline(), AthleteBaseline()])
def test_a_plan_that_never_needs_the_baseline_may_leave_it_open(baseline: Baseline) -> None:
    """Fixed targets count from nothing."""
    check_baseline(plan_of(AT_170, STAGE, baseline=baseline), None, has_readings=False)


@each_row(
    ("baseline", "given_spm", "has_readings", "words"),
    [
        (AthleteBaseline(), None, True, "athlete's baseline"),
        (MeasuredBaseline(), None, False, "no sensor"),
        (FixedBaseline(164.0), 99.9, True, "allowed 100 to 240"),
        (FixedBaseline(164.0), 240.1, True, "allowed 100 to 240"),
        (FixedBaseline(164.0), float("nan"), True, "allowed 100 to 240"),
        (FixedBaseline(164.0), float("inf"), True, "allowed 100 to 240"),
    ],
)
def test_a_target_that_could_never_be_known_is_refused(
    baseline: Baseline,
    given_spm: float | None,
    has_readings: bool,  # noqa: FBT001  # a row of the table
    words: str,
) -> None:
    """Before the start, with what to give."""
    with pytest.raises(UsageError, match=words):
        check_baseline(plan_of(RELATIVE, baseline=baseline), given_spm, has_readings=has_readings)


@each_row("text", ["replay:", "foo", ""])
def test_the_words_are_quoted_so_that_no_colon_stands_twice(text: str) -> None:
    """`replay::` would be nobody's words."""
    with pytest.raises(UsageError, match=f"^--feet '{text}' "):
        opened(text)


@pytest.mark.parametrize("name", ["", "run.csv", "run.fit", "run.jsonl"])
def test_a_folder_or_a_missing_file_is_named_once(tmp_path: Path, name: str) -> None:
    """In the same words whatever it is said to be."""
    with pytest.raises(UsageError, match=r"does not exist; check the name|is a folder; name a") as caught:
        opened(f"replay:{tmp_path / name}")
    assert str(caught.value).count(str(tmp_path)) == 1


@pytest.mark.parametrize("unit", ["banana", 2, None, "\x1b[2J"])
def test_a_unit_nobody_knows_in_a_header_is_said(tmp_path: Path, unit: object) -> None:
    """And decided anew, as if it were not there; nothing in it commands a terminal."""
    source = opened(journal(tmp_path, unit=unit))
    assert source.vote.unit is None
    assert len(source.notes) == 1
    assert source.notes[0].startswith(f"the journal's unit is {unit!a}, which is unknown")


@pytest.mark.parametrize("header", [{}, {"unit": "auto"}, {"unit": "strides"}])
def test_a_unit_that_is_known_or_left_open_is_no_news(tmp_path: Path, header: dict[str, str]) -> None:
    """Old journals have none."""
    assert opened(journal(tmp_path, **header)).notes == ()


def test_a_replay_knows_whose_unit_the_user_had_said(tmp_path: Path) -> None:
    """A pod's voted unit may be overturned by its readings, a given one only by the impossible: as in the session."""
    header = {"journal": 1, "unit": "auto", "units": {"Said": "strides", "Voted": "steps"}, "units_given": ["Said"]}
    path = tmp_path / "run.jsonl"
    path.write_text(json.dumps(header) + "\n", encoding="utf-8")
    votes = open_feet(NO_MACHINE, f"replay:{path}", plan=PLAN, seed=1, unit="auto").votes
    assert {name: (vote.unit, vote.is_given) for name, vote in votes.items()} == {
        "Said": (Unit.STRIDES, True),
        "Voted": (Unit.STEPS, False),
    }
