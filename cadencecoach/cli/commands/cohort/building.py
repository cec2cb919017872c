"""`cadencecoach cohort build`: research tables of everybody kept here."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.commands.checking import count_words
from cadencecoach.cli.commands.cohort.progress import tell_sessions
from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from cadencecoach.cohort.building import Built

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


@click.command("build")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--for",
    "whom",
    type=click.Choice([RESEARCH]),
    help="Leave out names, free text, files, dates, authors and devices.",
)
@click.option("--parquet", "parquet_alone", is_flag=True, help="Write no CSV, which takes five times the space.")
@options.CLUSTER
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def build(*, folder: Path, whom: str | None, parquet_alone: bool, cluster: str | None, as_json: bool) -> int:
    """Write sessions, check-ins, baselines, decisions, findings and series of all athletes into FOLDER.

    CSV, and Parquet where pyarrow is installed; dictionary.md says what each column means and what it may tell of a
    person. With `--for research` there is no free text, no file, no date, no author and no device: days are counted
    from the first day of each athlete, and names are numbers drawn anew by each build. Practice athletes are left out.

    FOLDER is new, or one that this command wrote: it is replaced, and only what is new is worked out. It appears
    once it is complete; after an interruption the same command continues. The exit status is 1 if something could not
    be read and is left out.
    """
    from cadencecoach.cohort.building import build_cohort
    from cadencecoach.cohort.pool import open_pool
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_store

    try:
        with open_pool(cluster) as pool:
            built = build_cohort(
                user_store(for_research=whom == RESEARCH),
                folder,
                pool,
                for_research=whom == RESEARCH,
                parquet_alone=parquet_alone,
                tell=tell_sessions,
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


def _lines(built: "Built", name: str, whom: str | None) -> list[str]:
    forms = "CSV and Parquet" if built.has_parquet else "CSV"
    rows = [count_words(built.n_rows[table], word) for table, word in WORDS.items()]
    lines = [
        f"{name}: {', '.join(rows)}; {forms}",
        f"series: {count_words(built.n_rows['series'], 'row')}; dictionary.md says what each column means",
        f"{count_words(built.n_new, 'session')} folded now",
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
