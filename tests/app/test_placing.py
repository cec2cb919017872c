from pathlib import Path

import pytest

from cadencecoach.app.placing import check_place, write_there
from cadencecoach.errors import UsageError


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file that is read."""
    path = tmp_path / "plan.yaml"
    path.write_text("mine", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "this is a folder; name a file in it"),
        ("plan.yaml", "this is the session itself; choose another name"),
        ("old.txt", "is there already; choose another name, or --force to replace it"),
        ("no/new.txt", "there is no folder"),
        ("a\0b/new.txt", "-o "),
    ],
)
def test_a_place_where_nothing_may_be_written_is_refused(source: Path, name: str, said: str) -> None:
    """In one line that says what to do."""
    source.with_name("old.txt").touch()
    with pytest.raises(UsageError, match=said):
        check_place(source.parent / name, source=source, may_replace=False, source_is="the session itself")


def test_what_is_given_up_may_be_replaced_but_never_what_is_read(source: Path) -> None:
    """Also by another name for it."""
    old = source.with_name("old.txt")
    old.touch()
    check_place(old, source=source, may_replace=True)
    with pytest.raises(UsageError, match="this is the file that is read"):
        check_place(source.parent / "." / ".." / source.parent.name / "plan.yaml", source=source, may_replace=True)


def test_a_place_that_takes_nothing_is_one_line(tmp_path: Path) -> None:
    """The system's own word for it, behind the option."""
    with pytest.raises(UsageError, match=r"-o .*: cannot be written: "):
        write_there(tmp_path, b"data")
