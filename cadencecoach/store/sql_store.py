"""The store as a database: one file (SQLite), or a server of a clinic (PostgreSQL)."""

import contextlib
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, select, text

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.lock import is_marked, set_mark
from cadencecoach.devices.private_file import make_private_folder, not_written
from cadencecoach.errors import UnreachableError, UsageError
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.finding_tables import SqlFindings
from cadencecoach.store.forgotten_names import hash_of_name, joined_forgotten_names
from cadencecoach.store.journal_tables import SqlJournals, journals_of_athlete
from cadencecoach.store.protocol import Belongings, Hold
from cadencecoach.store.sql_database import insert_once, note
from cadencecoach.store.sql_schema import athletes, audit, caseload, folds, forgotten, sessions

HOLD: Final = 0x0CADE4CF  # the first half of the advisory locks of athletes who are held


class SqlFolds:
    """`Folds` in a table."""

    def __init__(self, store: "SqlStore") -> None:
        """Nothing is read yet."""
        self._database = store.database

    def read(self, marks: Mapping[str, str]) -> Mapping[str, str]:
        """Those of the same mark."""
        with self._database.read() as connection:
            found = connection.execute(select(folds.c.athlete, folds.c.mark, folds.c.fold))
            return {name: fold for name, mark, fold in found if marks.get(name) == mark}

    def keep(self, new: Mapping[str, tuple[str, str]]) -> None:
        """In the place of those of the same athletes."""
        if not new:
            return
        with self._database.write() as connection:
            connection.execute(delete(folds).where(folds.c.athlete.in_(list(new))))
            rows = [{"athlete": name, "mark": mark, "fold": fold} for name, (mark, fold) in new.items()]
            connection.execute(folds.insert(), rows)

    def drop_others(self, names: Iterable[str]) -> None:
        """Take the rows out."""
        with self._database.write() as connection:
            there = set(connection.execute(select(folds.c.athlete)).scalars())
            if gone := there - set(names):
                connection.execute(delete(folds).where(folds.c.athlete.in_(gone)))


class SqlStore(SqlFindings, SqlJournals):
    """A `Store` of tables."""

    def is_in_files(self) -> bool:
        """It is a database."""
        return False

    def behind(self) -> None:
        """Never: what does not answer is an error here."""

    @contextlib.contextmanager
    def lock_athletes(self) -> Iterator[None]:
        """A transaction that writes: all that is done within is of one moment, and is written at its end."""
        with self.database.write():
            yield

    @contextlib.contextmanager
    def hold_athlete(self, athlete: str) -> Iterator[Hold]:
        """A lock of the server that goes with its connection; for a file a mark in a folder beside it."""
        check_name(athlete)
        with contextlib.ExitStack() as stack:
            with self.lock_athletes():
                self._check_kept(athlete)
                made = self._made_number(athlete)
                if self.database.is_postgresql:
                    connection = stack.enter_context(self.database.connect())
                    connection.execute(text("select pg_advisory_lock_shared(:a, :b)"), _hold_key(athlete))
                    stack.callback(_let_go, connection, athlete)
                else:
                    stack.enter_context(self._mark(athlete))
            yield Hold(athlete=athlete, is_there=lambda: self._is_same(athlete, made))

    def belongings(self, athlete: str) -> Belongings:
        """Names of all that is kept."""
        check_name(athlete)
        with self.database.read() as connection:
            if self._is_held(connection, athlete):
                raise UsageError(f"{athlete} has a run or a check-in in progress; finish that first")
            names = (*self.own_files(athlete), *self.file_names(athlete), *self.links(athlete))
            is_there = self._made_number(athlete) is not None
            return Belongings(
                place=self.place_of(athlete) if is_there else None,
                files=tuple(sorted(names)),
                journals=tuple(self.journals_of(athlete)),
            )

    def forget(self, athlete: str) -> None:
        """Delete the rows; that somebody was forgotten is kept as a hash of the name."""
        with self.lock_athletes(), self.database.write() as connection:
            if self.belongings(athlete).place is not None:
                self.add_forgotten_names({hash_of_name(athlete): wall_time_utc()})
            journals_of_athlete(connection, athlete)
            connection.execute(delete(folds).where(folds.c.athlete == athlete))
            connection.execute(delete(athletes).where(athletes.c.name == athlete))
            if self.database.is_postgresql:  # last: whoever leaves a caseload is not seen there any more
                connection.execute(select(func.cadencecoach_forget(athlete, hash_of_name(athlete))))
            else:
                connection.execute(audit.update().where(audit.c.about == athlete).values(about=hash_of_name(athlete)))
                connection.execute(delete(caseload).where(caseload.c.athlete == athlete))
            note(connection, self.database.person, "forget", hash_of_name(athlete))

    def note(self, about: str, what: str) -> None:
        """Keep for the audit that something was done, with an athlete or a list."""
        with self.database.write() as connection:
            note(connection, self.database.person, what, about)

    def forgotten_names(self) -> Mapping[str, str]:
        """Of a table."""
        with self.database.read() as connection:
            return {row.sha256: row.at for row in connection.execute(select(forgotten))}

    def add_forgotten_names(self, names: Mapping[str, str]) -> None:
        """Into that table."""
        with self.database.write() as connection:
            before = self.forgotten_names()
            for key, at in joined_forgotten_names(before, names).items():
                if before.get(key) != at:
                    connection.execute(delete(forgotten).where(forgotten.c.sha256 == key))
                    insert_once(connection, forgotten, {"sha256": key, "at": at})

    def staging_folder(self) -> contextlib.AbstractContextManager[Path]:
        """A private folder of the system's."""
        return _staging_folder()

    def athlete_marks(self) -> Mapping[str, str]:
        """By the counters of their changes: each change has the greatest number there is."""
        with self.database.read() as connection:
            wanted = select(sessions.c.athlete, func.count(), func.max(sessions.c.changed)).group_by(sessions.c.athlete)
            journals = {name: (n, last) for name, n, last in connection.execute(wanted)}
            kept = select(athletes.c.name, athletes.c.n_changes).where(athletes.c.is_kept)
            return {name: f"{n_changes} {journals.get(name, (0, 0))}" for name, n_changes in connection.execute(kept)}

    def athlete_mark(self, athlete: str) -> str | None:
        """From all of them: a database counts quickly."""
        return self.athlete_marks().get(athlete)

    @contextlib.contextmanager
    def folds(self) -> Iterator[SqlFolds]:
        """Of the table."""
        yield SqlFolds(self)

    def is_empty(self) -> bool:
        """Whether nothing was ever kept here."""
        return not self.athlete_names() and not self.session_ids()

    def _made_number(self, athlete: str) -> int | None:
        with self.database.read() as connection:
            return connection.execute(select(athletes.c.made).where(athletes.c.name == athlete)).scalar()

    def _is_same(self, athlete: str, made: int | None) -> bool:
        """Whether it is the athlete of then; while the database does not answer nobody has been told otherwise."""
        try:
            return self._made_number(athlete) == made
        except UnreachableError:
            return True

    def _is_held(self, connection: Connection, athlete: str) -> bool:
        if not self.database.is_postgresql:
            folder = self._marks_folder(athlete)
            return folder.is_dir() and is_marked(folder)
        taken = text("select pg_try_advisory_xact_lock(:a, :b)")
        return not connection.execute(taken, _hold_key(athlete)).scalar()

    def _marks_folder(self, athlete: str) -> Path:
        file = self.database.address.file
        return file.with_name(f".{file.name}.held") / athlete

    @contextlib.contextmanager
    def _mark(self, athlete: str) -> Iterator[None]:
        folder = self._marks_folder(athlete)
        try:
            make_private_folder(folder)
            mark = set_mark(folder)
            mark.__enter__()
        except OSError as error:
            raise UsageError(not_written(folder, error)) from error
        try:
            yield
        finally:
            mark.__exit__(None, None, None)
            with contextlib.suppress(OSError):  # another holds them too
                folder.rmdir()


@contextlib.contextmanager
def _staging_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cadencecoach-"))  # mode 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hold_key(athlete: str) -> dict[str, int]:
    number = zlib.crc32(athlete.encode())
    return {"a": HOLD, "b": number - (1 << 32) if number >= 1 << 31 else number}


def _let_go(connection: Connection, athlete: str) -> None:
    """Unlock; a connection that is gone has let go already."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    with contextlib.suppress(DBAPIError):
        connection.execute(text("select pg_advisory_unlock_shared(:a, :b)"), _hold_key(athlete))
