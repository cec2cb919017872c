"""The frame of every page: one file, nothing loaded, no script; what it is not is said at its foot."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cadencecoach import __version__
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.drawing.style import STYLE, hash_of

# By this a page of ours is known again: it may be replaced by a newer one, anything else may not.
MARK = "<!doctype html>\n<!-- a page of cadencecoach -->\n"
# The page may not load or run anything, whatever a name in it might contain.
POLICY = f"default-src 'none'; style-src '{hash_of(STYLE)}'"
_DAY = re.compile(r"[\d./-]{8,10}")  # as figures in any language: it is not to be broken at its hyphens
NOTHING, MINUS = "\u2013", "\u2212"
_NUMBER_AND_UNIT = re.compile(r"(\d) (?=%|spm\b|min\b|s\b|h\b|km\b|mi\b|km/h|mph\b|mm\b|ms\b|m\b|ft\b)")


class Fact(NamedTuple):
    """A number to be seen at once, its unit, and what it is."""

    number: str
    unit: str
    words: str


class Cell(NamedTuple):
    """A cell of a table; `is_words` puts it to the left."""

    text: str
    is_words: bool = False


def page(words: Phrasebook, title: str, *parts: Markup, above: Markup | None = None, class_: str | None = None) -> str:
    """A whole page; `above` stands before everything else, where the page is one of several."""
    head = element(
        "head",
        Markup('<meta charset="utf-8"/>'),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="generator", content=f"cadencecoach {__version__}"),
        element("title", title),
        element("style", Markup(STYLE)),
    )
    body = element("body", *([above] if above else []), element("main", *parts, class_=class_), _footer(words))
    return f"{MARK}{element('html', head, body, lang=_language(words)).text}\n"


def section(heading: str, *parts: Markup, class_: str | None = None) -> Markup:
    """A part of the page under a heading."""
    return element("section", element("h2", heading), *parts, class_=class_)


def facts(those: Iterable[Fact]) -> Markup:
    """A row of large numbers."""
    return element("ul", *(_fact(fact) for fact in those), class_="facts")


def _fact(fact: Fact) -> Markup:
    unit = [element("small", f"\u00a0{fact.unit}")] if fact.unit else []
    return element("li", element("b", fact.number, *unit), element("span", fact.words))


def small_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table of few columns, which stays one on a phone."""
    body = tuple(rows)
    return element("table", _head(headings, body), element("tbody", *(_row(headings, row) for row in body)))


def table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], total: Sequence[Cell] = (), *, class_: str = "cards"
) -> Markup:
    """A table; on a phone each row becomes a card whose cells carry their headings, and empty ones are left out."""
    columns, told = tuple(headings), tuple(rows)
    body = element("tbody", *(_row(columns, row) for row in told))
    foot = [element("tfoot", _row(columns, total))] if total else []
    return element("table", _head(columns, told), body, *foot, class_=class_)


def _head(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Markup:
    """The headings; one over words stands to the left as they do."""
    has_words = [any(row[place].is_words for row in rows) for place in range(len(headings))]
    cells = (
        element("th", heading, scope="col", class_="words" if is_words else None)
        for heading, is_words in zip(headings, has_words, strict=True)
    )
    return element("thead", element("tr", *cells))


def _row(columns: Sequence[str], row: Sequence[Cell]) -> Markup:
    first, *others = row
    cells = (
        element("td", cell.text, class_=_class_of(cell), data_label=heading)
        for heading, cell in zip(columns[1:], others, strict=True)
    )
    is_day = _DAY.fullmatch(first.text) is not None
    return element("tr", element("th", first.text, scope="row", class_="day" if is_day else None), *cells)


def _class_of(cell: Cell) -> str | None:
    if cell.text in {"", NOTHING}:
        return "none words" if cell.is_words else "none"
    return "words wide" if cell.is_words else None


def pairs(those: Iterable[tuple[str, str]], class_: str | None = None) -> Markup:
    """Names and what belongs to them."""
    rows = (group([element("dt", name), element("dd", tie_units(words))]) for name, words in those)
    return element("dl", *rows, class_=class_)


def paragraph(words: str, class_: str | None = None) -> Markup:
    """A paragraph of text."""
    return element("p", tie_units(words), class_=class_)


def bullets(lines: Iterable[str]) -> Markup:
    """A list of sentences."""
    return element("ul", *(element("li", tie_units(line)) for line in lines), class_="lead")


def tie_units(words: str) -> str:
    """The same words with numbers tied to their units, so that no line breaks between them."""
    return _NUMBER_AND_UNIT.sub("\\1\u00a0", words)


def _language(words: Phrasebook) -> str:
    """The language the page is in: English where the reader's own has no texts of reports."""
    return words.language if words.own_report is not None else ENGLISH.language


def _footer(words: Phrasebook) -> Markup:
    return element("footer", paragraph(fill(words.report.footer, version=__version__)))
