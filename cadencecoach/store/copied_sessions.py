"""The table of sessions where a database may not answer: what was seen last stands in for it."""

from collections.abc import Callable, Iterable
from datetime import date
from types import TracebackType
from typing import Protocol, Self, TypeVar

from cadencecoach.record.row import SessionRow
from cadencecoach.store.columns import NAMES, Value, row_from_values
from cadencecoach.store.database_link import DatabaseLink
from cadencecoach.store.local_copy import LocalCopy
from cadencecoach.store.protocol import SessionTable, TellProgress, Unreadable
from cadencecoach.store.session_table import SqlSessions
from cadencecoach.store.sql_database import Database

T = TypeVar("T")


class _Ask(Protocol):
    def __call__(self, ask: Callable[[], T], instead: Callable[[], T]) -> T: ...


class CopiedSessions:
    """A `SessionTable` of what was seen last."""

    notes: tuple[str, ...] = ()

    def __init__(self, copy: LocalCopy) -> None:
        """Nothing is read yet."""
        self._copy = copy

    def refresh(self, tell: TellProgress = lambda _done, _all: None) -> int:  # noqa: ARG002  # of the protocol
        """There is nothing to be read."""
        return 0

    def rebuild(self, tell: TellProgress = lambda _done, _all: None) -> int:  # noqa: ARG002  # likewise
        """The journals are in the database."""
        return len(self._copy.summaries())

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """Of the summaries."""
        names = tuple(names)
        found = [
            one
            for one in self._copy.summaries()
            if not one.get("problem")
            and (athlete is None or one.get("athlete") == athlete)
            and (since is None or str(one.get("day")) >= since.isoformat())
        ]
        chosen = found if limit < 0 else found[len(found) - min(limit, len(found)) :]
        return [tuple(one.get(name) for name in names) for one in chosen]

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """The same as rows."""
        return tuple(map(row_from_values, self.values(NAMES, athlete=athlete, since=since, limit=limit)))

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Of the journals here."""
        if not self._copy.files.sessions_folder.is_dir():
            return ()
        with self._copy.files.sessions() as here:
            return here.unreadable()

    def broken_off_ids(self) -> tuple[str, ...]:
        """Of the journals here: others may run elsewhere."""
        if not self._copy.files.sessions_folder.is_dir():
            return ()
        with self._copy.files.sessions() as here:
            here.refresh()
            return here.broken_off_ids()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass


class EitherSessions:
    """A `SessionTable` of the database, and of the copy for each question that the database does not answer.

    Args:
        database: that may not answer
        copy: of what was seen last
        link: that says why it did not answer
        read: asks the database first, and the copy where that fails
    """

    def __init__(self, database: Database, copy: LocalCopy, link: DatabaseLink, read: _Ask) -> None:
        """Nothing is read yet."""
        self._link, self._read = link, read
        self._there, self._here = SqlSessions(database), CopiedSessions(copy)

    @property
    def notes(self) -> tuple[str, ...]:
        """Why the database did not answer, if it did not."""
        return (self._link.why,) if self._link.why else ()

    def _either(self, ask: Callable[[SessionTable], T]) -> T:
        return self._read(lambda: ask(self._there), lambda: ask(self._here))

    def refresh(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """There is nothing to be read in the copy."""
        return self._either(lambda table: table.refresh(tell))

    def rebuild(self, tell: TellProgress = lambda _done, _all: None) -> int:
        """Likewise."""
        return self._either(lambda table: table.rebuild(tell))

    def values(
        self, names: Iterable[str], *, athlete: str | None = None, since: date | None = None, limit: int = -1
    ) -> list[tuple[Value, ...]]:
        """Of either."""
        names = tuple(names)
        return self._either(lambda table: table.values(names, athlete=athlete, since=since, limit=limit))

    def rows(self, *, athlete: str | None = None, since: date | None = None, limit: int = -1) -> tuple[SessionRow, ...]:
        """Of either."""
        return self._either(lambda table: table.rows(athlete=athlete, since=since, limit=limit))

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Of either."""
        return self._either(lambda table: table.unreadable())

    def broken_off_ids(self) -> tuple[str, ...]:
        """Of either."""
        return self._either(lambda table: table.broken_off_ids())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass
