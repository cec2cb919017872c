"""What is read on the page stands in its table: nothing beside it, nothing in it for nobody."""

import re
from pathlib import Path

import pytest
from each_row import each_row
from source_trees import PACKAGE

from cadencecoach.plan.forms import PhraseFault, rows_of
from cadencecoach.plan.page_texts import ENGLISH_PAGE, MAX_TEXT_CHARS, PageTexts

WEB = PACKAGE / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
TWO_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def test_every_row_is_used_and_every_use_has_a_row() -> None:
    """By a template, a script or the server; by what is made for the page elsewhere."""
    sources = [
        (path, r"(?:texts|words\.page|words\(None\)\)\.page)\.(\w+)")
        for path in (*TEMPLATES, *SCRIPTS, *WEB.rglob("*.py"))
    ]
    sources += [(PACKAGE / "desk" / "sensors" / name, r"texts\.(\w+)") for name in ("kinds.py", "room_test.py")]
    sources += [(path, r"words\.page\.(\w+)") for path in (PACKAGE / "desk").rglob("*.py")]
    sources.append((WEB / "site.py", r'PageLink\("\S+", "(\w+)"'))
    used = {name for path, use in sources for name in re.findall(use, path.read_text(encoding="utf-8"))}
    assert used == {row.name for row in rows_of(PageTexts)}


@each_row("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    """Between its tags and in what is read aloud; its program's name apart."""
    text = re.sub(r"\{% block (kind|data) %\}.*?\{% endblock %\}|&\w+;", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text)
    read = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    between = re.sub(r"<[^>]*>", "\n", text).split("\n")
    words = [one.strip(" ·") for one in (*read, *between)]
    assert [one for one in words if re.search("[A-Za-z]", one) and one != "cadencecoach"] == []


@each_row("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_holds_no_words_of_its_own(path: Path) -> None:
    """Names of states and selectors are no words for people."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    texts = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    shown = [one for pair in texts for one in pair if TWO_WORDS.search(re.sub(r"\$\{.*?\}", "", one))]
    allowed = {"words new", "take back", "xMinYMid meet", "button, a, input, select, dialog"}
    assert [one for one in shown if one not in allowed and "orientation" not in one] == []


def test_a_text_is_short() -> None:
    """It stands on a phone."""
    with pytest.raises(PhraseFault, match=f"{MAX_TEXT_CHARS} characters"):
        PageTexts(start="a" * (MAX_TEXT_CHARS + 1))
    assert ENGLISH_PAGE.no_connection == "No connection. The beat goes on; use the belt's own stop."
