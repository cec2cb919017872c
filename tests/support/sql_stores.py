"""Stores of tables for tests: a file of SQLite, a database on a server of ours."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    """A database on the server with the tables of this program."""
    name = f"clinic{next(_numbers)}"
    with server.connect() as connection:
        made = connection.execute("select 1 from pg_database where datname = %s", [TEMPLATE]).fetchone()
        if made is None:
            connection.execute(f"create database {TEMPLATE}")
            prepare(owner_address(server, TEMPLATE), lead=LEAD)
        connection.execute(f"create database {name} template {TEMPLATE}")
    database = Database(product_address(server, name), LEAD)
    try:
        yield SqlStore(database, device=DEVICE)
    finally:
        database.close()


def keep_database(server: PostgresServer, store: SqlStore) -> None:
    """Remember a database as it is now, for `put_back`."""
    name = store.database.address.url.database
    store.database.close()
    with server.connect() as connection:
        connection.execute(f"create database {name}_kept template {name}")


def put_back(server: PostgresServer, store: SqlStore) -> None:
    """Have a database as it was kept, whatever has been done to it."""
    name = store.database.address.url.database
    store.database.close()
    with server.connect() as connection:
        connection.execute(f"drop database {name} with (force)")
        connection.execute(f"create database {name} template {name}_kept")


def product_address(server: PostgresServer, name: str, user: str = PRODUCT) -> Address:
    """The same database for the product, which owns nothing."""
    with server.connect() as connection, contextlib.suppress(DuplicateObject):
        connection.execute(f"create role {user} login password '{server.password}' in role cadencecoach_app")
    return address_in(server.address(name, user), str(password_of(server)))


def clinic_store(store: SqlStore, folder: Path, machine: Machine = NO_MACHINE) -> ClinicStore:
    """The same database as one computer has it."""
    local = FileStore(folder, machine)
    return ClinicStore(SpoolingStore(store.database, local), local)
