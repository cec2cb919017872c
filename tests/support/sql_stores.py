"""Stores of tables for tests: a file of SQLite, a database on a server of ours."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from postgres_server import PostgresServer

from cadencecoach.store.file_store import FileStore
from cadencecoach.store.shared.clinic_store import ClinicStore
from cadencecoach.store.shared.spooling import SpoolingStore
from cadencecoach.store.sql.address import Address, address_in
from cadencecoach.store.sql.database import Database
from cadencecoach.store.sql.migrating import migrate
from cadencecoach.store.sql.sql_store import SqlStore

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
        migrate(database)
        database.close()
        return database.address.file.read_bytes()


def owner_address(server: PostgresServer, name: str) -> Address:
    """Of a database, for whoever owns it."""
    secret = server.folder.with_name(f"{server.folder.name}.password")
    if not secret.exists():
        secret.touch(0o600)
        secret.write_text(server.password)
    return address_in(server.address(name), str(secret))


@contextlib.contextmanager
def new_database(server: PostgresServer) -> Iterator[SqlStore]:
    """A database on the server with the tables of this program."""
    name = f"clinic{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(f"create database {name}")
    database = Database(owner_address(server, name))
    migrate(database)
    try:
        yield SqlStore(database, device=DEVICE)
    finally:
        database.close()


def clinic_store(store: SqlStore, folder: Path) -> ClinicStore:
    """The same database as one computer has it."""
    local = FileStore(folder)
    return ClinicStore(SpoolingStore(store.database, local), local)
