"""The data dictionary: what each column of each table means, and what it may tell of a person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cadencecoach import __version__
from cadencecoach.cohort.column import Column, Risk, Table
from cadencecoach.cohort.folder import MARK

TYPES = {int: "whole number", float: "number", str: "word"}
RESEARCH = (
    "These tables are **for research**: no free text, no files, no dates and times of day, no authors and devices. "
    "Days are counted from the first day of each athlete, times of a series from the start of its session. Names are "
    "numbers drawn by chance for this folder; nothing says whose they are, and the next build draws others. Words that "
    "are not among those of a column are `other`. **They are not anonymous**: where athletes are few, somebody who "
    "knows one may recognise them by what they ran and when it hurt."
)
COMPLETE = (
    "These tables are **complete**: they hold the pseudonyms kept here, dates and people's own words. They are a "
    "health record; `--for research` leaves out what names or tells anybody."
)
RULES = (
    "An empty cell is *not known*, *not asked* or *does not apply*; it is never 0. Truths are 1 and 0. Practice "
    "athletes are in no table, nor are guests, sessions that were excluded, entries that were withdrawn or corrected, "
    "and rehearsals, simulations and replays, unless a log counts one as a session (`origin`). In a CSV a text that a "
    "spreadsheet would reckon with begins with `'`."
)


def dictionary_text(
    tables: Sequence[Table[Any]], n_rows: Mapping[str, int], left_out: Sequence[str], *, for_research: bool
) -> bytes:
    """The file.

    Args:
        tables: in the order they are told
        n_rows: of each, by its name
        left_out: what is not in them, a line each
        for_research: which columns there are
    """
    lines = [f"Written by cadencecoach {__version__}.", RESEARCH if for_research else COMPLETE, RULES]
    lines += [f"Left out: {'; '.join(left_out)}."] if left_out else []
    for table in tables:
        lines += _table(table, n_rows[table.name], for_research=for_research)
    lines.append("\n".join(["## Risks", *(f"- **{risk.name.lower()}**: {risk.value}" for risk in Risk)]))
    return MARK + "\n\n".join(lines).encode("utf-8") + b"\n"


def _table(table: Table[Any], n_rows: int, *, for_research: bool) -> Iterator[str]:
    """Its heading, what a row is, its columns, and which columns of it there are not."""
    rows = "1 row" if n_rows == 1 else f"{n_rows} rows"
    yield f"## {table.name}\n{rows}. A row is {table.about}."
    chosen = table.choose(for_research=for_research)
    head = ("| column | type | unit | meaning | source | risk |", "|---|---|---|---|---|---|")
    yield "\n".join((*head, *map(_line, chosen)))
    gone = [column for column in table.columns if column not in chosen]
    if gone:
        yield "Left out for research: " + ", ".join(f"`{one.name}` ({one.risk.name.lower()})" for one in gone) + "."


def _line(column: Column[Any]) -> str:
    kind = TYPES.get(column.kind, "day")
    told = (f"`{column.name}`", kind, column.unit, column.meaning, column.source, column.risk.name.lower())
    return f"| {' | '.join(told)} |"
