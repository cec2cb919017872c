"""What a runner reads stands in one table: nothing beside it, nothing in it for nobody."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from each_row import each_row
from source_trees import MODULES, PACKAGE, name_of, nodes_of

from cadencecoach.errors import UsageError
from cadencecoach.plan.forms import PhraseFault, fill, rows_of
from cadencecoach.plan.phrase_files import read_phrasebook
from cadencecoach.plan.phrasebook import ENGLISH, READ, Phrasebook
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.view.report.page import MARK, POLICY

ROOT = Path(__file__).parents[2]
TABLES = {name: getattr(ENGLISH, name) for name in READ if name != "page"}  # see test_page_texts.py
# Where everything that is shown or said to a runner in a session, and in the two reports, is put together.
SPEAKING = (
    *sorted((PACKAGE / "coach").rglob("*.py")),
    *(PACKAGE / "view" / f"{name}.py" for name in ("words", "rows", "screen", "metronome_screen", "plain", "forms")),
    *(PACKAGE / "view" / f"{name}.py" for name in ("moment", "summary_table")),
    *sorted((PACKAGE / "session").rglob("*.py")),
    PACKAGE / "gait" / "unit.py",
    PACKAGE / "view" / "keys.py",
    *sorted((PACKAGE / "view" / "report").rglob("*.py")),
    PACKAGE / "view" / "drawing" / "lanes.py",
    PACKAGE / "desk" / "history" / "reporting.py",
)
# Modules of the coach whose words are for readers of docs, or for developers.
OTHER_READERS = {"attention.py", "actions.py", "past.py", "refolding.py"}
# Two words and more that nobody reads: styles of the terminal and of pages, names in the journal.
NOT_WORDS = {
    *("bold reverse", "bold black on ", "bright_white on black", "bold bright_red", "bold bright_blue"),
    *("take back", "taken back", "beat softer", "beat louder", "words softer", "words louder", "another key"),
    "hip or chest",  # a placement in a journal
    *(
        "cards newest",
        "words wide",
        "none words",
        "note only-narrow",
        "note only-paper",
        '<meta charset="utf-8"/>',
        MARK,
        POLICY,
    ),
}
# What shows or says a text, and which of its arguments are texts.
SHOWN_BY = {
    "answer_key": slice(1, None),
    "Status": slice(1, 2),
    "filled": slice(1),
    "Key": slice(2, None),  # of a legend
    "Fact": slice(2, None),
    "section": slice(1),
    "_lane_name": slice(1),
}
TWO_WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z]{2,}")


def literals(path: Path) -> Iterator[str]:
    """Every text in a module's code that is no docstring and no style, the pieces of f-strings one by one."""
    nodes = nodes_of(path)
    bodies = (node.body for node in nodes if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)))
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    docs |= {id(node.returns) for node in nodes if isinstance(node, ast.FunctionDef)}  # a type in quotes
    keywords = (node for node in nodes if isinstance(node, ast.keyword))
    styles = (node.value for node in keywords if node.arg in {"class_", "content"})
    docs |= {id(part) for style in styles for part in ast.walk(style)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def handed(path: Path) -> Iterator[str]:
    """Literals handed to what shows them or writes them down."""
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            told = node.args[SHOWN_BY.get(node.func.id, slice(0))]
            told += (
                [named["text"]] if node.func.id in {"answer_key", "AnswerKey", "WriteNote"} and "text" in named else []
            )
            yield from (ast.unparse(one) for one in told if isinstance(one, (ast.Constant, ast.JoinedStr)))


def test_every_text_in_the_code_has_its_row() -> None:
    """A sentence for a runner that stands beside the table is in no other language, and nobody finds it."""
    paths = [path for path in SPEAKING if path.name not in OTHER_READERS]
    texts = ((path, text) for path in paths for text in literals(path))
    found = [(name_of(path), text) for path, text in texts if TWO_WORDS.search(text) and text not in NOT_WORDS]
    assert found == []
    assert [(name_of(path), text) for path in paths for text in handed(path)] == []


def test_every_row_is_used() -> None:
    """A row nobody shows is gone from the code and may go from the table; the same of what is spoken."""
    of_keys = fields(TABLES["keys"])  # those belong to keys by name, which tests/coach/test_key_table.py holds
    rows = {row.name for table in TABLES.values() for row in rows_of(table)} - {field.name for field in of_keys}
    unused = rows | {field.name for field in fields(Phrasebook)}
    for path in MODULES:
        if not unused.isdisjoint(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8"))):  # others need not be parsed
            unused -= {node.attr for node in nodes_of(path) if isinstance(node, ast.Attribute)}
    assert unused == set()


def test_a_language_says_of_the_screen_what_it_can() -> None:
    """The rest is as it is in the book it begins with."""
    book = read_phrasebook(b"language: de\nscreen: {banner-paused: PAUSE}", "ours", base=ENGLISH)
    assert book.screen == replace(ENGLISH.screen, banner_paused="PAUSE")


@each_row(
    ("screen", "said"),
    [
        ("[]", "write each as"),
        ("{pausd: P}", "unknown: pausd"),
        ("{tap: 4}", "tap: write a text"),
        ("{tap: 'tap {number}'}", "in braces wanted, each once: {number}, {wanted}"),
        ("{tap: 'tap {number} of {wanted} {wanted.__class__}'}", "in braces wanted"),
        ("{banner-paused: 'PAUSED {time}'}", "in braces wanted, each once: nothing"),
        ("{banner-paused: ' '}", "some words in one line"),
        ('{banner-paused: "a\\e[31m"}', "some words in one line"),
    ],
)
def test_a_bad_text_is_one_line_that_names_it(screen: str, said: str) -> None:
    """As with what is spoken."""
    with pytest.raises(UsageError, match=r"^ours\.yaml: ") as caught:
        read_phrasebook(f"screen: {screen}".encode(), "ours.yaml", base=ENGLISH)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_text_is_short() -> None:
    """A screen has 80 columns, and little time."""
    with pytest.raises(PhraseFault, match="160 characters"):
        ScreenTexts(not_begun="a" * 161)
    assert ScreenTexts(not_begun="a" * 160)


def test_what_is_put_in_is_not_looked_at_again() -> None:
    """Names come from plans and sensors; braces in them are theirs."""
    assert fill("{name}: {key}", name="{key}", key="p") == "{key}: p"
