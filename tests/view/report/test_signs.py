"""Everything drawn in a report has its style, and its words in the legend below it."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from drawn_sessions import Line, made_lines, made_sheet
from progress_athletes import ATHLETES
from well_formed import parsed

from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.view.drawing.style import STYLE
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.view.report.session.page import session_page

pytestmark = pytest.mark.slow

PAIN: Line = {"t": 100.0, "what": "note", "about": "pain", "text": "pain 3 of 10", "level": 3}
PAUSE: tuple[Line, ...] = ({"t": 200.0, "what": "pause"}, {"t": 230.0, "what": "resume"})
SHAPES = {"path", "rect", "circle"}
# What no legend tells: lines of the axes; bars, which have a panel and its title to themselves.
FRAME = {"grid", "axis", "border", "bar", "answer"}
# What is one sign with something else, and its name in the legend.
PART_OF = {
    "helped": "band",
    "band-alone": "alone",
    "veil-alone": "alone",
    "veil-lost": "lost",
    "lost-mark": "lost",
    "veil-walk": "walk",
    "veil-rest": "rest",
    "layoff": "rest",
    "coached": "coached-dot",
    "stem": "pain",
}


PAGES = ("session", *ATHLETES)


@cache
def pages() -> dict[str, str]:
    """Reports in which there is something of everything."""
    lines = sorted([*made_lines(40), PAIN, *PAUSE], key=lambda line: line["t"])
    session = session_page(made_sheet(lines=lines))
    return {"session": session, **{name: progress_page(made(ENGLISH)) for name, made in ATHLETES.items()}}


def drawn(node: ET.Element) -> Iterator[str]:
    """The classes of what can be seen in a picture, and the names of its hatchings."""
    for shape in node.iter():
        if shape.tag in SHAPES and shape.get("d") != "":
            yield from shape.get("class", "").split()
            yield from re.findall(r"url\(#.*-(\w+)\)", shape.get("fill", ""))
        if shape.tag == "defs":
            shape.clear()


def figures(page: str) -> Iterator[tuple[set[str], set[str]]]:
    """What each figure draws, and what its legend tells."""
    for figure in parsed(page).iter("figure"):
        seen = {name for picture in figure.iter("svg") if picture.get("role") == "img" for name in drawn(picture)}
        legends = (node for node in figure.iter("ul") if node.get("class") == "legend")
        yield seen, {name for legend in legends for name in drawn(legend)}


@pytest.mark.parametrize("name", PAGES)
def test_what_is_drawn_is_told(name: str) -> None:
    """A line, an area, a mark or a hatching without its words cannot be read; words without their sign mislead."""
    for seen, told in figures(pages()[name]):
        meant = {PART_OF.get(one, one) for one in seen - FRAME}
        assert meant - told == set(), "drawn, and not told"
        assert {PART_OF.get(one, one) for one in told} - meant - {"frame"} == set(), "told, and not drawn"


@pytest.mark.parametrize("name", PAGES)
def test_what_is_drawn_has_a_style(name: str) -> None:
    """A class without a rule is drawn black, or not at all."""
    shapes = (node for node in parsed(pages()[name]).iter() if node.tag in {*SHAPES, "text"})
    classes = {one for node in shapes for one in node.get("class", "").split()}
    assert classes - set(re.findall(r"\.([a-z-]+)", STYLE)) == set()
