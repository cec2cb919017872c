"""Elements escape whatever they are given."""

from html import unescape
from xml.etree import ElementTree as ET

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.view.drawing.markup import Markup, element, escape, group, path_of, short


@given(st.text(), st.text())
def test_any_text_stays_text(child: str, value: str) -> None:
    """Read back by a strict reader, an element has the one child and the one attribute it was given, and no more."""
    node = ET.fromstring(element("p", child, title=value).text)  # noqa: S314  # our own
    assert list(node) == []
    assert set(node.attrib) == {"title"}
    assert (node.text or "") == unescape(escape(child))
    assert node.attrib["title"] == unescape(escape(value))


@each_row(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
        ("a\x00b\x1bc\u202ed\u2028e\ud800f", "a b c d e f"),
        ("5 \u2013 6\u00a0%, \u592a\u90ce \u00e9", "5 \u2013 6\u00a0%, \u592a\u90ce \u00e9"),
    ],
)
def test_what_a_page_might_obey_is_taken_out(text: str, expected: str) -> None:
    """Markup is escaped; controls and direction marks become spaces; letters of every script stay."""
    assert escape(text) == expected


def test_only_markup_goes_in_as_it_is() -> None:
    """An element inside an element is not escaped a second time."""
    assert element("p", element("b", "<"), group([Markup("<i></i>")])).text == "<p><b>&lt;</b><i></i></p>"


def test_attributes_are_written_as_html_knows_them() -> None:
    """Underscores become dashes, numbers are short, None is left out."""
    written = element("path", d="M0 0", class_="a", stroke_width=1.23456, data_label=None).text
    assert written == '<path d="M0 0" class="a" stroke-width="1.23"/>'


@each_row(
    ("number", "expected"), [(1.0, "1"), (-0.001, "0"), (10, "10"), (100.0, "100"), (2.5, "2.5"), (-3.456, "-3.46")]
)
def test_numbers_are_short(number: float, expected: str) -> None:
    """No more digits than a picture shows, and no minus zero."""
    assert short(number) == expected


def test_a_single_point_is_a_line_of_no_length() -> None:
    """A round cap makes a dot of it."""
    assert path_of([(1.0, 2.0)]) == "M1.0 2.0L1.0 2.0"
