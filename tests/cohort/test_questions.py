"""The questions of the table: each is SQL over columns that there are, and a wrong name is told with a right one."""

import re

import pytest
from each_row import each_row

from cadencecoach.cohort.building import ALL_TABLES
from cadencecoach.cohort.questions import GROUPS, MEASURES, Group, Measure, question_lines, question_of
from cadencecoach.errors import UsageError

COLUMNS = {table.name: {one.name for one in table.choose(for_research=True)} for table in ALL_TABLES}
WORDS = {
    "sum",
    "avg",
    "count",
    "nullif",
    "CAST",
    "AS",
    "INT",
    "DISTINCT",
    "floor",
    "IS",
    "NOT",
    "NULL",
    "AND",
    "OR",
    "FROM",
}


def names_in(sql: str) -> set[str]:
    """The columns that a piece of SQL speaks of."""
    return set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", re.sub(r"'[^']*'", "", sql))) - WORDS


@each_row("one", MEASURES, ids=lambda one: one.name)
def test_a_measure_speaks_of_columns_that_are_in_tables_for_research(one: Measure) -> None:
    """Of its own table, and of no other."""
    assert names_in(one.value) | names_in(one.known) <= COLUMNS[one.table]


@each_row("group", GROUPS, ids=lambda one: one.name)
def test_a_group_is_in_each_of_its_tables(group: Group) -> None:
    """And its column there too."""
    for table in group.tables:
        assert names_in(group.value) <= COLUMNS[table]


def test_names_are_told_apart() -> None:
    """No two measures or groups have one."""
    assert len({one.name for one in MEASURES}) == len(MEASURES) == len(list(question_lines()))
    assert len({one.name for one in GROUPS}) == len(GROUPS)


def test_a_question_has_its_groups_first_and_its_rows_last() -> None:
    """In the order in which they were asked for, each once."""
    told = question_of("in_band_ratio", ["week", "surface", "week"])
    assert told.startswith('SELECT CAST(floor(day_offset / 7) AS INT) + 1 AS "week", surface AS "surface", sum(')
    assert told.endswith("count(*) AS n_rows FROM sessions GROUP BY 1, 2 ORDER BY 1, 2")
    assert "GROUP" not in question_of("pain", [])


@each_row(
    ("measure", "groups", "told"),
    [
        ("in_bnd_ratio", [], "in_bnd_ratio: no such measure; did you mean in_band_ratio?"),
        ("xyz", [], "xyz: no such measure; there are sessions, "),
        ("pain", ["wek"], "wek: no such group; did you mean week?"),
        ("pain", ["surface"], "--by surface: pain is taken over checkins; by athlete, week, moment"),
        ("sessions", ["week", "surface", "item"], "--by: 3 groups; at most 2"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(measure: str, groups: list[str], told: str) -> None:
    """With what can."""
    with pytest.raises(UsageError) as caught:
        question_of(measure, groups)
    assert str(caught.value).startswith(told)
