"""The index of sessions on disk: a table of rows, made from the journals and made again whenever it is in doubt.

The journals are the record; this is a cache. So nothing here is precious: a file that is broken, or of another form,
is thrown away, and one that cannot be written is replaced by one in memory. It knows rows as names and values only.
"""

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cadencecoach.devices.private_file import FILE_MODE, make_private_folder

Value = str | int | float | None
Stamp = tuple[int, int]  # time of its last change in ns, and its bytes: by which a file is known to be unchanged

WAIT_S = 5.0  # for another program that is writing it
BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
IN_MEMORY = ":memory:"


class IndexFile:
    """The table, open.

    Attributes:
        trouble: why it is not kept, for a person to read; None while it is
        was_broken: there was a file that was none of ours any more, and it has been thrown away
    """

    def __init__(self, path: Path, columns: Sequence[str], *, form: int, group: str = "") -> None:
        """Open it, empty if it is not there, broken, or of another form.

        Args:
            path: of the file; its folder is made
            columns: names of a row's values; the first is the key
            form: number of the definition of those values; another number throws the old rows away
            group: a column by which rows are asked for; empty for none
        """
        self._path = path
        self._columns, self._group = tuple(columns), group
        self._form = zlib.crc32(f"{form} {' '.join(columns)}".encode()) & 0x7FFFFFFF
        self.trouble: str | None = None
        self.was_broken = False
        self._table = self._open()

    def stamps(self) -> dict[str, Stamp]:
        """What is known, by key."""
        found = self._fetch(f"SELECT {self._columns[0]}, mtime_ns, n_bytes FROM session", ())  # noqa: S608  # ours
        return {str(key): (mtime_ns, n_bytes) for key, mtime_ns, n_bytes in found}

    def stamps_by_group(self, only: str | None = None) -> dict[str, list[tuple[str, Stamp]]]:
        """The same by what stands in the column of groups, or of one group, each sorted by key."""
        key, group = self._columns[0], self._group
        where = "" if only is None else f"WHERE {group} = ?"
        order = f"{where} ORDER BY {group}, {key}"
        wanted = f"SELECT {group}, {key}, mtime_ns, n_bytes FROM session {order}"  # noqa: S608  # names of ours
        found: dict[str, list[tuple[str, Stamp]]] = {}
        for name, one, mtime_ns, n_bytes in self._fetch(wanted, () if only is None else (only,)):
            found.setdefault(str(name or ""), []).append((str(one), (mtime_ns, n_bytes)))
        return found

    def put(self, rows: Iterable[tuple[Stamp, Mapping[str, Value]]]) -> None:
        """Add rows, or replace those of the same key: all of them, or none when the program ends in between."""
        marks = ", ".join("?" * (len(self._columns) + 2))
        values = [(*(row.get(name) for name in self._columns), *stamp) for stamp, row in rows]
        self._change(f"INSERT OR REPLACE INTO session VALUES ({marks})", values)  # noqa: S608  # question marks

    def drop(self, keys: Iterable[str]) -> None:
        """Take rows out, and what they held off the disk."""
        key = self._columns[0]
        self._change(f"DELETE FROM session WHERE {key} = ?", [(key,) for key in keys])  # noqa: S608  # a name of ours

    def rows(
        self,
        names: Sequence[str],
        *,
        equal: Mapping[str, Value],
        since: tuple[str, Value] | None,
        limit: int = -1,
        began_s: Callable[[str, float], float] | None = None,
    ) -> list[tuple[Value, ...]]:
        """Values of some columns, the newest row last.

        Args:
            names: of the columns
            equal: column -> value that is wanted
            since: a column, and the least value that is wanted
            limit: so many of the newest; below 0 is all
            began_s: sorts them, of `started` and the time the file was written, in s; None goes by `started` alone;
                rows of one moment go by their keys
        """
        wanted = [*(f"{name} = ?" for name in equal), *([f"{since[0]} >= ?"] if since is not None else [])]
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        values = [*equal.values(), *([since[1]] if since is not None else []), limit]
        if began_s is not None:
            self._table.create_function("began_s", 2, partial(_began_s, began_s), deterministic=True)
        # As bytes: a text that was damaged reaches no function, and stops the list.
        by = "started" if began_s is None else "began_s(CAST(started AS BLOB), mtime_ns / 1e9)"
        order = f"ORDER BY {by} DESC, {self._columns[0]} DESC LIMIT ?"
        found = self._fetch(f"SELECT {', '.join(names)} FROM session {where} {order}", values)  # noqa: S608  # ours
        return found[::-1]

    def close(self) -> None:
        """Let go of it."""
        self._table.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._open_on_disk()
        except sqlite3.DatabaseError as error:
            self.was_broken = getattr(error, "sqlite_errorcode", None) in BROKEN
            if not self.was_broken:
                return self._in_memory(str(error))
        except OSError as error:
            return self._in_memory(error.strerror or str(error))
        return self._anew()

    def _anew(self) -> sqlite3.Connection:
        try:
            _throw_away(self._path)
            return self._open_on_disk()
        except (sqlite3.DatabaseError, OSError) as error:
            return self._in_memory(str(error))

    def _open_on_disk(self) -> sqlite3.Connection:
        """The file, made if it is not there."""
        make_private_folder(self._path.parent)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        table = sqlite3.connect(self._path, timeout=WAIT_S, isolation_level=None)
        try:
            if table.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _damage_error("it does not hold together")
            self._shape(table)
        except sqlite3.DatabaseError:
            table.close()
            raise
        return table

    def _in_memory(self, why: str) -> sqlite3.Connection:
        self.trouble = f"the index of sessions cannot be saved ({why}): it is rebuilt each time ({self._path})"
        table = sqlite3.connect(IN_MEMORY, isolation_level=None)
        self._shape(table)
        return table

    def _shape(self, table: sqlite3.Connection) -> None:
        """The one table there is. What is deleted is overwritten, so that what was forgotten is gone."""
        table.execute("PRAGMA secure_delete = ON")
        key, *others = self._columns
        if table.execute("PRAGMA user_version").fetchone()[0] != self._form:
            table.execute("BEGIN IMMEDIATE")
            table.execute("DROP TABLE IF EXISTS session")
            table.execute(f"CREATE TABLE session ({key} PRIMARY KEY, {', '.join(others)}, mtime_ns, n_bytes)")
            table.execute(f"PRAGMA user_version = {self._form}")
            table.execute("COMMIT")
        if self._group:  # with all that stamps are made of, so that no row is read for them
            stamped = f"session ({self._group}, {key}, mtime_ns, n_bytes)"
            table.execute(f"CREATE INDEX IF NOT EXISTS stamped ON {stamped}")

    def _fetch(self, sql: str, values: Sequence[Value]) -> list[Any]:
        """All rows. Damage inside a text stops nobody: the next look at the journals puts most of it right."""
        try:
            return self._table.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            self._table.text_factory = _readable
            return self._table.execute(sql, values).fetchall()

    def _change(self, sql: str, values: Sequence[tuple[Value, ...]]) -> None:
        """All of it, or nothing; a disk that does not take it is done without from then on."""
        try:
            _commit(self._table, sql, values)
        except sqlite3.DatabaseError as error:
            kept, self._table = self._table, self._in_memory(str(error))
            kept.backup(self._table)
            kept.close()
            _commit(self._table, sql, values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def index_bytes(path: Path) -> bytes:
    """The file of an index as it is between two changes; of one that is broken, its bytes as they are."""
    try:
        with contextlib.closing(
            sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, timeout=WAIT_S)
        ) as table:
            return table.serialize()
    except sqlite3.DatabaseError:
        return path.read_bytes()


def _commit(table: sqlite3.Connection, sql: str, values: Sequence[tuple[Value, ...]]) -> None:
    table.execute("BEGIN IMMEDIATE")
    try:
        table.executemany(sql, values)
        table.execute("COMMIT")
    except BaseException:
        if table.in_transaction:
            table.execute("ROLLBACK")
        raise


def _throw_away(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _readable(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _damage_error(why: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(why)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _began_s(rule: Callable[[str, float], float], started: bytes | None, written_s: float | None) -> float:
    return rule((started or b"").decode(errors="replace"), written_s or 0.0)
