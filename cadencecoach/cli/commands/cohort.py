"""`cadencecoach cohort build`: research tables of everybody kept here."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands.checking import count_words
from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from cadencecoach.cohort.building import Built

RESEARCH = "research"
EXIT_LEFT_OUT = 1
TELLINGS = 20  # lines, however many athletes there are
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def build(*, folder: Path, whom: str | None, as_json: bool) -> int:
    """Write sessions, check-ins, baselines, decisions, findings and series of all athletes into FOLDER.

    CSV, and Parquet where pyarrow is installed; dictionary.md says what each column means and what it may tell of a
    person. With `--for research` there is no free text, no file, no date, no author and no device: days are counted
    from the first day of each athlete, and names are numbers drawn anew by each build. Practice athletes are left out.

    FOLDER is new, or one that this command made, which is replaced. It appears when it is whole. The exit status is 1
    if something could not be read and is left out.
    """
    from cadencecoach.cohort.building import build_cohort
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_store

    try:
        built = build_cohort(
            user_store(for_research=whom == RESEARCH), folder, for_research=whom == RESEARCH, tell=_tell_athletes
        )
    except KeyboardInterrupt:
        tell("interrupted; nothing was written")
        raise
    tell(*(f"left out: {problem}" for problem in built.problems))
    if not built.has_parquet:
        tell("CSV only: Parquet needs pyarrow; in the folder of the program: uv tool install '.[research]'")
    if as_json:
        show_as_json(_json(built))
    else:
        show_text("\n".join(_lines(built, clean_name(built.path), whom)))
    return EXIT_LEFT_OUT if built.problems else 0


def _tell_athletes(n_done: int, n_all: int) -> None:
    if n_done % max(1, n_all // TELLINGS) == 0 and sys.stderr is not None and sys.stderr.isatty():
        tell(f"athlete {n_done + 1} of {n_all}")


def _lines(built: "Built", name: str, whom: str | None) -> list[str]:
    forms = "CSV and Parquet" if built.has_parquet else "CSV"
    rows = [count_words(built.n_rows[table], word) for table, word in WORDS.items()]
    lines = [
        f"{name}: {', '.join(rows)}; {forms}",
        f"series: {count_words(built.n_rows['series'], 'row')}; dictionary.md says what each column means",
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
        "practice_left_out": built.n_practice,
        "left_out": list(built.problems),
    }
