"""A database that goes away for good just before the n-th thing that a program asks of it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from postgres_server import PostgresServer
from psycopg import sql
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import Dialect

GONE_WITHIN_MS = 5_000


@dataclass(slots=True)
class Asked:
    """What a program has asked of the database.

    Attributes:
        n: connections, statements and ends of transactions, one after the other
        is_gone: whether the database has gone away meanwhile
    """

    n: int = 0
    is_gone: bool = False


def go_away(server: PostgresServer, name: str) -> None:
    """End every connection to a database, and let nobody in."""
    with server.connect() as owner:
        owner.execute(sql.SQL("alter database {} allow_connections false").format(sql.Identifier(name)))
        ended = "select pg_terminate_backend(pid, %s) from pg_stat_activity where datname = %s"
        owner.execute(ended, [GONE_WITHIN_MS, name])  # of one that has just ended by itself the answer is no
        asked = "select count(*) from pg_stat_activity where datname = %s and backend_type = 'client backend'"
        assert owner.execute(asked, [name]).fetchone() == (0,)  # the server tidies up whenever it likes


def come_back(server: PostgresServer, name: str) -> None:
    """Let everybody in again."""
    with server.connect() as owner:
        owner.execute(sql.SQL("alter database {} allow_connections true").format(sql.Identifier(name)))


@contextlib.contextmanager
def gone_before(server: PostgresServer, name: str, number: int) -> Iterator[Asked]:
    """Have a database go away before whatever is asked of it as the n-th thing; at the end it is back.

    Asked are connections, statements, and the ends of transactions that are to be kept.
    """
    asked = Asked()

    def count() -> None:
        asked.n += 1
        if asked.n == number:
            asked.is_gone = True
            go_away(server, name)

    def on_connect(_dialect: Dialect, _record: object, _args: object, words: dict[str, Any]) -> None:
        if words.get("dbname") == name:
            count()

    def on_statement(connection: Any, *_rest: object) -> None:  # noqa: ANN401  # of SQLAlchemy
        if connection.engine.url.database == name:
            count()

    listened = (("do_connect", on_connect), ("before_cursor_execute", on_statement), ("commit", on_statement))
    for what, hear in listened:
        event.listen(Engine, what, hear)
    try:
        yield asked
    finally:
        for what, hear in listened:
            event.remove(Engine, what, hear)
        come_back(server, name)
