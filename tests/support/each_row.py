"""A table of small cases as one test: to pytest, a test of its own costs more than most rows do.

A case that takes a folder, captures output, may be skipped or takes long is a test of its own, and stays parametrised.
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

ID_LENGTH = 100  # characters of a row that are shown where it has no name


def each_row(
    names: str | tuple[str, ...], rows: Iterable[Any], ids: Callable[[Any], object] | Iterable[str] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a test with every row of a table, as `pytest.mark.parametrize` does, and fail it with every row that fails.

    The error is a group: its message holds the failed rows' ids, and each error within it carries its row's id.
    """
    fields = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    table = _table(fields, rows, one_name=isinstance(names, str) and len(fields) == 1)
    given = ids if ids is None or callable(ids) else list(ids)
    if isinstance(given, list) and len(given) != len(table):
        raise ValueError(f"{len(given)} ids for {len(table)} rows")

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def go_through(**others: object) -> None:
            failed: list[tuple[str, BaseException]] = []
            for index, (values, own) in enumerate(table):
                try:
                    test(**dict(zip(fields, values, strict=True)), **others)
                except (KeyboardInterrupt, pytest.exit.Exception):
                    raise
                except BaseException as error:  # noqa: BLE001  # what pytest.fail and pytest.skip raise is no Exception
                    name = given[index] if isinstance(given, list) else own or _name(values, given)
                    error.add_note(f"row: {name}")
                    failed.append((name, error))
                    if str(error).startswith("Timeout"):  # nothing would end a second row that hangs
                        break
            if failed:
                said = f"{len(failed)} of {len(table)} rows failed: " + ", ".join(name for name, _ in failed)
                raise BaseExceptionGroup(said, [error for _, error in failed])

        signature = inspect.signature(test)
        others = [one for name, one in signature.parameters.items() if name not in fields]
        if len(others) + len(fields) != len(signature.parameters):
            raise ValueError(f"the test takes {list(signature.parameters)}, and a row holds {names!r}")
        go_through.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return go_through

    return decorate


def _table(fields: tuple[str, ...], rows: Iterable[Any], *, one_name: bool) -> list[tuple[tuple[Any, ...], str | None]]:
    """Values of each row, and its id if it has one."""
    table: list[tuple[tuple[Any, ...], str | None]] = []
    for row in rows:
        values, own = ((row,) if one_name else tuple(row)), None
        if hasattr(row, "marks") and hasattr(row, "values"):  # pytest.param
            values, own = tuple(row.values), row.id
            if row.marks:
                raise ValueError("a row with a mark is a test of its own: keep it parametrised")
        if len(values) != len(fields):
            raise ValueError(f"a row holds {', '.join(fields)}, not {len(values)} values")
        table.append((values, own))
    if not table:
        raise ValueError("a table without rows could not fail")
    return table


def _name(values: tuple[Any, ...], named: Callable[[Any], object] | None) -> str:
    return "-".join(_shown(value, named) for value in values)


def _shown(value: object, named: Callable[[Any], object] | None) -> str:
    said = named(value) if named is not None else None
    if said is None:
        said = value if isinstance(value, str) and value.isprintable() else getattr(value, "__name__", repr(value))
    return str(said)[:ID_LENGTH]
