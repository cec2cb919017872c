"""Programmes and their plans on disk."""

from pathlib import Path

import pytest

from cadencecoach.errors import PlanError, UsageError
from cadencecoach.programme.text.plans import PlanFile
from cadencecoach.store.programme_files import find_programme, finder, open_programme, packed_programmes

PLAN = "plan: Mine\nstages:\n  - {name: Run, duration: 5 min}\n"
WEEKS = "programme: Weeks\ndays:\n  - {session: A, plan: mine}\n  - {session: B, plan: sub/mine.yaml}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A programme with plans beside it."""
    (tmp_path / "sub").mkdir()
    for name, text in {"mine.yaml": PLAN, "sub/mine.yaml": PLAN, "weeks.yaml": WEEKS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_plans_beside_the_programme_are_found_and_carried(folder: Path) -> None:
    """By name and by path; the text that is given back needs neither."""
    raw, programme = open_programme(folder / "weeks.yaml")
    assert [one.plan.name for one in programme.sessions] == ["Mine", "Mine"]
    assert b"\nplans:\n  mine:\n    plan: Mine\n" in raw
    assert b'  "sub/mine.yaml":\n' in raw


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "..", "/", "refreshr"])
def test_what_is_no_plan_is_one_line(folder: Path, name: str) -> None:
    """With the plans there are, or the one that was meant."""
    told = finder(folder)(name)
    assert isinstance(told, str)
    assert "there is no plan" in told


def test_a_plan_that_comes_with_the_program_is_found_last(folder: Path) -> None:
    """One of that name beside the programme wins."""
    packed = finder(folder)("refresher")
    assert isinstance(packed, PlanFile)
    (folder / "refresher.yaml").write_text(PLAN, encoding="utf-8")
    own = finder(folder)("refresher")
    assert isinstance(own, PlanFile)
    assert (own.raw, packed.raw != own.raw) == (PLAN.encode(), True)


def test_programmes_by_name_and_path(folder: Path) -> None:
    """Or one line that lists the names."""
    assert find_programme("clinic8") == packed_programmes()["clinic8"]
    assert find_programme(str(folder / "weeks.yaml")) == folder / "weeks.yaml"
    with pytest.raises(UsageError, match="name a programme file, or one of clinic8"):
        find_programme("clinic9")
    with pytest.raises(UsageError, match="no programme given"):
        find_programme("")


def test_mistakes_of_all_files_are_in_the_error(folder: Path) -> None:
    """Those of the plan too."""
    (folder / "mine.yaml").write_text(PLAN.replace("5 min", "5"), encoding="utf-8")
    with pytest.raises(PlanError) as error:
        open_programme(folder / "weeks.yaml")
    assert f"{folder / 'mine.yaml'}:3:27: '5' has no unit" in str(error.value)
