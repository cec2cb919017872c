"""The tables brought from the version they have to that of this program."""

import importlib.resources
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

STEPS: Final = "cadencecoach.store.migrations"
MODULES: Final = (  # found by alembic in its folder
    "cadencecoach.store.migrations.env",
    "cadencecoach.store.migrations.versions.v0001_what_files_keep",
    "cadencecoach.store.migrations.versions.v0002_people",
    "cadencecoach.store.migrations.versions.v0003_seen_at_once",
)


def migrate(engine: Engine, to: str = "head") -> None:
    """Make or change the tables: all of it or nothing.

    Args:
        engine: connections of somebody who may do so
        to: a version; the last by default
    """
    with engine.connect() as connection:
        migrate_connection(connection.execution_options(is_write=True), to)


def migrate_connection(connection: Connection, to: str = "head") -> None:
    """The same over a connection."""
    folder = importlib.resources.files(STEPS)
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("select pg_advisory_xact_lock(1)")
        command.upgrade(config, to)
