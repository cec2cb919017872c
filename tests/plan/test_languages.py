"""Each language of the program is whole: nothing that is heard or read is missing, and what is there fits its place.

A row that is added in English turns this red by its name until each of the other languages has it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from each_row import each_row
from source_trees import PACKAGE, nodes_of

from cadencecoach.errors import UsageError
from cadencecoach.plan.forms import FormTexts, heading, joined_facts, rows_of
from cadencecoach.plan.phrase_files import read_phrasebook
from cadencecoach.plan.phrasebook import ENGLISH, READ, Phrasebook
from cadencecoach.programme.cues import CUES
from cadencecoach.programme.drafting.answers import WithHelp, answers_of
from cadencecoach.programme.drafting.session import session_text
from cadencecoach.programme.drafting.weeks import programme_text
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import Flag, Moment, Site
from cadencecoach.record.rows import REHEARSAL, REPLAY, SIMULATION

ROOT = Path(__file__).parents[2]
FILES = {path.name.split(".")[1]: path for path in sorted((ROOT / "config").glob("phrases.*.yaml"))}
OTHERS = each_row("language", sorted(FILES.keys() - {"en"}))
# Keys of plans and programmes that hold words for the runner; names of plans inside a programme are no words.
SAID = {"plan", "programme", "about", "name", "say", "drill", "session", "reassessment", "cue"}
TWO_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")
ENGLISH_WORDS = re.compile(r"\b([Tt]he|of|is|not|above|below|pain|soreness|session|days|week|needed|run)\b")


@cache
def book_of(language: str) -> Phrasebook:
    """The book in a language's file, everything that was always spoken in it."""
    path = FILES[language]
    return read_phrasebook(path.read_bytes(), path.name, base=None)


@cache
def written(language: str) -> dict[str, object]:
    """A language's file as it stands."""
    value: dict[str, object] = load_yaml(FILES[language])
    return value


def load_yaml(path: Path) -> Any:  # noqa: ANN401  # whatever it holds
    """A file of ours."""
    return load_text(path.read_text(encoding="utf-8"))


def load_text(text: str) -> Any:  # noqa: ANN401  # whatever it holds
    """YAML of ours."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe


def names_in(value: object) -> set[str]:
    """The keys of a table, as rows are named in the code."""
    return {str(key).replace("-", "_") for key in value} if isinstance(value, dict) else set()


@OTHERS
def test_no_text_that_is_read_is_missing(language: str) -> None:
    """Each row of each table, by its name: `screen.banner_paused`."""
    file = written(language)
    missing = {f"{table}.{row.name}" for table in READ for row in rows_of(getattr(ENGLISH, table))}
    missing -= {f"{table}.{name}" for table in READ for name in names_in(file.get(table))}
    assert missing == set()


@OTHERS
def test_no_phrase_that_is_spoken_is_missing(language: str) -> None:
    """Also those that a book may leave out, since they came later; and how numbers and days are written."""
    assert set(ENGLISH.spoken_phrases()) - names_in(written(language)) == set()
    assert {field.replace("-", "_") for field in FormTexts.__slots__} - names_in(
        written(language).get("forms")
    ) == set()


def of_plans() -> set[str]:
    """Every text for a runner in the plans and programmes that come with the program, and in those it drafts."""
    found = set(CUES.values())
    for path in sorted((ROOT / "sessions").rglob("*.yaml")):
        found |= set(said_in(load_yaml(path)))
    for helping, weeks, baseline in product(WithHelp, ("0", "1", "6"), ("measured", "athlete")):
        answers = answers_of(
            {"who": "r7", "baseline": baseline, "aim": "+7.5 %", "weeks": weeks, "helping": helping.value}
        )
        draft = session_text if weeks == "0" else programme_text
        found |= set(said_in(load_text(draft(answers, first_line="", file="a.yaml"))))
    return found


def said_in(node: object) -> Iterator[str]:
    """The texts of a plan or a programme, as YAML has read it."""
    if isinstance(node, list):
        for one in node:
            yield from said_in(one)
    if isinstance(node, dict):
        is_day = "session" in node or "reassessment" in node  # its `plan` is the key of one
        for key, value in node.items():
            if isinstance(value, str) and key in SAID and not (is_day and key == "plan"):
                yield value
            yield from said_in(value)


@OTHERS
def test_no_text_of_our_plans_is_missing(language: str) -> None:
    """Titles, stage names and sentences: a plan of ours is in the runner's language when it is shown or spoken."""
    book = book_of(language)
    marked = replace(book, of_plans=tuple((english, f"\u00a7{text}") for english, text in book.of_plans))
    assert {text for text in of_plans() if not marked.of_plan(text).startswith("\u00a7")} == set()


def test_plans_are_looked_through() -> None:
    """The search finds titles, names, sentences, days, and what is drafted."""
    expected = {
        "Demo",
        "Warm-up",
        "Quicker, lighter steps.",
        "Week 1 run 2",
        "Calf raises",
        "All the help",
        "Up to +2.5 %",
    }
    assert expected <= of_plans()


@OTHERS
def test_no_word_of_a_log_is_missing(language: str) -> None:
    """Values that stand in files: sites, flags, moments, verdicts, rules, kinds of runs."""
    enums = (Moment, Site, Flag, Verdict)
    values = {member.value for enum in enums for member in enum} | {rule.name for rule in RULES}
    known = dict(book_of(language).of_logs)
    assert (values | {SIMULATION, REPLAY, REHEARSAL}) - known.keys() == set()


def pieces_of_reasons() -> set[str]:
    """The literal pieces of what rules say, two words and more."""
    paths = [path for path in (PACKAGE / "programme" / "rules").glob("*.py") if path.name != "table.py"]
    found = set()
    for path in [*paths, PACKAGE / "programme" / "load.py"]:
        for node in nodes_of(path):
            if isinstance(node, ast.JoinedStr):
                parts = (part.value for part in node.values if isinstance(part, ast.Constant))
                found |= {
                    piece.strip(" ,:;(')%").removeprefix("min") for part in parts for piece in str(part).split(", ")
                }
    return {piece for piece in found if TWO_WORDS.search(piece)}


@OTHERS
def test_no_reason_of_a_rule_is_missing(language: str) -> None:
    """Whatever a rule says of a day stands in some sentence of the book."""
    known = " | ".join(english for english, _ in book_of(language).of_logs)
    assert {piece for piece in pieces_of_reasons() if piece not in known} == set()


# What rules have said, one of each kind.
REASONS = (
    "sharp (2026-03-02), limp (2026-03-03) was flagged: stop and ask the clinician",
    "knee pain 6 of 10 on 2026-03-02, above 5: stop and ask the clinician",
    "pain 2 of 10 on 2026-03-02, and a bone is treated: stop and ask the clinician",
    "shin pain 4 of 10 the morning after 'Session 2', 1 before the run",
    "achilles pain 4 of 10 the morning after 'Session 2', up to 2 is usual",
    "soreness 5 of 10 while running 'Session 2'",
    "soreness 5 of 10 before a run on 2026-03-02",
    "pain rises from session to session: 1, 2, 3 of 10",
    "soreness stayed 36.5 h, above 24 h",
    "calf pain 3 of 10 in 'Week 1 run 2': up to 2 counts as clean, up to 5 holds",
    "pain 3 of 10 an hour after 'Session 2', up to 2 is usual, and pain before it is not known",
    "readiness 2 of 10 before the run, at least 3 is needed",
    "15 days without a run; 14 or more is a layoff",
    "new shoes since 2026-03-02: Blue ones",
    "14.5 km in seven days, at most 10.2 km in any of the 3 weeks before: +42 %, above +30 %",
    "16 days since 'Session 2', 1 of them rest: a week was missed",
    "16 days since 'Session 2', 1 of them rest: 2 weeks were missed",
    "20 % of 'Session 2' was run, less than a third: it does not count as done and comes next again",
    "60 % of 'Session 2' is known to have been run, as the sensor was silent in the rest, at least 80 % is needed",
    "in band without help: 60 %, below it 40 %; above 70 % in 2 sessions running before the target goes up",
    "72 %, above it 28 % at 190 spm, and 181 spm is the limit: ease off",
    "1 of 2 clean sessions at this level",
    "2 level-ups in seven days, 2 are allowed; 'Session 3' would raise the target and the minutes",
    "'Session 3' would pass the clinician's limit: +8 %, at most +7.5 %",
    "'Session 2' was clean: pain at most 0 of 10, 100 % of the session was run, 80 % in band without help",
    "'Session 2' was clean: pain 1 of 10 the next morning, nothing said right after it",
    "'Session 2' was clean: pain at most 0 of 10, more was learned than was asked",
    "3 sessions a week are allowed, the last 3 since 2026-03-02: not before 2026-03-09",
    "rest until 2026-03-04",
    "the clinic's database does not answer; what is known here is of 2026-03-04, 08:00 UTC",
)


@OTHERS
@each_row("reason", REASONS)
def test_a_reason_is_told_in_the_language(reason: str, language: str) -> None:
    """With nothing of the English left but names; days and numbers as the language writes them."""
    said = book_of(language).of_log(reason)
    assert said != reason
    assert ENGLISH_WORDS.findall(said.replace("Blue ones", "")) == []
    assert re.search(r"\d{4}-\d\d|\d\.\d{1,2}(?!\d|\.)", said) is None


def test_a_reason_in_german() -> None:
    """Word for word: places, numbers, names of our own plans, the rule before it."""
    book = book_of("de")
    assert book.of_log("pain: calf pain 3 of 10 in 'Week 1 run 2': up to 2 counts as clean, up to 5 holds") == (
        "Schmerz: Schmerz (Wade) 3 von 10 in 'Woche 1 Lauf 2': bis 2 gilt als sauber, bis 5 bleibt die Stufe"
    )
    assert book.of_log("soreness stayed 36.5 h, above 24 h") == "der Muskelkater blieb 36,5 h, über 24 h"
    assert book.of_log("rest until 2026-03-04") == "Ruhe bis 04.03.2026"


def test_another_persons_words_stay() -> None:
    """A plan that is not ours is in the language of whoever wrote it."""
    for text in ("Run to the lake", "Walk home", "Stage of pain", "Session for two people, +5 %"):
        assert book_of("de").of_plan(text) == text


@each_row(
    ("text", "said"),
    [
        ("of-plans: [a]", "of-plans: write each as"),
        ("of-plans: {Warm-up: 3}", "of-plans: write each as"),
        ("of-plans: {'Week {week}': 'Woche'}", "in braces wanted, each once: {week}"),
        ("of-logs: {shin: ''}", "of-logs: shin: write some words"),
        ("forms: {decimal: ab}", "forms: decimal: 'ab'"),
        ("forms: {months: a b}", "forms: months: write 12 words"),
        ("forms: {day: '{day}'}", "in braces wanted, each once: day, month, year"),
        ("forms: {before-marks: x}", "write nothing or a space"),
        ("forms: {week: x}", "forms: write some of decimal"),
    ],
)
def test_a_bad_table_is_one_line_that_names_it(text: str, said: str) -> None:
    """As with the other parts of the file."""
    with pytest.raises(UsageError, match=r"^ours\.yaml: ") as caught:
        read_phrasebook(text.encode(), "ours.yaml", base=ENGLISH)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@each_row(("language", "facts", "head"), [("de", "a; b", "a:"), ("fr", "a ; b", "a :"), ("es", "a; b", "a:")])
def test_marks_between_facts_are_set_as_the_language_sets_them(language: str, facts: str, head: str) -> None:
    """French has a space before them; what is empty leaves no mark."""
    forms = book_of(language).screen.forms
    assert joined_facts(["a", "", "b"], forms) == facts
    assert joined_facts(["a"], forms) == "a"
    assert heading("a", forms) == head
