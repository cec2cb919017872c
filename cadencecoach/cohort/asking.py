"""Ask the tables in SQL: in a process of its own that can read them, and nothing else, and write nothing at all."""

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cadencecoach.cohort.column import Cell, Table
from cadencecoach.devices.background.answering import TOO_LONG, Answerer
from cadencecoach.devices.private_file import read_private
from cadencecoach.errors import UsageError

MOST_ROWS = 10_000  # of an answer; more is a table to be built, not an answer
MOST_WORD = 2_000  # characters of a cell
MEMORY_MB = 1_000
WITHIN_S = 120.0
LOAD_WITHIN_S = 120.0  # the engine, behind everything else of a busy computer; none of it is the question's
START_S = 10.0  # of the processor, before the question begins: the process and the engine
ENGINE_MB = 3_000  # addresses that the engine takes beside what a question may hold
N_THREADS = 2
SQL_TYPES = {int: "BIGINT", float: "DOUBLE", str: "VARCHAR", date: "DATE"}
ALLOWED = "SELECT"  # alone: EXPLAIN ANALYZE does what it explains, a COPY over a table too
EXTRA = "questions need duckdb; in the folder of the program: uv tool install '.[research]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question.

    Attributes:
        columns: their names
        rows: of cells; None is not known
        is_cut: there were more rows than are told
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a question may take.

    Attributes:
        within_s: then it is ended
        memory_mb: of what the engine holds
        most_rows: of the answer
    """

    within_s: float = WITHIN_S
    memory_mb: int = MEMORY_MB
    most_rows: int = MOST_ROWS


def ask_tables(folder: Path, tables: Sequence[Table[Any]], sql: str, limits: Limits) -> Answer:
    """Ask one question.

    Args:
        folder: research tables, checked before
        tables: those there may be; each is a view of its name
        sql: one SELECT
        limits: what it may take
    Raises:
        UsageError: duckdb is not there, or what is wrong with the question in one line, or it took too much
    """
    if find_spec("duckdb") is None:
        raise UsageError(EXTRA)
    views = views_of(folder, tables)
    answerer = Answerer(within_s=LOAD_WITHIN_S)
    try:
        _start_engine(answerer)
        answerer.within_s = limits.within_s
        return answerer.ask(answer_question, str(folder), views, sql, limits)
    except UsageError as error:
        if str(error) == TOO_LONG:
            raise UsageError(
                f"the question was ended after {limits.within_s:g} s; ask for less, or allow more with --within"
            ) from None
        if str(error).startswith("it could not be read"):
            raise UsageError("the question took more of the computer than it may, and was ended") from None
        raise
    finally:
        answerer.close()


def views_of(folder: Path, tables: Sequence[Table[Any]]) -> Sequence[tuple[str, str]]:
    """Each table that the folder has, and where its rows are, as the engine reads them."""
    return tuple((table.name, source) for table in tables if (source := _source_of(folder, table)))


def _start_engine(answerer: Answerer) -> None:
    try:
        answerer.ask(load_engine)
    except UsageError:
        raise UsageError(
            f"what answers questions (duckdb) did not start within {LOAD_WITHIN_S:g} s, or was ended; nothing was asked"
        ) from None


def load_engine() -> None:
    """Load it, in that process: its seconds are none of the question's."""
    import duckdb  # noqa: F401, PLC0415  # an extra


def answer_question(folder: str, views: Sequence[tuple[str, str]], sql: str, limits: Limits) -> Answer:
    """The same, in that process: it bounds itself first, and for good.

    Raises:
        UsageError: what is wrong with the question, in one line
    """
    import duckdb  # noqa: PLC0415  # an extra

    _bound_process(limits)
    with duckdb.connect(":memory:") as connection:
        for setting, value in (
            ("threads", N_THREADS),
            ("memory_limit", f"{limits.memory_mb}MB"),
            ("max_temp_directory_size", "0KB"),
            ("allowed_directories", [folder]),
            ("autoinstall_known_extensions", False),
            ("autoload_known_extensions", False),
            ("enable_external_access", False),
        ):
            connection.execute(f"SET {setting} = {_sql_of(value)}")
        for name, source in views:
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {source}')  # noqa: S608  # paths of ours, as literals
        connection.execute("SET lock_configuration = true")
        try:
            statements = connection.extract_statements(sql)
            kinds = [statement.type.name for statement in statements]
            if kinds != [ALLOWED]:
                told = ", ".join(kinds) or "nothing"
                raise UsageError(f"the question is {told}; it is to be one SELECT")
            result = connection.execute(statements[0])
            names = tuple(str(one[0]) for one in result.description)
            rows = result.fetchmany(limits.most_rows + 1)
        except (duckdb.OutOfMemoryException, MemoryError):
            raise UsageError(f"the question took more than {limits.memory_mb} MB of memory; ask for less") from None
        except duckdb.Error as error:
            raise UsageError(_words_of(error)) from None
    cells = tuple(tuple(_cell_of(value) for value in row) for row in rows[: limits.most_rows])
    return Answer(columns=names, rows=cells, is_cut=len(rows) > limits.most_rows)


def _bound_process(limits: Limits) -> None:
    """Take from this process what no question needs: files that grow, addresses and time without end."""
    if sys.platform == "win32":
        return  # there the engine's own limits hold, the end after some time, and one SELECT
    import resource  # noqa: PLC0415  # not on Windows

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write fails then, and the process lives
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    space = (limits.memory_mb + ENGINE_MB) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    seconds = int((limits.within_s + START_S) * N_THREADS) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _source_of(folder: Path, table: Table[Any]) -> str:
    """Where a table's rows are, as the engine reads them; empty where it is not there."""
    stem = folder / table.name
    for ending in ("parquet", "csv"):
        single = stem.with_suffix(f".{ending}")
        parts = sorted(stem.glob(f"part-*.{ending}")) or ([single] if single.is_file() else [])
        if parts:
            names = _sql_of([str(part) for part in parts])
            if ending == "parquet":
                return f"read_parquet({names})"
            return f"read_csv({names}, header=true, columns={_types_of(parts[0], table)}, nullstr='')"
    return ""


def _types_of(file: Path, table: Table[Any]) -> str:
    """The columns that a file has, with the types that the table gives them."""
    kinds = {column.name: SQL_TYPES[column.kind] for column in table.columns}
    first_line = (read_private(file, 100_000) or b"").partition(b"\n")[0].decode("utf-8").strip()
    return "{" + ", ".join(f"'{name}': '{kinds.get(name, 'VARCHAR')}'" for name in first_line.split(",")) + "}"


def _sql_of(value: object) -> str:
    """A value as a literal."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case list():
            return f"[{', '.join(_sql_of(one) for one in value)}]"
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _cell_of(value: object) -> Cell:
    match value:
        case None | str() | int() | float():
            return value[:MOST_WORD] if isinstance(value, str) else value
        case Decimal():
            return float(value)
        case date():  # with a time of day it is a word
            return value if type(value) is date else value.isoformat()
        case _:
            return str(value)[:MOST_WORD]


def _words_of(error: Exception) -> str:
    """What the engine says is wrong, without its picture of the place."""
    said = " ".join(str(error).partition("\nLINE ")[0].split())
    return said.partition(": ")[2] or said
