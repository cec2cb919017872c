"""`cadencecoach cohort query`: questions to research tables."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from cadencecoach.cli.commands import options
from cadencecoach.cli.commands.checking import count_words
from cadencecoach.cli.printing import show_as_json, show_text, tell
from cadencecoach.errors import UsageError

if TYPE_CHECKING:
    from cadencecoach.cohort.asking import Answer
    from cadencecoach.devices.output_file import OutputFile


@click.command("query")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.argument("sql", metavar="[SQL]", required=False)
@click.option("--measure", metavar="NAME", help="Ask for one of the measures instead of SQL; `list` shows them.")
@click.option("--by", "groups", metavar="GROUP", multiple=True, help="A row for each athlete, week, plan and so on.")
@click.option("--svg", metavar="FILE", callback=options.take_path, help="Draw the answer to --measure into FILE.")
@click.option("--within", "within_s", type=click.FloatRange(1, 3600), default=120.0, show_default=True, metavar="S")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@options.FORCE
def query(
    *,
    folder: Path,
    sql: str | None,
    measure: str | None,
    groups: tuple[str, ...],
    svg: str | None,
    within_s: float,
    as_json: bool,
    force: bool,
) -> None:
    """Query the tables that `cohort build` wrote into FOLDER, by measure and group or in SQL.

    SQL is one SELECT of DuckDB over people, sessions, checkins, baselines, decisions, findings and series. It runs in
    a process of its own that reads these tables and nothing else, writes nothing, uses no network, and ends after
    --within seconds. An answer has at most 10 000 rows.
    """
    from cadencecoach.cohort.asking import Limits, ask_tables
    from cadencecoach.cohort.building import ALL_TABLES
    from cadencecoach.cohort.folder import check_tables
    from cadencecoach.cohort.questions import measure_of, question_lines, question_of

    if measure == "list":
        show_text("\n".join(question_lines()))
        return
    if (sql is None) == (measure is None):
        raise UsageError("a question is either SQL or --measure NAME; --measure list tells the names")
    if measure is None and (groups or svg):
        raise UsageError("--by and --svg go with --measure; in SQL groups are GROUP BY")
    question = question_of(measure, groups) if measure is not None else sql or ""
    picture = None if svg is None else _picture_file(Path(svg), may_replace=force)
    place = check_tables(folder)
    answer = ask_tables(place, ALL_TABLES, question, Limits(within_s=within_s))
    if picture is not None and measure is not None:
        from cadencecoach.view.drawing.dots import dots_svg

        what = measure_of(measure)
        by = f"; by {' and '.join(groups)}" if groups else ""
        about = f"{what.meaning}{f'; {what.unit}' if what.unit else ''}{by}"
        picture.write(dots_svg(what.name, about, _groups_of(answer)).encode())
        tell(f"picture: {svg}")
    if answer.is_cut:
        tell(f"more than {len(answer.rows)} rows: the rest is left out")
    if as_json:
        show_as_json([dict(zip(answer.columns, map(_json_cell, row), strict=False)) for row in answer.rows])
    else:
        show_text("\n".join(_table(answer)))


def _picture_file(path: Path, *, may_replace: bool) -> "OutputFile":
    from cadencecoach.store.placing import output_file, starts_with
    from cadencecoach.store.user_store import user_machine
    from cadencecoach.view.drawing.dots import MARK

    file = output_file(user_machine(), path, "--svg", may_replace=may_replace, is_ours=starts_with(MARK.encode()))
    file.check()
    return file


def _groups_of(answer: "Answer") -> list[tuple[str, float | None]]:
    """Name and number of each row: the groups stand first, then the measure, then how many rows there were."""
    told = []
    for *names, value, _ in answer.rows:
        is_number = isinstance(value, int | float)
        told.append((", ".join(_cell(one) or "not known" for one in names) or "all", value if is_number else None))
    return told  # type: ignore[return-value]  # a number, by the line above


def _table(answer: "Answer") -> list[str]:
    """The answer in columns: numbers to the right, words to the left; what is not known is empty."""
    cells = [tuple(map(_cell, row)) for row in answer.rows]
    widths = [max(cell_len(name), *(cell_len(row[n]) for row in cells), 0) for n, name in enumerate(answer.columns)]
    right = [all(row[n] is None or isinstance(row[n], int | float) for row in answer.rows) for n in range(len(widths))]

    def line(row: tuple[str, ...]) -> str:
        parts = []
        for cell, width, is_right in zip(row, widths, right, strict=True):
            room = " " * (width - cell_len(cell))
            parts.append(room + cell if is_right else cell + room)
        return "  ".join(parts).rstrip()

    return [line(answer.columns), *map(line, cells), f"({count_words(len(cells), 'row')})"]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return " ".join(str(value).split())


def _json_cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
