"""The user's sessions through the index: always what the journals say."""

import os
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from sessions_folder import END, keep_journal

from cadencecoach.devices.clock import label_s
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.record.fold.summary import row_of
from cadencecoach.record.journal import read_journal
from cadencecoach.record.row import NO_DAY, SessionRow
from cadencecoach.store.columns import NAMES, json_of, row_from_values, values_of
from cadencecoach.store.finding import find_session
from cadencecoach.store.indexing import FileSessions, index_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three sessions, of two people."""
    folder = tmp_path / "sessions"
    for day, athlete in (("2026-03-02", "B"), ("2026-03-01", "A"), ("2026-03-03", "A")):
        keep_journal(folder, day, athlete=athlete)
    return folder


@pytest.fixture
def sessions(folder: Path) -> Iterator[FileSessions]:
    """The folder, its index up to date."""
    with FileSessions(folder) as sessions:
        sessions.refresh()
        yield sessions


def ids(sessions: FileSessions, **chosen: object) -> list[str]:
    """Days of the sessions that are listed."""
    return [row.id[:10] for row in sessions.rows(**chosen)]  # type: ignore[arg-type]


def test_rows_are_those_of_the_journals(sessions: FileSessions, folder: Path) -> None:
    """Field by field what a fold over the journal gives, through the table and back."""
    for row in sessions.rows():
        path = folder / f"{row.id}.jsonl"
        journal = read_journal(journal_lines(path))
        assert row == row_of(journal.header, journal.lines, id=row.id)


def test_sessions_are_chosen_by_athlete_day_and_number(sessions: FileSessions) -> None:
    """The newest last, whichever are left."""
    assert ids(sessions) == ["2026-03-01", "2026-03-02", "2026-03-03"]
    assert ids(sessions, athlete="A") == ["2026-03-01", "2026-03-03"]
    assert ids(sessions, since=date(2026, 3, 2)) == ["2026-03-02", "2026-03-03"]
    assert ids(sessions, limit=2) == ["2026-03-02", "2026-03-03"]
    assert ids(sessions, athlete="A", since=date(2026, 3, 1), limit=1) == ["2026-03-03"]
    assert ids(sessions, athlete="nobody") == []


def test_only_what_has_changed_is_read_again(sessions: FileSessions, folder: Path) -> None:
    """Nothing, then one that grew, one that is new, and one that is gone; and everything when it is rebuilt."""
    assert sessions.refresh() == 0
    path = keep_journal(folder, "2026-03-03", END, athlete="C")
    os.utime(path, ns=(1, 1))
    keep_journal(folder, "2026-03-04")
    (folder / "2026-03-01T080000Z.jsonl").unlink()
    assert sessions.refresh() == 2
    assert [(row.id[:10], row.athlete) for row in sessions.rows()] == [
        ("2026-03-02", "B"),
        ("2026-03-03", "C"),
        ("2026-03-04", ""),
    ]
    assert sessions.rebuild() == 3
    assert len(sessions.rows()) == 3


def test_broken_files_are_told_and_stop_nothing(sessions: FileSessions, folder: Path) -> None:
    """Files that are no journals, and journals broken in the middle or of the future, are listed as such."""
    whole = (folder / "2026-03-01T080000Z.jsonl").read_text().splitlines(keepends=True)
    for name, text in {
        "letter": "Dear runner,\n",
        "empty": "",
        "middle": "".join([whole[0], "{broken\n", *whole[1:]]),
        "future": '{"journal": 2}\n',
        "wild": '{"journal": 1}\n{"t": "x", "what": "reading"}\n{"t": 1, "what": "end"}\n',
    }.items():
        (folder / f"{name}.jsonl").write_text(text)
    (folder / "folder.jsonl").mkdir()
    sessions.refresh()
    assert len(sessions.rows()) == 3
    problems = {one.id: one.problem for one in sessions.unreadable()}
    assert problems.keys() == {"letter", "empty", "middle", "future", "wild"}
    assert problems["middle"].startswith("line 2: not JSON")
    assert "version 2" in problems["future"]


def test_a_journal_of_an_older_or_another_program_is_read(sessions: FileSessions, folder: Path) -> None:
    """Without an end, a day, an athlete; with kinds and fields nobody knows; with half a character in a name."""
    odd = [{"t": 0, "what": "moon", "is_on": "x"}, {"t": 5, "what": "reading", "cadence_spm": 160, "new": []}]
    keep_journal(folder, "2026-03-05", *odd, plan={"name": "\ud800 plan"}, athlete="\udfff", more={"a": [1]})
    (folder / "bare.jsonl").write_text('{"journal": 1}\n')
    sessions.refresh()
    assert sessions.unreadable() == ()
    rows = {row.id: row for row in sessions.rows()}
    assert (rows["2026-03-05T080000Z"].end, rows["2026-03-05T080000Z"].plan_name) == ("interrupted", "? plan")
    assert (rows["bare"].day, rows["bare"].started) == (NO_DAY, "")
    assert json_of(rows["bare"])["day"] is None


def test_what_broke_off_is_known_from_what_is_being_written(sessions: FileSessions, folder: Path) -> None:
    """A journal without an end is offered to be finished, unless somebody is writing it now."""
    broken = keep_journal(folder, "2026-03-04", {"t": 1.0, "what": "feet", "state": "live"})
    header = broken.read_text().splitlines()[0]
    with JournalFile(folder / "2026-03-05T080000Z.jsonl", header) as running:
        sessions.refresh()
        assert sessions.broken_off_ids() == (broken.stem,)
    assert sessions.broken_off_ids() == (broken.stem, running.path.stem)


def test_a_broken_index_is_made_again_with_one_line(sessions: FileSessions, folder: Path) -> None:
    """Whatever stood in the file: the list is the same, and it is said once."""
    rows = sessions.rows()
    sessions.close()
    index_path(folder).write_bytes(b"nonsense " * 1000)
    for notes in (("the index of sessions was damaged: rebuilding it from the journals",), ()):
        with FileSessions(folder) as again:
            again.refresh()
            assert (again.rows(), again.notes) == (rows, notes)


def test_what_a_killed_process_left_is_swept(sessions: FileSessions, folder: Path) -> None:
    """A draft of a journal goes; one that is being written, and a file of the user's own, stay."""
    (folder / ".2026-03-09T080000Z.jsonl.123").write_text("draft")
    (folder / ".mine").write_text("mine")
    header = '{"journal": 1}'
    with JournalFile(folder / ".2026-03-08T080000Z.jsonl.124", header):
        sessions.refresh()
        left = {path.name for path in folder.glob(".*")}
    assert left == {".2026-03-08T080000Z.jsonl.124", ".mine"}


def test_no_folder_is_no_session(tmp_path: Path) -> None:
    """Before the first session there is nothing to list, and nothing to complain about."""
    with FileSessions(tmp_path / "nowhere" / "sessions") as sessions:
        assert (sessions.refresh(), sessions.rows(), sessions.notes) == (0, (), ())


def test_every_field_of_a_row_goes_through_the_table() -> None:
    """Also those that nobody has thought of yet: names come from the row itself."""
    row = SessionRow(id="x", started="s", day=date(2026, 3, 1), origin="simulation", is_ended=False, highest_pain=3)
    assert [field.name for field in fields(SessionRow)] == list(NAMES)
    assert row_from_values([values_of(row)[name] for name in NAMES]) == row
    assert json_of(row)["day"] == "2026-03-01"


@pytest.mark.parametrize(
    ("day", "written", "order"),
    [
        ("2099-01-01", "2026-03-02T12:00:00Z", ["2026-03-01", "2026-03-02", "2099-01-01", "2026-03-03"]),
        ("2099-01-01", "2099-01-01T12:00:00Z", ["2099-01-01", "2026-03-01", "2026-03-02", "2026-03-03"]),
        ("1970-01-01", "2026-03-02T12:00:00Z", ["2026-03-01", "2026-03-02", "1970-01-01", "2026-03-03"]),
        ("1970-01-01", "2026-03-04T12:00:00Z", ["2026-03-01", "2026-03-02", "2026-03-03", "1970-01-01"]),
        ("2026-03-04", "1980-01-01T00:00:00Z", ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]),
    ],
)
def test_a_session_of_a_wrong_clock_is_listed_when_its_file_was_written(
    day: str, written: str, order: list[str], folder: Path
) -> None:
    """The last of the list is the one that `last` means, also where only one is asked for."""
    path = keep_journal(folder, day, athlete="A")
    written_s = label_s(written)
    assert written_s is not None
    os.utime(path, (written_s, written_s))
    with FileSessions(folder) as sessions:
        sessions.refresh()
        assert ids(sessions) == order
        assert ids(sessions, limit=1) == [find_session("last", folder).stem[:10]]
