"""Journals as gzipped bytes, each with its hash and its summary: the series of a session is never rows."""

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, delete, select

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.input_file import user_path
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.record.journal import read_journal
from cadencecoach.record.row import NO_DAY
from cadencecoach.store.athlete_journals import athlete_of_line, header_of_line
from cadencecoach.store.finding import ENDING, is_id, no_sessions, no_such_session, order_of
from cadencecoach.store.listed import LISTED, read_listed
from cadencecoach.store.loading import Recorded, load_session, summarise_journal, whole_of
from cadencecoach.store.protocol import Listing, Rows
from cadencecoach.store.session_table import SqlSessions, raw_lines_of
from cadencecoach.store.sql_database import Database, insert_once, note, take_number
from cadencecoach.store.sql_schema import beside, sessions

_HEADER_BYTES: Final = 65_536


class SqlJournals:
    """The part of a `Store` that is about sessions."""

    database: Database

    def sessions(self) -> SqlSessions:
        """The table."""
        return SqlSessions(self.database)

    def session_ids(self) -> tuple[str, ...]:
        """Of the table."""
        with self.database.read() as connection:
            return tuple(sorted(connection.execute(select(sessions.c.id)).scalars()))

    def newest_sessions(self, most: int) -> tuple[str, ...]:
        """Those put in or changed last."""
        with self.database.read() as connection:
            wanted = select(sessions.c.id).order_by(sessions.c.changed.desc()).limit(most)
            return tuple(connection.execute(wanted).scalars())

    def find_session(self, text: str) -> str | Path:
        """An id of the table, the one that began last, or any file of the user's."""
        with self.database.read() as connection:
            if text == "last":
                now_s = wall_time_s()
                found = connection.execute(select(sessions.c.id, sessions.c.written_s)).all()
                if not found:
                    raise UsageError(no_sessions())
                return max(
                    ((str(one.id), float(one.written_s)) for one in found), key=lambda one: order_of(*one, now_s=now_s)
                )[0]
        if self.has_journal(text):
            return text
        if text and user_path(text).exists():
            return user_path(text)
        raise no_such_session(text)

    def rows_of(self, athlete: str) -> Rows:
        """From the table, which is brought up to date first."""
        table = self.sessions()
        table.refresh()
        return Rows(rows=table.rows(athlete=athlete), notes=table.notes)

    def n_unread_sessions(self) -> int:
        """Those without a summary of this program's."""
        return self.sessions().n_unread()

    def listed_sessions(self) -> Listing:
        """From the table, which is brought up to date first."""
        table = self.sessions()
        table.refresh()
        found = tuple(map(read_listed, reversed(table.values(LISTED))))
        broken = (f"{one.id}{ENDING}: {one.problem}" for one in table.unreadable())
        return Listing(sessions=found, notes=(*table.notes, *broken))

    def journals_of(self, athlete: str) -> Iterator[str]:
        """By the name in the header, which is a column."""
        with self.database.read() as connection:
            wanted = select(sessions.c.id).where(sessions.c.athlete == athlete)
            return iter(sorted(connection.execute(wanted).scalars()))

    def has_journal(self, session: str) -> bool:
        """By its id."""
        if not is_id(session):
            return False
        with self.database.read() as connection:
            return connection.execute(select(sessions.c.id).where(sessions.c.id == session)).scalar() is not None

    def is_running(self, session: str) -> bool:  # noqa: ARG002  # of the protocol
        """Never: a session is written on the computer that runs it, and comes in here afterwards."""
        return False

    def journal_header(self, session: str) -> Mapping[str, Any]:
        """The first line."""
        raw = self._journal(session) if is_id(session) else None
        return {} if raw is None else header_of_line(_first_line(raw))

    def load_session(self, session: str) -> Recorded:
        """Read from the bytes; or a file of the user's."""
        found = self.find_session(session)
        if isinstance(found, Path):
            return load_session(found)
        return _read_recorded(found, self._journal(found) or b"")

    def open_journal(self, session: str) -> IO[bytes]:
        """Its bytes."""
        raw = self._journal(_check_id(session))
        if raw is None:
            raise UsageError(f"session {session} cannot be read: it is not there")
        return io.BytesIO(raw)

    def add_journal(self, session: str, content: IO[bytes]) -> bool:
        """A row, unless there is one."""
        values = _columns(_check_id(session), content.read())
        with self.database.write() as connection:
            is_new = insert_once(connection, sessions, {**values, "changed": take_number(connection)})
            if is_new:
                note(connection, self.database.person, "session", str(values["athlete"]))
            return is_new

    def replace_journal(self, session: str, content: IO[bytes]) -> bool:
        """A row in the place of another."""
        values = _columns(_check_id(session), content.read())
        with self.database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == session))
            return insert_once(connection, sessions, {**values, "changed": take_number(connection)})

    def keep_journal(self, session: str, content: IO[bytes]) -> None:
        """In a table of its own, by its hash."""
        raw = content.read()
        values = {
            "session": _check_id(session),
            "sha256": hashlib.sha256(raw).hexdigest(),
            "athlete": athlete_of_line(_first_line(raw)) or "",
            "content": gzip.compress(raw, mtime=0),
        }
        with self.database.write() as connection:
            insert_once(connection, beside, values)

    def journals_beside(self) -> Iterator[tuple[str, Recorded]]:
        """Of that table."""
        for session, raw in self.kept_journals():
            with suppress(CadencecoachError):
                yield session, _read_recorded(session, raw)

    def kept_journals(self) -> Iterator[tuple[str, bytes]]:
        """The same as bytes."""
        wanted = select(beside.c.session, beside.c.content).order_by(beside.c.session, beside.c.sha256)
        with self.database.read() as connection:
            found = connection.execute(wanted).all()
        return ((session, gzip.decompress(content)) for session, content in found)

    def end_journal(self, session: str, line: str) -> None:
        """The whole lines with one more."""
        with self.database.write(), self.open_journal(session) as content:
            raw = content.read()
            n_bytes = whole_of(list(raw_lines_of(raw))).n_whole_bytes
            whole = raw[:n_bytes]
            end = b"" if not whole or whole.endswith(b"\n") else b"\n"
            self.replace_journal(session, io.BytesIO(whole + end + f"{line}\n".encode()))

    def changed_journals(self) -> list[str]:
        """The ids of journals that are not the bytes that were put in."""
        wrong = []
        for session in self.session_ids():
            with self.database.read() as connection:
                wanted = select(sessions.c.content, sessions.c.sha256).where(sessions.c.id == session)
                row = connection.execute(wanted).first()
            if row is not None and not _is_whole(row.content, row.sha256):
                wrong.append(session)
        return wrong

    def is_among_sessions(self, journal: Path) -> bool:  # noqa: ARG002  # of the protocol
        """No file is."""
        return False

    def _journal(self, session: str) -> bytes | None:
        with self.database.read() as connection:
            raw = connection.execute(select(sessions.c.content).where(sessions.c.id == session)).scalar()
        return None if raw is None else gzip.decompress(raw)


def journals_of_athlete(connection: Connection, athlete: str) -> None:
    """Delete every journal of an athlete, those beside too."""
    for table in (sessions, beside):
        connection.execute(delete(table).where(table.c.athlete == athlete))


def _columns(session: str, raw: bytes) -> dict[str, object]:
    """A journal that has not been read yet."""
    return {
        "id": session,
        "athlete": athlete_of_line(_first_line(raw)) or "",
        "started": "",
        "day": NO_DAY.isoformat(),
        "kind": "",
        "duration_s": None,
        "is_ended": False,
        "problem": "",
        "form": 0,
        "summary": json.dumps({}),
        "written_s": wall_time_s(),
        "n_bytes": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "content": gzip.compress(raw, mtime=0),
    }


def _is_whole(content: bytes, sha256: str) -> bool:
    try:
        return hashlib.sha256(gzip.decompress(content)).hexdigest() == sha256
    except (OSError, EOFError, zlib.error):
        return False


def _first_line(raw: bytes) -> bytes:
    return io.BytesIO(raw).readline(_HEADER_BYTES)


def _check_id(session: str) -> str:
    if not is_id(session):
        raise UsageError(f"{session!a} cannot be the id of a session")
    return session


def _read_recorded(session: str, raw: bytes) -> Recorded:
    from cadencecoach.devices.journal.reading import name_in_errors  # noqa: PLC0415

    with name_in_errors(f"{session}{ENDING}"):
        journal = read_journal(raw_lines_of(raw))
    return Recorded(path=Path(f"{session}{ENDING}"), journal=journal, summary=summarise_journal(journal))
