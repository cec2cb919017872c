"""Which session a person means."""

import os
import sys
from pathlib import Path

import pytest

from cadencecoach.devices.clock import label_s, wall_time_utc
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
def test_what_is_not_there_is_said_with_what_is_allowed(
    text: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown name gets one line that says how to name a session."""
    monkeypatch.chdir(folder)  # a path begins there, and not wherever the tests were started
    with pytest.raises(UsageError, match="no such session; name an id, `last`, or a journal's path"):
        find_session(text, folder / "none" if text == "" else folder)


def test_no_session_at_all_is_said(tmp_path: Path) -> None:
    """Before the first session `last` means nothing."""
    with pytest.raises(UsageError, match="no sessions yet"):
        find_session("last", tmp_path / "empty")


def keep(folder: Path, name: str, written: str) -> None:
    """A journal that was written at some time."""
    path = folder / f"{name}.jsonl"
    path.write_text("{}\n")
    written_s = label_s(written)
    assert written_s is not None
    os.utime(path, (written_s, written_s))


def test_a_session_begun_while_the_clock_stood_in_the_future_is_not_last_for_ever(folder: Path) -> None:
    """Its file was written before it began, by the clock, so the file's own time tells."""
    keep(folder, "2099-01-01T000000Z", "2026-03-01T09:00:00Z")
    assert find_session("last", folder).stem == "2026-03-02T080000Z"


def test_a_session_begun_while_the_clock_stood_at_1970_is_the_last_one(folder: Path) -> None:
    """The clock was set while it ran."""
    keep(folder, "1970-01-01T000000Z", wall_time_utc())
    assert find_session("last", folder).stem == "1970-01-01T000000Z"


def test_a_file_of_a_day_that_is_yet_to_come_is_not_the_last_one(folder: Path) -> None:
    """The clock was wrong all the while, and has been set since."""
    keep(folder, "2099-01-01T000000Z", "2099-01-01T00:30:00Z")
    assert find_session("last", folder).stem == "2026-03-02T080000Z"


def test_a_copy_keeps_the_order_of_the_sessions(folder: Path) -> None:
    """Files brought from elsewhere were all written just now, in any order."""
    keep(folder, "2026-02-01T080000Z", wall_time_utc())
    assert find_session("last", folder).stem == "2026-03-02T080000Z"


def test_a_second_session_of_one_second_comes_after_the_first(folder: Path) -> None:
    """And what has no name of ours comes before both."""
    keep(folder, "2026-03-02T080000Z-2", wall_time_utc())
    keep(folder, "letter", wall_time_utc())
    assert find_session("last", folder).stem == "2026-03-02T080000Z-2"


def test_what_is_no_file_is_no_session(folder: Path) -> None:
    """A pipe is never the last one, as it is in no list."""
    if sys.platform == "win32":
        pytest.skip("no pipes in folders there")
    os.mkfifo(folder / "2026-03-09T080000Z.jsonl")
    assert find_session("last", folder).stem == "2026-03-02T080000Z"
