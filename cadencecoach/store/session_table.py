"""Every session as a row: the summary of its journal, read when a journal is new and kept beside it."""

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Row, Select, select, update

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.journal.reading import MAX_BYTES
from cadencecoach.errors import JournalError
from cadencecoach.record.row import SessionRow
from cadencecoach.store.columns import COLUMNS, FORM, NAMES, Value, row_from_values, values_of_broken
from cadencecoach.store.finding import believed_start_s
from cadencecoach.store.protocol import TellProgress, Unreadable
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_schema import sessions

AT_ONCE: Final = 50  # journals read between two writes: what was read is kept when the program is stopped
LINE_BYTES: Final = 1_000_001
_PLAIN: Final = {"id", "athlete", "started", "day", "kind", "duration_s", "is_ended"}


class SqlSessions:
    """A `SessionTable` of the table of sessions."""

    notes: tuple[str, ...] = ()

    def __init__(self, database: Database) -> None:
        """Nothing is read yet."""
        self._database = database

    def refresh(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Read the journals that are new, have changed, or were read by another version."""
        unread = self._unread()
        for n_done in range(0, len(unread), AT_ONCE):
            tell(n_done, len(unread))
            self._read(unread[n_done : n_done + AT_ONCE])
        return len(unread)

    def n_unread(self) -> int:
        """How many `refresh` would read."""
        return len(self._unread())

    def rebuild(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Read all of them again."""
        with self._database.write() as connection:
            connection.execute(update(sessions).values(form=0))
        return self.refresh(tell)

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """From the columns where they hold what is asked for, else from the summaries."""
        names = tuple(names)
        wanted = _PLAIN & set(names) if set(names) <= _PLAIN else {"summary"}
        columns = [sessions.c[name] for name in sorted({"id", "started", *wanted})]
        found = self._newest_last(select(*columns, sessions.c.written_s), athlete, since)
        chosen = found if limit < 0 else found[len(found) - min(limit, len(found)) :]
        if "summary" not in wanted:
            return [tuple(_plain(getattr(row, name)) for name in names) for row in chosen]
        told = (json.loads(row.summary) for row in chosen)
        return [tuple(one.get(name) for name in names) for one in told]

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """The same as rows."""
        return tuple(map(row_from_values, self.values(NAMES, athlete=athlete, since=since, limit=limit)))

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Those with a problem."""
        wanted = select(sessions.c.id, sessions.c.problem).where(sessions.c.problem != "", sessions.c.form != 0)
        with self._database.read() as connection:
            found = sorted(connection.execute(wanted))
        return tuple(Unreadable(id=key, problem=problem) for key, problem in found)

    def broken_off_ids(self) -> tuple[str, ...]:
        """Those without an end; one that runs is on the computer that runs it."""
        wanted = select(sessions.c.id, sessions.c.started, sessions.c.written_s).where(~sessions.c.is_ended)
        return tuple(row.id for row in self._newest_last(wanted, None, None))

    def _newest_last(self, wanted: Select[Any], athlete: str | None, since: date | None) -> list[Row[Any]]:
        wanted = wanted.where(sessions.c.problem == "", sessions.c.form != 0)
        if athlete is not None:
            wanted = wanted.where(sessions.c.athlete == athlete)
        if since is not None:
            wanted = wanted.where(sessions.c.day >= since.isoformat())
        now_s = wall_time_s()
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return sorted(rows, key=lambda row: (believed_start_s(row.started, row.written_s, now_s=now_s), row.id))

    def _unread(self) -> list[str]:
        with self._database.read() as connection:
            wanted = select(sessions.c.id).where(sessions.c.form != FORM).order_by(sessions.c.id)
            return list(connection.execute(wanted).scalars())

    def _read(self, ids: Sequence[str]) -> None:
        with self._database.read() as connection:
            wanted = select(sessions.c.id, sessions.c.sha256, sessions.c.content).where(sessions.c.id.in_(ids))
            found = connection.execute(wanted).all()
        read = [(row.id, row.sha256, summary_columns(row.id, gzip.decompress(row.content))) for row in found]
        with self._database.write() as connection:
            for key, sha256, columns in read:  # of a journal that was exchanged meanwhile it is another's
                connection.execute(
                    update(sessions).where(sessions.c.id == key, sessions.c.sha256 == sha256).values(columns)
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


def summary_columns(session: str, raw: bytes) -> dict[str, object]:
    """What the table has of a journal beside its bytes and whose it is."""
    from cadencecoach.store.rows_read import values_in  # noqa: PLC0415  # not needed while no journal is new

    try:
        values = values_in(raw_lines_of(raw), id=session)
    except JournalError as error:
        values = values_of_broken(session, str(error))
    return {
        "started": str(values["started"]),
        "day": str(values["day"]),
        "kind": str(values.get("kind") or ""),
        "duration_s": values.get("duration_s"),
        "is_ended": bool(values.get("is_ended")),
        "problem": str(values["problem"]),
        "form": FORM,
        "summary": json.dumps({name: values.get(name) for name in COLUMNS}, separators=(",", ":")),
    }


def raw_lines_of(raw: bytes) -> Iterator[bytes]:
    """The lines of a journal, within the bounds that hold for a file.

    Raises:
        JournalError: it is larger than any session
    """
    if len(raw) > MAX_BYTES:
        raise JournalError(f"larger than {MAX_BYTES / 1e6:.0f} MB, which is two days of a session")
    lines = io.BytesIO(raw)
    while line := lines.readline(LINE_BYTES):
        yield line


def _plain(value: Value) -> Value:
    return int(value) if isinstance(value, bool) else value
