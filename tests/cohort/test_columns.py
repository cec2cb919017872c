"""The columns of the research tables: each says all of itself, and none for research tells who somebody is."""

import re
from pathlib import Path

from each_row import each_row

from cadencecoach.cohort.building import TABLES
from cadencecoach.cohort.column import OTHER, Column, Risk
from cadencecoach.cohort.dictionary import dictionary_text
from cadencecoach.cohort.series_table import SERIES
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Finding, ProgrammeSet, SessionRun

EVERY = [(table.name, column) for table in (*TABLES, SERIES) for column in table.columns]
DOCS = Path(__file__).parents[2] / "docs" / "cohort.md"
WRITTEN = (CheckIn, BaselineTaken, Decided, Finding, ProgrammeSet, SessionRun)
# Words that the program chooses: those of a column made for this folder, of enumerations, of our own rules.
OURS = {"athlete", "session", "moment", "site", "side", "flags", "by", "rules", "event"}


def test_every_column_says_what_it_means() -> None:
    """A name of its own in its table, a meaning and a source."""
    assert all(column.name.isidentifier() and column.meaning and column.source for _, column in EVERY)
    assert len({(table, column.name) for table, column in EVERY}) == len(EVERY)


def test_words_for_research_are_ours_or_known() -> None:
    """Any other word in a log or a journal may be a name, whoever wrote it there."""
    words = [(table, one) for table, one in EVERY if one.kind is str and one.risk.is_for_research]
    assert [f"{table}.{one.name}" for table, one in words if one.known is None and one.name not in OURS] == []


@each_row("name", ["author", "device", "note", "file", "day", "at", "started", "shoes", "accepted", "cue"])
def test_what_tells_somebody_is_never_for_research(name: str) -> None:
    """Wherever a column of this name stands."""
    risks = [column.risk for _, column in EVERY if column.name == name]
    assert risks
    assert not any(risk.is_for_research for risk in risks)


def test_a_word_that_is_not_known_is_other_for_research_only() -> None:
    """Nothing known stays nothing known, in both."""
    column: Column[str] = Column("x", str, "", "x", "x", lambda word: word, Risk.NONE, frozenset({"road"}))
    words = ("road", "Ann", "")
    assert column.cells(words, for_research=True) == ["road", OTHER, None]
    assert column.cells(words, for_research=False) == ["road", "Ann", None]


def test_unknown_is_nothing_and_a_truth_is_a_number() -> None:
    """0 is 0."""
    column: Column[object] = Column("x", float, "", "x", "x", lambda value: value)  # type: ignore[arg-type,return-value]
    assert column.cells((None, float("nan"), 0, True), for_research=True) == [None, None, 0, 1]


@each_row("for_research", [False, True])
def test_the_dictionary_has_every_column_with_its_risk(for_research: bool) -> None:  # noqa: FBT001  # a parameter
    """One line each; those that are left out are named."""
    n_rows = {table.name: 0 for table in (*TABLES, SERIES)}
    text = dictionary_text((*TABLES, SERIES), n_rows, ["2 practice athletes"], for_research=for_research).decode()
    lines = set(re.findall(r"^\| `(\w+)` \| (?:[^|]*\|){4} (\w+) \|$", text, re.MULTILINE))
    there = {(one.name, one.risk.name.lower()) for _, one in EVERY if one.risk.is_for_research or not for_research}
    assert lines == there
    assert ("Left out for research: `" in text) is for_research
    assert "Left out: 2 practice athletes." in text


def test_the_docs_name_every_table() -> None:
    """And how the numbers of a report follow from the series."""
    text = DOCS.read_text(encoding="utf-8")
    assert [table.name for table in (*TABLES, SERIES) if f"`{table.name}" not in text] == []
