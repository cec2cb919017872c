"""Which session a person means."""

from pathlib import Path

import pytest

from cadencecoach.errors import UsageError
from cadencecoach.store.finding import find_session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sessions."""
    for name in ("2026-03-01T080000Z", "2026-03-02T080000Z"):
        (tmp_path / f"{name}.jsonl").write_text("{}\n")
    return tmp_path


def test_an_id_is_found_in_the_folder(folder: Path) -> None:
    """An id is the name of the journal without its ending."""
    assert find_session("2026-03-01T080000Z", folder).name == "2026-03-01T080000Z.jsonl"


def test_last_is_the_newest_by_its_name(folder: Path) -> None:
    """`last` is the session that started last."""
    assert find_session("last", folder).name == "2026-03-02T080000Z.jsonl"


def test_a_path_is_taken_as_it_is(folder: Path, tmp_path: Path) -> None:
    """A journal anywhere can be named by its path."""
    elsewhere = tmp_path / "elsewhere" / "mine.jsonl"
    elsewhere.parent.mkdir()
    elsewhere.write_text("{}\n")
    assert find_session(str(elsewhere), folder) == elsewhere


@pytest.mark.parametrize("text", ["2026", "nobody.jsonl", "../x", ""])
def test_what_is_not_there_is_said_with_what_is_allowed(text: str, folder: Path) -> None:
    """An unknown name gets one line that says how to name a session."""
    with pytest.raises(UsageError, match="no such session; name an id, `last`, or a journal's path"):
        find_session(text, folder / "none" if text == "" else folder)


def test_no_session_at_all_is_said(tmp_path: Path) -> None:
    """Before the first session `last` means nothing."""
    with pytest.raises(UsageError, match="no sessions yet"):
        find_session("last", tmp_path / "empty")
