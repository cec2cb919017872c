"""The tables brought from the version they have to that of this program."""

import importlib.resources
from typing import TYPE_CHECKING, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

if TYPE_CHECKING:
    from cadencecoach.store.sql.database import Database

STEPS: Final = "cadencecoach.store.sql.migrations"
MODULES: Final = (  # found by alembic in its folder
    "cadencecoach.store.sql.migrations.env",
    "cadencecoach.store.sql.migrations.versions.v0001_what_files_keep",
)


def migrate(database: "Database", to: str = "head") -> None:
    """Make or change the tables: all of it or nothing.

    Args:
        database: of somebody who may do so
        to: a version; the last by default
    """
    with database.engine.connect() as connection:
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
