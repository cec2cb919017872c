"""A database made ready by whoever owns it: its tables, and a first person."""

from sqlalchemy import select, update

from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.sql_address import Address
from cadencecoach.store.sql_database import Database, insert_once
from cadencecoach.store.sql_migrating import migrate
from cadencecoach.store.sql_schema import VERSIONS, people


def prepare(address: Address, lead: str = "") -> tuple[str, ...]:
    """Make the tables, or bring them up to date; lines for a person.

    Args:
        address: of the database, as its owner
        lead: who is made a lead, and may then add others; empty for nobody
    Raises:
        UsageError: it cannot be reached, is of a newer version, or whoever connects may not do so
    """
    database = Database(address)
    try:
        before = database.version()
        if before is not None and before not in VERSIONS:
            raise database.too_new(before)
        with database.own_words():
            migrate(database.engine)
        told = "was made" if before is None else "is as it was" if before == VERSIONS[-1] else f"came from {before}"
        lines = [f"{address}: version {VERSIONS[-1]} of the tables {told}"]
        if lead:
            _add_lead(database, check_name(lead))
            lines.append(f"{lead} is a lead: adds people, and sees everybody")
    finally:
        database.close()
    return tuple(lines)


def _add_lead(database: Database, name: str) -> None:
    with database.write() as connection:
        made = {"name": name, "role": "lead", "password": "", "is_active": True}
        if not insert_once(connection, people, made):
            connection.execute(update(people).where(people.c.name == name).values(role="lead", is_active=True))
        assert connection.execute(select(people.c.role).where(people.c.name == name)).scalar() == "lead"
