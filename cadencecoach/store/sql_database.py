"""A database, open: transactions, one lock for all athletes, and errors in words of ours."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, PendingRollbackError, SQLAlchemyError

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder, not_written
from cadencecoach.errors import ForbiddenError, UnreachableError, UsageError
from cadencecoach.store.secrets import without_secrets
from cadencecoach.store.sql_address import Address
from cadencecoach.store.sql_schema import VERSION_TABLE, VERSIONS, audit, counters

ANSWER_WITHIN_S: Final = 2  # the least that libpq waits for a connection
HUNG_AFTER_MS: Final = 5_000  # without an answer of the other computer, a connection is given up
WAIT_S: Final = 30.0  # for another program that writes a file of SQLite
LOCK_WITHIN_S: Final = 4  # for one that writes on a server: what is written here can wait
LOCK: Final = 0x0CADE4CE  # the advisory lock of all athletes
_NOT_ALLOWED: Final = "42501"
_BUSY: Final = "55P03"
_READ_ONLY: Final = "25006"  # such as a server that stands in for another, which takes nothing in


class Database:
    """A database at an address.

    Args:
        address: of it
        person: who is served, told to PostgreSQL in each transaction; empty for whoever the connection is
    """

    def __init__(self, address: Address, person: str = "") -> None:
        """Nothing is opened yet."""
        self.address, self.person = address, person
        self._engines: dict[Address, Engine] = {}  # the one of the address, when it was first asked for
        self._is_checked = False
        self._open: ContextVar[Connection | None] = ContextVar("open", default=None)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which has connections of its own."""
        return Database, (self.address, self.person)

    def for_person(self, person: str) -> "Database":
        """The same database and connections, for another person."""
        other = Database(self.address, person)
        other._engines, other._is_checked = self._engines, self._is_checked
        return other

    @property
    def is_postgresql(self) -> bool:
        """Whether it is a server."""
        return not self.address.is_sqlite

    @property
    def engine(self) -> Engine:
        """Its connections: the same for all threads, also where two are the first to ask."""
        found = self._engines.get(self.address)
        if found is None:
            made = _sqlite_engine(self.address) if self.address.is_sqlite else _server_engine(self.address)
            found = self._engines.setdefault(self.address, made)
        return found

    def close(self) -> None:
        """Let go of all connections."""
        for engine in self._engines.values():
            engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction to read in; the one that is open in this thread, if there is one.

        Raises:
            UnreachableError: it does not answer
            ForbiddenError: this person may not do it
        UsageError: it is of a newer version
        """
        with self._transaction(is_write=False) as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that keeps all others from writing, written at its end: all or nothing. Raises: as `read`."""
        with self._transaction(is_write=True) as connection:
            yield connection

    @contextlib.contextmanager
    def retreat(self) -> Iterator[None]:
        """A part of the open transaction that alone is undone where it fails. Raises: as `read`."""
        with self.read() as connection, self.own_words(), connection.begin_nested():
            yield

    @contextlib.contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection of its own, without a transaction. Raises: as `read`."""
        with self.own_words(), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextlib.contextmanager
    def _transaction(self, *, is_write: bool) -> Iterator[Connection]:
        there = self._open.get()
        if there is not None:
            with self.own_words():
                yield there
            return
        self._check_schema()
        with self.own_words(), self.engine.connect() as connection:
            connection = connection.execution_options(is_write=is_write)  # noqa: PLW2901  # SQLAlchemy's way
            with connection.begin():
                self._begin(connection, is_write=is_write)
                token = self._open.set(connection)
                try:
                    yield connection
                finally:
                    self._open.reset(token)

    def _begin(self, connection: Connection, *, is_write: bool) -> None:
        if not self.is_postgresql:
            return
        if self.person:  # until the end of the transaction: whoever gets the connection next has to say who they are
            connection.execute(text("select set_config('cadencecoach.person', :person, true)"), {"person": self.person})
        if is_write:
            connection.execute(text(f"set local lock_timeout = '{LOCK_WITHIN_S}s'"))
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})

    def _check_schema(self) -> None:
        """Have a SQLite file made or brought up to date; refuse what this program cannot use."""
        if self._is_checked:
            return
        found = self.version()
        if found != VERSIONS[-1]:
            self._check_version(found)
            from cadencecoach.store.sql_migrating import migrate  # noqa: PLC0415  # only what is old needs it

            migrate(self.engine)
        self._is_checked = True

    def _check_version(self, found: str | None) -> None:
        if found is not None and found not in VERSIONS:
            raise self.too_new(found)
        if self.is_postgresql:
            is_none = "there are no tables yet" if found is None else f"its tables are of version {found}"
            raise UsageError(
                f"{self.address}: {is_none}; whoever owns the database runs {command_line('store prepare ADDRESS')}"
            )

    def too_new(self, found: str) -> UsageError:
        """What is said of tables that a newer version made."""
        return UsageError(
            f"{self.address}: its tables are of version {found}, and this program knows up to {VERSIONS[-1]}: "
            "install a newer cadencecoach"
        )

    def check_answers(self) -> None:
        """Ask whether it is there and takes in what is written. Raises: as `read`."""
        with self.read() as connection:
            is_read_only = self.is_postgresql and connection.exec_driver_sql("show transaction_read_only").scalar()
            if is_read_only == "on":
                raise self.read_only()

    def read_only(self) -> UnreachableError:
        """What is said of one that takes nothing in: what is written waits, as if it were not there."""
        return UnreachableError(f"{self.address} cannot be written to: it is read-only now")

    def version(self) -> str | None:
        """Of the tables; None where there are none. Raises: as `read`."""
        with self.own_words(), self.engine.connect() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            found = connection.execute(text(f"select version_num from {VERSION_TABLE}")).scalar()  # noqa: S608  # ours
            return None if found is None else str(found)

    @contextlib.contextmanager
    def own_words(self) -> Iterator[None]:
        """Have what the database complains of said in words of ours. Raises: as `read`."""
        try:
            yield
        except DBAPIError as error:
            raise self._error_of(error) from error
        except PendingRollbackError as error:  # the connection broke before, in words that somebody has dealt with
            raise UnreachableError(f"{self.address} cannot be reached: the connection broke") from error
        except SQLAlchemyError as error:
            raise UsageError(f"{self.address}: {_first_line(str(error))}") from error

    def _error_of(self, error: DBAPIError) -> UsageError:
        state = getattr(error.orig, "sqlstate", None)
        words = _first_line(str(error.orig))
        if state == _NOT_ALLOWED:
            who = f"{self.person} may" if self.person else "this role may"
            return ForbiddenError(f"{self.address}: {who} not do this: {words}")
        if state == _BUSY or "database is locked" in words:
            busy = f"{self.address}: another program is writing"
            return UnreachableError(busy) if self.is_postgresql else UsageError(f"{busy} for {WAIT_S:g} s; try again")
        if state == _READ_ONLY:
            return self.read_only()
        is_refused = isinstance(error, DataError)  # by the driver, which sends no such value: the database is there
        is_gone = error.connection_invalidated or (self.is_postgresql and state is None and not is_refused)
        is_closing = isinstance(state, str) and state[:2] in {"57", "08", "53"}
        if is_gone or is_closing or (isinstance(state, str) and state[:2] in {"28", "3D"}):
            return UnreachableError(f"{self.address} cannot be reached: {words}")
        return UsageError(f"{self.address}: {words}")


def take_number(connection: Connection, name: str = "change") -> int:
    """The next number of a counter: no other transaction gets it, and it is greater than all before."""
    changed = connection.execute(counters.update().where(counters.c.name == name).values(value=counters.c.value + 1))
    if not changed.rowcount:
        connection.execute(counters.insert().values(name=name, value=1))
    return int(connection.execute(select(counters.c.value).where(counters.c.name == name)).scalar_one())


def note(connection: Connection, person: str, what: str, about: str) -> None:
    """Keep for the audit who did what; on PostgreSQL the database says who, if each has a login."""
    who: Any = func.cadencecoach_person() if connection.dialect.name == "postgresql" else person
    connection.execute(audit.insert().inline().values(at=wall_time_utc(), person=who, what=what, about=about))


def insert_once(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Put a row in, unless there is one of its key; the answer is whether it was put in."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    key = next(iter(table.primary_key))
    made = insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return connection.execute(made).first() is not None


def _first_line(words: str) -> str:
    return without_secrets(words.strip().partition("\n")[0])


def _sqlite_engine(address: Address) -> Engine:
    file = address.file
    try:
        make_private_folder(file.parent)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, FILE_MODE))
    except OSError as error:
        raise UsageError(not_written(file, error)) from error
    engine = create_engine(address.url, json_serializer=json.dumps, connect_args={"timeout": WAIT_S})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:  # noqa: ANN401  # of the driver
        connection.isolation_level = None  # SQLAlchemy says when a transaction begins, and not the driver
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_write = connection.get_execution_options().get("is_write")
        connection.exec_driver_sql("begin immediate" if is_write else "begin")

    return engine


def _server_engine(address: Address) -> Engine:
    usual = {"connect_timeout": ANSWER_WITHIN_S, "tcp_user_timeout": HUNG_AFTER_MS, "application_name": "cadencecoach"}
    words = {name: value for name, value in usual.items() if name not in address.url.query}
    engine = create_engine(address.url, pool_pre_ping=True, connect_args=words, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: list[Any], words: dict[str, Any]) -> object:
        from cadencecoach.store.patient_connection import PatientConnection  # noqa: PLC0415  # SQLite needs no driver

        password = address.password()  # read when it is needed, and kept nowhere
        if password is not None:
            words = {**words, "password": password}
        return PatientConnection.connect(*args, **words)

    return engine
