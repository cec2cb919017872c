"""`cadencecoach cohort build|query|refold`: tables of everybody kept here, questions, sessions decided again."""

import sys
from collections.abc import Iterator
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
    from cadencecoach.cohort.building import Built
    from cadencecoach.cohort.refolding import Refold
    from cadencecoach.devices.output_file import OutputFile

RESEARCH = "research"
EXIT_LEFT_OUT = 1
SHOWN = 20  # sessions that became others
WORDS = {
    "people": "athlete",
    "sessions": "session",
    "checkins": "check-in",
    "baselines": "baseline run",
    "decisions": "decision",
    "findings": "finding",
}


@click.group("cohort")
def cohort() -> None:
    """Write tables of all athletes, for people who reckon with many."""


@cohort.command("build")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--for", "whom", type=click.Choice([RESEARCH]), help="Leave out whatever names or tells anybody.")
@click.option("--parquet", "parquet_alone", is_flag=True, help="Write no CSV, which takes five times the space.")
@options.CLUSTER
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def build(*, folder: Path, whom: str | None, parquet_alone: bool, cluster: str | None, as_json: bool) -> int:
    """Write sessions, check-ins, baselines, decisions, findings and series of all athletes into FOLDER.

    CSV, and Parquet where pyarrow is installed; dictionary.md says what each column means and what it may tell of a
    person. With `--for research` there is no free text, no file, no date, no author and no device: days are counted
    from the first day of each athlete, and names are numbers drawn anew by each build. Practice athletes are left out.

    FOLDER is new, or one that this command made, which is replaced: of complete tables, only what is new is folded.
    It appears when it is whole; broken off, the same command goes on. The exit status is 1 if something could not be
    read and is left out.
    """
    from cadencecoach.cohort.building import build_cohort
    from cadencecoach.cohort.pool import open_pool
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_store

    try:
        with open_pool(cluster) as pool:
            built = build_cohort(
                user_store(),
                folder,
                pool,
                for_research=whom == RESEARCH,
                parquet_alone=parquet_alone,
                tell=_tell_sessions,
            )
    except KeyboardInterrupt:
        tell("interrupted; the same command goes on where it was")
        raise
    tell(*(f"left out: {problem}" for problem in built.problems))
    if not built.has_parquet:
        tell("CSV only: Parquet needs pyarrow; in the folder of the program: uv tool install '.[research]'")
    if as_json:
        show_as_json(_json(built))
    else:
        show_text("\n".join(_lines(built, clean_name(built.path), whom)))
    return EXIT_LEFT_OUT if built.problems else 0


@cohort.command("query")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.argument("sql", metavar="[SQL]", required=False)
@click.option("--measure", metavar="NAME", help="Ask for one of the measures instead of SQL; `list` tells them.")
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
    """Ask the tables of FOLDER, which `cohort build` made, by measure and group or in SQL.

    SQL is one SELECT of DuckDB over people, sessions, checkins, baselines, decisions, findings and series. It runs in
    a process of its own that reads these tables and nothing else, writes nothing, asks nothing of a network, and ends
    after --within seconds. An answer has 10 000 rows at most.
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


@cohort.command("refold")
@click.option(
    "--set",
    "numbers",
    multiple=True,
    metavar="KEY=VALUE",
    help="Another number in every stage: dwell=12s.",
)
@options.CLUSTER
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def refold(*, numbers: tuple[str, ...], cluster: str | None, as_json: bool) -> int:
    """Decide all sessions kept here again, and tell what became another.

    By today's program with the numbers of then; with `--set` as if every stage had had another number. The sensors say
    what they said, and runners ran to what they heard then: it shows what the coach would do, and nothing of what they
    would have done. Nothing is written. The exit status is 1 if something is another or could not be read.
    """
    from cadencecoach.cohort.pool import open_pool
    from cadencecoach.cohort.refolding import refold_store
    from cadencecoach.plan.feedback_keys import changes_of
    from cadencecoach.store.user_store import user_store

    pairs = dict(_pair(one) for one in numbers)
    changed = changes_of(pairs)
    with open_pool(cluster) as pool:
        whole = refold_store(user_store(), pool, changed, tell=_tell_sessions)
    tell(*(f"left out: {problem}" for problem in whole.left_out.problems))
    if as_json:
        show_as_json(_refold_json(whole))
    else:
        show_text("\n".join(_refold_lines(whole)))
    return EXIT_LEFT_OUT if whole.others or whole.left_out.problems else 0


def _pair(text: str) -> tuple[str, str]:
    key, is_one, value = text.partition("=")
    if not is_one:
        raise UsageError(f"--set {text}: is to be KEY=VALUE, as in dwell=12s")
    return key.strip(), value.strip()


def _refold_lines(whole: "Refold") -> Iterator[str]:
    yield f"{count_words(whole.n_same, 'session')} as before, {len(whole.others)} others"
    for why, number in sorted(whole.not_decided.items()):
        yield f"{count_words(number, 'session')} not decided again: {why}"
    if whole.changes:
        yield "changed by, in those sessions where it is another:"
    for name, one in whole.changes.items():
        yield f"  {name}: {one.mean:+.4g} in the mean, {one.largest:+.4g} at most, in {one.n_sessions}"
    for session, at_s in whole.others[:SHOWN]:
        yield f"  {session}: {'figures alone' if at_s is None else f'first at {at_s:.1f} s'}"
    if len(whole.others) > SHOWN:
        yield f"  and {len(whole.others) - SHOWN} more"


def _refold_json(whole: "Refold") -> dict[str, object]:
    return {
        "same": whole.n_same,
        "others": [{"session": session, "first_s": at_s} for session, at_s in whole.others],
        "changes": {
            name: {"sessions": one.n_sessions, "mean": one.mean, "largest": one.largest}
            for name, one in whole.changes.items()
        },
        "not_decided": whole.not_decided,
        "left_out": whole.left_out.problems,
    }


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


def _tell_sessions(n_done: int, n_all: int) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        tell(f"{n_done} of {n_all} sessions")


def _lines(built: "Built", name: str, whom: str | None) -> list[str]:
    forms = "CSV and Parquet" if built.has_parquet else "CSV"
    rows = [count_words(built.n_rows[table], word) for table, word in WORDS.items()]
    lines = [
        f"{name}: {', '.join(rows)}; {forms}",
        f"series: {count_words(built.n_rows['series'], 'row')}; dictionary.md says what each column means",
        f"{count_words(built.n_new, 'session')} folded, the others were there",
    ]
    if built.n_practice:
        lines.append(f"{count_words(built.n_practice, 'practice athlete')} left out")
    if whom == RESEARCH:
        return [*lines, "For research: without names, days and words; not anonymous where athletes are few."]
    return [
        *lines,
        "This is a health record, with pseudonyms, days and people's words; `--for research` leaves them out.",
    ]


def _json(built: "Built") -> dict[str, object]:
    return {
        "folder": str(built.path),
        "rows": dict(built.n_rows),
        "parquet": built.has_parquet,
        "folded": built.n_new,
        "practice_left_out": built.n_practice,
        "left_out": list(built.problems),
    }
