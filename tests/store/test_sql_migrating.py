"""Tests for tables that an older or a newer version of this program made."""

from pathlib import Path

import pytest
from postgres_server import PostgresServer
from sql_stores import owner_address
from sqlalchemy import inspect, text

from cadencecoach.errors import UsageError
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.spooling import SpoolingStore
from cadencecoach.store.sql_address import Address, address_in
from cadencecoach.store.sql_database import Database
from cadencecoach.store.sql_migrating import MODULES, migrate
from cadencecoach.store.sql_preparing import prepare
from cadencecoach.store.sql_schema import VERSION_TABLE, VERSIONS, metadata


def made(folder: Path, version: str) -> Database:
    """A file as a version made it, with an athlete in it."""
    database = Database(address_in(f"sqlite:///{folder}/{version}.sqlite"))
    migrate(database.engine, version)
    with database.engine.begin() as connection:
        values = "('r7', true, x'7b2270726f66696c65223a317d', null, 1, 1)"
        connection.execute(text(f"insert into athletes values {values}"))  # noqa: S608  # ours
    return database


def assert_as_described(database: Database) -> None:
    """All tables with all columns are there, and no others."""
    found = inspect(database.engine)
    for name, table in metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == {column.name for column in table.columns}
    assert set(found.get_table_names()) == {*metadata.tables, VERSION_TABLE}


def test_all_steps_together_make_the_tables_that_the_program_describes(tmp_path: Path) -> None:
    """A column without a step is one that no clinic would get."""
    database = Database(address_in(f"sqlite:///{tmp_path}/new.sqlite"))
    migrate(database.engine, VERSIONS[-1])
    assert_as_described(database)
    database.close()


def test_every_version_is_a_step_of_its_own() -> None:
    """A module for each, in the order in which the program knows them."""
    steps = [name for name in MODULES if ".versions." in name]
    assert [name.rpartition(".v")[2][:4] for name in steps] == list(VERSIONS)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_tables_of_each_version_come_forward_with_what_is_in_them(tmp_path: Path, version: str) -> None:
    """They are brought up to date when they are opened, and are then as the program describes them."""
    database = made(tmp_path, version)
    store = SpoolingStore(database, FileStore(tmp_path / "here"))
    assert store.read_profile("r7") == Profile(athlete="r7")
    assert database.version() == VERSIONS[-1]
    assert_as_described(database)
    database.close()


@pytest.mark.slow
def test_tables_of_a_newer_program_are_refused_in_a_line(tmp_path: Path) -> None:
    """What is in them stays as it is."""
    database = made(tmp_path, VERSIONS[-1])
    with database.engine.begin() as connection:
        connection.execute(text(f"update {VERSION_TABLE} set version_num = '9999'"))  # noqa: S608  # ours
    database.close()
    older = Database(database.address)
    with pytest.raises(UsageError, match="version 9999, and this program knows up to 0003: install"):
        SpoolingStore(older, FileStore(tmp_path / "here")).athlete_names()
    with pytest.raises(UsageError, match="install a newer"):
        prepare(database.address)
    older.close()


@pytest.mark.slow
def test_a_server_is_brought_forward_by_its_owner_alone(postgresql: PostgresServer) -> None:
    """The product says who has to do it."""
    with postgresql.connect() as connection:
        connection.execute("create database older")
    owner: Address = owner_address(postgresql, "older")
    database = Database(owner)
    with pytest.raises(UsageError, match=r"there are no tables yet; .*store prepare ADDRESS"), database.read():
        pass
    migrate(database.engine, "0001")
    with pytest.raises(UsageError, match="its tables are of version 0001; whoever owns"), database.read():
        pass
    assert "came from 0001" in prepare(owner)[0]
    assert "is as it was" in prepare(owner)[0]
    database.close()
