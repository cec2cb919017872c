"""Tests for stores copied into each other."""

import io
import os
from datetime import date
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from sessions_folder import journal_text
from sql_stores import new_database, sqlite_store

from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.copying import copy_store
from cadencecoach.store.file_store import FileStore

DAY = date(2026, 3, 2)
SAID = CheckIn(at="2026-03-02T07:00:00Z", day=DAY, moment=Moment.BEFORE, pain=2)
LATER = CheckIn(at="2026-03-02T09:00:00Z", day=DAY, moment=Moment.AFTER, pain=0)
# Spaces, an order of keys, a kind of a later version, letters that are escaped, and no end of the last line.
ODD_LOG = (
    b'{"log": 2,  "athlete": "r9"}\n'
    b'{ "day":"2026-03-02", "what":"check-in", "at":"2026-03-02T07:00:00Z","moment":"before","pain":3}\n'
    b'{"what": "of a later version", "at": "2026-03-02T08:00:00Z", "day": "2026-03-02", "n\\u00e4me": 1}\n'
    b'{"what":"check-in","at":"2026-03-03T07:00:00Z","day":"2026-03-03","moment":"before","pain":1}'
)


def fill(files: FileStore) -> None:
    """Two athletes, a guest's session, a broken journal, one kept beside, a picture and a link."""
    files.write_profile(Profile(athlete="r7", created=DAY, shoes=("Blå",)))
    files.add_entries("r7", SAID, LATER)
    files.set_programme_text("r7", b"programme: Two\n# \xff\xfe\n")
    files.keep_programme_text("r7", b"programme: One\n")
    files.put_own_files("r9", {"log.jsonl": ODD_LOG, "profile.json": b'{"created" : null}'})
    for athlete, day in (("r7", "2026-03-02"), ("r9", "2026-03-03"), ("", "2026-03-04")):
        text = journal_text(started=f"{day}T08:00:00Z", athlete=athlete)
        files.add_journal(f"{day}T080000Z", io.BytesIO(text.encode()))
    files.add_journal("broken", io.BytesIO(b"Dear runner\n\x00"))
    files.keep_journal(
        "2026-03-02T080000Z", io.BytesIO(journal_text(started="2026-03-02T08:00:01Z", athlete="r7").encode())
    )
    files.add_file("r7", io.BytesIO(b"\x89picture" * 400_000), "heel.jpg")
    files.add_link("r7", Path(__file__), "heel.txt")


def kept_bytes(folder: Path) -> dict[str, bytes]:
    """Every file that is no cache, lock or name of a computer."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "index.sqlite")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_files_come_back_from_tables_byte_for_byte(tmp_path: Path) -> None:
    """Through a file of SQLite and out again nothing is changed, and a second copy finds all of it there."""
    files, back = FileStore(tmp_path / "data"), FileStore(tmp_path / "back")
    fill(files)
    with sqlite_store(tmp_path) as tables:
        first = copy_store(files, tables)
        assert first.new == {
            "athletes": 2, "entries": 5, "texts": 4, "files": 1, "links": 1, "sessions": 4, "kept_beside": 1,
        }  # fmt: skip
        again = copy_store(files, tables)
        assert (set(again.new.values()), again.same, again.differing) == ({0}, first.new, [])
        assert copy_store(tables, back).new == first.new
    assert kept_bytes(tmp_path / "back") == kept_bytes(tmp_path / "data")
    assert len(kept_bytes(tmp_path / "back")) == 13


@pytest.mark.slow
def test_files_go_through_both_databases_and_come_back(tmp_path: Path, postgresql: PostgresServer) -> None:
    """Files, SQLite, PostgreSQL, files: equal byte for byte, and every store says the same of every athlete."""
    files, back = FileStore(tmp_path / "data"), FileStore(tmp_path / "back")
    fill(files)
    with sqlite_store(tmp_path) as tables, new_database(postgresql) as server:
        copy_store(files, tables)
        copy_store(tables, server)
        counts = copy_store(server, back)
        assert counts.new["sessions"] == 4
        for name in ("r7", "r9"):
            every = (files, tables, server, back)
            assert len({store.log_of(name) for store in every}) == 1
            assert len({store.rows_of(name).rows for store in every}) == 1
    assert kept_bytes(tmp_path / "back") == kept_bytes(tmp_path / "data")


def test_logs_that_both_have_are_joined_entry_for_entry(tmp_path: Path) -> None:
    """What the other store has stays, what it lacks is put behind it, and what differs else is told."""
    one, other = FileStore(tmp_path / "one"), FileStore(tmp_path / "other")
    for store, entry, language in ((one, SAID, "de"), (other, LATER, "fr")):
        store.write_profile(Profile(athlete="r7", language=language))
        store.add_entries("r7", entry)
    with sqlite_store(tmp_path) as tables:
        copy_store(one, tables)
        done = copy_store(other, tables)
        assert tables.log_of("r7").entries == (SAID, LATER)
        assert done.differing == ["r7/profile.json"]
        assert tables.read_profile("r7").language == "de"
        assert (done.new["entries"], done.same["entries"]) == (1, 0)


def test_whoever_was_forgotten_there_is_not_copied_again(tmp_path: Path) -> None:
    """An old folder of files does not bring them back; one who was made anew stays."""
    files = FileStore(tmp_path / "data")
    fill(files)
    with sqlite_store(tmp_path) as tables:
        copy_store(files, tables)
        tables.forget("r7")
        done = copy_store(files, tables)
        assert tables.athlete_names() == ("r9",)
        assert not tables.has_journal("2026-03-02T080000Z")
        assert [words.partition(" was")[0] for words in done.left][:1] == ["r7"]
        assert not os.path.lexists(tmp_path / "here" / "athletes" / "r7")
