import os
from pathlib import Path

import pytest

from cadencecoach.errors import UsageError
from cadencecoach.plan.checks.reading import MAX_PLAN_BYTES
from cadencecoach.store.plan_files import read_plan_file


def test_the_bytes_are_those_of_the_file(tmp_path: Path) -> None:
    """Nothing is decoded or changed on the way."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa\r\n\0")
    assert read_plan_file(path) == b"\xef\xbb\xbfa\r\n\0"


def test_no_more_is_read_than_is_needed_to_know_it_is_too_much(tmp_path: Path) -> None:
    """One byte beyond what a plan may have."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a" * (MAX_PLAN_BYTES + 1000))
    assert len(read_plan_file(path)) == MAX_PLAN_BYTES + 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "is a folder"),
        ("nowhere.yaml", "does not exist"),
        ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ],
    ids=["folder", "missing", "nul", "long"],
)
def test_what_is_no_plan_file_is_one_line(tmp_path: Path, name: str, words: str) -> None:
    """The name, what is wrong, what to do."""
    with pytest.raises(UsageError, match=words) as caught:
        read_plan_file(tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever is root may read everything")
def test_a_file_of_somebody_else_is_one_line(tmp_path: Path) -> None:
    """It is there, and may not be read."""
    path = tmp_path / "a.yaml"
    path.touch(mode=0)
    with pytest.raises(UsageError, match="cannot be read"):
        read_plan_file(path)
