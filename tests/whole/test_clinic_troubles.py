"""Tests for what goes wrong around a clinic's database, by the commands as real processes."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from copied_commands import needs_copies, typed
from gone_database import come_back, go_away
from page_rig import environment
from postgres_server import PostgresServer
from psycopg import sql
from sql_stores import LEAD, PRODUCT, keep_database, new_database, password_of, put_back

from cadencecoach.record.entries import CheckIn
from cadencecoach.store.sql_store import SqlStore

if TYPE_CHECKING:
    import subprocess

pytestmark = [needs_copies, pytest.mark.slow, pytest.mark.timeout(300)]
SAID = ("checkin", "--athlete", "r7", "--before", "--pain", "0", "--note")
FULL_BYTES = 10  # of a file, as on a disk without room
PLAN = "plan: Short\nstages:\n  - {name: A, duration: 1 s, target: 170 spm, feedback: none}\n"


@dataclass
class Computer:
    """One of a clinic.

    Attributes:
        server: of the database
        store: what is in it
        home: of whoever works there
        more: variables of its programs
    """

    server: PostgresServer
    store: SqlStore
    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the database."""
        return str(self.store.database.address.url.database)

    def call(self, *words: str, most_bytes: int | None = None) -> "subprocess.CompletedProcess[str]":
        """A command as a process."""
        variables = {**environment(self.home), "LC_ALL": "C.UTF-8", **self.more}
        return typed(words, folder=self.home, environment=variables, most_bytes=most_bytes)

    def must(self, *words: str) -> str:
        """One that has to succeed; what it printed."""
        done = self.call(*words)
        assert done.returncode == 0, (words, done)
        return done.stdout

    def as_owner(self, question: str) -> None:
        """What whoever owns the database does by direct SQL; {} is its name."""
        with self.server.connect(self.name) as owner:
            owner.execute("set default_transaction_read_only = off")
            owner.execute(sql.SQL(question).format(sql.Identifier(self.name)))

    def notes(self) -> list[str]:
        """Of the answers in the log of r7, as the database has it."""
        return [one.note for one in self.store.log_of("r7").every if isinstance(one, CheckIn)]


@pytest.fixture(scope="module")
def made(postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    """r7 and r8 are known, and this computer has seen them. It is copied for each test."""
    home = tmp_path_factory.mktemp("made")
    with new_database(postgresql) as store:
        url = postgresql.address(str(store.database.address.url.database), PRODUCT)
        named = {"PASSWORD_FILE": str(password_of(postgresql)), "PERSON": LEAD}
        more = {"CADENCECOACH_STORE": url, **{f"CADENCECOACH_STORE_{name}": value for name, value in named.items()}}
        one = Computer(postgresql, store, home, more)
        (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
        for athlete in ("r7", "r8"):
            one.must("athlete", "new", athlete)
        one.must("store", "hand-over")
        keep_database(postgresql, store)
        yield one


@pytest.fixture
def here(made: Computer, tmp_path: Path) -> Iterator[Computer]:
    """A computer as it was made, and its database."""
    shutil.copytree(made.home, tmp_path, dirs_exist_ok=True)
    put_back(made.server, made.store)
    yield replace(made, home=tmp_path, more={**made.more})
    made.store.database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no bounds of files")
def test_an_entry_that_finds_no_room_is_refused_and_nothing_of_it_waits(here: Computer) -> None:
    """The disk is full while the database is away: one line, nothing half written, and room makes it work again."""
    go_away(here.server, here.name)
    try:
        full = here.call(*SAID, "first", most_bytes=FULL_BYTES)
        assert (full.returncode, full.stderr.count("\n")) == (2, 1), full
        assert "cannot be written: File too large" in full.stderr, full
        assert "said" not in full.stdout
        here.must(*SAID, "second")
        assert "1 thing waits" in here.call("store", "hand-over").stdout
    finally:
        come_back(here.server, here.name)
    here.must("store", "hand-over")
    assert here.notes() == ["second"]


def test_a_database_that_is_read_only_is_as_one_that_is_away(here: Computer) -> None:
    """What is written waits, what is read is of here, pain is asked before a run; then each thing is there once."""
    run = ("run", str(here.home / "plan.yaml"), "--athlete", "r7", "--feet", "none", "--sound", "none")
    here.as_owner("alter database {} set default_transaction_read_only = on")
    try:
        refused = here.call(*run)
        assert refused.returncode == 1, refused
        assert "Then pain and signs to stop are asked" in refused.stderr
        for words in ((*SAID, "while it was"), run, ("athlete", "show", "r7"), ("caseload",)):
            done = here.call(*words)
            assert done.returncode == 0, done
            assert "cannot be written to: it is read-only now" in done.stderr.splitlines()[-1], done
        new = here.call("athlete", "new", "r9")
        assert (new.returncode, new.stderr.count("\n")) == (2, 1), new
    finally:
        here.as_owner("alter database {} reset default_transaction_read_only")
    here.must("store", "hand-over")
    assert here.notes() == ["while it was"]
    assert len(list(here.store.journals_of("r7"))) == 1
    assert "r9" not in here.must("athlete", "list")


def test_tables_of_a_newer_program_are_refused_by_every_command_in_one_line(here: Computer) -> None:
    """Also by the page and by a run; nothing is written on either side."""
    here.as_owner("update alembic_version set version_num = '9999'")
    commands: Sequence[Sequence[str]] = (
        (*SAID, "no"), ("programme", "next", "--athlete", "r7"), ("caseload",), ("athlete", "list"),
        ("athlete", "new", "r9"), ("history", "list"), ("message", "add", "r7", "no"), ("store", "check"),
        ("run", str(here.home / "plan.yaml"), "--athlete", "r7", "--feet", "none", "--sound", "none"),
        ("open", "--no-browser"), ("backup", str(here.home / "kept.zip")),
    )  # fmt: skip
    for words in commands:
        done = here.call(*words)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), (words, done)
        assert "version 9999, and this program knows up to" in done.stderr, (words, done)
    here.as_owner("update alembic_version set version_num = '0003'")
    assert here.notes() == []
    assert here.must("store", "hand-over").strip() == "everything is in the database"


def test_whoever_was_forgotten_stays_so_when_an_older_backup_is_put_into_an_empty_database(here: Computer) -> None:
    """Backup, forget, everything lost, restore: by commands alone."""
    here.must(*SAID, "before the backup")
    kept = str(here.home / "kept.zip")
    here.must("backup", kept)
    here.must("athlete", "forget", "r7", "--yes")
    here.as_owner("truncate athletes, log_lines, sessions, journals_beside, folds, forgotten cascade")
    assert "r8" not in here.must("athlete", "list")
    here.must("restore", kept)
    listed = here.must("athlete", "list").split()
    assert ("r8" in listed, "r7" in listed) == (True, False)
    assert here.store.athlete_names() == ("r8",)


@pytest.mark.skipif(os.name != "posix", reason="no rights of files")
def test_a_password_that_is_wrong_or_open_to_others_is_told_and_never_shown(here: Computer) -> None:
    """A wrong one, a file of ours that others may read, and a pgpass that others may read."""
    wrong = here.home / "wrong"
    wrong.touch(0o600)
    wrong.write_text("not-the-password", encoding="utf-8")
    here.more["CADENCECOACH_STORE_PASSWORD_FILE"] = str(wrong)
    done = here.call("store", "hand-over")
    assert done.returncode == 1, done
    assert "password authentication failed" in done.stdout, done
    wrong.chmod(0o644)
    done = here.call("athlete", "list")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done
    assert "chmod 600" in done.stderr, done
    del here.more["CADENCECOACH_STORE_PASSWORD_FILE"]
    here.more["PGPASSFILE"] = str(here.home / "pgpass")
    pgpass = here.home / "pgpass"
    pgpass.touch(0o644)
    pgpass.write_text(f"*:*:*:*:{here.server.password}\n", encoding="utf-8")
    done = here.call("store", "hand-over")
    assert done.returncode == 1, done
    assert "no password supplied" in done.stdout, done
    assert "pgpass" in done.stderr + done.stdout, done
    pgpass.chmod(0o600)
    here.must("store", "hand-over")
    assert here.server.password not in done.stdout + done.stderr
