"""A programme before it is begun: its weeks as a table, its limits and rules in plain words."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from cadencecoach.plan.lengths import duration_words
from cadencecoach.programme.calendar import DAYS_A_WEEK, planned_days
from cadencecoach.programme.model import Programme, Session
from cadencecoach.view.narrow import TableOrLines, row_words
from cadencecoach.view.programme.words import (
    change_words,
    exercise_words,
    help_words,
    length_words,
    limits_words,
)

HEADINGS = ("Length", "Target", "Help", "Exercises")
NAME_COLUMNS, EXERCISE_COLUMNS = 12, 14  # longer ones are wrapped


def programme_head(programme: Programme) -> Iterator[str]:
    """What stands above the table."""
    yield programme.name
    if programme.about:
        yield programme.about
    total_s = sum(session.plan.duration_s or 0.0 for session in programme.sessions)
    weeks = "1 week" if n_weeks(programme) == 1 else f"{n_weeks(programme)} weeks"
    yield f"{len(programme.sessions)} runs in {weeks} if all goes well, {duration_words(total_s)} in all."
    if programme.works_on:
        yield f'Works on: {programme.works_on}, with the words "{programme.cue}"'
    if programme.treats is not None:
        yield f"Treats: {programme.treats.value}"
    yield f"Limits: {limits_words(programme)}"
    for name, reason in programme.waived.items():
        yield f"Set aside: {name}, because: {reason}"


def programme_weeks(programme: Programme) -> TableOrLines:
    """The weeks, a row for each run; a line each where that is too wide."""
    rows = tuple(_rows(programme))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Week", justify="right")
    table.add_column("Day", justify="right")
    table.add_column("Run", overflow="fold")
    for heading in HEADINGS[:-1]:
        table.add_column(heading, no_wrap=True)
    table.add_column(HEADINGS[-1], overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    lines = tuple(Text(_line(row)) for row in rows)
    spare = (max(len(row[at]) for row in rows) - least for at, least in ((2, NAME_COLUMNS), (-1, EXERCISE_COLUMNS)))
    return TableOrLines(table=table, lines=lines, n_spare_columns=sum(max(0, columns) for columns in spare))


def programme_foot(programme: Programme) -> Iterator[str]:
    """What stands below the table: how it goes on from run to run."""
    rules = programme.rules
    yield "Days are the earliest possible; after each run the rules decide whether to go on, to wait, or to step back."
    yield f"Level-ups: at most {rules.level_ups_a_week} in seven days, target or minutes, never both at once."
    if any((session.target_ratio or 0) > 0 for session in programme.sessions) and rules.probe_ratio is not None:
        yield (
            f"A higher target only after {rules.probe_sessions} runs with more than {rules.probe_ratio * 100:.0f} % "
            "in band without help, or above it within the limit."
        )
    yield "A red flag or pain above 5 of 10 stops it. A rule of thumb, not a diagnosis; rules: docs/programme-rules.md"


def n_weeks(programme: Programme) -> int:
    """How many weeks it takes if all goes well."""
    return _days(programme)[-1] // DAYS_A_WEEK + 1


def _days(programme: Programme) -> tuple[int, ...]:
    return planned_days(programme.sessions, programme.limits.sessions_a_week, programme.lead_days)


def _rows(programme: Programme) -> Iterator[tuple[str, ...]]:
    if programme.lead_days:
        beside = ", ".join(exercise_words(one) for one in programme.lead_exercises)
        yield ("1", "1", f"no run for {programme.lead_days} days", "", "", "", beside)
    shown_week = ""
    for day, session in zip(_days(programme), programme.sessions, strict=True):
        week = str(day // DAYS_A_WEEK + 1)
        yield ("" if week == shown_week else week, str(day + 1), *_cells(session))
        shown_week = week


def _cells(session: Session) -> tuple[str, ...]:
    return (
        session.name,
        length_words(session),
        change_words(session.target_ratio),
        help_words(session) + (", probe" if session.has_probe else ""),
        ", ".join(exercise_words(one) for one in session.exercises),
    )


def _line(row: tuple[str, ...]) -> str:
    week, day, name, *cells = row
    said = row_words(zip(("", "target", "help", "exercises"), cells, strict=True))
    return f"{f'week {week}, ' if week else ''}day {day} {name}: {said}"
