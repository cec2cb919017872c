"""Plans that a person keeps here: by name, as those of the program, whole or not at all."""

from pathlib import Path

import pytest

from cadencecoach.errors import PlanError, UsageError
from cadencecoach.store.plan_files import find_plan, keep_plan, kept_plans, known_plans, packed_plans, remove_plan
from cadencecoach.store.user_store import user_machine

TEXT = b"plan: Mine\nbaseline: 164 spm\nstages:\n  - {name: Easy, duration: 5 min, target: free}\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is kept yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


def test_a_kept_plan_is_found_by_its_name_and_can_be_removed() -> None:
    """Everywhere a plan of the program is."""
    assert kept_plans(user_machine()) == {}
    assert keep_plan(user_machine(), "easy-5", TEXT).name == "Mine"
    assert find_plan(user_machine(), "easy-5").read_bytes() == TEXT
    assert known_plans(user_machine()).keys() == packed_plans().keys() | {"easy-5"}
    keep_plan(user_machine(), "easy-5", TEXT.replace(b"Mine", b"Other"))
    assert b"Other" in find_plan(user_machine(), "easy-5").read_bytes()
    remove_plan(user_machine(), "easy-5")
    assert kept_plans(user_machine()) == {}
    with pytest.raises(UsageError, match="no plan easy-5 kept here"):
        remove_plan(user_machine(), "easy-5")


@pytest.mark.parametrize(
    "name", ["", "-a", "A", "a b", "a/b", "../a", "a.yaml", "a" * 41, "ä", "a\n", "demo"], ids=repr
)
def test_a_name_that_cannot_be_used_is_refused(name: str, home: Path) -> None:
    """Nothing that could be a path, and none of the program's."""
    with pytest.raises(UsageError):
        keep_plan(user_machine(), name, TEXT)
    assert list(home.rglob("*.yaml")) == []


def test_a_name_may_have_forty_characters() -> None:
    """And begin with a digit."""
    keep_plan(user_machine(), "1" * 40, TEXT)
    assert list(kept_plans(user_machine())) == ["1" * 40]


def test_a_text_with_mistakes_replaces_nothing() -> None:
    """The plan that was kept stays."""
    keep_plan(user_machine(), "easy-5", TEXT)
    with pytest.raises(PlanError):
        keep_plan(user_machine(), "easy-5", b"plan: A")
    assert find_plan(user_machine(), "easy-5").read_bytes() == TEXT
