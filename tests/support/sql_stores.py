"""Stores of tables for tests: a file of SQLite, a database on a server of ours."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

from postgres_server import PostgresServer
from psycopg.errors import DuplicateObject

from cadencecoach.store.clinic_store import ClinicStore
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.machine import NO_MACHINE, Machine
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_address import Address, address_in
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_migrating import migrate
from cadencecoach.store.sql_preparing import prepare
from cadencecoach.store.sql_store import SqlStore

LEAD, PRODUCT, TEMPLATE = "lena", "desk", "empty_clinic"
DEVICE = "d0d0d0d0d0d0d0d0"
_numbers = itertools.count(1)
Rows = Mapping[str, bytes]  # of each table
_given_back = WeakKeyDictionary[PostgresServer, list[str]]()
_roles = WeakKeyDictionary[PostgresServer, set[str]]()
_kept = WeakKeyDictionary[PostgresServer, dict[str, Rows]]()


@contextlib.contextmanager
def sqlite_store(folder: Path) -> Iterator[SpoolingStore]:
    """A new file in a folder."""
    database = Database(address_in(f"sqlite:///{folder}/clinic.sqlite"))
    database.address.file.write_bytes(_made_tables())
    try:
        yield SpoolingStore(database, FileStore(folder / "here"))
    finally:
        database.close()


@cache
def _made_tables() -> bytes:
    """A file that has the tables and nothing in them: to make them takes a tenth of a second each time."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(address_in(f"sqlite:///{folder}/clinic.sqlite"))
        database.version()
        migrate(database.engine)
        database.close()
        return database.address.file.read_bytes()


def owner_address(server: PostgresServer, name: str) -> Address:
    """Of a database, for whoever owns it."""
    return address_in(server.address(name), str(password_of(server)))


def password_of(server: PostgresServer) -> Path:
    """A private file with the password, which is the same for all."""
    secret = server.folder.with_name(f"{server.folder.name}.password")
    if not secret.exists():
        secret.touch(0o600)
        secret.write_text(server.password)
    return secret


@contextlib.contextmanager
def new_database(server: PostgresServer) -> Iterator[SqlStore]:
    """A database on the server with the tables of this program and nothing in them.

    Whoever had it before has had rows of its own, and no tables: to make one takes ten times as long as to empty it.
    """
    given_back, template = _given_back.setdefault(server, []), _kept.setdefault(server, {})
    name = given_back.pop() if given_back else ""
    if name:
        _put_rows(server, name, template[TEMPLATE])
    else:
        name = f"clinic{next(_numbers)}"
        with server.connect() as connection:
            if TEMPLATE not in template:
                connection.execute(f"create database {TEMPLATE}")
                prepare(owner_address(server, TEMPLATE), lead=LEAD)
                template[TEMPLATE] = _rows_of(server, TEMPLATE)
            connection.execute(f"create database {name} template {TEMPLATE}")
    database = Database(product_address(server, name), LEAD)
    try:
        yield SqlStore(database, device=DEVICE)
    finally:
        database.close()
        given_back.append(name)


def keep_database(server: PostgresServer, store: SqlStore) -> None:
    """Remember what stands in a database now, for `put_back`."""
    name = str(store.database.address.url.database)
    _kept[server][name] = _rows_of(server, name)


def put_back(server: PostgresServer, store: SqlStore) -> None:
    """Have in a database what was kept of it, whatever has been written and whoever is at it."""
    name = str(store.database.address.url.database)
    store.database.close()
    _put_rows(server, name, _kept[server][name])


def _rows_of(server: PostgresServer, name: str) -> Rows:
    with server.connect(name) as connection, connection.cursor() as cursor:
        found = {}
        for (table,) in connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall():
            with cursor.copy(f"copy {table} to stdout") as copied:
                found[str(table)] = b"".join(map(bytes, copied))
        return found


def _put_rows(server: PostgresServer, name: str, kept: Rows) -> None:
    with server.connect(name) as connection, connection.transaction(), connection.cursor() as cursor:
        others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
        connection.execute(others, [name])
        connection.execute("set session_replication_role = replica")  # in any order, and nothing comes of it
        connection.execute(";".join(f"delete from {table}" for table in kept))  # noqa: S608  # of ours
        for table in filter(kept.get, kept):
            with cursor.copy(f"copy {table} from stdin") as copied:
                copied.write(kept[table])


def product_address(server: PostgresServer, name: str, user: str = PRODUCT) -> Address:
    """The same database for the product, which owns nothing."""
    if user not in (known := _roles.setdefault(server, set())):
        with server.connect() as connection, contextlib.suppress(DuplicateObject):
            connection.execute(f"create role {user} login password '{server.password}' in role cadencecoach_app")
        known.add(user)
    return address_in(server.address(name, user), str(password_of(server)))


def clinic_store(store: SqlStore, folder: Path, machine: Machine = NO_MACHINE) -> ClinicStore:
    """The same database as one computer has it."""
    local = FileStore(folder, machine)
    return ClinicStore(SpoolingStore(store.database, local), local)
