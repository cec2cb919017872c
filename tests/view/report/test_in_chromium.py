"""The pages in a real browser: nothing overlaps or sticks out, nothing is loaded, nothing complained about."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, browser, chromium
from drawn_sessions import made_sheet
from longer_words import longer_words
from progress_athletes import ATHLETES

from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.view.report.session.page import session_page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium is installed; on Debian: apt-get install chromium"),
]
LANGUAGES = ("de", "es", "fr")
WIDTHS, HEIGHT = (320, 390, 699, 700, 880, 1024), 900
# Of each picture that is shown: its edges, and its labels as [words, left, top, right, bottom].
LABELS = """(() => {
    const box = e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
    const shown = [...document.querySelectorAll('.picture svg')].filter(s => getComputedStyle(s).display !== 'none');
    return shown.map(s => [box(s), [...s.querySelectorAll('text')].map(t => [t.textContent, ...box(t)])]);
})()"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Boxes of text are as high as the font allows for; letters that touch overlap by more than this.
SLACK_PX = 2.5


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for all pages."""
    program = chromium()
    assert program is not None
    with browser(program) as opened:
        yield opened


def _pages() -> dict[str, str]:
    long_name = "An uncommonly long name for a stage, \u592a\u90ce, AND LOUD "
    books = {
        "longer": longer_words(),
        **{one: find_phrasebook(NO_MACHINE, VoiceTable(language=one)) for one in LANGUAGES},
    }
    return {
        **{f"session {name}": session_page(made_sheet(60, words=book)) for name, book in books.items()},
        **{f"weeks {name}": progress_page(ATHLETES["fine"](book)) for name, book in books.items()},
        **{name: progress_page(made(ENGLISH)) for name, made in ATHLETES.items()},
        "short": session_page(made_sheet(20)),
        "three hours": session_page(made_sheet(180, origin="A simulation: no person ran this.")),
        "long names": session_page(made_sheet(60, name=long_name, athlete="x" * 200)),
        "one minute": session_page(made_sheet(1)),
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages, as files."""
    folder = tmp_path_factory.mktemp("pages")
    paths = {}
    for name, page in _pages().items():
        paths[name] = folder / f"{name.replace(' ', '-')}.html"
        paths[name].write_text(page, encoding="utf-8")
    return paths


TRANSLATED = tuple(f"{what} {name}" for what in ("session", "weeks") for name in ("longer", *LANGUAGES))
ON_ONE_SHEET = (*ATHLETES, *(name for name in TRANSLATED if name.startswith("weeks")))
NAMES = ("short", "three hours", "long names", "one minute", *ATHLETES, *TRANSLATED)


@pytest.mark.parametrize("name", NAMES)
def test_pages_fit_every_width(chrome: Browser, pages: dict[str, Path], name: str) -> None:
    """No scrolling sideways, no label over another or outside its picture, no request but the page, no complaint."""
    chrome.open(pages[name], width=WIDTHS[0])
    wrong = {}
    for width in WIDTHS:
        chrome.resize(width, HEIGHT)
        pictures = chrome.evaluate(LABELS)
        faults = [one for edges, labels in pictures for one in (*overlapping(labels), *outside(edges, labels))]
        faults += ["no picture"] if not pictures else []
        faults += ["wider than the screen"] if chrome.evaluate(OVERFLOW) > 0 else []
        if faults:
            wrong[width] = faults
    assert wrong == {}
    assert chrome.requests == [pages[name].resolve().as_uri()]
    assert chrome.complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_pages_fit_paper(chrome: Browser, pages: dict[str, Path], name: str, tmp_path: Path) -> None:
    """On A4 less its margins: wide pictures, light colours whatever the screen has; an athlete's weeks on one sheet."""
    chrome.open(pages[name], width=688, scheme="dark", media="print")
    assert chrome.evaluate(OVERFLOW) <= 0
    assert chrome.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for edges, labels in chrome.evaluate(LABELS):
        assert overlapping(labels) == []
        assert outside(edges, labels) == []
    chrome.print(tmp_path / "page.pdf")
    printed = (tmp_path / "page.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    if name in ON_ONE_SHEET:
        assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1


def test_the_page_is_dark_where_the_system_is(chrome: Browser, pages: dict[str, Path]) -> None:
    """The reader's own setting counts, without a script."""
    seen = []
    for scheme in ("light", "dark"):
        chrome.open(pages["short"], width=1024, scheme=scheme)
        seen.append(chrome.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert seen == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]


def test_a_script_in_a_name_does_not_run(chrome: Browser, tmp_path: Path) -> None:
    """Neither the text nor, if it came to that, the page's policy lets it."""
    path = tmp_path / "hostile.html"
    path.write_text(session_page(made_sheet(4, name="<script>document.title='ran'</script>")), encoding="utf-8")
    chrome.open(path, width=1024)
    assert chrome.evaluate("document.title") != "ran"
    assert chrome.evaluate("document.querySelectorAll('script').length") == 0


Label = tuple[str, float, float, float, float]


def overlapping(labels: list[Label]) -> list[tuple[str, str]]:
    """Pairs of labels that cover one another."""
    return [
        (one[0], other[0])
        for n, one in enumerate(labels)
        for other in labels[n + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 0.5
        and min(one[4], other[4]) - max(one[2], other[2]) > SLACK_PX
    ]


def outside(edges: tuple[float, float, float, float], labels: list[Label]) -> list[str]:
    """Labels that reach beyond the picture."""
    left, top, right, bottom = edges
    return [
        words for words, x0, y0, x1, y1 in labels if x0 < left - 1 or x1 > right + 1 or y0 < top - 2 or y1 > bottom + 2
    ]
